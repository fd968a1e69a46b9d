"""What holds somebody at the desk: shifts, swaps and accounts that others have to take first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import customer as customers
from db.queries import person as people
from db.queries import schedule as schedules
from db.queries import shift_override as overrides
from db.queries import swap as swaps
from db.unit_of_work import Session
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.services.roster_read import named_in
from desktop.services.roster_values import RosterShift, SwapState
from desktop.services.roster_view import merged
from desktop.services.roster_words import span_text

_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Ties:
    """What is still somebody's: shifts of the next year, swaps nobody has answered, accounts by name."""

    shifts: tuple[RosterShift, ...]
    swaps: tuple[SwapState, ...]
    accounts: tuple[str, ...]


def ties_of(session: Session, person_id: int, now: datetime) -> Ties:
    """What somebody would leave behind."""
    rows = schedules.all_schedules(session)
    asked = (swap for row in rows for swap in swaps.waiting(session, row.id))
    return Ties(
        shifts=_shifts(session, person_id, now),
        swaps=tuple(SwapState.of(swap) for swap in asked if person_id in (swap.asker_id, swap.other_id)),
        accounts=tuple(
            each.name
            for each in customers.all_customers(session)
            if each.account_owner_id == person_id and each.archived_at is None
        ),
    )


def check_may_leave(session: Session, person_id: int, now: datetime) -> None:
    """Let somebody go on whom no rota counts.

    Raises: DeskError naming the first shift that somebody else must take.
    """
    shifts = _shifts(session, person_id, now)
    if not shifts:
        return
    person = people.by_id(session, person_id)
    name, zone = (person.name, person.zone) if person is not None else ("Somebody", "UTC")
    first = shifts[0]
    when = span_text((max(first.start, now), first.end), zone)
    more = f" and {len(shifts) - 1} more times in the next year" if len(shifts) > 1 else ""
    raise DeskError(
        f"{name} is on call in {first.schedule} {when}{more}.",
        field="active",
        hint="Take them out of the rota first.",
    )


def _shifts(session: Session, person_id: int, now: datetime) -> tuple[RosterShift, ...]:
    added = {row.schedule_id for row in overrides.touching(session, person_id, to_us(now))}
    concerned = [
        row
        for row in schedules.all_schedules(session)
        if row.id in added or str(person_id) in named_in(row.document)
    ]
    found = merged(session, concerned, now, now + _AHEAD)
    return tuple(shift for shift in found if person_id in shift.people)
