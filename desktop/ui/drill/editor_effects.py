"""What an inject or a complication does to the drill's desk: a form for each effect."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_fields import SpanField
from desktop.ui.drill.editor_form import focus_on
from desktop.ui.drill.editor_mapping import MappingField
from desktop.ui.drill.editor_offers import offered
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import PickField
from desktop.ui.drill.editor_said import sentence_of
from desktop.ui.drill.editor_words import EFFECTS
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings

_KNOWN = {
    "create_ticket": ("customer", "product_area", "title", "description", "severity", "classified"),
    "set_field": ("field", "value", "ticket"),
    "roster_change": ("role", "available", "person", "back_at"),
    "dashboard_value": ("id", "value", "age"),
}


class EffectBox(QFrame):
    """One effect: what it does, to what, and how much later."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.kind = PickField("Effect: what it does", least=12)
        self.kind.offer_these(list(EFFECTS.items()))
        self.delay = SpanField(may_miss=True)
        self.delay.setAccessibleName("Effect: how much later")
        self.delay.setPlaceholderText("at once")
        self.remove = IconButton(around.icons, "trash", "Remove the effect")
        self.data = PickField("Effect: which data")
        self.values = MappingField(pen, around.icons, "Effect")
        self.error = Label("", "danger_small", wrap=True)
        self.error.hide()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.kind, 3)
        head.addWidget(Label("later by", "secondary"))
        head.addWidget(self.delay, 1)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.data)
        column.addWidget(self.values)
        column.addWidget(self.error)


class EffectsField(QWidget):
    """All effects of one thing."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self._pen = pen
        self._around = around
        self._base: Path | None = None
        self.boxes: list[EffectBox] = []
        self.setAccessibleName("Effects")
        self.add = Button("Add effect", "small")
        self.add.clicked.connect(self.add_effect)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._column)
        whole.addLayout(below)

    def show_at(self, base: Path | None) -> None:
        """Show those of another thing."""
        self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready:
            return
        effects = self._effects()
        while len(self.boxes) > len(effects):
            box = self.boxes.pop()
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        while len(self.boxes) < len(effects):
            self.boxes.append(self._made())
        for at, (box, effect) in enumerate(zip(self.boxes, effects, strict=True)):
            self._show(box, effect, (*self._base, "effects", at))

    def add_effect(self) -> None:
        """One more, which opens a ticket until something else is chosen."""
        kind = "create_ticket"
        self._put([*self._effects(), {kind: self._begun(kind)}])
        focus_on(self.boxes[-1].kind)

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place."""
        if self._base is None or path[: len(self._base) + 1] != (*self._base, "effects"):
            return None
        at = path[len(self._base) + 1] if len(path) > len(self._base) + 1 else None
        if not isinstance(at, int) or at >= len(self.boxes):
            return self.add
        box = self.boxes[at]
        return box.data if box.data.isVisibleTo(self) else box.values.field_at(path) or box.kind

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong with each."""
        if self._base is None:
            return
        for at, box in enumerate(self.boxes):
            own = (*self._base, "effects", at)
            found = next((f for f in faults if f.path[: len(own)] == own), None)
            box.error.setText(sentence_of(found) if found is not None else "")
            box.error.setVisible(found is not None)

    def _show(self, box: EffectBox, effect: dict[str, Any], at: Path) -> None:
        kind = next((key for key in effect if key != "delay"), "create_ticket")
        box.kind.show_value(kind)
        if (*at, "delay") not in self._pen.unread:
            box.delay.show_value(effect.get("delay"))
        is_data = kind == "release_data"
        box.data.setVisible(is_data)
        box.values.setVisible(not is_data)
        if is_data:
            box.data.offer_these(offered(self._pen, "withheld"))
            box.data.show_value(effect[kind])
        else:
            box.values.offer_keys(_KNOWN.get(kind, ()))
            box.values.show_at((*at, kind))

    def _begun(self, kind: str) -> Any:  # noqa: ANN401
        scenario = self._pen.scenario
        customers = [str(each.get("id", "")) for each in scenario.world.customers]
        dashboards = [str(each.get("id", "")) for each in scenario.world.dashboards]
        players = [role.id for role in scenario.roles if not role.staff]
        begun: dict[str, Any] = {
            "create_ticket": {"customer": customers[0]} if customers else {"title": "New ticket"},
            "set_field": {"field": "title", "value": ""},
            "release_data": (*scenario.world.withheld, "")[0],
            "roster_change": {"role": players[0] if players else "", "available": False},
            "dashboard_value": {"id": dashboards[0] if dashboards else "", "value": ""},
        }
        return begun[kind]

    def _effects(self) -> list[dict[str, Any]]:
        value = self._pen.value((*self._base, "effects")) if self._base is not None else None
        return list(value) if isinstance(value, list) else []

    def _put(self, effects: list[dict[str, Any]], *, typed: bool = False) -> None:
        if self._base is not None:
            self._pen.put((*self._base, "effects"), effects or None, typed=typed)
            self.refresh()

    def _made(self) -> EffectBox:
        box = EffectBox(self._pen, self._around)
        box.kind.edited.connect(self._choose_kind)
        box.delay.edited.connect(self._type_delay)
        box.data.edited.connect(self._choose_data)
        box.remove.clicked.connect(self._remove)
        self._column.addWidget(box)
        return box

    def _at(self, sender: QObject | None) -> int:
        found = (
            i for i, box in enumerate(self.boxes) if sender in (box.kind, box.delay, box.data, box.remove)
        )
        return next(found, -1)

    def _choose_kind(self, key: object) -> None:
        at, effects = self._at(self.sender()), self._effects()
        if at >= 0 and str(key) not in effects[at]:
            delay = {"delay": effects[at]["delay"]} if "delay" in effects[at] else {}
            effects[at] = {str(key): self._begun(str(key)), **delay}
            self._put(effects)

    def _type_delay(self, value: object) -> None:
        at, effects = self._at(self.sender()), self._effects()
        if at >= 0:
            kept = {key: each for key, each in effects[at].items() if key != "delay"}
            effects[at] = {**kept, "delay": value} if value is not None else kept
            self._put(effects, typed=True)

    def _choose_data(self, key: object) -> None:
        at, effects = self._at(self.sender()), self._effects()
        if at >= 0:
            effects[at] = {**effects[at], "release_data": str(key or "")}
            self._put(effects)

    def _remove(self) -> None:
        at, effects = self._at(self.sender()), self._effects()
        if at >= 0:
            del effects[at]
            self._put(effects)
            focus_on(self.add)
