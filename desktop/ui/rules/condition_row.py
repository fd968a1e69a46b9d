"""One condition in the editor: a field, an operator and what it is compared with."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.rule import FIELDS, FieldKind, KnownField, Operator, Takes, field_of, operators_for
from desktop.domain.rule_operator import OPERATORS, number_of
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.rules.ports import Choices

_YES_NO = ((True, "yes"), (False, "no"))
_UNKNOWN = KnownField("", "", FieldKind.ANY, "")


class ConditionRow(QWidget):
    """A condition while it is written; its fault stands below it.

    Signals:
        changed: something else is asked.
        remove_requested: the person does not want it.
    """

    changed = Signal()
    remove_requested = Signal()

    def __init__(self, choices: Choices, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = ""
        self._choices = choices
        self.field = Choice("Field", free=True, least=10)
        self.field.offer(_fields(choices))
        self.operator = Choice("Operator", least=7)
        self.value = Choice("Value", free=True, least=10)
        self.remove_button = IconButton(icons, "close", "Remove this condition")
        self.error = Label("", "danger_small", wrap=True)
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 4)
        row.addWidget(self.operator, 3)
        row.addWidget(self.value, 4)
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.error)
        self._follow_field()
        self.field.currentTextChanged.connect(self._follow_field)
        self.operator.currentIndexChanged.connect(self._follow_operator)
        self.value.currentTextChanged.connect(self._tell)
        self.remove_button.clicked.connect(self.remove_requested)

    def show_condition(self, condition: dict[str, Any]) -> None:
        """Show what is kept."""
        self.field.set_value(condition["field"])
        self._follow_field()
        self.operator.set_value(condition["operator"])
        self._follow_operator()
        value = condition.get("value")
        if isinstance(value, list):
            value = ", ".join(map(self.value.words_of, value))
        self.value.set_value(value)

    def document(self) -> dict[str, Any]:
        """The condition as a rule's document holds it."""
        operator = self._operator()
        found: dict[str, Any] = {"field": str(self.field.value()), "operator": operator.name}
        if operator.takes is Takes.NOTHING:
            return found
        value = self.value.value()
        if operator.takes is Takes.MANY:
            items = [item.strip() for item in str(value).split(",")]
            return found | {"value": [self._typed(self.value.key_of(item)) for item in items if item]}
        typed = self._typed(value)
        return found if typed == "" else found | {"value": typed}

    def show_error(self, error: str) -> None:
        """What is wrong with it, and what was meant."""
        self.error.setText(error)
        self.error.setVisible(bool(error))

    def _known(self) -> KnownField:
        try:
            return field_of(str(self.field.value()))
        except DeskError:
            return _UNKNOWN

    def _operator(self) -> Operator:
        return OPERATORS.get(str(self.operator.value()), OPERATORS["is"])

    def _typed(self, value: object) -> object:
        """What is typed, as the field holds it; what cannot be read is left for the check to tell."""
        is_number = self._known().kind is FieldKind.NUMBER or self._operator().takes is Takes.NUMBER
        if is_number and isinstance(value, str):
            number = number_of(value)
            return value if number is None else number
        return value

    def _follow_field(self) -> None:
        known = self._known()
        self.operator.offer([(one.name, one.name) for one in operators_for(known.kind)])
        if known.kind is FieldKind.YES_NO:
            self.value.offer(_YES_NO)
        elif known.name in self._choices.named:
            self.value.offer(self._choices.named[known.name])
        else:
            seen = next((one for one in self._choices.fields if one.name == known.name), None)
            values = known.choices or (tuple(value for value, _ in seen.values) if seen is not None else ())
            self.value.offer([(value, value) for value in values])
        line = self.value.lineEdit()
        if line is not None:
            line.setPlaceholderText(f"as {known.example}" if known.example else "")
        self._follow_operator()

    def _follow_operator(self) -> None:
        self.value.setVisible(self._operator().takes is not Takes.NOTHING)
        self._tell()

    def _tell(self) -> None:
        self.show_error("")
        self.changed.emit()


def _fields(choices: Choices) -> list[tuple[object, str]]:
    """Every field by its words; a path of the sender by itself."""
    own: list[tuple[object, str]] = [(key, one.label) for key, one in FIELDS.items() if "*" not in key]
    seen = [one.name for one in choices.fields if one.name not in FIELDS]
    return [*own, *((name, name) for name in seen)]
