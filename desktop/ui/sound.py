"""The two sounds of the desk, never longer than a moment and never in the way."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

#: By number of chimes: names of the freedesktop sound theme, the first that is there is played.
_NAMES = (
    (),
    ("message-new-instant", "message", "bell"),
    ("dialog-warning", "bell", "message-new-instant"),
)
# aplay and afplay know fewer kinds of file; those of the theme are .oga.
_PLAYERS = (("pw-play", ()), ("paplay", ()), ("canberra-gtk-play", ("-f",)), ("ogg123", ("-q",)))
_MOST = 2
_BETWEEN_MS = 350
_LONGEST_MS = 2_000


class Sounder(QObject):
    """Chimes once or twice by whatever can play a sound here; the system's bell otherwise.

    `folders` are where sound themes lie.
    """

    def __init__(self, folders: Sequence[Path] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = theme_folders() if folders is None else tuple(folders)
        self._to_go = 0
        self._chimes = 0
        self._process: QProcess | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_BETWEEN_MS)
        self._next.timeout.connect(self._chime)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(_LONGEST_MS)
        self._end.timeout.connect(self.stop)

    @property
    def is_playing(self) -> bool:
        """Whether there is more to hear of what was asked for."""
        return self._to_go > 0 or self._process is not None

    def play(self, chimes: int) -> None:
        """Chime so often, at most twice; what is sounding already is enough for a burst."""
        if chimes > 0 and not self.is_playing:
            self._chimes = self._to_go = min(chimes, _MOST)
            self._chime()

    def stop(self) -> None:
        """Be silent now."""
        self._to_go = 0
        self._next.stop()
        self._end.stop()
        if self._process is not None:
            self._process.kill()

    def command(self, chimes: int) -> list[str]:
        """What plays the sound for so many chimes; empty where the system's bell has to do."""
        found = next((file for name in _NAMES[min(chimes, _MOST)] for file in self._files(name)), None)
        if found is None or not sys.platform.startswith("linux"):
            return []
        for player, options in _PLAYERS:
            path = shutil.which(player)
            if path:
                return [path, *options, str(found)]
        return []

    def _files(self, name: str) -> list[Path]:
        found = (folder / f"freedesktop/stereo/{name}.oga" for folder in self._folders)
        return [file for file in found if file.is_file()]

    def _chime(self) -> None:
        self._to_go -= 1
        command = self.command(self._chimes)
        if not command:
            QApplication.beep()
            self._rest()
            return
        self._process = QProcess(self)
        self._process.finished.connect(self._played)
        self._process.errorOccurred.connect(self._not_played)
        self._end.start()
        self._process.start(command[0], command[1:])

    def _played(self) -> None:
        self._drop_process()
        self._rest()

    def _not_played(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._drop_process()
            QApplication.beep()
            self._rest()

    def _drop_process(self) -> None:
        self._end.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None

    def _rest(self) -> None:
        if self._to_go > 0:
            self._next.start()


def theme_folders() -> tuple[Path, ...]:
    """Where sound themes lie on a Linux desktop."""
    data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return tuple(Path(folder, "sounds") for folder in data.split(":") if folder.startswith("/"))
