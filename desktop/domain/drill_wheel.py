"""The wheel of misfortune: draws a scenario, heavier where gaps are open and where it was long not played."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from desktop.domain.drill_record import ScenarioRow
from desktop.domain.drill_words import gap_title
from desktop.domain.errors import DeskError

_PLAIN = 4
_PER_SEVERITY = 12
_MOST_WEEKS = 52
_CODES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the wheel came to, why that is worth playing, and its weight of `total`."""

    slug: str
    title: str
    why: tuple[str, ...]
    weight: int
    total: int


def draw(
    scenarios: Sequence[ScenarioRow],
    open_codes: Mapping[str, int],
    last_played: Mapping[str, datetime],
    now: datetime,
    seed: int,
) -> Drawn:
    """The scenario for a seed: the same one on every machine while gaps and runs are the same.

    `open_codes` are codes of open gaps with the sum of their severities.

    Raises: DeskError where there is none to be drawn.
    """
    found = sorted((row for row in scenarios if row.published), key=lambda row: row.slug)
    if not found:
        raise DeskError("There is no scenario to draw.", hint="Publish one first.")
    weights = [weight_of(row, open_codes, last_played.get(row.slug), now) for row in found]
    number = int.from_bytes(sha256(f"wheel:{seed}".encode()).digest()[:8], "big") % sum(weights)
    at = 0
    while number >= weights[at]:
        number -= weights[at]
        at += 1
    row, weight = found[at], weights[at]
    why = (*_gaps(row, open_codes), _since(last_played.get(row.slug), now))
    return Drawn(row.slug, row.title, why, weight, sum(weights))


def weight_of(row: ScenarioRow, open_codes: Mapping[str, int], last: datetime | None, now: datetime) -> int:
    """How heavy a scenario lies on the wheel; never nothing."""
    severity = sum(open_codes.get(code, 0) for code in row.gap_codes)
    return _PLAIN + _PER_SEVERITY * severity + _weeks(last, now)


def _weeks(last: datetime | None, now: datetime) -> int:
    return _MOST_WEEKS if last is None else min(max((now - last).days, 0) // 7, _MOST_WEEKS)


def _gaps(row: ScenarioRow, open_codes: Mapping[str, int]) -> tuple[str, ...]:
    codes = sorted(
        (code for code in row.gap_codes if code in open_codes), key=lambda code: (-open_codes[code], code)
    )
    named = tuple(f"Exercises an open gap: {code} {gap_title(code)}." for code in codes[:_CODES_NAMED])
    more = len(codes) - _CODES_NAMED
    return named if more <= 0 else (*named, f"And {more} more open {'gap' if more == 1 else 'gaps'}.")


def _since(last: datetime | None, now: datetime) -> str:
    if last is None:
        return "Never played in earnest yet."
    days = max((now - last).days, 0)
    if days < 14:
        return (
            "Last played today." if not days else f"Last played {days} {'day' if days == 1 else 'days'} ago."
        )
    return f"Last played {days // 7} weeks ago."
