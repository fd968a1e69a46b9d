"""What the parts of a window's session ask of the session itself."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from db.first_look import FirstLook
from desktop.domain.clock import Clock
from desktop.options import WindowOptions
from desktop.ui.first_picture import FirstPicture
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow
from desktop.wiring.ahead import RowsAhead
from desktop.wiring.place import DeskPlace
from desktop.wiring.replaying import Replaying
from desktop.wiring.trace import Trace


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
    replaying: Replaying | None
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
