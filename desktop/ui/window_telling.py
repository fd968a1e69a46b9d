"""What the window says to the person: in passing, until it is put away, and in the line at the bottom."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.board import BoardRow
from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us
from desktop.ui.kit.banner import BannerStack
from desktop.ui.kit.toast import Toast
from desktop.ui.statusline import StatusLine
from desktop.ui.text import moment


class WindowTelling(QObject):
    """The toast, the banners, the status line, and what stands over every page."""

    def __init__(self, toast: Toast, banners: BannerStack, status: StatusLine, notices: QVBoxLayout) -> None:
        super().__init__(toast)
        self._toast = toast
        self._banners = banners
        self._status = status
        self._notices = notices

    def say(self, sentence: str, way_back: str = "") -> None:
        """A message that goes by itself, with a button where there is a way back."""
        self._toast.say(sentence, way_back)

    def show_error(self, error: DeskError, _owner: object = None) -> None:
        """A refusal or fault that a person can put right: stays until put away."""
        self._banners.show_banner(f"error:{error.message}", str(error), "danger")

    def put_below_top(self, widget: QWidget) -> None:
        """Show something over every page, below the top bar."""
        self._notices.addWidget(widget)

    def show_deadline(self, running: list[BoardRow], now_us: int) -> None:
        """Name the clock that runs out next, at the bottom."""
        to_come = (row for row in running if row.due_us > now_us)
        self._status.say("deadline", _deadline(min(to_come, key=_due, default=None), now_us))


def _due(row: BoardRow) -> int:
    return row.due_us


def _deadline(row: BoardRow | None, now_us: int) -> str:
    if row is None:
        return ""
    when = moment(from_us(row.due_us), from_us(now_us)).removeprefix("today ")
    return f"Next deadline {when} · {row.number} {row.clock}"
