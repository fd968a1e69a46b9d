"""The inject that the trainer looks at: its texts, what can be done with it, and what is expected."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_look import Standing
from desktop.domain.drill_record import RunMode
from desktop.domain.drill_view import DecisionLine, DrillView, ExpectationLine, InjectLine
from desktop.ui.drill.console_decision import DecisionCard
from desktop.ui.drill.console_expects import Expects
from desktop.ui.drill.console_texts import PlayerText, StaffText
from desktop.ui.drill.console_words import may_steer, mmss, sim_clock, standing_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings

_RECALL_MS = 60_000
#: What can be done with an inject, its words, its key, and when.
_DEEDS: tuple[tuple[str, str, str, tuple[Standing, ...]], ...] = (
    ("fire", "Fire now", "F", (Standing.READY, Standing.HELD, Standing.UPCOMING, Standing.WAITING,
                               Standing.RECALLED, Standing.SKIPPED, Standing.DEAD)),
    ("skip", "Skip…", "K", (Standing.READY, Standing.HELD, Standing.UPCOMING, Standing.WAITING,
                            Standing.RECALLED)),
    ("hold", "Hold", "", (Standing.READY, Standing.UPCOMING, Standing.WAITING)),
    ("postpone", "Postpone…", "", (Standing.READY, Standing.HELD, Standing.UPCOMING, Standing.WAITING,
                                   Standing.RECALLED)),
    ("recall", "Recall", "", (Standing.FIRED,)),
)  # fmt: skip


class InjectPane(QWidget):
    """Shows one inject; its parts are changed in place as long as it is the same.

    Signals:
        wished: (str deed) fire, skip, hold, postpone or recall it.
        expectation_wished: (str id, str deed, object value).
        meant: (str id) of an expected action.
        decided: (str decision, str option, str approver, str reason).
        refused: (str) what is missing.
        follow_wished: show the newest again.
    """

    wished = Signal(str)
    expectation_wished = Signal(str, str, object)
    meant = Signal(str)
    decided = Signal(str, str, str, str)
    refused = Signal(str)
    follow_wished = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._inject = ""
        self._drafts: dict[str, str] = {}
        self.decision: DecisionCard | None = None
        self.title = Label("", "heading", wrap=True)
        self.state = Label("", "secondary", wrap=True)
        self.follow = Button("Follow the newest", "link", keys="Esc")
        self.deeds = {deed: Button(words, "small", keys=keys) for deed, words, keys, _ in _DEEDS}
        self.player = PlayerText()
        self.staff = StaffText(around.theme)
        self.expects = Expects(around)
        self._column = QVBoxLayout()
        self._lay_out()
        for deed, button in self.deeds.items():
            button.setObjectName(deed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._wish)
        self.follow.clicked.connect(self.follow_wished)
        self.expects.wished.connect(self.expectation_wished)
        self.expects.meant.connect(self.meant)

    @property
    def is_typed_into(self) -> bool:
        """Whether somebody is writing down a decision here: another inject must not take its place."""
        return self.decision is not None and bool(self.decision.reason.text())

    def show_view(
        self, view: DrillView, line: InjectLine, numbers: Mapping[str, int], meant: str, *, is_picked: bool
    ) -> None:
        """How it stands; `is_picked` when the trainer chose it, instead of following the newest."""
        titles = {each.role: each.title for each in view.seats}
        if line.id != self._inject:
            self._take_up(view, line)
        may_act = may_steer(view)
        if view.mode is RunMode.SCRIBE and self._column.indexOf(self.expects):
            self._column.insertWidget(0, self.expects)  # ticking is all that a scribe does
        self._show_head(view, line, is_picked, may_act)
        self.player.show_line(line, titles)
        phase = next((title for key, title, _ in view.phases if key == line.phase), "")
        self.staff.show_line(line, phase)
        decision = _decision_of(view, line)
        if self.decision is not None and decision is not None:
            seats = [each.title for each in view.seats]
            self.decision.offer_approvers(seats)
            self.decision.show_line(decision, view.sim_ms, may_act)
        self.expects.show_lines(_shown(view, line, numbers), view, numbers, meant)

    def forget(self) -> None:
        """Another drill: nothing of the last one stays."""
        self._inject = ""
        self._drafts.clear()
        self._drop_decision()
        self.expects.clear_cards()

    def show_expectation(self, name: str) -> None:
        """Bring an expected action into sight."""
        card = self.expects.cards.get(name)
        if card is not None:
            self._scroll.reveal(card)

    def begin_decision(self) -> bool:
        """Take the keyboard for what was decided; False where nothing is to be decided here."""
        if self.decision is None or not self.decision.is_open:
            return False
        self._scroll.reveal(self.decision)
        self.decision.begin()
        return True

    def _take_up(self, view: DrillView, line: InjectLine) -> None:
        self._inject = line.id
        self._drop_decision()
        decision = _decision_of(view, line)
        if decision is not None:
            card = self.decision = DecisionCard(decision, self._around)
            card.decided.connect(self._decide)
            card.refused.connect(self.refused)
            self._column.insertWidget(self._column.indexOf(self.staff) + 1, card)
            card.reason.setText(self._drafts.pop(decision.id, ""))
        self._scroll.verticalScrollBar().setValue(0)

    def _drop_decision(self) -> None:
        card, self.decision = self.decision, None
        if card is not None:
            if card.reason.text():
                self._drafts[card.line.id] = card.reason.text()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _show_head(self, view: DrillView, line: InjectLine, is_picked: bool, may_act: bool) -> None:
        _say(self.title, f"{line.id}  {line.title}" if not line.is_improvised else line.title)
        _say(self.state, _standing(line, view.sim_ms))
        self.follow.setVisible(is_picked)
        for deed, _, _, standings in _DEEDS:
            is_now = line.standing in standings and may_act and not line.is_improvised
            if deed == "recall":
                is_now = is_now and line.can_recall
            if self.deeds[deed].isVisibleTo(self) != is_now:
                self.deeds[deed].setVisible(is_now)
        if line.can_recall and line.fired_ms is not None:
            words = f"Recall ({max((line.fired_ms + _RECALL_MS - view.sim_ms) // 1000, 0)} s left)"
            if self.deeds["recall"].accessibleName() != words:
                self.deeds["recall"].set_text(words)

    def _decide(self, option: str, approver: str, reason: str) -> None:
        if self.decision is not None:
            self.decided.emit(self.decision.line.id, option, approver, reason)
            self.decision.clear_form()

    def _wish(self) -> None:
        self.wished.emit(self.sender().objectName())

    def _lay_out(self) -> None:
        body = QWidget()
        body.setLayout(self._column)
        self._column.setContentsMargins(16, 10, 12, 12)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.follow, 0, Qt.AlignmentFlag.AlignTop)
        buttons = FlowLayout(spacing=6)
        for button in self.deeds.values():
            buttons.addWidget(button)
        self._column.addLayout(head)
        self._column.addWidget(self.state)
        self._column.addLayout(buttons)
        self._column.addWidget(self.player)
        self._column.addWidget(self.staff)
        self._column.addWidget(self.expects)
        self._column.addStretch(1)
        self._scroll = ScrollColumn(body)
        self._scroll.setAccessibleName("The current inject")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)


def _decision_of(view: DrillView, line: InjectLine) -> DecisionLine | None:
    return next((each for each in view.decisions if each.inject == line.id), None) if line.decision else None


def _shown(view: DrillView, line: InjectLine, numbers: Mapping[str, int]) -> Sequence[ExpectationLine]:
    """Those of the inject, and before them what else has a number: a scribe ticks what is open anywhere."""
    own = [each for each in view.expectations if each.inject == line.id]
    others = [each for each in view.expectations if each.id in numbers and each.inject != line.id]
    return sorted(others, key=lambda each: numbers[each.id]) + own


def _standing(line: InjectLine, sim_ms: int) -> str:
    if line.standing is Standing.FIRED and line.fired_ms is not None:
        return f"Fired at {sim_clock(line.fired_ms)}, {mmss(sim_ms - line.fired_ms)} ago"
    words = standing_words(line, sim_ms).capitalize()
    due = f", due at {sim_clock(line.due_ms)}" if line.due_ms is not None else ""
    return f"{words}{due}"


def _say(label: Label, words: str) -> None:
    if label.text() != words:
        label.setText(words)
