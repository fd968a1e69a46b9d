"""Business time: how many deadlines a second, and set against businesstimedelta in the same run."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import businesstimedelta
import pytz
from holidays import country_holidays

from desktop.domain.worktime import Calendar

ZONE = "Europe/Berlin"
YEARS = range(2024, 2031)
ROUNDS = 7
OURS_PER_ROUND = 20_000
THEIRS_PER_ROUND = 60
#: At least 250,000 a second.
FLOOR_US = 4.0

Question = tuple[datetime, timedelta]


def run() -> list[dict[str, Any]]:
    """Rows of the table of ratios; every deadline compared is checked to be the same on both sides."""
    closed = sorted(country_holidays("DE", years=YEARS))
    calendar, rules = _ours(closed), _theirs(closed)
    questions = _questions(OURS_PER_ROUND)
    few = questions[:THEIRS_PER_ROUND]

    def ask_ours(asked: list[Question]) -> list[datetime]:
        due = calendar.due
        return [due(start, target) for start, target in asked]

    def ask_theirs(asked: list[Question]) -> list[datetime]:
        delta = businesstimedelta.BusinessTimeDelta
        return [start + delta(rules, timedelta=target) for start, target in asked]

    if ask_ours(few) != ask_theirs(few):
        raise AssertionError("the two do not agree on the deadlines they are compared on")
    ours_us, theirs_us = [], []
    for _ in range(ROUNDS):
        ours_us.append(_us_each(ask_ours, questions))
        theirs_us.append(_us_each(ask_theirs, few))
    return [
        _row("due of business time, set against 250,000 a second", median(ours_us), FLOOR_US, 1.0),
        _row("due of business time / businesstimedelta", median(ours_us), median(theirs_us), 0.01),
    ]


def _ours(closed: list[date]) -> Calendar:
    week = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    return Calendar.from_mapping({"zone": ZONE, "week": week, "holidays": closed})


def _theirs(closed: list[date]) -> businesstimedelta.Rules:
    zone = pytz.timezone(ZONE)  # without a zone on each rule it would count in UTC
    days = businesstimedelta.WorkDayRule(time(8), time(18), working_days=[0, 1, 2, 3, 4], tz=zone)
    return businesstimedelta.Rules([days, businesstimedelta.HolidayRule(closed, tz=zone)])


def _questions(count: int) -> list[Question]:
    """Starts in three years and targets up to a fortnight of working days, the same in every run."""
    chance = random.Random(20261123)
    first = datetime(2025, 1, 1, tzinfo=UTC)
    return [
        (
            first + timedelta(seconds=chance.randrange(3 * 365 * 86_400)),
            timedelta(minutes=chance.randrange(1, 10 * 10 * 60)),
        )
        for _ in range(count)
    ]


def _us_each(ask: Callable[[list[Question]], list[datetime]], asked: list[Question]) -> float:
    began = perf_counter()
    ask(asked)
    return (perf_counter() - began) / len(asked) * 1e6


def _row(what: str, value: float, floor: float, at_most: float) -> dict[str, Any]:
    return {
        "what": what,
        "value": value,
        "floor": floor,
        "ratio": value / floor,
        "at_most": at_most,
        "unit": "µs each",
    }


if __name__ == "__main__":
    for row in run():
        print(
            f"{row['what']}: {row['value']:.2f} {row['unit']} / {row['floor']:.2f} = "
            f"{row['ratio']:.4f} (at most {row['at_most']})"
        )
