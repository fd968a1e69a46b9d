"""Names and values in lines, such as what an effect sets or an event must hold."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_node import Path
from desktop.ui.drill.editor_form import focus_on
from desktop.ui.drill.editor_offers import offered
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import PickField
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton

_YES = {"yes": True, "no": False}
#: Fields whose values are yes or no, and whole numbers, wherever they stand.
_FLAGS, _NUMBERS = frozenset({"available", "classified"}), frozenset({"arr", "severity"})
#: What is offered for the value of a field, by its name.
_OFFERS = {
    "customer": "customers", "product_area": "areas", "role": "roles", "available": "yes_no",
    "decision": "decisions", "stage": "stages", "tier": "tiers", "customer_tier": "tiers",
    "classified": "yes_no",
}  # fmt: skip


def value_words(value: object) -> str:
    """A value as it is typed: lists with commas, yes and no, anything deeper as JSON."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and value and all(isinstance(e, str) and "," not in e for e in value):
        return ", ".join(value)
    if isinstance(value, list | Mapping):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def key_words(key: str) -> str:
    """The name of a field as people read it."""
    return key.replace("_", " ").capitalize() if key.isidentifier() and key.islower() else key


def read_value(text: str, before: object, key: str = "", *, splits: bool = False) -> Any:  # noqa: ANN401
    """The value that is typed: of the kind it was before, else of the kind that fields of this name have."""
    typed = text.strip()
    if isinstance(before, bool) or (before is None and key in _FLAGS):
        return _YES.get(typed.casefold(), typed)
    is_number = isinstance(before, int | float) or (before is None and key in _NUMBERS)
    if is_number and typed.lstrip("-").isdecimal() and len(typed) <= 15:
        return int(typed)
    if typed[:1] in ("[", "{") and (isinstance(before, list | Mapping)):
        try:
            return json.loads(typed)
        except ValueError:
            return typed
    if "," in typed and (splits or isinstance(before, list)):
        return [part for part in map(str.strip, typed.split(",")) if part]
    return typed


class MappingLine(QWidget):
    """One name with its value."""

    def __init__(self, name: str, icons: Icons) -> None:
        super().__init__()
        self.key = PickField(f"{name}: field", free=True)
        self.value = PickField(f"{name}: value", free=True)
        self.remove = IconButton(icons, "close", "Remove this field")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.key, 2)
        line.addWidget(self.value, 3)
        line.addWidget(self.remove)


class MappingField(QWidget):
    """All names and values of a mapping but those in `skip`; `known` names are offered.

    With `splits`, commas part several values.
    """

    def __init__(
        self,
        pen: Pen,
        icons: Icons,
        name: str,
        *,
        known: Sequence[str] = (),
        skip: Sequence[str] = (),
        splits: bool = False,
        verb: str = "Add field",
    ) -> None:
        super().__init__()
        self._pen = pen
        self._icons = icons
        self._name = name
        self._known = tuple(known)
        self._skip = frozenset(skip)
        self._splits = splits
        self._base: Path | None = None
        self._keys: list[str] = []
        self.lines: list[MappingLine] = []
        self.setAccessibleName(name)
        self.add = Button(verb, "link")
        self.add.clicked.connect(self.add_line)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(self._column)
        whole.addLayout(below)

    def offer_keys(self, known: Sequence[str]) -> None:
        """Names that are usual here."""
        self._known = tuple(known)

    def show_at(self, base: Path | None) -> None:
        """Show the mapping of a place."""
        if base != self._base:
            self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready:
            return
        mapping = self._mapping()
        self._keys = [key for key in mapping if key not in self._skip]
        while len(self.lines) > len(self._keys):
            line = self.lines.pop()
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self.lines) < len(self._keys):
            self.lines.append(self._made())
        for key, line in zip(self._keys, self.lines, strict=True):
            names = dict.fromkeys((*self._known, *mapping))
            line.key.offer_these([(each, key_words(each)) for each in names])
            line.key.show_value(key)
            line.value.offer_these(offered(self._pen, _OFFERS[key]) if key in _OFFERS else self._options(key))
            if read_value(str(line.value.value()), mapping[key], key, splits=self._splits) != mapping[key]:
                line.value.show_value(value_words(mapping[key]))

    def add_line(self) -> None:
        """One more field, of the first usual name that is not there yet."""
        if self._base is None:
            return
        mapping = self._mapping()
        key = next((each for each in self._known if each not in mapping and each not in self._skip), "")
        number = 1
        while not key or key in mapping:
            key, number = f"field{number}", number + 1
        found = offered(self._pen, _OFFERS[key]) if key in _OFFERS else self._options(key)
        first = str(found[0][0]) if found else ""
        self._put({**mapping, key: read_value(first, None, key)})
        line = self.lines[-1]
        focus_on(line.value if self._known else line.key)

    def field_at(self, path: Path) -> QWidget | None:
        """The value of a place, or the button that adds one."""
        if self._base is None or path[: len(self._base)] != self._base:
            return None
        key = path[len(self._base)] if len(path) > len(self._base) else ""
        return self.lines[self._keys.index(str(key))].value if key in self._keys else self.add

    def _options(self, key: str) -> list[tuple[object, str]]:
        """The options of the decision that is asked for."""
        if key != "option":
            return []
        wanted = self._mapping().get("decision")
        found = next((d for _, d in self._pen.scenario.decisions() if d.id == wanted), None)
        return [(each.id, each.id) for each in found.options] if found is not None else []

    def _mapping(self) -> dict[str, Any]:
        value = self._pen.value(self._base) if self._base is not None else None
        return dict(value) if isinstance(value, Mapping) else {}

    def _put(self, mapping: Mapping[str, Any], *, typed: bool = False) -> None:
        if self._base is not None:
            self._pen.put(self._base, mapping or None, typed=typed)
            self.refresh()

    def _made(self) -> MappingLine:
        line = MappingLine(self._name, self._icons)
        line.key.edited.connect(self._write_key)
        line.value.edited.connect(self._write_value)
        line.remove.clicked.connect(self._remove)
        self._column.addWidget(line)
        return line

    def _at(self, sender: QObject | None) -> int:
        found = (at for at, line in enumerate(self.lines) if sender in (line.key, line.value, line.remove))
        return next(found, -1)

    def _write_key(self, value: object) -> None:
        at, key = self._at(self.sender()), str(value or "").strip()
        mapping = self._mapping()
        if at >= 0 and key and key not in mapping and at < len(self._keys):
            old = self._keys[at]
            self._put({key if each == old else each: mapping[each] for each in mapping}, typed=True)

    def _write_value(self, value: object) -> None:
        at = self._at(self.sender())
        if at >= 0 and at < len(self._keys):
            key, mapping = self._keys[at], self._mapping()
            read = read_value(str(value or ""), mapping[key], key, splits=self._splits)
            self._put({**mapping, key: read}, typed=True)

    def _remove(self) -> None:
        at = self._at(self.sender())
        if at >= 0:
            mapping = self._mapping()
            del mapping[self._keys[at]]
            self._put(mapping)
            focus_on(self.add)
