"""What the window remembers over a restart: size, place, page, panel."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication

from desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

_KEY = "window"
_FIRST_SIZE = QSize(1280, 800)
_FIRST_SHARE = 0.8
_PANEL_FROM = 1280  # from this width on the details are shown at first
_PANEL_WIDTH = 380


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

    def __init__(self, window: "MainWindow", state: KeepsState, runner: TaskRunner) -> None:
        self._window = window
        self._state = state
        self._runner = runner
        self._kept = self._read()

    def restore(self) -> None:
        """Put the window where it was, on a screen that is there; a first one is 1280 × 800 or smaller."""
        geometry = self._kept.get("geometry")
        if not (isinstance(geometry, str) and self._window.restoreGeometry(_decoded(geometry))):
            self._window.resize(_first_size())

    def restore_details(self) -> None:
        """Show the details panel if it was shown, as wide as it was."""
        host = self._window.details
        if host is None:
            return
        is_shown = self._kept.get("details", self._window.width() >= _PANEL_FROM)
        host.set_shown(is_shown is True)
        split = self._kept.get("split")
        if not (isinstance(split, str) and self._window.board.split.restoreState(_decoded(split))):
            self._window.board.split.setSizes([self._window.width() - _PANEL_WIDTH, _PANEL_WIDTH])

    def restore_page(self) -> None:
        """Go to the page that was in sight, once all are there."""
        page = self._kept.get("page")
        if page in self._window.page_ids and page != self._window.current_page:
            self._window.go_to(str(page))

    def keep(self) -> None:
        """Remember everything."""
        host = self._window.details
        body = {
            "geometry": _encoded(self._window.saveGeometry()),
            "page": self._window.current_page,
            "details": host is not None and host.is_shown,
            "split": _encoded(self._window.board.split.saveState()),
        }
        self._runner.run(_Keeping(self._state, json.dumps(body)), owner=self._window)

    def _read(self) -> dict[str, Any]:
        try:
            body = json.loads(self._state.ui_state(_KEY) or "{}")
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}


@dataclass(frozen=True, slots=True)
class _Keeping:
    """The writing down, on the worker."""

    state: KeepsState
    text: str

    def __call__(self) -> None:
        self.state.set_ui_state(_KEY, self.text)


def _first_size() -> QSize:
    screen = QGuiApplication.primaryScreen().availableGeometry().size()
    return _FIRST_SIZE.boundedTo(
        screen * _FIRST_SHARE if screen.width() < _FIRST_SIZE.width() / _FIRST_SHARE else screen
    )


def _encoded(data: QByteArray) -> str:
    return data.toBase64().toStdString()


def _decoded(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode())
