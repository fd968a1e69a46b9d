"""Whole-number arithmetic of drill scores: one rounding rule, half up."""

from collections.abc import Sequence


def rounded(part: int, whole: int) -> int:
    """A fraction rounded half up; neither is below zero."""
    return (2 * part + whole) // (2 * whole)


def mean(weighted: Sequence[tuple[int, int]]) -> int | None:
    """The weighted mean of (value, weight); None of nothing."""
    total = sum(weight for _, weight in weighted)
    return rounded(sum(value * weight for value, weight in weighted), total) if total else None


def share(part: int, whole: int) -> int:
    """A share in permille; zero of nothing."""
    return rounded(1000 * part, whole) if whole else 0
