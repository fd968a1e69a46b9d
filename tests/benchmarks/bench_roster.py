"""Rosters: a year of five layers, from the document to its shifts, and who is on call at an instant."""

from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.domain.roster import Schedule
from tests.benchmarks.measure import Row, in_turn, row
from tests.domain.roster_reference import MinuteWalk

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
#: What a year of five layers may take.
YEAR_MS = 50.0
#: What one question may take, the schedule read from its document for it.
INSTANT_MS = 2.0
ROUNDS = 21
WALKED_DAYS = 4
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
NIGHTS = {"from": "20:00", "to": "08:00"}


def run(*, quick: bool = False) -> list[Row]:
    """Rows for a year as desks plan it, one with many changes, and the worst there can be: hourly turns."""
    plain, busy, hourly = _document(), _busy(), _hourly()
    _check(busy)
    times = in_turn(
        3 if quick else ROUNDS,
        lambda: _year(plain),
        lambda: _year(busy),
        lambda: _year(hourly),
        lambda: Schedule.from_mapping(plain).on_call(START),
        lambda: MinuteWalk(plain, START, WALKED_DAYS),
    )
    plain_ms, busy_ms, hourly_ms, instant_ms, walk_ms = times
    a_year_walked_ms = walk_ms / WALKED_DAYS * 365
    return [
        row("a year of 5 layers, set against 50 ms", plain_ms, YEAR_MS, 1.0, "ms"),
        row("the same with 300 overrides and absences, against 50 ms", busy_ms, YEAR_MS, 1.0, "ms"),
        row("a year of 5 layers of hourly turns at night, against 50 ms", hourly_ms, YEAR_MS, 1.0, "ms"),
        row("who is on call now, from the document, against 2 ms", instant_ms, INSTANT_MS, 1.0, "ms"),
        row("a year of 5 layers / walking its minutes", plain_ms, a_year_walked_ms, 0.01, "ms"),
    ]


def _year(document: dict[str, Any]) -> int:
    return len(Schedule.from_mapping(document).shifts(START, END))


def _check(document: dict[str, Any]) -> None:
    """What is measured is right, as far as the walk goes."""
    walk = MinuteWalk(document, START, WALKED_DAYS)
    if Schedule.from_mapping(document).shifts(START, START + timedelta(days=WALKED_DAYS)) != walk.shifts():
        raise AssertionError("the roster and the walk do not agree on what they are compared on")


def _document() -> dict[str, Any]:
    layers = [
        _layer("base", "week", 1),
        _layer("split", "day", [4, 3], [{"days": WEEKDAYS}]),
        _layer("nights", "hour", 12, [{"days": WEEKDAYS, **NIGHTS}]),
        _layer("weekends", "day", 1, [{"days": ["sat", "sun"]}]),
        _layer("office", "hour", 8, [{"from": "09:00", "to": "17:00"}]),
    ]
    return {"zone": "Europe/Berlin", "layers": layers}


def _busy() -> dict[str, Any]:
    overrides = [
        {**_span(days=n * 1.7, hours=9), "add": "stand-in", "remove": f"base {n % 5}"} for n in range(200)
    ]
    time_off = [{**_span(days=n * 3.6, hours=60), "person": f"nights {n % 5}"} for n in range(100)]
    return {**_document(), "overrides": overrides, "time_off": time_off}


def _hourly() -> dict[str, Any]:
    return {"zone": "Europe/Berlin", "layers": [_layer(f"layer {n}", "hour", 1, [NIGHTS]) for n in range(5)]}


def _layer(name: str, unit: str, count: Any, restrict: Any = ()) -> dict[str, Any]:
    return {
        "name": name,
        "start": "2026-01-05T09:00",
        "every": {"unit": unit, "count": count},
        "people": [[f"{name} {n}"] for n in range(5)],
        "restrict": list(restrict),
    }


def _span(days: float, hours: int) -> dict[str, str]:
    start = (START + timedelta(days=days)).replace(second=0, microsecond=0)
    return {"from": start.isoformat(), "to": (start + timedelta(hours=hours)).isoformat()}
