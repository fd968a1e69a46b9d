"""The players' inbox: what has reached them, what they can look up, and what they were told at the start."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import RunMode
from desktop.domain.drill_view import PlayerView, Received
from desktop.ui.drill import player_words as words
from desktop.ui.drill.player_boards import LookUp
from desktop.ui.drill.player_brief import Briefing
from desktop.ui.drill.player_list import InboxList
from desktop.ui.drill.player_reader import Reader
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import listed, one_line

MESSAGES, LOOK_UP, BRIEFING = range(3)
_LIST_WIDTH = 320
_WHY_SILENT = {
    words.PAUSED: "The drill is paused: answer once it goes on.",
    words.ENDED: "The drill is over: nothing more is answered.",
}
_WHY_NOT = {
    words.PAUSED: "The drill is paused: it can be decided once it goes on.",
    words.BRIEFING: "The drill has not started yet.",
    words.ENDED: "The drill is over: nothing can be decided any more.",
}


class PlayerInbox(QWidget):
    """A page of the players' window.

    At a table everybody in the room sees everything, with the seats it was meant for. Who plays alone sees
    what the seat that acts gets, and where else something waits.

    Signals:
        unread_changed: (int) how much nobody has opened yet.
        decided: (str decision, str option, str approver, str reason)
        replied: (str inject, str text)
        seat_wanted: (str role) the person wants to act as that one.
        file_wanted: (Received) it is to be filed with an escalation.
        message_requested: (str) a sentence for the toast.
    """

    title = "Inbox"
    unread_changed = Signal(int)
    decided = Signal(str, str, str, str)
    replied = Signal(str, str)
    seat_wanted = Signal(str)
    file_wanted = Signal(object)
    message_requested = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PlayerView | None = None
        self._read: set[int] = set()
        self._unread = -1
        self.tabs = Tabs("Inbox")
        for name in ("Messages", "Dashboards and data", "Briefing"):
            self.tabs.addTab(name)
        self.list = InboxList(around.theme, around.icons)
        self.reader = Reader(around)
        self.elsewhere = Label("", "secondary", wrap=True)
        self.switch = Button("Act as them", "link")
        self._elsewhere_role = ""
        self.look_up = LookUp(around)
        self.briefing = Briefing()
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.list.chosen.connect(self._open)
        self.list.activated.connect(self._go_in)
        self.reader.decided.connect(self.decided)
        self.reader.replied.connect(self.replied)
        self.reader.copied.connect(self._tell_copied)
        self.reader.file_wanted.connect(self.file_wanted)
        self.switch.clicked.connect(self._want_seat)

    def show_view(self, view: PlayerView) -> None:
        """How it stands now."""
        before, self._view = self._view, view
        self._show_list(view)
        self.look_up.show_view(view)
        self.briefing.show_view(view)
        self._show_current()
        self._count()
        if before is None:
            self.tabs.setCurrentIndex(MESSAGES if view.inbox else BRIEFING)

    def show_number(self, number: int) -> None:
        """Go to one message."""
        self.tabs.setCurrentIndex(MESSAGES)
        self.list.choose(number)

    def focus_first(self) -> None:
        """Put the focus on the list."""
        if self.tabs.currentIndex() == MESSAGES:
            self.list.setFocus()
            if not self.list.currentIndex().isValid() and self.list.inbox.rows:
                self.list.setCurrentIndex(self.list.inbox.index(0))
        else:
            self.tabs.setFocus()

    @property
    def unread(self) -> int:
        """How much nobody has opened yet."""
        return max(self._unread, 0)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 6, 12, 6)
        foot.addWidget(self.elsewhere, 1)
        foot.addWidget(self.switch)
        column.addWidget(self._foot)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.reader)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_WIDTH, 2 * _LIST_WIDTH])
        left.setMinimumWidth(260)
        for page in (split, self.look_up, self.briefing):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tabs)
        whole.addWidget(self._stack, 1)

    # ---- the list

    def _show_list(self, view: PlayerView) -> None:
        rows = [got for got in view.inbox if got.channel != "none" or got.body.strip()]
        mine = rows
        if view.mode is RunMode.SOLO:
            mine = [got for got in rows if _is_for(got, view.acting)]
            self._show_elsewhere(view, [got for got in rows if not _is_for(got, view.acting)])
        else:
            self._show_elsewhere(view, [])
        model = self.list.inbox
        kept = self.list.current
        model.unread = {got.number for got in mine} - self._read
        model.show_rows(tuple(reversed(mine)))
        if kept is not None:
            self.list.choose(kept.number)
        elif mine and self.list.hasFocus():
            self.list.setCurrentIndex(model.index(0))

    def _show_elsewhere(self, view: PlayerView, others: list[Received]) -> None:
        """Where something waits that the acting seat does not get."""
        waiting = [got for got in others if got.number not in self._read]
        counts: dict[str, int] = {}
        for got in waiting:
            for role in got.roles[:1]:
                counts[role] = counts.get(role, 0) + 1
        titles = {seat.role: one_line(seat.title[:80]) for seat in view.seats}
        said = [f"{titles.get(role, role)} ({count})" for role, count in counts.items()]
        self._elsewhere_role = next(iter(counts), "")
        self.elsewhere.setText(f"Waits for {listed(said)}." if said else "")
        self._foot.setVisible(bool(said))

    def _open(self, number: int) -> None:
        if number not in self._read:
            self._read.add(number)
            self.list.inbox.unread.discard(number)
            self.list.inbox.tell_changed()
            self._count()
        self._show_current()

    def _go_in(self, _index: object = None) -> None:
        """Enter: to what can be done with it."""
        self.reader.focus_first()

    def _show_current(self) -> None:
        view, got = self._view, self.list.current
        if view is None:
            return
        age_s = (view.sim_ms - got.sim_ms) // 1000 if got is not None else 0
        is_running = view.state == words.RUNNING
        silent = "" if is_running else _WHY_SILENT.get(view.state, "The drill is not running.")
        self.reader.show_received(got, self._why_not(view, got), age_s, why_silent=silent)
        self.reader.file.setEnabled(view.state == words.RUNNING)

    def _why_not(self, view: PlayerView, got: Received | None) -> str:
        if view.state != words.RUNNING:
            return _WHY_NOT.get(view.state, "The drill is not running.")
        decision = got.decision if got is not None else None
        is_alone = view.mode is RunMode.SOLO
        if decision is not None and is_alone and decision.role and decision.role != view.acting:
            return f"This is for {one_line(decision.role_title[:80])}: act as them to decide it."
        return ""

    def _count(self) -> None:
        view = self._view
        rows = view.inbox if view is not None else ()
        unread = sum(got.number not in self._read and got.channel != "none" for got in rows)
        if unread != self._unread:
            self._unread = unread
            self.tabs.setTabText(MESSAGES, f"Messages ({unread})" if unread else "Messages")
            self.unread_changed.emit(unread)

    def _tell_copied(self) -> None:
        self.message_requested.emit("Copied")

    def _want_seat(self) -> None:
        self.seat_wanted.emit(self._elsewhere_role)


def _is_for(got: Received, role: str) -> bool:
    return not got.roles or role in got.roles
