"""Schedules as they count: the newest version with its overrides and everybody's time off over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.queries import person as people
from db.queries import schedule as schedules
from db.queries import shift_override as overrides
from db.queries import time_off as leave
from db.queries.schedule import ScheduleRow
from db.queries.shift_override import OverrideRow
from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Person
from desktop.domain.roster import Schedule
from desktop.domain.time_off import TimeOff

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Thought:
    """A change not made yet: another document, overrides more or fewer, time off more or less."""

    document: Mapping[str, Any] | None = None
    added: tuple[OverrideRow, ...] = ()
    cancelled: frozenset[int] = frozenset()
    away: tuple[TimeOff, ...] = ()
    back: frozenset[int] = frozenset()


NOTHING = Thought()


def schedule_of(
    session: Session, row: ScheduleRow, start: datetime, end: datetime, thought: Thought = NOTHING
) -> Schedule:
    """The schedule as it counts from `start` to `end`; beyond, overrides and time off may be missing."""
    start_us, end_us = to_us(start), to_us(end)
    standing = overrides.standing(session, row.id, start_us, end_us)
    known = leave.between(session, start_us, end_us)
    away = [*(entry for entry in known if entry.id not in thought.back), *thought.away]
    document = dict(row.document if thought.document is None else thought.document)
    document["overrides"] = [
        _override(each) for each in (*standing, *thought.added) if each.id not in thought.cancelled
    ]
    document["time_off"] = [_away(entry) for entry in away]
    return Schedule.from_mapping(document)


def on_call_in(session: Session, row: ScheduleRow, at: datetime) -> tuple[Person, ...]:
    """Who is on call by a schedule at an instant, those who left the desk not counted."""
    found = schedule_of(session, version_at(session, row, at), at, at + _MOMENT).on_call(at)
    known = {str(person.id): person for person in people.all_people(session) if person.active}
    return tuple(known[one] for one in found if one in known)


def on_call_by_name(session: Session, name: str, at: datetime) -> tuple[Person, ...] | None:
    """Who is on call by the schedule of that name; None where no schedule that counts is called so."""
    row = schedules.by_name(session, name)
    return None if row is None or not row.is_active else on_call_in(session, row, at)


def on_call_of_team(session: Session, team: str, at: datetime) -> tuple[Person, ...] | None:
    """Who is on call for a team by all of its schedules, each person once; None where it has none.

    Without a team's name all schedules are asked.
    """
    rows = of_team(session, team)
    if not rows:
        return None
    found = [person for row in rows for person in on_call_in(session, row, at)]
    return tuple(dict.fromkeys(found))


def first_on_call(session: Session, team: str, at: datetime) -> Person | None:
    """The one whom a rule takes where somebody on call is wanted; None for nobody."""
    return next(iter(on_call_of_team(session, team, at) or ()), None)


def scheduled_teams(session: Session) -> frozenset[str]:
    """The teams that have a rota, their names folded."""
    return frozenset(row.team.casefold() for row in schedules.all_schedules(session) if row.team)


def version_at(session: Session, row: ScheduleRow, at: datetime) -> ScheduleRow:
    """The schedule with the document that counted at an instant, the first one also before it was made."""
    if row.version == 1 or at >= from_us(row.at_us):
        return row
    versions = schedules.versions(session, row.id)
    then = next((each for each in versions if from_us(each.at_us) <= at), versions[-1])
    return row._replace(document=then.document)


def of_team(session: Session, team: str) -> tuple[ScheduleRow, ...]:
    """The schedules of a team that count, by name; of all teams where none is named."""
    key = team.casefold()
    return tuple(row for row in schedules.all_schedules(session) if not key or row.team.casefold() == key)


def required(session: Session, schedule_id: int) -> ScheduleRow:
    """One schedule, also one that is put away.

    Raises: NotFound.
    """
    row = schedules.get(session, schedule_id)
    if row is None:
        raise NotFound("There is no such schedule any more.", hint="Choose another one.")
    return row


def name_of(known: Mapping[str, Person], person_id: str) -> str:
    """What to call somebody a schedule names."""
    person = known.get(person_id)
    return person.name if person is not None else f"somebody unknown ({person_id})"


def known_people(session: Session) -> dict[str, Person]:
    """Everybody, former people included, by what schedules call them."""
    return {str(person.id): person for person in people.all_people(session)}


def named_in(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Everybody whom a schedule's layers name, each once, in order."""
    found: dict[str, None] = {}
    for layer in document.get("layers", ()):
        for entry in layer.get("people", ()):
            members: Sequence[str] | str = entry["people"] if isinstance(entry, Mapping) else entry
            found |= dict.fromkeys([members] if isinstance(members, str) else members)
    return tuple(found)


def _override(row: OverrideRow) -> dict[str, str]:
    document = {"from": from_us(row.from_us).isoformat(), "to": from_us(row.to_us).isoformat()}
    if row.add_id is not None:
        document["add"] = str(row.add_id)
    if row.remove_id is not None:
        document["remove"] = str(row.remove_id)
    return document


def _away(entry: TimeOff) -> dict[str, str]:
    return {
        "person": str(entry.person_id),
        "from": entry.start.isoformat(),
        "to": entry.end.isoformat(),
    }
