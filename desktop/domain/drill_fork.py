"""A new run from a moment of an old one, and how the two came out side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_score import DrillScore
from desktop.domain.errors import DeskError


def forked(log: Sequence[Entry], seq: int, *, run: str, by: str = "") -> list[Entry]:
    """The log of a new run: the old one up to an entry, and where it parts; it goes on paused.

    Raises: DeskError for an entry that is not there, or after the end.
    """
    if not 1 <= seq <= len(log) or any(entry.kind == Kind.ENDED for entry in log[:seq]):
        raise DeskError("A run goes on from a moment within it.", field="seq", hint="Choose an earlier one.")
    kept = list(log[:seq])
    kept.append(Entry(seq + 1, kept[-1].sim_ms, Kind.FORKED.value, {"run": run, "seq": seq}, by))
    return kept


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of two runs side by side; None where one of them has no number."""

    kind: str
    name: str
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """How much better the second one is."""
        return None if self.before is None or self.after is None else self.after - self.before


def compared(before: DrillScore, after: DrillScore) -> tuple[Compared, ...]:
    """Overall, each competence and each expectation of two runs of one scenario."""
    lines = [Compared("overall", "overall", before.overall, after.overall)]
    old = {each.name: each.score for each in before.competences}
    new = {each.name: each.score for each in after.competences}
    lines += [
        Compared("competence", name, old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])
    ]
    scores = {each.id: each.score for each in after.expectations}
    lines += [
        Compared("expectation", each.id, each.score, scores.get(each.id)) for each in before.expectations
    ]
    return tuple(lines)
