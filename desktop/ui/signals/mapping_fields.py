"""A mapping as fields: where in a body each thing stands, and which words mean what."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.signal_mapping import SampleRow, SignalMapping
from desktop.ui.kit.form import FormRow, FormRows

_LONGEST = 1000
_PATH, _PATHS, _WORDS = range(3)


class _Entry(NamedTuple):
    name: str
    label: str
    holds: int
    hint: str = ""


_ENTRIES = (
    _Entry("title", "Title", _PATH),
    _Entry("key", "Key", _PATH, "What repeats with the same key is the same alert."),
    _Entry("state", "State", _PATH),
    _Entry("resolve_when", "Resolved when", _WORDS, "Words of the state, with commas between them."),
    _Entry("acknowledge_when", "Acknowledged when", _WORDS),
    _Entry("ignore_when", "Ignored when", _WORDS),
    _Entry("severity", "Severity", _PATH),
    _Entry("priority", "Priority", _PATH),
    _Entry("details", "Details", _PATH),
    _Entry("customer", "Customer", _PATH),
    _Entry("reference", "Reference", _PATH),
    _Entry("reporter", "Reporter", _PATH),
    _Entry("occurred_at", "Occurred at", _PATH),
    _Entry("nested_json", "JSON as text", _PATHS, "Places whose text is JSON itself."),
)


class EntryField(QLineEdit):
    """One entry.

    Signals:
        entered: it has the keyboard now.
        rows_wanted: go to the places of the sample.
    """

    entered = Signal()
    rows_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(_LONGEST)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.rows_wanted.emit()
        else:
            super().keyPressEvent(event)


class MappingFields(FormRows):
    """All entries; the one that had the keyboard last takes what is chosen in the sample.

    Signals:
        changed: something else is written there.
        target_changed: (str) the label of the field that takes what is chosen.
        rows_wanted: the person wants to choose.
    """

    changed = Signal()
    target_changed = Signal(str)
    rows_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, EntryField] = {}
        self._rows: dict[str, FormRow] = {}
        self._target = _ENTRIES[0]
        for entry in _ENTRIES:
            field = self.fields[entry.name] = EntryField()
            field.setAccessibleName(f"{entry.label} in the mapping")
            self._rows[entry.name] = self.add_row(entry.label, field, entry.hint)
            field.textChanged.connect(self.changed)
            field.entered.connect(self._aim)
            field.rows_wanted.connect(self.rows_wanted)

    @property
    def target(self) -> EntryField:
        """The field that takes what is chosen."""
        return self.fields[self._target.name]

    def show_mapping(self, mapping: Mapping[str, Any] | None) -> None:
        """Fill the fields; whatever was typed before is gone."""
        for entry in _ENTRIES:
            value = (mapping or {}).get(entry.name, "")
            words = value if isinstance(value, str) else ", ".join(map(str, value))
            self.fields[entry.name].setText(words)
            self.fields[entry.name].setCursorPosition(0)

    def mapping(self) -> dict[str, Any] | None:
        """What is filled in, None for nothing.

        Raises: DeskError naming the entry at fault.
        """
        document: dict[str, Any] = {}
        for entry in _ENTRIES:
            text = self.fields[entry.name].text().strip()
            if text:
                document[entry.name] = text if entry.holds == _PATH else _listed(text)
        if document:
            SignalMapping.from_mapping(document)
        return document or None

    def show_error(self, error: DeskError | None) -> bool:
        """Say beside its field what is wrong; gives whether there is such a field."""
        for name, row in self._rows.items():
            row.set_error(str(error) if error is not None and error.field == name else "")
        return error is not None and error.field in self._rows

    def take(self, row: SampleRow, *, as_well: bool) -> None:
        """Put a place of the sample, or for a list of words what stands there, into the field aimed at.

        `as_well` keeps a path that is there already, as the one that is looked at first.
        """
        field, before = self.target, self.target.text().strip()
        if self._target.holds == _WORDS:
            words = _listed(before)
            field.setText(", ".join(words if row.value in words else [*words, row.value.replace(",", " ")]))
        elif self._target.holds == _PATHS:
            paths = _listed(before)
            field.setText(", ".join(paths if row.path in paths else [*paths, row.path]))
        else:
            field.setText(f"{before} or {row.path}" if as_well and before else row.path)

    def _aim(self) -> None:
        sender = self.sender()
        self._target = next(entry for entry in _ENTRIES if self.fields[entry.name] is sender)
        self.target_changed.emit(self._target.label)


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
