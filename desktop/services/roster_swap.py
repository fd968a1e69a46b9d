"""Swaps: one asks, the other agrees, and the shifts change hands; nobody swaps for somebody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from db.queries import swap as swaps
from db.queries.swap import SwapRow
from db.unit_of_work import Session, Store
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.roster_change import RosterWork, is_on_throughout, why_stale
from desktop.services.roster_cover import put_swapped
from desktop.services.roster_read import required, schedule_of
from desktop.services.roster_values import SwapState

_Span = tuple[datetime, datetime]
_MOST = 200


class SwapDesk:
    """Swaps between two people of one schedule; each change is one transaction that `change` opens."""

    def __init__(self, store: Store, change: Callable[[Actor], AbstractContextManager[RosterWork]]) -> None:
        self._store = store
        self._change = change

    def recent(self, limit: int = _MOST) -> tuple[SwapState, ...]:
        """All swaps, those nobody has answered first, then the latest."""
        with self._store.read() as session:
            return tuple(map(SwapState.of, swaps.latest(session, limit)))

    def ask(
        self,
        schedule_id: int,
        other_id: int,
        shift: _Span,
        by: Actor,
        *,
        back: _Span | None = None,
        note: str = "",
    ) -> SwapState:
        """Ask somebody to take a shift of one's own, perhaps for one of theirs; they are told.

        Raises: NotFound; DeskError when one side is not on call then, or is already.
        """
        with self._change(by) as work:
            row = required(work.session, schedule_id)
            asker_id = _self(by)
            _check_other(work, other_id)
            back_us = (0, 0) if back is None else (to_us(back[0]), to_us(back[1]))
            span_us = (to_us(shift[0]), to_us(shift[1]))
            ids = (0, schedule_id, asker_id, other_id)
            new = SwapRow(*ids, *span_us, *back_us, "asked", one_line(note), "", work.at_us, 0)
            for span, giver, taker, field in (
                (shift, asker_id, other_id, "shift"),
                (back, other_id, asker_id, "back"),
            ):
                if span is not None:
                    _check_side(work, schedule_id, span, giver, taker, field)
            swap_id = swaps.insert(work.session, new)
            swap = _found(work.session, swap_id)
            work.tell(EventKind.SWAP_ASKED, row, swap=swap_id, asker=asker_id, other=other_id)
            work.tell_side(row, swap, other_id, "Swap asked for", new.note)
            return SwapState.of(swap)

    def answer(self, swap_id: int, by: Actor, *, accepts: bool, why: str = "") -> SwapState:
        """The other person agrees or declines; agreed, the shifts change hands at once.

        Raises: NotAllowed unless by the one who was asked; NotFound; Conflict when it was answered before. A
        swap whose shifts have moved meanwhile comes back as stale: then nothing changes hands.
        """
        with self._change(by) as work:
            swap = _waiting(work.session, swap_id)
            if by.person_id != swap.other_id:
                raise NotAllowed(
                    f"Only {work.person(swap.other_id)} can answer this.",
                    hint="A lead can change the shift by an override.",
                )
            row = required(work.session, swap.schedule_id)
            stale = why_stale(work.session, row, swap, work.at_us, work.known)
            if stale:
                work.end_swap(row, swap, "stale", stale)
            elif not accepts:
                work.end_swap(row, swap, "declined", one_line(why))
            else:
                work.end_swap(row, swap, "accepted", one_line(why))
                put_swapped(work, row, SwapState.of(swap).overrides(), swap_id)
            return SwapState.of(_found(work.session, swap_id))

    def withdraw(self, swap_id: int, by: Actor, why: str = "") -> SwapState:
        """Who asked wants it no more.

        Raises: NotAllowed unless by whoever asked; NotFound; Conflict when it was answered before.
        """
        with self._change(by) as work:
            swap = _waiting(work.session, swap_id)
            if by.person_id != swap.asker_id:
                raise NotAllowed(f"Only {work.person(swap.asker_id)} can withdraw this.")
            row = required(work.session, swap.schedule_id)
            work.end_swap(row, swap, "withdrawn", one_line(why))
            return SwapState.of(_found(work.session, swap_id))


def _self(by: Actor) -> int:
    if by.person_id is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself first.")
    return by.person_id


def _check_other(work: RosterWork, other_id: int) -> None:
    other = work.known.get(str(other_id))
    if other is None or not other.active:
        raise NotFound("There is nobody like that at the desk.", field="other_id", hint="Choose another.")
    if other_id == work.by.person_id:
        raise DeskError("Nobody swaps with themselves.", field="other_id", hint="Choose another person.")


def _check_side(work: RosterWork, schedule_id: int, span: _Span, giver: int, taker: int, field: str) -> None:
    start, end = span
    if end <= start or start <= work.at:
        raise DeskError("The shift is over, or has begun.", field=field, hint="Choose one that is to come.")
    row = required(work.session, schedule_id)
    shifts = schedule_of(work.session, row, start, end).shifts(start, end)
    if not is_on_throughout(shifts, str(giver), start, end):
        raise DeskError(
            f"{work.person(giver)} is not on call in {row.name} all of that time.",
            field=field,
            hint="Choose one of their shifts, or a part of one.",
        )
    if any(str(taker) in shift.people for shift in shifts):
        raise DeskError(
            f"{work.person(taker)} is on call then already.", field=field, hint="Choose another shift."
        )


def _waiting(session: Session, swap_id: int) -> SwapRow:
    swap = _found(session, swap_id)
    if swap.state != "asked":
        raise Conflict(f"The swap is {swap.state} already.", hint="Ask for another one.")
    return swap


def _found(session: Session, swap_id: int) -> SwapRow:
    swap = swaps.get(session, swap_id)
    if swap is None:
        raise NotFound("There is no such swap.")
    return swap
