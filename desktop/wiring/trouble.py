"""The ways out of a desk that cannot be opened."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from db.backup import Backup
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.options import WindowOptions
from desktop.services.backup import BackupService
from desktop.ui.kit.dialogs import open_file_dialog
from desktop.ui.text import age, exact, file_size
from desktop.ui.trouble import TroublePage
from desktop.wiring.ports import Session

_OFFERED = 5
_FILTERS = "Desks (*.sqlite3);;All files (*)"


class Trouble(QObject):
    """Shows what happened and carries out what the person chooses."""

    def __init__(self, session: Session, error: DeskError, backups: list[Backup]) -> None:
        super().__init__(session.window)
        self._session = session
        self._backups = backups
        now_us = to_us(session.clock.now())
        words = [
            f"{age(to_us(backup.made_at), now_us)} ({exact(backup.made_at)}, {file_size(backup.size)})"
            for backup in backups
        ]
        self.page = TroublePage(str(error), words)
        self.page.again_requested.connect(self._again)
        self.page.other_requested.connect(self._choose_other)
        self.page.restore_requested.connect(self._restore)
        session.window.pages.show_instead(self.page)

    def _again(self) -> None:
        self._session.leave_for(self._session.options)

    def _choose_other(self) -> None:
        dialog = open_file_dialog(self._session.window, "Open another desk", _FILTERS)
        dialog.fileSelected.connect(self._open_other)
        dialog.open()

    def _open_other(self, name: str) -> None:
        self._session.leave_for(WindowOptions(database=name))

    def _restore(self, index: int) -> None:
        work = partial(_put_back, self._session, self._backups[index].path)
        self._session.runner.run(work, self._restored, self._failed, owner=self)

    def _restored(self, _kept: object) -> None:
        self._again()

    def _failed(self, error: DeskError) -> None:
        self.page.say(str(error))


def show_trouble(session: Session, error: DeskError) -> None:
    """Look for good backups on the worker, then show what happened."""
    session.runner.run(partial(_good_backups, session), partial(_show, session, error), owner=session.window)


def _show(session: Session, error: DeskError, backups: list[Backup]) -> None:
    session.trouble = Trouble(session, error, backups)


def _service(session: Session) -> BackupService:
    place = session.place
    return BackupService(database=place.database, folder=place.backups, clock=session.clock)


def _good_backups(session: Session) -> list[Backup]:
    service = _service(session)
    good = []
    for backup in service.list()[:_OFFERED]:
        try:
            service.verify(backup.path)
        except DeskError:
            continue
        good.append(backup)
    return good


def _put_back(session: Session, backup: Path) -> None:
    _service(session).restore(backup).store.close()
