"""A scenario made ready for asking: everything by its id, expectations by the event that meets them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.drill_scenario import DecisionPoint, Effect, Expectation, Inject, Match, Scenario
from desktop.domain.drill_words import Evidence

#: Where an event may hold what is asked for, besides itself; `escalation` is how the case stood then.
_PLACES = ("values", "fields", "escalation", "body")


class Plan:
    """A frozen scenario with its indexes."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.injects: dict[str, Inject] = {}
        self.expectations: dict[str, tuple[Inject, Expectation]] = {}
        self.decisions: dict[str, tuple[Inject, DecisionPoint]] = {}
        self.effects: dict[str, tuple[Effect, ...]] = {
            card.id: card.effects for card in scenario.complications
        }
        self.by_event: dict[str, list[tuple[Inject, Expectation]]] = defaultdict(list)
        for inject in scenario.injects:
            self.injects[inject.id] = inject
            self.effects[inject.id] = inject.effects
            if inject.decision is not None:
                self.decisions[inject.decision.id] = (inject, inject.decision)
            for one in inject.expect:
                self.expectations[one.id] = (inject, one)
                if one.match is not None and one.evidence is not Evidence.MANUAL:
                    self.by_event[one.match.event].append((inject, one))

    def story_at(self, sim_ms: int) -> datetime:
        """The story's time at a time of the drill: it leaps where a phase says so."""
        begin, from_ms = self.scenario.pace.start, 0
        for phase in self.scenario.phases:
            if phase.story is not None and phase.from_s * 1000 <= sim_ms:
                begin, from_ms = phase.story, phase.from_s * 1000
        return begin + timedelta(milliseconds=sim_ms - from_ms)

    def sim_of(self, story: datetime, since_ms: int) -> int:
        """The time of the drill at which the story reaches a time told at `since_ms`.

        What falls into a time that the story leaps over comes with the leap.
        """
        legs = [(0, self.scenario.pace.start)]
        legs += [(each.from_s * 1000, each.story) for each in self.scenario.phases if each.story is not None]
        for (from_ms, begin), (next_ms, _) in zip(legs, [*legs[1:], (None, None)], strict=True):
            if next_ms is not None and next_ms <= since_ms:
                continue
            if story < begin and from_ms > since_ms:
                return from_ms
            at_ms = from_ms + (story - begin) // timedelta(milliseconds=1)
            if next_ms is None or at_ms < next_ms:
                return at_ms
        return since_ms


def matches(match: Match, body: Mapping[str, Any]) -> bool:
    """Whether an event holds everything that is asked of it."""
    return all(_fits(wanted, value_of(body, name)) for name, wanted in match.where.items())


def value_of(body: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - events hold anything
    """What an event says of a field: its own, or that of one of its parts.

    A change is written as [before, after]: what it came to counts.
    """
    for place in (body, *(body.get(key) for key in _PLACES)):
        if isinstance(place, Mapping) and name in place:
            value = place[name]
            if isinstance(value, list | tuple) and len(value) == 2:
                return value[1]
            return value
    return None


def _fits(wanted: object, found: object) -> bool:
    if isinstance(wanted, list | tuple):
        return any(_fits(each, found) for each in wanted)
    if isinstance(wanted, str) or isinstance(found, str):
        return found is not None and str(wanted).casefold() == str(found).casefold()
    return wanted == found
