"""Desktop notifications on Windows and macOS, through their own services."""

import asyncio
import importlib
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.ui.notice import DEFAULT, Notice, Notifier, safe

_LIBRARY = "desktop_notifier"
_URGENCIES = {"low": "Low", "normal": "Normal", "critical": "Critical"}
_ENDS_WITHIN_S = 2.0


def load_library() -> Any:  # noqa: ANN401 it is there on Windows and macOS only
    """The library, imported on first use: it brings the bridges to the system along."""
    return importlib.import_module(_LIBRARY)


class NativeNotifier(Notifier):
    """Shows notices by desktop-notifier, whose event loop has a thread of its own.

    The library hides failures: a notice counts as shown only when the system has taken it. It cannot replace
    in place either: the new one is sent, then the old one is cleared.
    """

    _prepared = Signal(object, str)
    _was_sent = Signal(object, str, bool)
    _was_pressed = Signal(str, str)
    _was_dismissed = Signal(str)

    def __init__(
        self, program: str, *, load: Callable[[], Any] = load_library, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._load = load
        self._library: Any = None
        self._notifier: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._trouble = ""
        self._identifiers: dict[str, str] = {}
        self._prepared.connect(self._take_notifier)
        self._was_sent.connect(self._note_sent)
        self._was_pressed.connect(self._note_pressed)
        self._was_dismissed.connect(self._note_dismissed)

    @property
    def plays_sound(self) -> bool:
        return True

    @property
    def is_settled(self) -> bool:
        return self._notifier is not None or bool(self._trouble)

    @property
    def is_available(self) -> bool:
        return self._notifier is not None and not self._trouble

    @property
    def state(self) -> str:
        if self._trouble:
            return f"not available: {self._trouble}"
        return "working (the system's own)" if self._notifier is not None else "asking the system…"

    def start(self) -> None:
        loop = self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=_run, args=(loop,), name="notifications", daemon=True)
        self._thread.start()
        self._call(self._prepare())

    def close(self) -> None:
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_ENDS_WITHIN_S)
        self._loop = self._thread = None

    def show(self, notice: Notice) -> None:
        self._call(self._send(notice))

    def withdraw(self, key: str) -> None:
        self._call(self._clear(key))

    # -- on the loop's thread
    async def _prepare(self) -> None:
        try:
            library = self._library = self._load()
            notifier = library.DesktopNotifier(app_name=self._program)
            is_allowed = await notifier.request_authorisation()
        except (ImportError, OSError, RuntimeError) as error:
            self._prepared.emit(None, f"the system's notifications cannot be used ({error})")
        else:
            self._prepared.emit(
                notifier, "" if is_allowed else "the system does not allow notifications of ours"
            )

    async def _send(self, notice: Notice) -> None:
        library, key = self._library, notice.key
        taken: list[bool] = []
        before = self._identifiers.get(key)
        buttons = [
            library.Button(title=words, on_pressed=partial(self._was_pressed.emit, key, action))
            for action, words in notice.buttons
        ]
        try:
            self._identifiers[key] = await self._notifier.send(
                title=safe(notice.title),
                message=safe(notice.body),
                urgency=getattr(library.Urgency, _URGENCIES.get(notice.urgency, "Normal")),
                buttons=buttons,
                sound=library.DEFAULT_SOUND if notice.chimes else None,
                thread=key,
                on_dispatched=partial(taken.append, True),
                on_clicked=partial(self._was_pressed.emit, key, DEFAULT),
                on_dismissed=partial(self._was_dismissed.emit, key),
            )
            if before is not None:
                await self._notifier.clear(before)
        except (OSError, RuntimeError) as error:
            self._was_sent.emit(notice.row_id, str(error), False)
        else:
            self._was_sent.emit(notice.row_id, "", bool(taken))

    async def _clear(self, key: str) -> None:
        identifier = self._identifiers.pop(key, None)
        if identifier is not None and self._notifier is not None:
            await self._notifier.clear(identifier)

    # -- on the window's thread
    def _call(self, coroutine: Any) -> Future[None] | None:  # noqa: ANN401 any coroutine
        if self._loop is None:
            coroutine.close()
            return None
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _take_notifier(self, notifier: object, trouble: str) -> None:
        self._notifier, self._trouble = notifier, trouble
        self.state_changed.emit()

    def _note_sent(self, row_id: int, why: str, is_taken: bool) -> None:
        if not row_id:
            return
        if is_taken:
            self.shown.emit(row_id, "desktop")
        else:
            self.refused.emit(row_id, why or "the system did not take it", True)

    def _note_pressed(self, key: str, action: str) -> None:
        self.acted.emit(key, action, "")

    def _note_dismissed(self, key: str) -> None:
        self._identifiers.pop(key, None)
        self.gone.emit(key, True)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()
