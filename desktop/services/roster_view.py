"""What schedules say over a time: merged shifts, gaps, who is on call elsewhere; the past as it was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from db.queries import channel as channels
from db.queries import person as people
from db.queries import schedule as schedules
from db.queries import team as teams
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session
from desktop.domain.instant import from_us
from desktop.domain.person import Person
from desktop.domain.roster import Schedule, Shift
from desktop.domain.roster_check import Finding, Surroundings, check
from desktop.domain.working_hours import hours_calendar
from desktop.domain.worktime import Calendar
from desktop.services.roster_read import NOTHING, Thought, name_of, schedule_of
from desktop.services.roster_values import RosterGap, RosterShift


def shifts_of(
    session: Session, row: ScheduleRow, start: datetime, end: datetime, thought: Thought = NOTHING
) -> list[Shift]:
    """Who is on call by a schedule; what lies before its newest version is as the version of then had it."""
    if start >= end:
        return []
    if row.version == 1 or start >= from_us(row.at_us):
        return schedule_of(session, row, start, end, thought).shifts(start, end)
    found: list[Shift] = []
    for version, begin, until in _reigns(session, row, start, end):
        for shift in schedule_of(session, version, begin, until, thought).shifts(begin, until):
            last = found[-1] if found else None
            if last is not None and (last.end, *last[2:]) == (shift.start, *shift[2:]):
                found[-1] = last._replace(end=shift.end)
            else:
                found.append(shift)
    return found


def merged(
    session: Session, rows: Iterable[ScheduleRow], start: datetime, end: datetime
) -> tuple[RosterShift, ...]:
    """The shifts of several schedules in order of time."""
    found = [
        RosterShift(shift.start, shift.end, ids_of(shift.people), shift.layer, row.id, row.name)
        for row in rows
        for shift in shifts_of(session, row, start, end)
    ]
    return tuple(sorted(found, key=lambda shift: (shift.start, shift.schedule, shift.end)))


def gaps_of(session: Session, row: ScheduleRow, start: datetime, end: datetime) -> tuple[RosterGap, ...]:
    """When nobody is on call although somebody should be: within the team's working hours, if it has any."""
    schedule = schedule_of(session, row, start, end)
    hours = hours_of_team(session, row.team)
    found = []
    for gap in schedule.gaps(start, end):
        for a, b in [(gap.start, gap.end)] if hours is None else hours.openings(gap.start, gap.end):
            found.append(RosterGap(a, b, ids_of(gap.people), row.id, row.name))
    return tuple(found)


def findings_of(
    session: Session,
    row: ScheduleRow,
    start: datetime,
    end: datetime,
    known: Mapping[str, Person],
    schedule: Schedule | None = None,
) -> list[Finding]:
    """Everything to look at in a schedule, with what the desk knows of channels and other schedules."""
    reachable = channels.usable(session)
    hours = hours_of_team(session, row.team)
    others = [other for other in schedules.all_schedules(session) if other.id != row.id]
    around = Surroundings(
        is_reachable=lambda person: not person.isdecimal() or int(person) in reachable,
        elsewhere={other.name: shifts_of(session, other, start, end) for other in others},
        wanted=None if hours is None else hours.openings(start, end),
        name_of=lambda person: name_of(known, person),
    )
    return check(schedule or schedule_of(session, row, start, end), start, end, around)


def hours_of_team(session: Session, name: str) -> Calendar | None:
    """When a team works; None where nothing is said."""
    team = teams.by_name(session, name) if name else None
    return None if team is None else hours_calendar(team.working_hours, team.zone)


def hours_of_person(session: Session, person: Person) -> Calendar | None:
    """When somebody works: by hours of their own, else by those of their team; None where nothing is said."""
    own = hours_calendar(person.working_hours, person.zone)
    return own if own is not None else hours_of_team(session, person.team)


def next_shift(session: Session, person_id: int, start: datetime, end: datetime) -> RosterShift | None:
    """The first shift of a person in any schedule that counts; None where there is none until `end`."""
    rows = schedules.all_schedules(session)
    return next((s for s in merged(session, rows, start, end) if person_id in s.people), None)


def ids_of(named: Sequence[str]) -> tuple[int, ...]:
    """The ids of people as schedules name them."""
    return tuple(int(person) for person in named if person.isdecimal())


def names_of(session: Session, ids: Iterable[int]) -> str:
    """People as a list in words."""
    known = {person.id: person.name for person in people.all_people(session)}
    return ", ".join(known.get(person_id, "somebody unknown") for person_id in ids)


def _reigns(
    session: Session, row: ScheduleRow, start: datetime, end: datetime
) -> Iterator[tuple[ScheduleRow, datetime, datetime]]:
    """Each version with the part of the time over which it counted, the oldest first."""
    versions = schedules.versions(session, row.id)[::-1]
    begins = [start, *(from_us(version.at_us) for version in versions[1:])]
    ends = [*begins[1:], end]
    for version, begin, until in zip(versions, begins, ends, strict=True):
        begin, until = max(begin, start), min(until, end)
        if begin < until:
            yield row._replace(document=version.document), begin, until
