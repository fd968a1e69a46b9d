"""What hangs on a handoff beyond its items: promises, what keeps quiet, decisions, the next shift."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

#: How many of each are named; the rest is counted.
MOST = 200


@dataclass(frozen=True, slots=True)
class Promise:
    """A running commitment; `kind` in words. `due_us` of a paused one is as if the pause ended now."""

    escalation_id: int
    number: str
    kind: str
    due_us: int
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Silenced:
    """What keeps quiet; `until_us` is when it returns by itself, 0 for never.

    An escalation of 0 is what keeps quiet for the whole desk.
    """

    escalation_id: int
    number: str
    how: str
    reason: str
    by: str
    until_us: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to be decided, or something risky that is to come; `at_us` is 0 where no time is known."""

    escalation_id: int
    number: str
    text: str
    at_us: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An open escalation of the giver's that is not among the items; `is_new` came since the draft.

    `waits_for` names whoever it is offered to in another handoff, empty for nobody.
    """

    escalation_id: int
    number: str
    title: str
    is_new: bool
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class HandoffFacts:
    """All of it, each list in order of time; `more` says by name of the list how many were left out of it."""

    promises: tuple[Promise, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    decisions: tuple[Waiting, ...] = ()
    risks: tuple[Waiting, ...] = ()
    more: Mapping[str, int] | None = None

    def left_out(self, name: str) -> int:
        """How many of a list are not named."""
        return (self.more or {}).get(name, 0)


def gathered(
    promises: Sequence[Promise],
    silenced: Sequence[Silenced],
    decisions: Sequence[Waiting],
    risks: Sequence[Waiting],
) -> HandoffFacts:
    """The facts in order of time, each list no longer than `MOST`; what returns by no time comes last."""
    lists: dict[str, list[Any]] = {
        "promises": sorted(promises, key=lambda each: (each.is_paused, each.due_us)),
        "silenced": sorted(silenced, key=lambda each: (not each.until_us, each.until_us)),
        "decisions": sorted(decisions, key=lambda each: (not each.at_us, each.at_us, each.number)),
        "risks": sorted(risks, key=lambda each: (not each.at_us, each.at_us, each.number)),
    }
    more = {name: len(rows) - MOST for name, rows in lists.items() if len(rows) > MOST}
    kept: dict[str, Any] = {name: tuple(rows[:MOST]) for name, rows in lists.items()}
    return HandoffFacts(**kept, more=more)


def to_document(facts: HandoffFacts) -> dict[str, Any]:
    """The facts as a document that can be kept."""
    return asdict(facts)


def from_document(document: Mapping[str, Any]) -> HandoffFacts:
    """The facts of a document; an empty one gives none."""
    return HandoffFacts(
        promises=tuple(Promise(**each) for each in document.get("promises", ())),
        silenced=tuple(Silenced(**each) for each in document.get("silenced", ())),
        decisions=tuple(Waiting(**each) for each in document.get("decisions", ())),
        risks=tuple(Waiting(**each) for each in document.get("risks", ())),
        more=document.get("more") or {},
    )
