"""Too many alarms at once for one person: when they are told as one, and which of them stand alone."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.domain.alarm import Concern
from desktop.domain.policy_alarm import FloodRule


class Flow(NamedTuple):
    """How the alarms to be told now are told."""

    is_flood: bool
    alone: tuple[Concern, ...]
    together: tuple[Concern, ...]


def is_flood(was_flood: bool, count: int, rule: FloodRule) -> bool:
    """Whether `count` alarms within the window are a flood; once begun it lasts until fewer than `leave`.

    Source: ISA-18.2 and EEMUA 191, more than 10 in 10 minutes until fewer than 5.
    """
    return count >= rule.leave if was_flood else count > rule.enter


def flow(was_flood: bool, earlier: int, concerns: Sequence[Concern], rule: FloodRule) -> Flow:
    """Parts what is to be told now, after `earlier` alarms within the window; some must stand alone."""
    flood = is_flood(was_flood, earlier + len(concerns), rule)
    if not flood:
        return Flow(False, tuple(concerns), ())
    alone = [c for c in concerns if rule.stands_alone(c.band, c.occasion)]
    together = [c for c in concerns if not rule.stands_alone(c.band, c.occasion)]
    return Flow(True, tuple(alone), tuple(together))


def companies(concerns: Iterable[Concern]) -> list[list[Concern]]:
    """Alarms of the same customer together, in the order in which each customer first appears."""
    by_customer: dict[int, list[Concern]] = {}
    for concern in concerns:
        by_customer.setdefault(concern.customer_id, []).append(concern)
    return list(by_customer.values())


def oldest_first(concerns: Iterable[Concern]) -> list[Concern]:
    """As a flood is listed: the alarm that came first leads."""
    return sorted(concerns, key=lambda c: (c.due_us, c.alarm_id))
