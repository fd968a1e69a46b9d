"""The second frame: cards and words over the plain surfaces, from a first look at the file."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from db.first_look import FirstLook, first_rows
from desktop import paths
from desktop.domain.board import LANES, midnight_us
from desktop.domain.instant import to_us
from desktop.ui.board.metrics import Density, row_height
from desktop.ui.window_state import place_window
from desktop.wiring.ahead import RowsAhead
from desktop.wiring.first_frame import FirstFrame

if TYPE_CHECKING:
    from desktop.wiring.ports import Session


class FirstCards(QObject):
    """Reads, dresses and paints, a part in each turn of the event loop.

    Signals:
        painted: the picture is on the screen.
    """

    painted = Signal()

    def __init__(self, session: "Session", geometry: str) -> None:
        """`geometry` is by what the window was placed, as text; empty where it has its first size."""
        super().__init__(session.window)
        self._session = session
        self._geometry = geometry
        self._steps: list[Callable[[], None]] = [self._look, self._make_theme, self._paint]

    def begin(self) -> None:
        """Take the first step now."""
        self._take_step()

    def close(self) -> None:
        """The window is closed: do no more."""
        self._steps = []

    def _take_step(self) -> None:
        if self._steps:
            self._steps.pop(0)()
        if self._steps:
            QTimer.singleShot(0, self._take_step)

    def _look(self) -> None:
        session = self._session
        now, database = session.clock.now(), session.place.database
        look = session.look = first_rows(database, _rows_wanted(), midnight_us(now))
        if look is not None:
            day_us = midnight_us(now, str(look.settings.get("zone", "")))
            session.ahead = RowsAhead(database, to_us(now), day_us)

    def _make_theme(self) -> None:
        # Its import makes every enumeration of the toolkit: a turn of its own.
        from desktop.ui.theme import Theme, ThemeChoice

        session = self._session
        stored = session.look.settings.get("theme") if session.look is not None else None
        choice = next((choice for choice in ThemeChoice if choice == stored), ThemeChoice.SYSTEM)
        session.theme = Theme(paths.resource("themes"), paths.resource("desk.qss"), choice, session.window)
        session.theme.prepare()

    def _paint(self) -> None:
        from desktop.wiring.picture import picture_of

        session = self._session
        picture = session.picture = picture_of(session.look, session.theme, to_us(session.clock.now()))
        picture.details = self._placed(session.look)
        session.window.setCentralWidget(picture)
        FirstFrame(picture).painted.connect(self.painted)

    def _placed(self, look: FirstLook | None) -> bool | None:
        """Put the window where the desk has it, unless it stands there; whether the details were shown."""
        kept = look.ui if look is not None else {}
        body = _read(kept.get("window"))
        if body.get("geometry", self._geometry) != self._geometry:
            place_window(self._session.window, kept)
        details = body.get("details")
        return details if isinstance(details, bool) else None


def _read(text: str | None) -> dict[str, Any]:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _rows_wanted() -> int:
    """How many rows fill every lane of a window as high as the screen."""
    high = QGuiApplication.primaryScreen().availableGeometry().height()
    return len(LANES) * (high // row_height(Density.NORMAL, 1.0) + 1)
