"""Steps of a ladder while they are edited: kept in order, moved, and said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from desktop.domain.errors import DeskError
from desktop.domain.policy_alarm import Unless
from desktop.domain.policy_node import Node, span_text
from desktop.services.ladder_editing import LadderRow

#: What has to be done that nobody is told.
CONDITIONS = (
    (Unless.ACKNOWLEDGE.value, "acknowledged"),
    (Unless.CONTAIN.value, "contained"),
    (Unless.RESOLVE.value, "resolved"),
)
_ORDER = {key: at for at, (key, _) in enumerate(CONDITIONS)}
_NEVER = timedelta.max
Names = Mapping[str, str]


def in_order(rows: Sequence[LadderRow]) -> tuple[LadderRow, ...]:
    """By what has to be done, then by delay, as a policy wants them."""
    return tuple(sorted(rows, key=lambda row: (_ORDER.get(row.unless, len(_ORDER)), _delay(row))))


def placed(rows: Sequence[LadderRow], row: LadderRow, at: int | None) -> tuple[tuple[LadderRow, ...], int]:
    """With a row in the place of that at `at`, or added; in order. Gives also where the row is now."""
    others = [each for i, each in enumerate(rows) if i != at]
    found = in_order([*others, row])
    return found, next(i for i, each in enumerate(found) if each is row)


def moved(rows: Sequence[LadderRow], at: int, by: int) -> tuple[tuple[LadderRow, ...], int]:
    """Who is told at one delay changes places with who is told at the next; the delays stay.

    Nothing moves beyond the steps of the same condition. Gives also where the row is now.
    """
    to = at + by
    if not (0 <= at < len(rows) and 0 <= to < len(rows)) or rows[at].unless != rows[to].unless:
        return tuple(rows), at
    changed = list(rows)
    changed[to] = replace(rows[at], after=rows[to].after)
    changed[at] = replace(rows[to], after=rows[at].after)
    return tuple(changed), to


def after_words(row: LadderRow) -> str:
    """`at once`, `after 5 min`."""
    return f"after {row.after}" if _delay(row) else "at once"


def unless_words(row: LadderRow) -> str:
    """`acknowledged`."""
    return dict(CONDITIONS).get(row.unless, row.unless)


def told_words(row: LadderRow, names: Names) -> str:
    """Who is told."""
    return ", ".join(target_words(target, names) for target in row.tell) or "nobody"


def target_words(target: str, names: Names) -> str:
    """One who is told, also where it is no longer there to choose."""
    return names.get(target) or target.partition(":")[2].capitalize() or target.capitalize()


def again_words(row: LadderRow) -> str:
    """How often it is told again."""
    return f"{row.times} × every {row.every}" if row.times else "–"


def by_words(row: LadderRow) -> str:
    """By what kinds of channel it is tried first."""
    return f"{' or '.join(row.channels)} first" if row.channels else "own order"


def since_words(span: timedelta) -> str:
    """How long after the alarm."""
    return f"after {span_text(span)}" if span else "at once"


def _delay(row: LadderRow) -> timedelta:
    try:
        return Node(row.after, "after").span(may_be_zero=True)
    except DeskError:
        return _NEVER
