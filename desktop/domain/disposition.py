"""What becomes of a signal: exactly one thing, with the reason a person is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a verdict only carries it
    from desktop.domain.rule_decision import Decision


class Disposition(StrEnum):
    """What became of a signal."""

    OPENED = "opened"
    JOINED = "joined"
    SUPPRESSED = "suppressed"
    HELD = "held"
    REJECTED = "rejected"

    @property
    def word(self) -> str:
        """As people read it."""
        return self.value.capitalize()


class Cause(StrEnum):
    """What decided it."""

    STOPPED = "stopped"
    SOURCE_OFF = "source_off"
    INFORMATION = "information"
    NOTHING_OPEN = "nothing_open"
    ANSWER = "answer"
    MAINTENANCE = "maintenance"
    REPEAT = "repeat"
    RULE = "rule"
    STORM = "storm"
    NEW = "new"
    FAULT = "fault"
    PERSON = "person"


class Told(NamedTuple):
    """An escalation as a verdict names it."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one signal.

    `why` is a sentence for people. `joins` is the escalation it adds to; `decision` what rules made of it,
    where they were asked; `rule_id` and `rule_version` are the rule behind it, `window_id` is the maintenance
    window, each 0 for none. `proposes_containment`: the source says it is over, a person has to confirm it.
    """

    disposition: Disposition
    cause: Cause
    why: str
    joins: Told | None = None
    decision: "Decision | None" = None
    rule_id: int = 0
    rule_version: int = 0
    window_id: int = 0
    proposes_containment: bool = False


class During(NamedTuple):
    """A maintenance window as a verdict names it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds at the desk when a signal is decided about; what costs something is asked only when needed.

    `stopped` is why a person has stopped automation, empty while it runs. `open_alert` is the escalation that
    a repeat joins (`failsafe.joins`). `attachable` finds the open escalation for a way to attach
    (`rule_action.AttachBy`). `is_braked`: one more opening of this source would be too many.
    """

    stopped: str = ""
    is_source_on: bool = True
    open_alert: Told | None = None
    maintenance: Callable[[], During | None] = lambda: None
    decide: Callable[[], "Decision"] | None = None
    attachable: Callable[[str], Told | None] = lambda by: None
    is_braked: Callable[[], bool] = lambda: False


def dispose(action: str, standing: Standing) -> Verdict:
    """What becomes of a signal with this action (trigger, acknowledge, resolve, info).

    The order: automation stopped, source off, what only answers an open alert, maintenance, repeats, rules,
    storm brake, and only then opening.
    """
    if standing.stopped:
        return Verdict(Disposition.HELD, Cause.STOPPED, f"Automation is stopped: {standing.stopped}")
    if not standing.is_source_on:
        return Verdict(Disposition.REJECTED, Cause.SOURCE_OFF, "The source is switched off.")
    if action in ("acknowledge", "resolve"):
        return _answered(action, standing.open_alert)
    if action == "info" and standing.open_alert is not None:
        return _repeated("It adds to", standing.open_alert)
    if (window := standing.maintenance()) is not None:
        why = f"Maintenance: {window.name}"
        return Verdict(Disposition.SUPPRESSED, Cause.MAINTENANCE, why, window_id=window.id)
    if standing.open_alert is not None:
        return _repeated("It repeats", standing.open_alert)
    return _ruled(action, standing)


def rejected(why: str) -> Verdict:
    """A message that cannot be understood, with the fault."""
    return Verdict(Disposition.REJECTED, Cause.FAULT, why)


def _repeated(how: str, alert: Told) -> Verdict:
    return Verdict(Disposition.JOINED, Cause.REPEAT, f"{how} what is open as {alert.number}.", alert)


def _answered(action: str, alert: Told | None) -> Verdict:
    if alert is None:
        return Verdict(Disposition.SUPPRESSED, Cause.NOTHING_OPEN, "Nothing is open for it.")
    if action == "acknowledge":
        why = f"The source has acknowledged {alert.number}."
        return Verdict(Disposition.JOINED, Cause.ANSWER, why, alert)
    why = f"The source says that {alert.number} is over; a person confirms it."
    return Verdict(Disposition.JOINED, Cause.ANSWER, why, alert, proposes_containment=True)


def _ruled(action: str, standing: Standing) -> Verdict:
    decision = standing.decide() if standing.decide is not None else None
    by = decision.decided_by if decision is not None else None
    rule_id, rule_version = (by.rule_id, by.version) if by is not None else (0, 0)
    outcome = decision.verdict if decision is not None else "none"
    why = decision.why if decision is not None else "There are no rules."

    def verdict(disposition: Disposition, cause: Cause, why: str, joins: Told | None = None) -> Verdict:
        return Verdict(disposition, cause, why, joins, decision, rule_id, rule_version)

    if outcome == "suppress":
        return verdict(Disposition.SUPPRESSED, Cause.RULE, why)
    if decision is not None and outcome == "join":
        found = next(filter(None, map(standing.attachable, decision.join_by)), None)
        if found is not None:
            return verdict(Disposition.JOINED, Cause.RULE, why, found)
    if action == "info" and outcome not in ("open", "review"):
        return verdict(Disposition.SUPPRESSED, Cause.INFORMATION, "It is for information only.")
    if standing.is_braked():
        return verdict(Disposition.HELD, Cause.STORM, "Its source sends too much at once: a person decides.")
    if outcome == "none":
        return verdict(Disposition.OPENED, Cause.NEW, f"{why} It is opened for a person to look at.")
    return verdict(Disposition.OPENED, Cause.RULE, why)
