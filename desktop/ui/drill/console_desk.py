"""All parts of the console side by side, and which inject and which expected action the trainer means."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.domain.drill_look import Standing
from desktop.domain.drill_record import RunMode
from desktop.domain.drill_view import DrillView, ExpectationLine, InjectLine
from desktop.ui.drill.console_feed import Feed
from desktop.ui.drill.console_head import ConsoleHead
from desktop.ui.drill.console_inject import InjectPane
from desktop.ui.drill.console_legend import Legend
from desktop.ui.drill.console_list import InjectList
from desktop.ui.drill.console_note import NoteBox
from desktop.ui.drill.console_numbers import Numbers
from desktop.ui.drill.console_score import GapsSoFar, ScoreSoFar
from desktop.ui.drill.console_timeline import Timeline
from desktop.ui.drill.console_words import sim_clock
from desktop.ui.kit.banner import BannerStack
from desktop.ui.kit.label import Label
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_LOW = 690  # pixels: below this, what happens would have no room beside the bars of the score
_COMING = (Standing.READY, Standing.HELD, Standing.UPCOMING)


class ConsoleDesk(QWidget):
    """Shows a drill; follows the newest inject unless the trainer picked one."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picked = ""
        self.shown = ""
        self.meant = ""
        self.view: DrillView | None = None
        self._is_told = False
        self._is_low = False
        self._around = around
        self._numbers = Numbers()
        self.digits: dict[str, int] = {}
        self.head = ConsoleHead(around)
        self.banners = BannerStack(around.icons)
        self.timeline = Timeline(around.theme)
        self.legend = Legend(around.theme)
        self.list = InjectList(around)
        self.inject = InjectPane(around)
        self.score = ScoreSoFar(around)
        self.gaps = GapsSoFar(around)
        self.feed = Feed(around)
        self.feed.setMinimumHeight(1)  # on a low screen it gives way to a note
        self.tabs = Tabs("What stands at the right")
        self._feed_head = Label("What happens", "strong")
        self._strip_head = QWidget()
        self.note = NoteBox(around)
        self._lay_out()
        self.list.picked.connect(self.pick)
        self.timeline.picked.connect(self.pick)
        self.inject.meant.connect(self.mean)
        self.inject.follow_wished.connect(self.follow)
        self.feed.met_picked.connect(self.show_expectation)
        self.feed.inject_picked.connect(self._show_line_of_feed)

    def show_view(self, view: DrillView) -> None:
        """The drill as it is now."""
        self.view = view
        self.head.show_view(view)
        self._show_banners(view)
        self.shown = self._to_show(view)
        self.digits = dict(self._numbers.of(view, self.shown))
        self._find_meant(view)
        self.timeline.show_view(view, self.shown)
        self.list.show_view(view, self.shown)
        line = self.line()
        self.inject.setVisible(line is not None)
        if line is not None:
            self.inject.show_view(view, line, self.digits, self.meant, is_picked=bool(self.picked))
        self.score.show_view(view)
        self.gaps.show_view(view)
        self._name_score()
        self.feed.show_feed(view.feed)
        self.note.show_about(sim_clock(view.sim_ms), self.shown)
        self.note.setVisible(view.mode is not RunMode.SOLO)

    def forget(self) -> None:
        """Another drill."""
        self.picked = self.shown = self.meant = ""
        self.view = None
        self._is_told = False
        self._numbers.forget()
        self.inject.forget()
        self.feed.clear_feed()
        self.note.clear_note()
        for key in ("refused", "playbook"):
            self.banners.withdraw(key)

    def line(self) -> InjectLine | None:
        """The inject that is shown."""
        injects = self.view.injects if self.view is not None else ()
        return next((each for each in injects if each.id == self.shown), None)

    def expectation(self, name: str) -> ExpectationLine | None:
        """An expected action."""
        lines = self.view.expectations if self.view is not None else ()
        return next((each for each in lines if each.id == name), None)

    def coming(self) -> InjectLine | None:
        """The inject that comes next."""
        injects = self.view.injects if self.view is not None else ()
        return min((each for each in injects if each.standing in _COMING), key=_due, default=None)

    def by_digit(self, digit: int) -> ExpectationLine | None:
        """The expected action that a digit ticks."""
        name = next((key for key, own in self.digits.items() if own == digit), "")
        return self.expectation(name)

    def pick(self, inject: str) -> None:
        """Show an inject, and go on showing it."""
        self.picked = inject
        self._again()

    def follow(self) -> None:
        """Show the newest again."""
        self.picked = ""
        self._again()
        if self.shown:
            self.list.choose(self.shown)
            self.picked = ""
            self._again()

    def mean(self, expectation: str) -> None:
        """The rating keys and the hint key are for this one."""
        if expectation != self.meant:
            self.meant = expectation
            self._again()

    def mean_next(self) -> None:
        """They are for the one after."""
        order = list(self.inject.expects.cards)
        if order:
            at = order.index(self.meant) + 1 if self.meant in order else 0
            self.mean(order[at % len(order)])
            self.inject.show_expectation(self.meant)

    def show_expectation(self, name: str) -> None:
        """Show an expected action with its inject."""
        line = self.expectation(name)
        if line is not None:
            self.meant = name
            self.pick(line.inject)
            self.inject.show_expectation(name)

    def _show_line_of_feed(self, seq: int) -> None:
        """The inject that came, or the last that had come by then."""
        if self.view is None:
            return
        at_ms = max((each.sim_ms for each in self.view.feed if each.seq <= seq), default=0)
        fired = [line for line in self.view.injects if line.fired_ms is not None and line.fired_ms <= at_ms]
        if fired:
            self.pick(max(fired, key=_fired).id)

    def _again(self) -> None:
        if self.view is not None:
            self.show_view(self.view)

    def _to_show(self, view: DrillView) -> str:
        known = {each.id for each in view.injects}
        if self.picked in known:
            return self.picked
        self.picked = ""
        if self.shown in known and self.inject.is_typed_into:
            return self.shown
        fired = [each for each in view.injects if each.fired_ms is not None]
        if fired:
            return max(reversed(fired), key=_fired).id
        first = self.coming() or next(iter(view.injects), None)
        return first.id if first is not None else ""

    def _find_meant(self, view: DrillView) -> None:
        """Stay with the same one; beside another inject the first that is open."""
        own = [each for each in view.expectations if each.inject == self.shown or each.id in self.digits]
        if self.meant not in {each.id for each in own}:
            first = next((each for each in own if each.state == "open" and not each.is_negative), None)
            self.meant = first.id if first is not None else own[0].id if own else ""

    def _show_banners(self, view: DrillView) -> None:
        """Said once in a drill: whoever has put it away has read it."""
        if view.newer_playbook and not self._is_told:
            self._is_told = True
            self.banners.show_banner("playbook", view.newer_playbook)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < _LOW * self._around.theme.text_scale
        if is_low != self._is_low:
            self._is_low = is_low
            self._share_side()

    def _name_score(self) -> None:
        """The tab says what matters most of what it hides."""
        words = f"Score {self.score.overall.text()}"
        words += f" · {counted(len(self.gaps.texts), 'gap')}" if self.gaps.texts else ""
        if self.tabs.tabText(1) != words:
            self.tabs.setTabText(1, words)

    def _share_side(self) -> None:
        """With little room the right side shows one thing at a time; the note box always."""
        is_score = not self._is_low or self.tabs.currentIndex() == 1
        is_feed = not self._is_low or self.tabs.currentIndex() == 0
        self.tabs.setVisible(self._is_low)
        self.score.setVisible(is_score)
        self.gaps.setVisible(is_score)
        self._feed_head.setVisible(is_feed and not self._is_low)
        self.feed.setVisible(is_feed)
        self.note.set_low(self._is_low)
        self._filler.setVisible(not is_feed)
        self._strip_head.setVisible(not self._is_low)

    def _lay_out(self) -> None:
        strip = QWidget()
        head = QHBoxLayout(self._strip_head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(Label("Timeline", "strong"), 1)
        head.addWidget(self.legend)
        column = QVBoxLayout(strip)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(2)
        column.addWidget(self._strip_head)
        column.addWidget(self.timeline)
        right = self._side = QWidget()
        right.setMinimumWidth(round(290 * self._around.theme.text_scale))
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        for name in ("What happens", "Score"):
            self.tabs.addTab(name)
        self._feed_head.setContentsMargins(14, 6, 14, 2)
        side.addWidget(self.tabs)
        side.addWidget(self.score)
        side.addWidget(self.gaps)
        side.addWidget(self._feed_head)
        side.addWidget(self.feed, 1)
        self._filler = QWidget()
        side.addWidget(self._filler, 1)
        side.addWidget(self.note)
        self.tabs.currentChanged.connect(self._share_side)
        self._share_side()
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setChildrenCollapsible(False)
        for at, (pane, share) in enumerate(((self.list, 30), (self.inject, 40), (right, 30))):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(at, share)
        self.panes.setSizes([3000, 3900, 3100])  # shares, until somebody drags a border
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (self.head, self.banners, strip):
            whole.addWidget(widget)
        whole.addWidget(self.panes, 1)


def _fired(line: InjectLine) -> int:
    return line.fired_ms or 0


def _due(line: InjectLine) -> int:
    return line.due_ms if line.due_ms is not None else 1 << 62
