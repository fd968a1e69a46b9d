"""When somebody's shift ends, as far as a handoff is concerned: when they are no longer on call at all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol


class OnCallShift(Protocol):
    """People on call together, by id, from `start` up to `end`."""

    @property
    def start(self) -> datetime:
        """When it begins."""
        ...

    @property
    def end(self) -> datetime:
        """When it ends."""
        ...

    @property
    def people(self) -> Sequence[int]:
        """Who."""
        ...


def end_of_shift(shifts: Iterable[OnCallShift], person_id: int, at: datetime) -> datetime | None:
    """When a person who is on call at an instant no longer is, None for somebody who is not.

    Shifts that touch, of whatever schedule or layer, are one: nothing is handed over between them.
    """
    own = sorted((shift.start, shift.end) for shift in shifts if person_id in shift.people)
    end: datetime | None = None
    for start, until in own:
        if end is None:
            end = until if start <= at < until else None
        elif start <= end:
            end = max(end, until)
    return end


def ends_of_shifts(shifts: Sequence[OnCallShift], at: datetime) -> dict[int, datetime]:
    """When the shift of everybody who is on call at an instant ends, by person."""
    people = dict.fromkeys(person_id for shift in shifts for person_id in shift.people)
    ends = ((person_id, end_of_shift(shifts, person_id, at)) for person_id in people)
    return {person_id: end for person_id, end in ends if end is not None}
