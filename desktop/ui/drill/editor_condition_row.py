"""One plain condition, drawn: what is asked about, and what it must have come to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_condition import Condition, Elapsed, Is
from desktop.domain.drill_node import read_duration, write_duration
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.editor_fields import SpanField
from desktop.ui.drill.editor_offers import offered
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import Offered, PickField, TicksField
from desktop.ui.drill.editor_words import EXPECTATION_WORDS, INJECT_WORDS, NEGATIVE_WORDS
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

KINDS = {
    "decision": "Decision",
    "expectation": "Expected action",
    "inject": "Inject",
    "elapsed": "Time of the drill",
}
_LISTS = {"decision": "decisions", "expectation": "expectations", "inject": "injects"}


class ConditionRow(QWidget):
    """A condition while it is drawn.

    Signals:
        edited: (Condition) something else is asked.
        wrapped: (str form) it is to stand in a group of its own.
        removed: it is not wanted.
    """

    edited = Signal(object)
    wrapped = Signal(str)
    removed = Signal()

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self._pen = pen
        self._condition: Condition = Elapsed(0)
        self.kind = PickField("Condition: what is asked about", least=6)
        self.kind.offer_these(list(KINDS.items()))
        self.ref = PickField("Condition: which one", least=8)
        self.words = TicksField("Condition: what it has come to", around.theme)
        self.least, self.most = SpanField(may_miss=True), SpanField(may_miss=True)
        self._is = Label("is", "secondary")
        self.group_button, self.not_button, self.remove_button = _buttons(around.icons)
        self._lay_out()
        self.kind.edited.connect(self._choose_kind)
        self.ref.edited.connect(self._choose_ref)
        self.words.edited.connect(self._choose_words)
        self.least.edited.connect(self._type_least)
        self.most.edited.connect(self._type_most)
        self.group_button.clicked.connect(self._wrap_group)
        self.not_button.clicked.connect(self._wrap_not)
        self.remove_button.clicked.connect(self.removed)

    def show_condition(self, condition: Condition, *, may_wrap: bool) -> None:
        """Show what is asked."""
        self._condition = condition
        is_time = isinstance(condition, Elapsed)
        self._stack.setCurrentIndex(1 if is_time else 0)
        self.words.setVisible(not is_time)
        self._is.setVisible(not is_time)
        self.group_button.setEnabled(may_wrap)
        self.not_button.setEnabled(may_wrap)
        if isinstance(condition, Elapsed):
            self.kind.show_value("elapsed")
            self.least.show_value(write_duration(condition.least_s) if condition.least_s else None)
            self.most.show_value(write_duration(condition.most_s) if condition.most_s is not None else None)
        elif isinstance(condition, Is):
            self.kind.show_value(condition.kind)
            self.ref.offer_these(offered(self._pen, _LISTS.get(condition.kind, "")))
            self.ref.show_value(condition.ref)
            self.words.offer_these(outcomes(self._pen.scenario, condition.kind, condition.ref))
            self.words.show_value(list(condition.words))

    def _choose_kind(self, key: object) -> None:
        kind = str(key)
        if kind == "elapsed":
            self.edited.emit(Elapsed(self._pen.scenario.pace.duration_s // 2))
            return
        found = offered(self._pen, _LISTS[kind])
        ref = str(found[0][0]) if found else ""
        self.edited.emit(begun(self._pen.scenario, kind, ref))

    def _choose_ref(self, key: object) -> None:
        if isinstance(self._condition, Is):
            self.edited.emit(begun(self._pen.scenario, self._condition.kind, str(key)))

    def _choose_words(self, ticked: object) -> None:
        if isinstance(self._condition, Is):
            words = tuple(map(str, ticked)) if isinstance(ticked, list) else ()
            self.edited.emit(Is(self._condition.kind, self._condition.ref, words))

    def _type_least(self, value: object) -> None:
        if isinstance(self._condition, Elapsed):
            self.edited.emit(Elapsed(read_duration(value) or 0, self._condition.most_s))

    def _type_most(self, value: object) -> None:
        if isinstance(self._condition, Elapsed):
            self.edited.emit(Elapsed(self._condition.least_s, read_duration(value)))

    def _wrap_group(self) -> None:
        self.wrapped.emit("any")

    def _wrap_not(self) -> None:
        self.wrapped.emit("not")

    def _lay_out(self) -> None:
        self.least.setAccessibleName("Condition: from this time on")
        self.most.setAccessibleName("Condition: until this time")
        self.least.setPlaceholderText("from, as 30 min")
        self.most.setPlaceholderText("until (no end)")
        times = QWidget()
        spans = QHBoxLayout(times)
        spans.setContentsMargins(0, 0, 0, 0)
        spans.addWidget(self.least)
        spans.addWidget(self.most)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.ref)
        self._stack.addWidget(times)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.kind, 2)
        first.addWidget(self._stack, 4)
        for button in (self.group_button, self.not_button, self.remove_button):
            first.addWidget(button)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._is)
        second.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)


def outcomes(scenario: Scenario, kind: str, ref: str) -> Offered:
    """What a decision, an expected action or an inject can come to."""
    if kind == "decision":
        found = next((one for _, one in scenario.decisions() if one.id == ref), None)
        options = found.options if found is not None else ()
        return [(option.id, one_line(option.label)[:50] or option.id) for option in options]
    if kind == "expectation":
        one = next((one for _, one in scenario.expectations() if one.id == ref), None)
        return list((NEGATIVE_WORDS if one is not None and one.negative else EXPECTATION_WORDS).items())
    return list(INJECT_WORDS.items())


def begun(scenario: Scenario, kind: str, ref: str) -> Is:
    """A condition on a thing as it begins: its first outcome."""
    words = outcomes(scenario, kind, ref)
    return Is(kind, ref, (str(words[0][0]),) if words else ())


def _buttons(icons: Icons) -> tuple[Button, Button, IconButton]:
    group, contrary = Button("Group", "small"), Button("Not", "small")
    group.setAccessibleName("Put this condition in a group")
    contrary.setAccessibleName("Ask for the contrary of this condition")
    for button in (group, contrary):
        button.setToolTip(button.accessibleName())
    return group, contrary, IconButton(icons, "close", "Remove this condition")
