"""What the benchmarks share: rows of the table of ratios, and measuring two things in turn."""

import random
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

Row = dict[str, Any]


def row(what: str, value: float, floor: float, at_most: float, unit: str) -> Row:
    """One line of the table: the figure, what it is set against, their ratio and its limit."""
    return {
        "what": what,
        "value": value,
        "floor": floor,
        "ratio": value / floor,
        "at_most": at_most,
        "unit": unit,
    }


def ms(work: Callable[[], object]) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def in_turn(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each in milliseconds, all of them taken in turn, round after round.

    In turn, because a machine that others use as well is slow in one minute and fast in the next.
    """
    return medians_in_turn(rounds, *(lambda work=work: ms(work) for work in works))


def medians_in_turn(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each measurement, all of them taken in turn, in another order in every round.

    In another order, because who comes second finds the processor's caches as the first has left them.
    """
    taken: list[list[float]] = [[] for _ in measures]
    order = list(range(len(measures)))
    chance = random.Random(3)
    for _ in range(rounds):
        chance.shuffle(order)
        for at in order:
            taken[at].append(measures[at]())
    return [median(times) for times in taken]


def table(rows: Sequence[Row]) -> str:
    """The rows as text, one line each, numbers right-aligned."""
    head = ("what", "value", "floor", "unit", "ratio", "at most", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    return "\n".join(_line(cells, widths) for cells in lines)


def is_over(row: Row) -> bool:
    """Whether the figure misses its limit."""
    return bool(row["ratio"] > row["at_most"])


def _cells(row: Row) -> tuple[str, ...]:
    return (
        str(row["what"]),
        figure(row["value"]),
        figure(row["floor"]),
        str(row["unit"]),
        figure(row["ratio"]),
        figure(row["at_most"]),
        "OVER" if is_over(row) else "ok",
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    what, value, floor, unit, ratio, at_most, verdict = (
        cell.ljust(width) if at in (0, 3, 6) else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"{what}  {value}  {floor} {unit}  {ratio}  {at_most}  {verdict}".rstrip()


def figure(number: float) -> str:
    """Three digits that count, never an exponent."""
    if number == 0 or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}" if abs(number) >= 0.001 else f"{number:.6f}".rstrip("0")
