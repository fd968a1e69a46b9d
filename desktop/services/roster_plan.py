"""Schedules planned: a new one, a new version, another name, put away."""

from collections.abc import Mapping
from typing import Any

from db.queries import schedule as schedules
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, one_line
from desktop.services.roster_change import REACH, RosterWork, facts_of, may_plan
from desktop.services.roster_document import checked
from desktop.services.roster_read import required

_LONGEST_NAME = 80


def create(work: RosterWork, name: str, team: str, document: Mapping[str, Any], note: str) -> int:
    """Keep a new schedule; gives its id.

    Raises: NotAllowed; Conflict when there is one of that name; DeskError naming the fault's path.
    """
    may_plan(work.by)
    kept = checked(document, work.known, work.at.year)
    _check_name(work.session, name, 0)
    schedule_id = schedules.insert(work.session, one_line(name), one_line(team), kept["zone"])
    # Before, nobody was on call by it.
    before = ScheduleRow(schedule_id, "", "", kept["zone"], 1, False, {**kept, "layers": []}, "", "", 0)
    _put(work, before, kept, note)
    return schedule_id


def save(
    work: RosterWork, schedule_id: int, document: Mapping[str, Any], note: str, version: int | None
) -> None:
    """Keep the next version of a schedule.

    Raises: NotAllowed; NotFound; Conflict when another version was kept meanwhile, or nothing changes;
    DeskError naming the fault's path.
    """
    may_plan(work.by)
    row = required(work.session, schedule_id)
    if version is not None and version != row.version:
        raise Conflict(
            f"{row.by} has saved version {row.version} of {row.name} meanwhile.",
            hint="Look at it, then change it again.",
        )
    kept = checked(document, work.known, work.at.year)
    if kept == row.document:
        raise Conflict(f"Nothing was changed in {row.name}.", hint="Change something first.")
    _put(work, row, kept, note)


def set_facts(work: RosterWork, schedule_id: int, name: str, team: str, *, is_active: bool) -> None:
    """Call a schedule otherwise, give it to another team, put it away or take it back.

    Raises: NotAllowed; NotFound; Conflict when there is one of that name.
    """
    may_plan(work.by)
    row = required(work.session, schedule_id)
    _check_name(work.session, name, schedule_id)
    with work.watch((row,), work.at, work.at + REACH) as changes:
        schedules.set_name(work.session, schedule_id, one_line(name), one_line(team))
        schedules.set_active(work.session, schedule_id, is_active=is_active)
    facts = {"team": one_line(team), "is_active": int(is_active), "moved": facts_of(changes)}
    work.tell(EventKind.SCHEDULE_CHANGED, row, called=one_line(name), **facts)


def _put(work: RosterWork, before: ScheduleRow, document: Mapping[str, Any], note: str) -> None:
    note = clean(note)
    with work.watch((before,), work.at, work.at + REACH) as changes:
        version = schedules.put_version(
            work.session,
            before.id,
            document,
            note=note,
            by=work.by.name,
            by_id=work.by.person_id,
            at_us=work.at_us,
        )
    row = required(work.session, before.id)
    work.tell(EventKind.SCHEDULE_CHANGED, row, version=version, note=note, moved=facts_of(changes))


def _check_name(session: Session, name: str, schedule_id: int) -> None:
    name = one_line(name)
    if not name or len(name) > _LONGEST_NAME:
        raise DeskError(
            "The schedule has no name." if not name else "The name is too long.",
            field="name",
            hint=f"Type a name of at most {_LONGEST_NAME} characters.",
        )
    other = schedules.by_name(session, name)
    if other is not None and other.id != schedule_id:
        where = "" if other.is_active else " It is put away."
        raise Conflict(
            f"There is a schedule {other.name} already.{where}", field="name", hint="Choose another name."
        )
