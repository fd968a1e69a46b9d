"""Changes rosters inside one transaction: what moves is found out, told, and makes swaps stale."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from db.queries import schedule as schedules
from db.queries import swap as swaps
from db.queries import timeline
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session
from desktop.domain.errors import NotAllowed
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor, Person, Role
from desktop.domain.roster import Shift
from desktop.domain.roster_check import Fault, Finding
from desktop.domain.roster_difference import Difference, difference_of
from desktop.domain.timeline import EventKind
from desktop.services.roster_read import Thought, known_people, name_of, schedule_of
from desktop.services.roster_tell import SWAP, moved_facts, tell_moved, tell_person
from desktop.services.roster_values import Preview
from desktop.services.roster_view import findings_of, shifts_of
from desktop.services.roster_words import span_text

#: How far ahead a change is compared with what was before.
REACH = timedelta(days=120)
#: Who plans rotas, and who may change single shifts of others besides.
PLANS = frozenset({Role.LEAD, Role.ON_CALL_LEADER})
COVERS = PLANS | {Role.COORDINATOR}


class RosterWork:
    """A transaction in which somebody changes rosters at one instant; `told` counts who was told."""

    def __init__(self, session: Session, at: datetime, by: Actor) -> None:
        self.session = session
        self.at = at
        self.at_us = to_us(at)
        self.by = by
        self.known: Mapping[str, Person] = known_people(session)
        self.told = 0

    @contextmanager
    def watch(
        self, rows: Sequence[ScheduleRow], start: datetime, end: datetime
    ) -> Iterator[list[Difference]]:
        """Compare what these schedules say before and after, from now on; tells who moved at the end.

        The list is filled on leaving, with one difference for each schedule.
        """
        start = max(start, self.at)
        before = [shifts_of(self.session, row, start, end) for row in rows]
        differences: list[Difference] = []
        yield differences
        for row, was in zip(rows, before, strict=True):
            now = schedules.get(self.session, row.id)
            is_counted = now is not None and now.is_active
            after = shifts_of(self.session, now, start, end) if now is not None and is_counted else []
            change = difference_of(was if row.is_active else [], after)
            differences.append(change)
            name = now.name if now is not None else row.name  # before, a new one had no name
            self.told += tell_moved(self.session, name, change, self.known, now_us=self.at_us, by=self.by)
            if now is not None:
                self._end_stale(now)

    def tell(self, kind: EventKind, row: ScheduleRow, **facts: object) -> None:
        """Write it into the desk's timeline."""
        body = {"schedule": row.id, "name": row.name, **facts}
        if self.by.person_id is not None:
            body["by_id"] = self.by.person_id
        timeline.append(
            self.session, kind=kind, at_us=self.at_us, actor=self.by.name, escalation_id=None, body=body
        )

    def tell_of_person(self, kind: EventKind, person_id: int, facts: Mapping[str, Any]) -> None:
        """Write something about one person into the desk's timeline."""
        who = {} if self.by.person_id is None else {"by_id": self.by.person_id}
        body = {"person": person_id, "name": self.person(person_id), **facts, **who}
        timeline.append(
            self.session, kind=kind, at_us=self.at_us, actor=self.by.name, escalation_id=None, body=body
        )

    def person(self, person_id: int | None) -> str:
        """What to call somebody."""
        return name_of(self.known, str(person_id))

    def end_swap(self, row: ScheduleRow, swap: swaps.SwapRow, state: str, why: str) -> None:
        """Say what became of a swap, to both sides but for whoever did it."""
        swaps.end(self.session, swap.id, state, why, self.at_us)
        self.tell(EventKind.SWAP_ENDED, row, swap=swap.id, state=state, why=why)
        for person_id in (swap.asker_id, swap.other_id):
            self.tell_side(row, swap, person_id, f"Swap {_STATES[state]}", why)

    def tell_side(self, row: ScheduleRow, swap: swaps.SwapRow, person_id: int, title: str, why: str) -> None:
        """Tell one side of a swap, unless it is they who act."""
        person = self.known.get(str(person_id))
        if person is None or not person.active or person.id == self.by.person_id:
            return
        when = span_text((from_us(swap.from_us), from_us(swap.to_us)), person.zone)
        body = f"{row.name}, {self.person(swap.asker_id)}'s shift {when} ({person.zone}). {why}"
        self.told += tell_person(
            self.session, person, SWAP, f"{title}: {person.name}", body.strip(), self.at_us
        )

    def _end_stale(self, row: ScheduleRow) -> None:
        for swap in swaps.waiting(self.session, row.id):
            why = why_stale(self.session, row, swap, self.at_us, self.known)
            if why:
                self.end_swap(row, swap, "stale", why)


_STATES = {
    "accepted": "agreed",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "stale": "no longer possible",
}


def why_stale(
    session: Session, row: ScheduleRow, swap: swaps.SwapRow, at_us: int, known: Mapping[str, Person]
) -> str:
    """Why a swap can no longer be made: its shifts moved or began; empty while it can."""
    sides = [(swap.asker_id, swap.from_us, swap.to_us)]
    if swap.back_from_us:
        sides.append((swap.other_id, swap.back_from_us, swap.back_to_us))
    if not row.is_active:
        return "The schedule was put away."
    for person_id, from_us_, to_us_ in sides:
        name = name_of(known, str(person_id))
        if from_us_ <= at_us:
            return f"The shift of {name} has begun."
        start, end = from_us(from_us_), from_us(to_us_)
        shifts = schedule_of(session, row, start, end).shifts(start, end)
        if not is_on_throughout(shifts, str(person_id), start, end):
            return f"{name} is not on call then any more."
    return ""


def is_on_throughout(shifts: Sequence[Shift], person: str, start: datetime, end: datetime) -> bool:
    """Whether somebody is on call all the time."""
    reached = start
    for shift in shifts:
        if shift.start > reached or person not in shift.people:
            return False
        reached = shift.end
    return reached >= end


def preview(
    session: Session,
    row: ScheduleRow,
    thought: Thought,
    start: datetime,
    end: datetime,
    known: Mapping[str, Person],
) -> Preview:
    """What a change that is only thought of would move, and what would be new to look at."""
    before = schedule_of(session, row, start, end)
    after = schedule_of(session, row, start, end, thought)
    change = difference_of(before.shifts(start, end), after.shifts(start, end))
    seen = {_mark(each) for each in findings_of(session, row, start, end, known, before)}
    found = findings_of(session, row, start, end, known, after)
    new = tuple(each for each in found if _mark(each) not in seen)
    sentences = change.sentences(lambda person: name_of(known, person))
    return Preview(start, end, change, new, (*sentences, *_said(new)))


def _mark(finding: Finding) -> tuple[Fault, tuple[str, ...], str]:
    """What makes it the same as before; who cannot be reached cannot for whatever hours."""
    is_of_person = finding.fault is Fault.NO_CHANNEL
    return finding.fault, finding.people, "" if is_of_person else finding.text


def _said(findings: Sequence[Finding]) -> list[str]:
    return list(dict.fromkeys(each.text for each in findings))


def may_plan(by: Actor) -> None:
    """Let pass who plans rotas.

    Raises: NotAllowed saying who may.
    """
    if not by.automatic and not by.roles & PLANS:
        raise NotAllowed(f"{by.name} cannot plan rotas.", hint="Ask a lead or the on-call leader.")


def may_cover(by: Actor, *concerned: int | None) -> None:
    """Let pass who changes single shifts of others, and everybody where only they themselves are concerned.

    Raises: NotAllowed saying who may.
    """
    is_own = by.person_id is not None and set(concerned) == {by.person_id}
    if not by.automatic and not is_own and not by.roles & COVERS:
        raise NotAllowed(
            f"{by.name} cannot change the shifts of others.",
            hint="Ask a coordinator, a lead or the on-call leader; or ask the other person to swap.",
        )


def facts_of(changes: Sequence[Difference]) -> list[dict[str, Any]]:
    """Whose shifts moved, for the timeline."""
    return [fact for change in changes for fact in moved_facts(change)]
