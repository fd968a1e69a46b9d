"""Carries out at the drill's own desk what its injects bring about: tickets, fields, people."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.queries import drill_sandbox as rows
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_plan import Plan
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.person import Actor, Role
from desktop.services.desk import Desk
from desktop.services.drill_world import (
    SIMULATION,
    SOURCE,
    customer_ids,
    known_area,
    open_ticket,
    seat_people,
    set_away,
)

_APPLIED = "applied"
#: Some fields want a person's right; the simulation has it here as the support system would.
_SUPPORT = Actor(SIMULATION.name, roles=frozenset({Role.LEAD, Role.COORDINATOR}))
_FACTS = ("title", "description", "team", "reporter", "next_step")
_GRADED = ("severity", "business_impact", "reputational_risk")


class DrillEffects:
    """What of a run's log has been carried out; each entry once, also when the program was killed meanwhile.

    How far it has come is noted in the drill's own database; every effect does nothing a second time, so
    that one whose note was lost is safe to repeat.
    """

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self._desk = desk
        self._plan = plan
        self._customers = customer_ids(desk)
        self._people = seat_people(desk)
        with desk.store.read() as session:
            self._seq = int(rows.mark(session, _APPLIED) or 0)

    @property
    def seq(self) -> int:
        """The last entry of the log that was looked at."""
        return self._seq

    def carry_out(self, entries: Sequence[Entry]) -> list[tuple[str, str]]:
        """Carry out what these entries of the log want; gives (inject, why) of what cannot be."""
        refused: list[tuple[str, str]] = []
        for entry in entries:
            if entry.seq <= self._seq:
                continue
            try:
                is_done = self._do(entry)
            except DeskError as error:
                refused.append((str(entry.body.get("inject", "")), str(error)))
                is_done = True
            self._seq = entry.seq
            if is_done:
                with self._desk.store.begin() as session:
                    rows.put_mark(session, _APPLIED, str(entry.seq))
        return refused

    def _do(self, entry: Entry) -> bool:
        """Whether there was anything to do at the desk for an entry."""
        if entry.kind == Kind.RECALLED:
            return self._recall(str(entry.body["inject"]))
        if entry.kind != Kind.EFFECT:
            return False
        inject, number = str(entry.body["inject"]), int(entry.body["number"])
        effect = self._plan.effects[inject][number]
        value = effect.value if isinstance(effect.value, Mapping) else {}
        if effect.kind == "create_ticket":
            self._ticket(inject, number, value)
        elif effect.kind == "set_field":
            self._field(inject, value)
        elif effect.kind == "roster_change":
            self._roster(value)
        else:  # released data and dashboards are told from the log alone
            return False
        return True

    def _ticket(self, inject: str, number: int, value: Mapping[str, Any]) -> None:
        scenario = self._plan.scenario
        one = self._plan.injects.get(inject)
        told = ("", "", "")
        if one is not None:
            told = (
                scenario.filled(one.subject),
                scenario.filled(one.body),
                scenario.filled(one.source_from),
            )
        open_ticket(self._desk, scenario, self._customers, value, f"{inject}:{number}", told)

    def _field(self, inject: str, value: Mapping[str, Any]) -> None:
        """Fields of the ticket that an inject opened; the newest one's where none is named."""
        escalation_id = self._found(str(value.get("ticket") or value.get("inject") or inject))
        if not escalation_id:
            raise DeskError("There is no escalation whose field could be set.")
        fields = dict(value.get("fields") or {})
        if "field" in value:
            fields[str(value["field"])] = value.get("value")
        names = ("ticket", "inject", "fields", "field", "value", "delay")
        fields |= {key: each for key, each in value.items() if key not in names}
        desk = self._desk.escalations
        facts = {name: self._text(fields[name]) for name in _FACTS if name in fields}
        graded: dict[str, Any] = {
            name: int(fields[name]) for name in _GRADED if str(fields.get(name, "")).isdecimal()
        }
        area = fields.get("area", fields.get("product_area"))
        if area is not None:
            graded["area"] = known_area(self._desk.policy.active(), str(area))
        try:
            if facts:
                desk.escalation.edit(escalation_id, facts, SIMULATION)
        except DeskError as error:
            if error.message != "Nothing was changed.":
                raise
        if graded:
            desk.classification.classify(escalation_id, _SUPPORT, reason="as the drill has it", **graded)

    def _roster(self, value: Mapping[str, Any]) -> None:
        is_away = value.get("available") is False
        role, name = str(value.get("role", "")), self._text(value.get("person") or "")
        ids = list(self._people.get(role, ()))
        if not ids and name:
            known = self._desk.person.find(name)
            ids = [known.id] if known is not None else []
        if not ids:
            raise DeskError(f"Nobody sits in the seat “{role or name}”.")
        for person_id in ids:
            set_away(self._desk, person_id, is_away=is_away)

    def _recall(self, inject: str) -> bool:
        """Take back what a recalled inject has opened: it leaves the board, and says why."""
        is_any = False
        for number, effect in enumerate(self._plan.effects.get(inject, ())):
            if effect.kind != "create_ticket":
                continue
            with self._desk.store.read() as session:
                found = rows.ticket(session, SOURCE, f"{inject}:{number}")
            if found is None or found[1] in ("standard", "merged", "closed"):
                continue
            try:
                self._desk.escalations.transition.to_standard(
                    found[0], _SUPPORT, "Recalled: it was sent by mistake and is no part of this drill."
                )
            except Conflict:
                continue
            is_any = True
        return is_any

    def _found(self, inject: str) -> int:
        with self._desk.store.read() as session:
            for number in range(len(self._plan.effects.get(inject, ())) + 1):
                found = rows.ticket(session, SOURCE, f"{inject}:{number}")
                if found is not None:
                    return found[0]
            return rows.newest_open(session)

    def _text(self, value: object) -> str:
        return self._plan.scenario.filled(str(value))
