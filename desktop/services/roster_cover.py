"""Single shifts changed: overrides added and cancelled, a shift taken in an emergency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.queries import shift_override as overrides
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.roster import Shift
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.roster_change import RosterWork, facts_of, may_cover
from desktop.services.roster_read import required, schedule_of
from desktop.services.roster_values import NewOverride

_LONGEST = timedelta(days=366)
_KINDS = ("override", "one_off")


@dataclass(frozen=True, slots=True)
class OverrideState:
    """One override as it stands; `end` is earlier than planned where it was cancelled on the way."""

    id: int
    schedule_id: int
    start: datetime
    end: datetime
    add_id: int | None
    remove_id: int | None
    why: str
    kind: str
    made_at: datetime
    made_by: str


def standing(session: Session, schedule_id: int, start: datetime, end: datetime) -> tuple[OverrideState, ...]:
    """A schedule's overrides that touch a time and count."""
    return tuple(
        OverrideState(
            row.id,
            row.schedule_id,
            from_us(row.from_us),
            from_us(row.to_us),
            row.add_id,
            row.remove_id,
            row.why,
            row.kind,
            from_us(row.made_us),
            row.made_by,
        )
        for row in overrides.standing(session, schedule_id, to_us(start), to_us(end))
    )


def add(work: RosterWork, schedule_id: int, new: NewOverride) -> int:
    """Keep an override; gives its id.

    Raises: NotAllowed; NotFound; DeskError naming the field at fault.
    """
    row = required(work.session, schedule_id)
    new = _checked(work, new)
    may_cover(work.by, *(person for person in (new.add_id, new.remove_id) if person is not None))
    if new.remove_id is not None and new.add_id is None:
        may_cover(work.by)  # nobody walks off a shift by themselves
    return _put(work, row, (new,), EventKind.OVERRIDE_ADDED)[0]


def cancel(work: RosterWork, override_id: int) -> None:
    """Let an override count no more from now on.

    Raises: NotAllowed; NotFound; Conflict when it is over or was cancelled before.
    """
    found = overrides.get(work.session, override_id)
    if found is None:
        raise NotFound("There is no such override.", hint="Look at the schedule again.")
    may_cover(work.by)
    if found.cancelled_us or found.to_us <= work.at_us:
        why = f"{found.cancelled_by} has cancelled it before." if found.cancelled_us else "It is over."
        raise Conflict(why, hint="Nothing was changed.")
    row = required(work.session, found.schedule_id)
    with work.watch((row,), work.at, from_us(found.to_us)) as changes:
        overrides.cancel(work.session, override_id, work.at_us, work.by.name)
    work.tell(EventKind.OVERRIDE_CANCELLED, row, override=override_id, moved=facts_of(changes))


def take(work: RosterWork, schedule_id: int, start: datetime, end: datetime, why: str) -> tuple[int, ...]:
    """Whoever acts is on call in place of whoever is; gives the ids of the overrides that make it so.

    Raises: NotFound; DeskError when there is nothing to take.
    """
    row = required(work.session, schedule_id)
    wanted = taking(work, schedule_id, start, end, why)
    if not wanted:
        raise DeskError("You are on call then already, and nobody else is.", hint="There is nothing to take.")
    return _put(work, row, wanted, EventKind.SHIFT_TAKEN)


def taking(
    work: RosterWork, schedule_id: int, start: datetime, end: datetime, why: str = ""
) -> tuple[NewOverride, ...]:
    """What puts whoever acts in the place of whoever is on call; empty where there is nothing to take.

    Raises: NotFound; DeskError naming the field at fault, or when nobody has said who works at the desk.
    """
    row = required(work.session, schedule_id)
    taker = work.by.person_id
    if taker is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself first.")
    span = _checked(work, NewOverride(start, end, add_id=taker, why=why, kind="take"), ("take",))
    shifts = schedule_of(work.session, row, span.start, span.end).shifts(span.start, span.end)
    return tuple(_taking(shifts, span, str(taker)))


def _taking(shifts: Sequence[Shift], span: NewOverride, taker: str) -> Iterator[NewOverride]:
    """One override for each piece and each person on call then; where nobody is, the taker is put in."""
    reached = span.start
    for shift in (*shifts, Shift(span.end, span.end, (), "")):
        if reached < shift.start:
            yield replace(span, start=reached, end=shift.start)
        others = [int(person) for person in shift.people if person != taker]
        for place, person in enumerate(others):
            is_first = place == 0 and taker not in shift.people
            yield replace(
                span,
                start=shift.start,
                end=shift.end,
                add_id=span.add_id if is_first else None,
                remove_id=person,
            )
        reached = shift.end


def put_swapped(
    work: RosterWork, row: ScheduleRow, new: Sequence[NewOverride], swap_id: int
) -> tuple[int, ...]:
    """Keep the overrides of a swap that both want."""
    return _put(work, row, new, EventKind.OVERRIDE_ADDED, swap_id)


def _put(
    work: RosterWork,
    row: ScheduleRow,
    new: Sequence[NewOverride],
    kind: EventKind,
    swap_id: int | None = None,
) -> tuple[int, ...]:
    begin, until = min(each.start for each in new), max(each.end for each in new)
    with work.watch((row,), begin, until) as changes:
        ids = tuple(
            overrides.insert(work.session, each.row(row.id, work.at_us, work.by, swap_id)) for each in new
        )
    span = {"from": to_us(begin), "to": to_us(until)}
    work.tell(kind, row, overrides=list(ids), why=new[0].why, moved=facts_of(changes), **span)
    return ids


def _checked(work: RosterWork, new: NewOverride, kinds: Sequence[str] = _KINDS) -> NewOverride:
    if new.end <= new.start:
        raise DeskError("It ends before it begins.", field="end", hint="Choose an end after the start.")
    if new.end <= work.at:
        raise DeskError("It would be over already.", field="end", hint="Choose a later end.")
    if new.end - new.start > _LONGEST:
        raise DeskError("It lasts longer than a year.", field="end", hint="Change the rota instead.")
    if new.kind not in kinds:
        raise DeskError(f"An override is one of: {', '.join(kinds)}.", field="kind")
    if new.add_id is None and new.remove_id is None:
        raise DeskError("Nobody is put in or taken out.", field="add_id", hint="Choose somebody.")
    if new.add_id == new.remove_id:
        raise DeskError("Nobody replaces themselves.", field="add_id", hint="Choose somebody else.")
    for field, person_id in (("add_id", new.add_id), ("remove_id", new.remove_id)):
        person = work.known.get(str(person_id))
        if person_id is not None and (person is None or (field == "add_id" and not person.active)):
            raise DeskError(
                f"{work.person(person_id)} is not at the desk.", field=field, hint="Choose somebody else."
            )
    return replace(new, start=max(new.start, work.at), why=one_line(new.why))
