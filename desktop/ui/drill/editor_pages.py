"""The pages of the editor that are plain forms: what stands on each."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_edit import delete_phase, fresh, new_id
from desktop.domain.drill_node import Fault, Path, write_duration
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.editor_form import Spec, SpecForm
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_row import RowsSpec
from desktop.ui.drill.editor_rows import RowsField
from desktop.ui.drill.editor_variables_field import VariablesField
from desktop.ui.drill.editor_weights import WeightsForm
from desktop.ui.kit.card import Section
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings

Block = Any  # a form or list: refresh, field_at, show_faults

ABOUT = (
    Spec("title", "Title", hint="Players read it."),
    Spec("summary", "Summary", "text", hint="What players are told before it begins."),
    Spec("difficulty", "Difficulty", "number", least=1, most=5, may_miss=True),
    Spec("tags.product_area", "Areas", "ticks", "areas", may_miss=True),
    Spec("tags.customer_tier", "Customers", "ticks", "tiers", may_miss=True),
    Spec("tags.incident_type", "Types", "ticks", "incident_types", may_miss=True),
    Spec("playbook.id", "Playbook", "typed_pick", "playbooks", "The one it was written for.", may_miss=True),
    Spec("playbook.version", "Its version", "number", least=1, most=9999),
)
ORIGIN = (
    Spec("origin.kind", "Comes from", "pick", "origins"),
    Spec("origin.ref", "Where exactly", hint="Staff only: players never read it.", may_miss=True),
    Spec("origin.anonymised", "", "flag", hint="Names and figures are made up"),
)
SAFETY = (
    Spec("safety.banner", "Mark", hint="Stands on every window, message and file of the drill."),
    Spec("safety.stop_phrase", "To stop for real", hint="Whoever says it ends the drill at once."),
)
CLOCK = (
    Spec("clock.mode", "Pace is set by", "pick", "modes"),
    Spec("clock.start", "Story begins", "moment", hint="With its zone: 2026-03-02 16:10 +01:00"),
    Spec("clock.duration", "Length", "span"),
    Spec("clock.speeds", "Speeds", "speeds", "speeds"),
    Spec("clock.auto_slow", "", "flag", hint="Slow down to 1x while players have a deadline", usual=True),
    Spec("clock.on_overdue", "Passed by a jump", "pick", "on_overdue"),
)
RUBRIC = (
    Spec("rubric.bands.P", "P from", "number", hint="Performed without challenges"),
    Spec("rubric.bands.S", "S from", "number", hint="Some challenges, objective met"),
    Spec("rubric.bands.M", "M from", "number", hint="Major challenges; below it: U"),
    Spec("rubric.rating_points.P", "P is worth", "number"),
    Spec("rubric.rating_points.S", "S is worth", "number"),
    Spec("rubric.rating_points.M", "M is worth", "number"),
    Spec("rubric.rating_points.U", "U is worth", "number"),
    Spec("rubric.late_floor", "Late at least", "number", most=500, hint="What is left after the grace time"),
    Spec("rubric.hint_cost", "A hint costs", "number"),
    Spec("rubric.critical_cap", "Critical missed", "pick", "ratings", "No better band than this one"),
)


def _seat(scenario: Scenario) -> object:
    return {"id": new_id(scenario, "role"), "title": "New seat", "seats": 1}


def _objective(scenario: Scenario) -> object:
    return {"id": new_id(scenario, "objective"), "text": ""}


def _phase(scenario: Scenario) -> object:
    last_s = max((phase.from_s for phase in scenario.phases), default=-1)
    from_s = (last_s + max(scenario.pace.duration_s, last_s + 1200)) // 2 // 60 * 60 if last_s >= 0 else 0
    return {"id": new_id(scenario, "phase"), "title": "New phase", "from": write_duration(from_s)}


def _customer(scenario: Scenario) -> object:
    return {"id": new_id(scenario, "customer"), "name": "New customer"}


def _dashboard(scenario: Scenario) -> object:
    return {"id": new_id(scenario, "dashboard"), "title": "New dashboard", "value": "", "age": "1m"}


def _on_call(scenario: Scenario) -> object:
    players = [role.id for role in scenario.roles if not role.staff]
    return {"role": players[0] if players else "", "person": "", "available": True}


def _escalation(scenario: Scenario) -> object:
    customers = [str(each.get("id", "")) for each in scenario.world.customers]
    return {"title": "Running already", **({"customer": customers[0]} if customers else {})}


def _withheld(scenario: Scenario) -> object:
    return fresh("withheld", frozenset(scenario.world.withheld))


def _question(_scenario: Scenario) -> object:
    return {"to": "all", "text": ""}


SEATS = RowsSpec(
    "roles", "Seat",
    (
        Spec("id", "Id", "name", "role"), Spec("title", "Who sits there"),
        Spec("seats", "How many", "number", least=1, most=50, usual=1),
        Spec("staff", "Staff", "flag"), Spec("absent", "Absent", "flag"),
        Spec("substitute_of", "Stands in for", "pick", "substitutes", may_miss=True),
    ), _seat, 50, "No seats. Add the first player.", per_line=3,
)  # fmt: skip
OBJECTIVES = RowsSpec(
    "objectives", "Objective",
    (Spec("id", "Id", "name", "objective"), Spec("text", "What the drill shows")),
    _objective, 6, "No objectives. Say what the team shows, and by when.",
)  # fmt: skip
PHASES = RowsSpec(
    "phases", "Phase",
    (
        Spec("id", "Id", "name", "phase"), Spec("title", "Title"), Spec("from", "From", "span"),
        Spec("story", "Story leaps to", "moment", may_miss=True),
    ), _phase, 40, "No phases. The first begins at 0 min.", delete_phase, per_line=3,
)  # fmt: skip
CUSTOMERS = RowsSpec(
    "world.customers", "Customer",
    (
        Spec("id", "Id", "name", "customer"), Spec("name", "Name"),
        Spec("tier", "Tier", "typed_pick", "tiers", may_miss=True),
        Spec("arr", "Worth a year", "number", least=0, most=10**9, may_miss=True),
        Spec("sla", "Contract", may_miss=True), Spec("contact", "Contact", may_miss=True),
    ), _customer, 100, "No customers yet.", extras=(), per_line=3,
)  # fmt: skip
ESCALATIONS = RowsSpec(
    "world.escalations", "Escalation",
    (Spec("title", "Title", may_miss=True), Spec("customer", "Customer", "pick", "customers", may_miss=True)),
    _escalation, 50, "Nothing is going on when it begins.",
    extras=("product_area", "description", "severity", "classified"),
)  # fmt: skip
ROSTER = RowsSpec(
    "world.roster", "Duty",
    (
        Spec("role", "Seat", "typed_pick", "roles"), Spec("person", "Person", may_miss=True),
        Spec("available", "Available", "flag", usual=True),
    ), _on_call, 100, "Nobody is on duty.", extras=("back_at", "zone", "where", "on_since"),
)  # fmt: skip
DASHBOARDS = RowsSpec(
    "world.dashboards", "Dashboard",
    (
        Spec("id", "Id", "name", "dashboard"), Spec("title", "Title"), Spec("value", "Shows"),
        Spec("age", "How old", may_miss=True),
    ), _dashboard, 100, "No dashboards.", extras=(), per_line=2,
)  # fmt: skip
WITHHELD = RowsSpec(
    "world.withheld", "Withheld data", (Spec("", "Name", "name", "withheld"),), _withheld, 100,
    "Nothing is kept from players until an inject releases it.",
)  # fmt: skip
QUESTIONS = RowsSpec(
    "debrief.questions", "Question",
    (Spec("to", "To", "pick", "asked"), Spec("text", "What is asked right afterwards")),
    _question, 40, "No questions of its own; four are always asked.",
)  # fmt: skip


class Page(ScrollColumn):
    """Sections below one another; each holds one form or list."""

    def __init__(self, name: str, sections: Sequence[tuple[str, Block]]) -> None:
        column = QWidget()
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self.blocks: list[Block] = []
        for title, block in sections:
            section = Section(title)
            section.body.addWidget(block)
            lines.addWidget(section)
            self.blocks.append(block)
        lines.addStretch(1)
        super().__init__(column)
        self.setAccessibleName(name)

    def refresh(self) -> None:
        """Show what is written by now."""
        for block in self.blocks:
            block.refresh()

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place."""
        for block in self.blocks:
            if (found := block.field_at(path)) is not None:
                return found  # type: ignore[no-any-return]
        return None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each field what is wrong with it."""
        for block in self.blocks:
            block.show_faults(faults)


class AboutForm(SpecForm):
    """Title, summary, tags and playbook; a playbook that is chosen is pinned at its published version."""

    def refresh(self) -> None:
        super().refresh()
        self.show_row("playbook.version", self._pen.is_ready and self._pen.scenario.playbook is not None)

    def _write(self, value: object) -> None:
        spec = self._spec_of(self.sender())
        if spec is None or spec.key != "playbook.id":
            super()._write(value)
            return
        known = {key: version for key, _, version in self._pen.words.playbooks}
        pinned = {"id": str(value), "version": max(known.get(str(value), 1), 1)} if value else None
        self._pen.put(("playbook",), pinned, typed=True)
        self.show_row("playbook.version", pinned is not None)


def plain_page(name: str, pen: Pen, around: Surroundings) -> Page:
    """The page of a name.

    Raises: KeyError for one that is no plain form.
    """

    def rows(spec: RowsSpec) -> RowsField:
        return RowsField(spec, pen, around)

    def form(specs: Sequence[Spec]) -> SpecForm:
        return SpecForm(pen, specs, around.theme)

    makers: dict[str, Callable[[], list[tuple[str, Block]]]] = {
        "About": lambda: [
            ("What it is", AboutForm(pen, ABOUT, around.theme)),
            ("Where it comes from", form(ORIGIN)), ("How it is marked", form(SAFETY)),
        ],
        "Clock and seats": lambda: [("Clock", form(CLOCK)), ("Seats at the table", rows(SEATS))],
        "Goals": lambda: [
            ("Objectives, at most six", rows(OBJECTIVES)),
            ("What counts how much", WeightsForm(pen, around)),
        ],
        "Phases and words": lambda: [("Phases", rows(PHASES)), ("Variables", VariablesField(pen, around))],
        "World": lambda: [
            ("Customers", rows(CUSTOMERS)), ("Who is on duty", rows(ROSTER)),
            ("Dashboards", rows(DASHBOARDS)), ("Withheld data", rows(WITHHELD)),
            ("Already going on", rows(ESCALATIONS)),
        ],
        "Scoring": lambda: [("Points out of 1000", form(RUBRIC)), ("Hot-wash", rows(QUESTIONS))],
    }  # fmt: skip
    return Page(name, makers[name]())
