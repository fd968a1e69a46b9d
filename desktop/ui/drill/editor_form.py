"""Forms over a place of a scenario's document: rows told by what they hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_double import AutoField, GapField
from desktop.ui.drill.editor_fields import LineField, MomentField, NameField, SpanField, TextField
from desktop.ui.drill.editor_offers import offered
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import FlagField, NumberField, PickField, SpeedsField, TicksField
from desktop.ui.drill.editor_said import sentence_of
from desktop.ui.drill.editor_variables import complete_variables
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.theme import Theme

#: Kinds whose every change is a step of its own for undo.
_AT_ONCE = frozenset({"pick", "flag", "ticks", "speeds", "gap", "auto"})
AnyField = Any  # one of the fields: show_value, edited, unread


@dataclass(frozen=True, slots=True)
class Spec:
    """A field: where it stands (steps with dots), what it is called, its kind, what it offers.

    Kinds are those of `_MAKERS`, else a line. A name says in `offers` what kind of thing it names; a flag has
    its words in `hint`.
    """

    key: str
    label: str
    kind: str = "line"
    offers: str = ""
    hint: str = ""
    may_miss: bool = False
    least: int = 0
    most: int = 1000
    lines: int = 4
    usual: object = None

    @property
    def path(self) -> Path:
        """The steps to it."""
        return (
            tuple(int(step) if step.isdigit() else step for step in self.key.split(".")) if self.key else ()
        )


def made_field(spec: Spec, theme: Theme, name: str = "") -> AnyField:
    """The widget of a field."""
    name = name or spec.label or spec.hint
    field: AnyField = _MAKERS.get(spec.kind, _line)(spec, theme, name)
    field.setAccessibleName(name)
    return field


def _line(spec: Spec, _theme: Theme, _name: str) -> AnyField:
    return LineField(may_miss=spec.may_miss)


def _text(spec: Spec, _theme: Theme, _name: str) -> AnyField:
    return TextField(spec.lines, entries=spec.kind == "entries", may_miss=spec.may_miss)


def _span(spec: Spec, _theme: Theme, _name: str) -> AnyField:
    return SpanField(may_miss=spec.may_miss, may_be_negative=spec.kind == "signed_span")


def _moment(spec: Spec, _theme: Theme, _name: str) -> AnyField:
    return MomentField(may_miss=spec.may_miss)


def _number(spec: Spec, _theme: Theme, _name: str) -> AnyField:
    return NumberField(spec.least, spec.most, "not stated" if spec.may_miss else "")


def _flag(spec: Spec, _theme: Theme, _name: str) -> AnyField:
    return FlagField(spec.hint or spec.label, keeps_no=spec.usual is True)


def _pick(spec: Spec, _theme: Theme, name: str) -> AnyField:
    return PickField(name, free=spec.kind == "typed_pick", may_miss=spec.may_miss)


def _chips(spec: Spec, theme: Theme, name: str) -> AnyField:
    kind = SpeedsField if spec.kind == "speeds" else TicksField
    return kind(name, theme, may_miss=spec.may_miss)


def _name(_spec: Spec, _theme: Theme, _name: str) -> AnyField:
    return NameField()


def _double(spec: Spec, _theme: Theme, name: str) -> AnyField:
    return AutoField(name) if spec.kind == "auto" else GapField(name)


_MAKERS: dict[str, Callable[[Spec, Theme, str], AnyField]] = {
    "text": _text, "entries": _text, "span": _span, "signed_span": _span, "moment": _moment,
    "name": _name, "number": _number, "flag": _flag, "pick": _pick, "typed_pick": _pick,
    "ticks": _chips, "speeds": _chips, "auto": _double, "gap": _double,
}  # fmt: skip


def fill_field(field: AnyField, spec: Spec, pen: Pen, path: Path) -> None:
    """Show what stands at a place, and what may."""
    if spec.offers and spec.kind in ("pick", "typed_pick", "ticks", "speeds"):
        field.offer_these(offered(pen, spec.offers))
    value = pen.value(path)
    if path not in pen.unread:
        field.show_value(spec.usual if value is None else value)


class SpecForm(FormRows):
    """Rows for the fields of one thing, wherever it stands.

    Signals:
        edited: (path, value) something was written.
    """

    edited = Signal(object, object)

    def __init__(self, pen: Pen, specs: Sequence[Spec], theme: Theme, base: Path | None = ()) -> None:
        super().__init__()
        self._pen = pen
        self._base = base
        self.specs = tuple(specs)
        self.fields: dict[str, AnyField] = {}
        self.rows: dict[str, FormRow] = {}
        for spec in self.specs:
            field = self.fields[spec.key] = made_field(spec, theme)
            hint = "" if spec.kind == "flag" else spec.hint
            self.rows[spec.key] = self.add_row("" if spec.kind == "flag" else spec.label, field, hint)
            field.edited.connect(self._write)
            field.unread.connect(self._note)
            if spec.kind in ("line", "text"):
                complete_variables(field, pen)
            if spec.kind == "name":
                field.renamed.connect(self._rename)
        self.set_label_width(120)

    def show_at(self, base: Path | None) -> None:
        """Show another thing; None while there is none."""
        if base != self._base:
            self._base = base
            for row in self.rows.values():
                row.set_error("")
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready or self._pen.value(self._base) is None:
            return
        for spec in self.specs:
            fill_field(self.fields[spec.key], spec, self._pen, (*self._base, *spec.path))

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place, or the nearest around it."""
        if self._base is None or path[: len(self._base)] != self._base:
            return None
        rest = path[len(self._base) :]
        for spec in self.specs:
            if rest[: len(spec.path)] == spec.path:
                field: QWidget = self.fields[spec.key]
                return field.first() if isinstance(field, TicksField) else field
        return None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each field what is wrong with it."""
        if self._base is None:
            return
        for spec in self.specs:
            at = (*self._base, *spec.path)
            found = next((f for f in faults if f.path[: len(at)] == at), None)
            said = self._pen.unread.get(at, "")
            if not said and found is not None and not found.is_warning:
                said = sentence_of(found)
            if said != self.rows[spec.key].error:
                self.rows[spec.key].set_error(said)

    def show_row(self, key: str, is_shown: bool) -> None:
        """Leave out a row that does not matter."""
        self.rows[key].set_visible(is_shown)

    def _spec_of(self, sender: QObject | None) -> Spec | None:
        return next((spec for spec in self.specs if self.fields[spec.key] is sender), None)

    def _write(self, value: object) -> None:
        spec = self._spec_of(self.sender())
        if spec is not None and self._base is not None:
            path = (*self._base, *spec.path)
            self.rows[spec.key].set_error("")
            self.edited.emit(path, value)
            self._pen.put(path, value, typed=spec.kind not in _AT_ONCE)

    def _note(self, why: str) -> None:
        spec = self._spec_of(self.sender())
        if spec is not None and self._base is not None:
            self._pen.note_unread((*self._base, *spec.path), why)
            self.rows[spec.key].set_error(why)

    def _rename(self, old: str, new: str) -> None:
        field = self.sender()
        spec = self._spec_of(field)
        if spec is not None and isinstance(field, NameField):
            why = self._pen.rename(spec.offers, old, new, at=(*(self._base or ()), *spec.path))
            if why:
                field.refuse(why, old)


def focus_on(widget: QWidget | None) -> None:
    """Let typing go on there."""
    if widget is not None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
