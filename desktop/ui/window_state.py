"""What the window remembers over a restart: size, place, page, panel."""

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication

from desktop.ui.window_frame import WindowFrame

if TYPE_CHECKING:  # where the window stands is known before anything runs
    from desktop.ui.tasks import TaskRunner

_KEY = "window"
_FIRST_SIZE = QSize(1280, 800)
_FIRST_SHARE = 0.8
PANEL_FROM = 1280  # from this width on the details are shown at first
PANEL_WIDTH = 380


class KeepsState(Protocol):
    """Small texts kept over a restart; reading is cheap, writing is done on the worker."""

    def ui_state(self, key: str) -> str | None:
        """What was kept under a key."""
        ...

    def set_ui_state(self, key: str, text: str | None) -> None:
        """Keep it."""
        ...


class WindowState:
    """Restores and keeps the window's look."""

    def __init__(self, window: WindowFrame, state: KeepsState, runner: "TaskRunner") -> None:
        self._window = window
        self._state = state
        self._runner = runner
        self._kept = _read(state.ui_state(_KEY))

    def restore(self) -> None:
        """Put the window where it was, on a screen that is there; a first one is 1280 × 800 or smaller."""
        _place(self._window, self._kept)

    def hold_details(self) -> None:
        """Keep the room of the details panel free if it was shown, so that no card moves when it comes."""
        if self._kept.get("details", self._window.width() >= PANEL_FROM) is True:
            self._window.board.split.hold_details()
            self._split()

    def restore_details(self) -> None:
        """Show the details panel if it was shown, as wide as it was."""
        host = self._window.details
        if host is None:
            return
        is_shown = self._kept.get("details", self._window.width() >= PANEL_FROM)
        host.set_shown(is_shown is True)
        self._split()

    def _split(self) -> None:
        split = self._kept.get("split")
        if not (isinstance(split, str) and self._window.board.split.restoreState(_decoded(split))):
            self._window.board.split.setSizes([self._window.width() - PANEL_WIDTH, PANEL_WIDTH])

    def restore_page(self) -> None:
        """Go to the page that was in sight, once all are there."""
        page, pages = self._kept.get("page"), self._window.pages
        if page in pages.ids and page != pages.current_id:
            pages.go_to(str(page))

    def keep(self) -> None:
        """Remember everything."""
        host = self._window.details
        geometry = _encoded(self._window.saveGeometry())
        body: dict[str, Any] = {"geometry": geometry, "page": self._window.pages.current_id}
        if host is not None:
            split = self._window.board.split.saveState()
            body |= {"details": host.is_shown, "split": _encoded(split)}
        else:  # closed before the panel was there
            body |= {key: self._kept[key] for key in ("details", "split") if key in self._kept}
        work = partial(self._state.set_ui_state, _KEY, json.dumps(body))
        self._runner.run(work, owner=self._window)


def place_window(window: WindowFrame, kept: Mapping[str, str]) -> bool | None:
    """Put a window where it was, by the texts kept; whether the details were shown in it."""
    body = _read(kept.get(_KEY))
    _place(window, body)
    details = body.get("details")
    return details if isinstance(details, bool) else None


def _place(window: WindowFrame, body: Mapping[str, Any]) -> None:
    geometry = body.get("geometry")
    if not (isinstance(geometry, str) and window.restoreGeometry(_decoded(geometry))):
        window.resize(_first_size())


def _read(text: str | None) -> dict[str, Any]:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _first_size() -> QSize:
    screen = QGuiApplication.primaryScreen().availableGeometry().size()
    return _FIRST_SIZE.boundedTo(
        screen * _FIRST_SHARE if screen.width() < _FIRST_SIZE.width() / _FIRST_SHARE else screen
    )


def _encoded(data: QByteArray) -> str:
    return data.toBase64().toStdString()


def _decoded(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode())
