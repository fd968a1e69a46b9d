"""Second step of turning an escalation into a drill: what of the timeline becomes what."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.domain.drill_from_acts import ACTS
from desktop.domain.drill_from_events import As, Line
from desktop.domain.drill_from_words import length_of
from desktop.services.drill_from_escalation import Material
from desktop.ui.kit.button import Button
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line

_OWN = ("alarm.", "commitment.", "rule.", "watcher.", "review.")
_COUNTED = {
    As.INJECT: ("inject", "injects"), As.EXPECTATION: ("expected action", "expected actions"),
    As.DECISION: ("decision", "decisions"), As.ARTIFACT: ("attachment", "attachments"),
    As.DATA: ("set of data released later", "sets of data released later"),
    As.CONTINGENCY: ("contingency", "contingencies"), As.NOTE: ("note for staff", "notes for staff"),
}  # fmt: skip
_TOKENS = {
    As.INJECT: "drill.fill", As.ARTIFACT: "drill.fill", As.DECISION: "text.warning",
    As.CONTINGENCY: "text.warning",
    As.EXPECTATION: "text.success", As.DATA: "text.link",
}  # fmt: skip


class LinesStep(QWidget):
    """The timeline at the left, the chosen line in full at the right: then, and in the drill.

    Signals:
        changed: (Line) it becomes something else, or says something else.
    """

    changed = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Lines")
        self._material: Material | None = None
        self._is_showing = False
        self.counts = Label("", "strong", wrap=True)
        self.with_own = CheckBox("Show what the program did by itself")
        columns = [
            Column[Line]("When", _when, width=100),
            Column[Line]("What happened", _text, width=320, tip=_text),
            Column[Line]("Becomes", _becomes, width=165),
        ]
        model = TwoLineModel(columns, step=_step, sentence=_sentence, second=_second, strong=(1,))
        self.table = RowTable(model, around.theme, "Timeline of the escalation", key=_id)
        self.leave_out = Button("Leave out")
        self.becomes = Choice("What it becomes")
        self.who = Label("", "secondary", wrap=True)
        self.then = LongText(lines=6)
        self.then.setAccessibleName("What happened, in the words of the record")
        self.drill = Label("", "body", wrap=True)
        self.drill.let_select()
        self.drill.setAccessibleName("In the drill")
        self._lay_out()
        self.table.picked.connect(self._show_line)
        self.with_own.toggled.connect(self._list)
        self.leave_out.clicked.connect(self._leave_out)
        self.becomes.activated.connect(self._turn)
        self.then.textChanged.connect(self._write)

    def show_material(self, material: Material) -> None:
        """The lines as they stand."""
        is_first = self._material is None or self._material.past.id != material.past.id
        self._material = material
        self._count()
        if is_first:
            self._list()
        else:
            self.table.show_rows(self._shown())
            self._show_drill()

    def focus_first(self) -> None:
        """Put the focus on the lines."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the list

    def _list(self) -> None:
        self.table.show_rows(self._shown())
        self._show_line()

    def _shown(self) -> Sequence[Line]:
        if self._material is None:
            return ()
        lines = self._material.lines
        return (
            lines if self.with_own.isChecked() else [line for line in lines if not line.kind.startswith(_OWN)]
        )

    def _count(self) -> None:
        lines = self._material.lines if self._material is not None else ()
        figures = [(words, sum(line.becomes is kind for line in lines)) for kind, words in _COUNTED.items()]
        said = [counted(count, *words) for words, count in figures if count]
        self.counts.setText(f"{counted(len(lines), 'line')}: {', '.join(said)}.")

    def _leave_out(self) -> None:
        for line in self.table.selected():
            if line.becomes is not As.DROP and As.DROP in line.can:
                self.changed.emit(line.turned(As.DROP))

    # ---- the line

    def _show_line(self) -> None:
        line = self.table.current()
        self._beside.setEnabled(line is not None)
        if line is None:
            return
        self._is_showing = True
        self.becomes.offer([(kind, kind.words) for kind in line.can])
        self.becomes.set_value(line.becomes)
        self.who.setText(" · ".join(part for part in (_when(line), _kind(line), line.who) if part))
        if self.then.toPlainText() != line.text:
            self.then.setPlainText(line.text)
        self._is_showing = False
        self._show_drill()

    def _show_drill(self) -> None:
        line, material = self.table.current(), self._material
        if line is None or material is None:
            return
        self.drill.setText(_in_drill(line, material.aliases.said(line.text)))
        self.leave_out.setEnabled(line.becomes is not As.DROP)

    def _turn(self) -> None:
        line, value = self.table.current(), self.becomes.value()
        if line is not None and isinstance(value, str) and not self._is_showing:
            self.changed.emit(line.turned(As(value)))

    def _write(self) -> None:
        line = self.table.current()
        if line is not None and not self._is_showing and self.then.toPlainText() != line.text:
            self.changed.emit(replace(line, text=self.then.toPlainText()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.counts, 1)
        head.addWidget(self.with_own)
        head.addWidget(self.leave_out)
        self._beside = QWidget()
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(12, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.who)
        right.addWidget(Label("It becomes", "strong"))
        right.addWidget(self.becomes)
        right.addWidget(Label("Then, in the words of the record", "strong"))
        right.addWidget(self.then)
        right.addWidget(Label("In the drill", "strong"))
        right.addWidget(self.drill)
        right.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(ScrollColumn(self._beside))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(split, 1)


def _in_drill(line: Line, said: str) -> str:
    """What comes of a line, in words."""
    if line.becomes is As.DROP:
        return "Nothing: it is left out."
    if line.becomes is As.EXPECTATION:
        act = ACTS[line.act]
        by = "by the policy's deadline" if act.promise is not None else f"within {length_of(act.deadline_s)}"
        then = f"\n\nStaff read what was said then: {said}" if said and line.is_done else ""
        return f"Expected {by}: {act.text}.{then}"
    if line.becomes is As.DATA:
        return f"Kept back until {_when(line).lower()}, as long as it took then. For staff: {said}"
    if line.becomes is As.NOTE:
        return f"For staff only: {said}"
    if line.becomes is As.DECISION:
        return f"The lead has to decide. One of the options: {said}"
    return f"Not this time: {said}" if line.becomes is As.CONTINGENCY else said


def _id(line: Line) -> object:
    return line.id


def _when(line: Line) -> str:
    if not line.is_done:
        return "Never done"
    return f"+{length_of(line.at_s)}" if line.at_s else "Start"


def _text(line: Line) -> str:
    return one_line(line.text)[:300] or _kind(line)


def _kind(line: Line) -> str:
    if line.kind == "policy":
        return "Wanted by the policy"
    return line.kind.replace("oncall", "on call").replace(".", " ").replace("_", " ").capitalize()


def _second(line: Line, column: int) -> str:
    return one_line(f"{_kind(line)}{f' · {line.who}' if line.who else ''}")[:160] if column == 1 else ""


def _becomes(line: Line) -> str:
    return line.becomes.words


def _step(line: Line) -> tuple[str, int]:
    return _TOKENS.get(line.becomes, ""), -1


def _sentence(line: Line) -> str:
    return f"{_when(line)}, {_text(line)}: becomes {line.becomes.words.lower()}"
