"""A drill's log: everything that happened, in order, stamped with the drill's own milliseconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What the drill itself writes; every other kind is an event of the product's timeline."""

    STARTED = "run.started"
    ENDED = "run.ended"
    FORKED = "run.forked"
    PAUSED = "clock.paused"
    RESUMED = "clock.resumed"
    SPEED = "clock.speed"
    JUMPED = "clock.jumped"
    FIRED = "inject.fired"
    HELD = "inject.held"
    SKIPPED = "inject.skipped"
    RECALLED = "inject.recalled"
    POSTPONED = "inject.postponed"
    IMPROVISED = "inject.improvised"
    REPLIED = "inject.replied"
    EFFECT = "effect.due"
    DEFAULTED = "decision.defaulted"
    HINT = "hint.shown"
    OBSERVED = "expectation.observed"
    OVERRIDDEN = "expectation.overridden"
    COMPLICATION = "complication.played"
    NOTED = "observer.noted"


#: The product's event of a decision, which branches follow.
DECIDED = "decision.recorded"

#: What becomes of open deadlines in a jump.
MOVED, NOT_EXERCISED, MISSED = "moved", "not_exercised", "missed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `seq` counts from 1 without a hole."""

    seq: int
    sim_ms: int
    kind: str
    body: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""


def to_line(entry: Entry) -> dict[str, Any]:
    """An entry as a line of a log file: whole seconds where it was one."""
    seconds, rest = divmod(entry.sim_ms, 1000)
    stamp: int | float = entry.sim_ms / 1000 if rest else seconds
    said = {"by": entry.by} if entry.by else {}
    return {"sim_s": stamp, "kind": entry.kind, **said, **entry.body}
