"""The form of one expected action, and that of one complication."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_edit import delete_expectation, fresh, new_id
from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.editor_effects import EffectsField
from desktop.ui.drill.editor_form import Spec, SpecForm
from desktop.ui.drill.editor_mapping import MappingField
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_row import RowsSpec
from desktop.ui.drill.editor_rows import RowsField
from desktop.ui.drill.editor_things import ThingsSpec
from desktop.ui.drill.editor_words import WHERE
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings

_WHAT = (
    Spec("id", "Id", "name", "expectation"),
    Spec("text", "What is done", hint="One act that can be seen, verb first."),
    Spec("negative", "", "flag", hint="This must not happen"),
    Spec("critical", "", "flag", hint="Critical: missed, it caps the result"),
    Spec("competence", "Competence", "pick", "competences"),
    Spec("role", "Who", "pick", "players"),
    Spec("deadline", "Deadline", "span", hint="From the inject on."),
    Spec("grace", "Grace", "span", hint="After the deadline it still counts in part.", may_miss=True),
    Spec("weight", "Weight", "number", least=1),
    Spec("evidence", "Who tells", "pick", "evidence"),
    Spec("match.event", "Event", "pick", "events", "What people do in the program that meets it."),
)
_AFTER = (
    Spec("hints", "Hints", "entries", hint="Each one shown costs points.", may_miss=True, lines=2),
    Spec("gap", "Gap", "gap", hint="Proposed when it is late, missed or a check fails."),
)
_CARD = (
    Spec("id", "Id", "name", "complication"),
    Spec("text", "What happens", "text", lines=2),
    Spec("weight", "Weight", "number", least=1, hint="How often it is drawn beside the others."),
)


class _WhatForm(SpecForm):
    """The first part; some fields bring others with them."""

    def refresh(self) -> None:
        super().refresh()
        expectation = self._pen.value(self._base) if self._base is not None else None
        if isinstance(expectation, dict):
            is_negative = expectation.get("negative") is True
            self.show_row("deadline", not is_negative)
            self.show_row("grace", not is_negative)

    def _write(self, value: object) -> None:
        spec = self._spec_of(self.sender())
        if spec is None or self._base is None:
            return
        base = self._base
        if spec.key == "negative":
            deadline = None if value else "10m"
            values = {(*base, "negative"): value, (*base, "deadline"): deadline, (*base, "grace"): None}
            self._pen.put_all(values, (*base, "negative"))
        elif spec.key == "match.event":
            self._choose_event(str(value or ""))
        else:
            super()._write(value)
            return
        self.refresh()

    def _choose_event(self, event: str) -> None:
        """An event that is chosen tells by itself; without one, staff do."""
        base = self._base or ()
        evidence = self._pen.value((*base, "evidence"))
        if not event:
            told = "manual"
        else:
            told = "auto" if evidence == "manual" and self._pen.value((*base, "match")) is None else evidence
        match = {"event": event} if event else None
        self._pen.put_all({(*base, "match"): match, (*base, "evidence"): told}, (*base, "match"))


class ExpectationForm(QWidget):
    """Everything about an expected action."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self._pen = pen
        self._base: Path | None = None
        self.what = _WhatForm(pen, _WHAT, around.theme, None)
        self.where = MappingField(
            pen, around.icons, "Event must hold", splits=True, verb="Add what the event must hold"
        )
        checks = RowsSpec(
            "checks", "Check",
            (
                Spec("text", "What good looks like"), Spec("weight", "Weight", "number", least=1),
                Spec("auto", "Read from", "auto"),
            ), self._begun_check, 20, per_line=2,
        )  # fmt: skip
        self.checks = RowsField(checks, pen, around, None)
        self.after = SpecForm(pen, _AFTER, around.theme, None)
        self._heads = (Label("The event must hold", "strong"), Label("How well it is done", "strong"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.what)
        column.addWidget(self._heads[0])
        column.addWidget(self.where)
        column.addWidget(self._heads[1])
        column.addWidget(self.checks)
        column.addWidget(self.after)

    def first(self) -> QWidget:
        """Where writing begins."""
        field: QWidget = self.what.fields["text"]
        return field

    def show_at(self, base: Path | None) -> None:
        """Show another one."""
        self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or self._pen.value(self._base) is None:
            return
        self.what.show_at(self._base)
        event = str(self._pen.value((*self._base, "match", "event")) or "")
        self._heads[0].setVisible(bool(event))
        self.where.setVisible(bool(event))
        self.where.offer_keys(WHERE.get(event, ()))
        self.where.show_at((*self._base, "match", "where") if event else None)
        is_negative = self._pen.value((*self._base, "negative")) is True
        self._heads[1].setVisible(not is_negative)
        self.checks.setVisible(not is_negative or bool(self._pen.value((*self._base, "checks"))))
        self.checks.show_at(self._base)
        self.after.show_at(self._base)

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place."""
        if self._base is not None and path[: len(self._base) + 2] == (*self._base, "match", "where"):
            return self.where.field_at(path)
        return self.what.field_at(path) or self.checks.field_at(path) or self.after.field_at(path)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong with it."""
        for part in (self.what, self.checks, self.after):
            part.show_faults(faults)

    def _begun_check(self, _scenario: Scenario) -> object:
        found = self._pen.value((*(self._base or ()), "checks")) or ()
        name = fresh("check", frozenset(str(each.get("id", "")) for each in found))
        return {"id": name, "text": "", "weight": 1}


class CardForm(QWidget):
    """Everything about a complication of the deck."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self.form = SpecForm(pen, _CARD, around.theme, None)
        self.effects = EffectsField(pen, around)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(Label("What it does to the desk of the drill", "strong"))
        column.addWidget(self.effects)

    def first(self) -> QWidget:
        """Where writing begins."""
        field: QWidget = self.form.fields["text"]
        return field

    def show_at(self, base: Path | None) -> None:
        """Show another one."""
        self.form.show_at(base)
        self.effects.show_at(base)

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place."""
        return self.form.field_at(path) or self.effects.field_at(path)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong with it."""
        self.form.show_faults(faults)
        self.effects.show_faults(faults)


def _said_expectation(one: dict[str, Any]) -> str:
    return f"{one.get('id', '')}  {one.get('text', '') or 'No words yet'}"


def _said_card(card: dict[str, Any]) -> str:
    return f"{card.get('id', '')}  {card.get('text', '') or 'No words yet'}"


def _expectation(scenario: Scenario) -> object:
    players = [role.id for role in scenario.roles if not role.staff]
    return {
        "id": new_id(scenario, "expectation"), "text": "",
        "competence": next(iter(scenario.competences), "triage"), "role": players[0] if players else "",
        "evidence": "manual", "deadline": "10m", "grace": "10m", "weight": 1,
    }  # fmt: skip


def _card(scenario: Scenario) -> object:
    return {"id": new_id(scenario, "complication"), "text": "", "weight": 1}


def _without(scenario: Scenario, place: Path) -> Scenario:
    at, number = place[1], place[3]
    if not isinstance(at, int) or not isinstance(number, int):
        return scenario
    return delete_expectation(scenario, at, number)


EXPECTATIONS = ThingsSpec("expect", "Expected action", _expectation, _said_expectation, _without)
COMPLICATIONS = ThingsSpec("complications", "Complication", _card, _said_card)
