"""Whom to call, given how tired each is: an order with reasons beside the rota's answer; a person decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.alarm_text import span_words
from desktop.domain.burden import Weights
from desktop.domain.instant import span_us

#: Below this somebody has not rested since their last shift (Directive 2003/88/EC, article 3).
REST: Final = timedelta(hours=11)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be called, with the facts; pages are those of the last seven days.

    `rested` is the time since their last shift or page, None for not lately. `is_night` says that their own
    clock shows night, until `morning_at`. `places` in the rota count from 0 for who is on call now; None for
    somebody who is not in it.
    """

    person: str
    name: str
    place: int | None = None
    pages: int = 0
    night_pages: int = 0
    weekend_pages: int = 0
    days_in_a_row: int = 0
    rested: timedelta | None = None
    is_night: bool = False
    morning_at: datetime | None = None
    is_away: bool = False
    is_reachable: bool = True
    pages_left: int = 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate's place in the order: `points` of fatigue, fewer first, and sentences that say why.

    `is_possible` is false for somebody away, without a channel or paged as often as may be; such come last.
    """

    person: str
    points: float
    is_possible: bool
    is_rota: bool
    reasons: tuple[str, ...] = field(default=())


def suggest(
    candidates: Iterable[Candidate],
    *,
    now: datetime,
    due_at: datetime | None = None,
    weights: Weights | None = None,
    with_figures: bool = True,
) -> list[Suggestion]:
    """Everybody in the order in which they are best called: possible first, then the least tired.

    Points are those of the burnout index for the last seven days, with one night page more for whom this
    call would wake, and as many for short rest; days in a row count from the second. Equals stand in the
    order of the rota, then as given. `due_at` is when the next promise falls due: what waiting until
    somebody's morning would cost. Without figures the reasons tell whether somebody was paged, not how often:
    a person's load is for them and the leads.
    """
    chosen = weights or Weights()
    last = 10**9

    def key(pair: tuple[Candidate, Suggestion]) -> tuple[bool, float, int]:
        candidate, found = pair
        return not found.is_possible, found.points, last if candidate.place is None else candidate.place

    pairs = [
        (one, _suggestion(one, now, due_at, chosen, with_figures=with_figures)) for one in candidates
    ]
    return [found for _, found in sorted(pairs, key=key)]


def _suggestion(
    candidate: Candidate, now: datetime, due_at: datetime | None, weights: Weights, *, with_figures: bool
) -> Suggestion:
    obstacles = _obstacles(candidate)
    return Suggestion(
        person=candidate.person,
        points=_points(candidate, weights),
        is_possible=not obstacles,
        is_rota=candidate.place == 0,
        reasons=(
            *obstacles,
            *_place(candidate),
            *_pages(candidate, with_figures=with_figures),
            *_rest(candidate),
            *_waiting(candidate, now, due_at),
        ),
    )


def _points(candidate: Candidate, weights: Weights) -> float:
    nights = candidate.night_pages + candidate.is_night + _is_short_of_rest(candidate)
    # One day is no row: else nobody would ever be suggested whom the rota names.
    days = max(candidate.days_in_a_row - 1, 0)
    return (
        candidate.pages * weights.page
        + nights * weights.night_page
        + candidate.weekend_pages * weights.weekend_page
        + days * weights.day_in_a_row
    )


def _is_short_of_rest(candidate: Candidate) -> bool:
    return candidate.rested is not None and candidate.rested < REST


def _obstacles(candidate: Candidate) -> Sequence[str]:
    found = []
    if candidate.is_away:
        found.append(f"{candidate.name} is away.")
    if not candidate.is_reachable:
        found.append(f"No working channel reaches {candidate.name}.")
    if candidate.pages_left <= 0:
        found.append(f"{candidate.name} has been paged as often as allowed within an hour.")
    return found


def _place(candidate: Candidate) -> Sequence[str]:
    if candidate.place is None:
        return ()
    if candidate.place == 0:
        return (f"{candidate.name} is on call by the rota.",)
    return (f"{candidate.name} is number {candidate.place + 1} by the rota.",)


def _pages(candidate: Candidate, *, with_figures: bool) -> Sequence[str]:
    name, lately = candidate.name, "in the last seven days"
    if not (candidate.pages or candidate.night_pages):
        return (f"{name} was not paged {lately}.",)
    if not with_figures:
        return (f"{name} was paged {lately}{', also at night' if candidate.night_pages else ''}.",)
    pages = _counted(max(candidate.pages, candidate.night_pages), "page")
    nights = f"{candidate.night_pages} of them" if candidate.night_pages else "none"
    return (f"{name} had {pages} {lately}, {nights} at night.",)


def _rest(candidate: Candidate) -> Sequence[str]:
    name, found = candidate.name, []
    if candidate.days_in_a_row > 1:
        found.append(f"{name} is on call on {candidate.days_in_a_row} days in a row.")
    if candidate.rested is not None and candidate.rested < REST:
        found.append(f"{name} has had only {span_words(span_us(candidate.rested))} of rest.")
    if candidate.is_night:
        found.append(f"It is night for {name}.")
    return found


def _waiting(candidate: Candidate, now: datetime, due_at: datetime | None) -> Sequence[str]:
    """What it would cost to let somebody sleep."""
    if not candidate.is_night or candidate.morning_at is None or candidate.morning_at <= now:
        return ()
    until = f"Waiting until their morning takes {span_words(span_us(candidate.morning_at - now))}"
    if due_at is None:
        return (f"{until}.",)
    late = candidate.morning_at - due_at
    if late > timedelta():
        return (f"{until}, {span_words(span_us(late))} past what is due next.",)
    return (f"{until} and leaves {span_words(span_us(-late))} before what is due next.",)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
