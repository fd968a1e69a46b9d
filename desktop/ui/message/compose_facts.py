"""The facts of a message as a form: what people write can be typed, the rest is shown with its source."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.message import compose_words as words
from desktop.ui.message.ports import Fact
from desktop.ui.text import counted

_LEAST, _MOST = 1, 6
_ROOM = 26  # margins and borders of the field
_SHOWN = 160


class FactField(LongText):
    """One or more lines, as high as what is in them; Enter goes on, in a list it begins an item.

    Signals:
        typed: (str name, str text) by the person.
        settled: (str name) what was typed is ready: the focus goes elsewhere.
        entered: on to the next.
        focused: it has the keyboard now.
    """

    typed = Signal(str, str)
    settled = Signal(str)
    entered = Signal()
    focused = Signal()

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__("", lines=_LEAST, parent=parent)
        self.name = fact.name
        self._is_list = fact.is_list
        self._is_typed = False
        self._is_own = False
        self.setAccessibleName(fact.label)
        self.setPlaceholderText(fact.hint)
        self.textChanged.connect(self._tell)
        self._fit()

    def show_text(self, text: str) -> None:
        """Hold this; nobody typed it."""
        if text != self.toPlainText():
            self._is_own = True
            self.setPlainText(text)
            self._is_own = False
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._is_typed and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._is_typed = False
            self.settled.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if is_return and held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif is_return and not held and not self._is_list:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._is_own:
            self._fit()
            self._is_typed = True
            self.typed.emit(self.name, self.toPlainText())

    def _fit(self) -> None:
        text = self.toPlainText() or self.placeholderText()
        wide = max(self.viewport().width() // max(self.fontMetrics().averageCharWidth(), 1), 24)
        wanted = sum(1 + len(line) // wide for line in text.split("\n")[:_MOST])
        lines = min(max(wanted, _LEAST), _MOST)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + _ROOM)


class FactRow(QWidget):
    """One fact: its label, its field or its words, and what there is to say about it.

    Signals:
        approved: (str name) by the person.
    """

    approved = Signal(str)

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = fact.name
        self.label = Label(fact.label, "small_strong", wrap=True)
        self.field = FactField(fact) if fact.is_own else None
        self.said = Label("", wrap=True, parent=self)
        self.said.hide()
        self.hint = Label("", "hint", wrap=True)
        self.approve = Button("Approve", "small")
        self.approve.setAccessibleName(f"Approve: {fact.label}")
        self.approve.clicked.connect(self._approve)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.approve)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.label)
        column.addWidget(self.field or self.said)
        column.addLayout(foot)
        if self.field is not None:
            self.label.setBuddy(self.field)

    def show_fact(self, fact: Fact, now: datetime, *, keep: bool) -> None:
        """Show it; `keep` what is being typed."""
        if self.field is not None:
            if not keep and not self.field.hasFocus():
                self.field.show_text(fact.text)
            is_faulty = fact.is_needed and not self.field.toPlainText().strip()
            if bool(self.field.property("faulty")) != is_faulty:
                self.field.setProperty("faulty", is_faulty)
                self.field.style().unpolish(self.field)
                self.field.style().polish(self.field)
        else:
            text = fact.text[:_SHOWN] + "…" if len(fact.text) > _SHOWN else fact.text
            self.said.setText(text)
            self.said.setVisible(bool(text))
        self.hint.set_role("danger_small" if fact.is_missing and fact.is_needed else "hint")
        self.hint.setText(words.fact_hint(fact, now))
        self.hint.setVisible(bool(self.hint.text()))
        self.approve.setVisible(fact.pending and fact.can_approve)
        if self.field is not None:
            self.field.setAccessibleDescription(self.hint.text())

    def _approve(self) -> None:
        if self.field is not None:  # the button goes once that is done
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.approved.emit(self.name)


class FactForm(QWidget):
    """Those a person writes, then what is missing, then the rest behind a button.

    Signals:
        typed: (str name, str text)
        settled: (str name)
        approved: (str name)
        left: Enter in the last field.
        reached: (QWidget) a row has the keyboard now.
    """

    typed = Signal(str, str)
    settled = Signal(str)
    approved = Signal(str)
    left = Signal()
    reached = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, FactRow] = {}
        self._facts: tuple[Fact, ...] = ()
        self._shape: tuple[tuple[str, bool], ...] = ()
        self._is_open = False
        self.more = Button("", "link")
        self.more.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()

    def show_facts(self, facts: Sequence[Fact], now: datetime, typing: Collection[str]) -> None:
        """Show these; of those in `typing` the field keeps its text."""
        self._facts = tuple(facts)
        ordered = [*(each for each in facts if each.is_own), *(each for each in facts if not each.is_own)]
        shape = tuple((each.name, each.is_own) for each in ordered)
        if shape != self._shape:
            self._rebuild(ordered, shape)
        for fact in ordered:
            self._rows[fact.name].show_fact(fact, now, keep=fact.name in typing)
        self._show_more()

    def row(self, name: str) -> FactRow | None:
        """The row of a fact."""
        return self._rows.get(name)

    def put(self, name: str, text: str) -> None:
        """Change what stands in a field."""
        row = self._rows.get(name)
        if row is not None and row.field is not None:
            row.field.show_text(text)

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: row.field.toPlainText() for name, row in self._rows.items() if row.field is not None}

    def first(self) -> FactField | None:
        """Where writing begins: what is missing and needed, else what is newest to say, else the first."""
        own = [each for each in self._facts if each.is_own]
        needed = next((each for each in own if each.is_needed and each.is_missing), None)
        news = next((each for name in _NEWS for each in own if each.name == name), None)
        fact = needed or news or (own[0] if own else None)
        return self._rows[fact.name].field if fact is not None else None

    def say_fault(self, name: str, sentence: str) -> bool:
        """Say below a fact what is wrong with it; False where it is not shown."""
        row = self._rows.get(name)
        if row is None:
            return False
        row.hint.set_role("danger_small")
        row.hint.setText(sentence)
        row.hint.show()
        return True

    def go_to(self, name: str) -> bool:
        """Put the focus on a fact; False where it cannot be typed here."""
        row = self._rows.get(name)
        if row is None or row.field is None:
            return False
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        row.field.selectAll()
        return True

    def _rebuild(self, facts: Sequence[Fact], shape: tuple[tuple[str, bool], ...]) -> None:
        focused = next((name for name, row in self._rows.items() if row.field and row.field.hasFocus()), "")
        kept = {name: row for name, row in self._rows.items() if (name, row.field is not None) in shape}
        for name, row in self._rows.items():
            self._column.removeWidget(row)
            if name not in kept:
                row.hide()
                row.deleteLater()
        self._rows = {each.name: kept.get(each.name) or self._made(each) for each in facts}
        at_more = sum(1 for each in facts if each.is_own)
        for at, row in enumerate(self._rows.values()):
            self._column.insertWidget(at if at < at_more else at + 1, row)
        self._column.removeWidget(self.more)
        self._column.insertWidget(at_more, self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._shape = shape
        if focused in self._rows:
            self.go_to(focused)
        self._order_tabs()

    def _made(self, fact: Fact) -> FactRow:
        row = FactRow(fact, self)
        row.approved.connect(self.approved)
        if row.field is not None:
            row.field.typed.connect(self.typed)
            row.field.settled.connect(self.settled)
            row.field.entered.connect(self._go_on)
            row.field.focused.connect(self._tell_reached)
        return row

    def _order_tabs(self) -> None:
        chain: list[QWidget] = []
        for row in self._rows.values():
            if row.field is not None:
                chain += [row.field, row.approve]
        chain.append(self.more)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _fields(self) -> Iterator[FactField]:
        return (row.field for row in self._rows.values() if row.field is not None)

    def _go_on(self) -> None:
        fields = list(self._fields())
        at = next((at for at, field in enumerate(fields) if field is self.sender()), len(fields))
        if at + 1 < len(fields):
            fields[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _tell_reached(self) -> None:
        field = self.sender()
        if isinstance(field, FactField):
            self.reached.emit(self._rows[field.name])

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._show_more()

    def _show_more(self) -> None:
        quiet = [each for each in self._facts if not each.is_own and not (each.is_missing and each.is_needed)]
        for fact in self._facts:
            self._rows[fact.name].setVisible(fact not in quiet or self._is_open)
        verb = "Hide" if self._is_open else "Show"
        self.more.set_text(f"{verb} {counted(len(quiet), 'fact')} from the record")
        self.more.setVisible(bool(quiet))


#: What a message has to tell that the last one did not: where writing goes on when nothing is missing.
_NEWS = ("current_step", "changed_since_last", "impact_plain", "question", "decision_needed")
