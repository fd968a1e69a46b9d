"""The board in place of its picture: all rows are there before the rest of the program is loaded."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from db.first_look import WholeBoard
from desktop import paths
from desktop.domain.clock import Clock, SystemClock
from desktop.ui.action_set import ActionSet
from desktop.ui.board.page import BoardPage, BoardServices
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.icons import Icons
from desktop.ui.kit.announce import Announcer
from desktop.ui.surroundings import Surroundings
from desktop.ui.window_state import WindowState
from desktop.wiring import link as links
from desktop.wiring.first_frame import FirstFrame
from desktop.wiring.opening import open_desk
from desktop.wiring.ports import Session


class BoardFirst(QObject):
    """Makes the board and what every page stands in.

    Signals:
        shown: the board has been painted, with its rows if they could be read.
    """

    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self._session = session
        self._is_over = False
        self._rows: WholeBoard | None = None
        self._steps: list[Callable[[], None]] = []
        backdrop = session.backdrop
        opener = backdrop or partial(open_desk, session.place, session.clock)
        is_kept = backdrop is not None and backdrop.keeps_desk
        self.link = links.DeskLink(opener, session.look, session.clock, is_kept=is_kept)
        self.settings = links.LinkedSettings(self.link)
        self.around: Surroundings
        self.board: BoardPage

    def begin(self) -> None:
        """Let the worker make the rows, then make the board: at once, each would wait for the other."""
        self._session.runner.run(self._read, self._take_rows, owner=self)

    def close(self) -> None:
        """The window is closed: make nothing more."""
        self._is_over = True
        self._steps = []

    def _read(self) -> WholeBoard | None:
        return self._session.ahead.rows() if self._session.ahead is not None else None

    def _take_rows(self, rows: WholeBoard | None) -> None:
        if self._is_over:
            return
        self._rows = rows
        self._steps = [self._make_surroundings, self._make_board, self._load_rows, self._show]
        self._take_step()

    def _take_step(self) -> None:
        if self._steps:
            self._steps.pop(0)()
            # A timer and no posted call: what else has happened comes first.
            QTimer.singleShot(1, self._take_step)

    def _make_surroundings(self) -> None:
        theme = self._session.theme
        theme.dress(self._session.window)
        self.around = Surroundings(
            runner=self._session.runner,
            actions=ActionSet(parent=self),
            heartbeat=Heartbeat(self._session.clock, self),
            clock=self._session.clock,
            theme=theme,
            icons=Icons(paths.resource("icons"), theme),
            announcer=Announcer(self._wall(), self),
        )
        self.around.heartbeat.ticked.connect(self.around.announcer.tick)

    def _wall(self) -> Clock:
        """By which it is known how long ago something was spoken: a drill's own time may stand still."""
        return self._session.clock if self._session.backdrop is None else SystemClock()

    def _make_board(self) -> None:
        services = BoardServices(
            board=links.LinkedBoard(self.link),
            moves=links.LinkedMoves(self.link),
            views=links.LinkedViews(self.link),
            state=self.settings,
        )
        self.board = BoardPage(services, self.around)
        self.board.cards.look.set_mark(str(self.settings.get("drill_mark")))
        self.board.set_density(str(self.settings.get("density")))

    def _load_rows(self) -> None:
        if self._rows is not None:
            self.board.feed.take(self._rows)
            self._rows = None

    def _show(self) -> None:
        window = self._session.window
        window.board = self.board
        self._session.picture.put_board(self.board)
        WindowState(window, self.settings, self._session.runner).hold_details()
        # To load more while the board is painted would hold it up.
        FirstFrame(self.board, wait=False).painted.connect(self.shown)
