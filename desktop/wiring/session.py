"""One window over one desk, from its first picture to its end."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal

from desktop.domain.clock import Clock
from desktop.options import WindowOptions
from desktop.ui.first_surfaces import Bars, FirstSurfaces
from desktop.ui.window import MainWindow
from desktop.ui.window_state import PANEL_FROM, place_window
from desktop.wiring.first_frame import FirstFrame
from desktop.wiring.last_look import LastLook, keep_look, last_look
from desktop.wiring.place import DeskPlace
from desktop.wiring.trace import Trace

if TYPE_CHECKING:  # the first frame waits for none of these
    from db.first_look import FirstLook
    from desktop.services.worker import Worker
    from desktop.ui.first_picture import FirstPicture
    from desktop.ui.tasks import TaskRunner
    from desktop.ui.theme import Theme
    from desktop.wiring.ahead import RowsAhead
    from desktop.wiring.board_first import BoardFirst
    from desktop.wiring.desk_window import DeskWindow
    from desktop.wiring.first_cards import FirstCards
    from desktop.wiring.ports import Backdrop


class WindowSession(QObject):
    """Shows a window at once and lets it be filled.

    The window paints its bare surfaces, then a picture from a first look at the file. Only then is the rest
    of the program loaded, on the worker, and made, a part in each turn of the event loop.

    Signals:
        loaded: the first picture is on the screen, and what fills the window is loaded.
        ended: (WindowOptions or None) the window is closed; what to open next, if anything.
        beside_requested: (WindowOptions) open that in another window.
        bug_found: (BaseException) a fault of the program.
    """

    loaded = Signal()
    ended = Signal(object)
    beside_requested = Signal(object)
    bug_found = Signal(object)

    runner: "TaskRunner"
    theme: "Theme"
    picture: "FirstPicture"

    def __init__(self, options: WindowOptions, clock: Clock, trace: Trace) -> None:
        """Raises: DeskError for a place that no database can be in."""
        super().__init__()
        self.trouble: QObject | None = None
        self.options = options
        self.new_wanted = options.new
        self.backdrop = _backdrop(options)
        self.place = self.backdrop.place if self.backdrop is not None else DeskPlace.of(options)
        self.clock: Clock = self.backdrop.clock if self.backdrop is not None else clock
        self.trace = trace
        self.ahead: RowsAhead | None = None
        self.between: Callable[[], None] | None = None
        self._next: WindowOptions | None = None
        self._is_over = False
        self._is_furnished = False
        self._worker: Worker | None = None
        self._first_cards: FirstCards | None = None
        self._board_first: BoardFirst | None = None
        self._desk_window: DeskWindow | None = None
        self.look: FirstLook | None = None
        self._last = last_look(self.place.database)
        self.window = _bare_window(self._last)
        if self.backdrop is not None:
            self.backdrop.window = self.window
        self._frame = FirstFrame(self.window)
        self._frame.painted.connect(self._look)
        self.window.closing.connect(self._end)

    def start(self) -> None:
        """Show the window."""
        self.window.show()

    def leave_for(self, options: WindowOptions, between: Callable[[], None] | None = None) -> None:
        """Close this window and open another desk; `between` is done while none is open."""
        self._next = options
        self.between = between
        self.window.close_without_question()

    def open_beside(self, options: WindowOptions) -> None:
        """Open that in another window; this one goes on."""
        self.beside_requested.emit(options)

    def begin_new(self) -> None:
        """Go to the form of a new escalation, as soon as there is one."""
        self.new_wanted = True
        if self._desk_window is not None:
            self._desk_window.begin_new()

    def _look(self) -> None:
        if self._is_over:
            return
        self.trace.note("first_frame")
        self.trace.watch_gaps()
        from desktop.wiring.first_cards import FirstCards

        self._first_cards = FirstCards(self, self._last.geometry if self._last is not None else "")
        self._first_cards.painted.connect(self._begin)
        self._first_cards.begin()

    def _begin(self) -> None:
        if self._is_over:
            return
        self.trace.note("first_cards")
        from desktop.services.worker import Worker
        from desktop.ui.tasks import TaskRunner

        self._worker = Worker()
        self.runner = TaskRunner(self._worker, self)
        self.runner.bug_found.connect(self.bug_found)
        self.runner.run(_import_board, self._make_board, owner=self)

    def _make_board(self, board_first: "type[BoardFirst]") -> None:
        if self._is_over:
            return
        self._board_first = board_first(self)
        self._board_first.shown.connect(self._go_on)
        self._board_first.begin()

    def _go_on(self) -> None:
        if self._is_over:
            return
        self.note_board()
        self.runner.run(_import_desk_window, self._fill, owner=self)

    def _note_furnished(self) -> None:
        self._is_furnished = True

    def note_board(self) -> None:
        """Tell a measurement that the board shows all its rows."""
        board = self.window.board
        if board.feed.is_loaded:
            self.trace.note("board_ready", rows=len(board.rows))

    def _fill(self, desk_window: "type[DeskWindow]") -> None:
        if self._is_over or self._worker is None or self._board_first is None:
            return
        self.loaded.emit()
        self._desk_window = desk_window(self, self._worker, self._board_first)
        self._desk_window.furnished.connect(self._note_furnished)
        self._desk_window.begin()

    def _end(self) -> None:
        """Once the window is closed: end what runs, in the order in which it depends on each other."""
        self._is_over = True
        if self._first_cards is not None:
            self._first_cards.close()
        if self._board_first is not None:
            self._board_first.close()
        if self._desk_window is not None:
            self._desk_window.close()
            if self.backdrop is None and self._is_furnished:
                keep_look(self.place.database, LastLook.of(self.window, self.theme.name))
        if self._worker is not None:
            self.runner.close()
            self._worker.close()
        if self.backdrop is not None:
            self.backdrop.close()
        # In a turn of its own: the session is still at work here, and whoever hears it lets go of it.
        QTimer.singleShot(0, self._tell_ended)

    def _tell_ended(self) -> None:
        self.ended.emit(self._next)


def _bare_window(last: LastLook | None) -> MainWindow:
    """A window with plain surfaces, where it stood and as it looked when it was closed."""
    theme, bars, geometry = last or LastLook("", Bars(), "")
    surfaces = FirstSurfaces(theme, bars)
    window = MainWindow(surfaces)
    if not (geometry and window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
        place_window(window, {})
    if last is None and window.width() < PANEL_FROM:
        surfaces.bars = bars._replace(details=0)
    return window


def _backdrop(options: WindowOptions) -> "Backdrop | None":
    """What another desk than the person's own brings along; each kind is seldom wanted."""
    if options.drill is not None:
        from desktop.wiring.drilling import DrillBackdrop

        assert isinstance(options.drill, DrillBackdrop)
        return options.drill
    if options.replay is None:
        return None
    from desktop.wiring.replaying import Replaying

    return Replaying(options, options.replay)


def _import_board() -> "type[BoardFirst]":
    """The board alone, imported on the worker, where it holds nobody up."""
    from desktop.wiring.board_first import BoardFirst

    return BoardFirst


def _import_desk_window() -> "type[DeskWindow]":
    """What fills the window; imported as above."""
    import desktop.ui.errors  # noqa: F401 for whoever hears `loaded`
    from desktop.wiring.desk_window import DeskWindow

    return DeskWindow
