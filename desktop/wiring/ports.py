"""What the parts of a window's session ask of the session itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.first_look import FirstLook
from desktop.domain.clock import Clock
from desktop.options import WindowOptions
from desktop.ui.first_picture import FirstPicture
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow
from desktop.wiring.ahead import RowsAhead
from desktop.wiring.place import DeskPlace
from desktop.wiring.trace import Trace

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.surroundings import Surroundings


class Refreshes(Protocol):
    """Something that shows the desk as it is."""

    def refresh(self) -> None:
        """Look again."""
        ...


class ScreensApart(Protocol):
    """The screens beside the board, as a desk that is not the person's own needs them."""

    #: Makes what stands at the top of the presentation.
    room_head: "Callable[[Theme], QWidget] | None"

    @property
    def showing_operator(self) -> tuple[Refreshes, ...]:
        """Everything that says who works at the desk."""
        ...

    def start_apart(self) -> None:
        """Show in the window, and nowhere else, what the desk has to tell."""
        ...


class Backdrop(Protocol):
    """A desk that is not the person's own, behind a window that keeps nothing of it: a replay, a drill.

    Nothing of it leaves the window: no scheduler, no listener, no pages, no mail. `keeps_desk` says that the
    desk stays open when the window is closed, `window` is that window while it is there.
    """

    place: DeskPlace
    keeps_desk: bool
    window: MainWindow | None

    @property
    def clock(self) -> Clock:
        """The time of that desk."""
        ...

    def __call__(self) -> "Desk":
        """The desk; on the worker.

        Raises: DeskError.
        """
        ...

    def show_loading(self, window: MainWindow, around: "Surroundings") -> None:
        """Say that the desk is being made, where that takes long."""
        ...

    def end_loading(self, window: MainWindow) -> None:
        """The desk is there."""
        ...

    def cancel(self) -> None:
        """The window is closed: make no more."""
        ...

    def steer(self, window: MainWindow, around: "Surroundings", screens: ScreensApart) -> QObject:
        """Put what steers it over the window's pages."""
        ...

    def close(self) -> None:
        """Let go of what is behind it; safe to repeat."""
        ...


class Session(Protocol):
    """One window over one desk."""

    options: WindowOptions
    place: DeskPlace
    clock: Clock
    look: FirstLook | None
    theme: Theme
    picture: FirstPicture
    window: MainWindow
    runner: TaskRunner
    trace: Trace
    ahead: RowsAhead | None
    backdrop: Backdrop | None
    trouble: QObject | None
    new_wanted: bool

    def note_board(self) -> None:
        """Tell a measurement that the board shows all its rows."""
        ...

    def leave_for(self, options: WindowOptions, between: Callable[[], None] | None = None) -> None:
        """Close this window and open another desk; `between` is done while none is open."""
        ...

    def open_beside(self, options: WindowOptions) -> None:
        """Open that in another window; this one goes on."""
        ...
