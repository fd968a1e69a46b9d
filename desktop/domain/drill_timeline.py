"""When things of a scenario are likely to come: bands of phases, marks of injects, bars of deadlines."""

from typing import NamedTuple

from desktop.domain.drill_condition import Condition, Is, parts_of, words
from desktop.domain.drill_scenario import After, Inject, Scenario


class Band(NamedTuple):
    """A phase from its beginning to its end."""

    id: str
    title: str
    from_s: int
    to_s: int


class Bar(NamedTuple):
    """How long somebody has for something, from its inject on; `grace_s` comes after it."""

    id: str
    from_s: int
    to_s: int
    grace_s: int = 0
    is_decision: bool = False
    is_critical: bool = False


class Mark(NamedTuple):
    """One inject at its likely time; `from_id` is the inject that its condition or time hangs on."""

    place: int
    id: str
    at_s: int
    type: str
    title: str
    is_exact: bool
    condition: str
    from_id: str
    bars: tuple[Bar, ...]


class Timeline(NamedTuple):
    """A scenario from beginning to end."""

    begins_s: int
    ends_s: int
    duration_s: int
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]


def timeline(scenario: Scenario) -> Timeline:
    """The likely course of a scenario; marks in the order of the document."""
    likely = likely_times(scenario)
    homes = _homes(scenario)
    marks = tuple(_mark(scenario, i, each, likely[i], homes) for i, each in enumerate(scenario.injects))
    duration_s = max(scenario.pace.duration_s, 0)
    ends_s = max([duration_s, 60, *(mark.at_s for mark in marks)])
    begins_s = min([0, *(mark.at_s for mark in marks)])
    return Timeline(begins_s, ends_s, duration_s, _bands(scenario, ends_s), marks)


def likely_times(scenario: Scenario) -> list[int]:
    """When each inject comes if everything is done at its deadline; what hangs on nothing comes first."""
    homes = _homes(scenario)
    index = {each.id: i for i, each in reversed(list(enumerate(scenario.injects)))}
    known: dict[int, int] = {}

    def when(i: int, trail: tuple[int, ...]) -> int:
        if i in known:
            return known[i]
        inject = scenario.injects[i]
        found = inject.at_s or 0
        if inject.after is not None and i not in trail:
            home = index.get(homes.get((inject.after.kind, inject.after.ref), ""))
            begin_s = when(home, (*trail, i)) if home is not None else 0
            waits = _wait(scenario.injects[home], inject.after) if home is not None else 0
            found = begin_s + waits + inject.after.delay_s
        known[i] = found
        return found

    return [when(i, ()) for i in range(len(scenario.injects))]


def _wait(home: Inject, after: After) -> int:
    if after.kind == "decision":
        return home.decision.deadline_s if home.decision is not None else 0
    if after.kind == "expectation":
        return next((one.deadline_s for one in home.expect if one.id == after.ref), 0)
    return 0


def _homes(scenario: Scenario) -> dict[tuple[str, str], str]:
    """The inject in which everything that can be referred to stands."""
    homes: dict[tuple[str, str], str] = {}
    for inject in reversed(scenario.injects):
        homes["inject", inject.id] = inject.id
        if inject.decision is not None:
            homes["decision", inject.decision.id] = inject.id
        for one in inject.expect:
            homes["expectation", one.id] = inject.id
    return homes


def _mark(scenario: Scenario, i: int, inject: Inject, at_s: int, homes: dict[tuple[str, str], str]) -> Mark:
    anchor = _anchor(inject.when, homes)
    if not anchor and inject.after is not None:
        anchor = homes.get((inject.after.kind, inject.after.ref), "")
    bars = [
        Bar(one.id, at_s, at_s + one.deadline_s, one.grace_s, is_critical=one.critical)
        for one in inject.expect
        if not one.negative
    ]
    if inject.decision is not None:
        bars.insert(0, Bar(inject.decision.id, at_s, at_s + inject.decision.deadline_s, is_decision=True))
    return Mark(
        i, inject.id, at_s, inject.type.value, title_of(inject, scenario), inject.at_s is not None,
        words(inject.when) if inject.when is not None else "", anchor if anchor != inject.id else "",
        tuple(bars),
    )  # fmt: skip


def title_of(inject: Inject, scenario: Scenario) -> str:
    """An inject in a line: its subject, or how its text begins."""
    return " ".join(scenario.filled(inject.subject or inject.body[:200]).split()) or "No text yet"


def _anchor(when: Condition | None, homes: dict[tuple[str, str], str]) -> str:
    if when is None:
        return ""
    asked = (homes.get((part.kind, part.ref), "") for part in parts_of(when) if isinstance(part, Is))
    return next((home for home in asked if home), "")


def _bands(scenario: Scenario, ends_s: int) -> tuple[Band, ...]:
    phases = sorted(scenario.phases, key=lambda phase: phase.from_s)
    ends = [*(phase.from_s for phase in phases[1:]), ends_s]  # with no phases one too many
    return tuple(
        Band(phase.id, phase.title, phase.from_s, max(end, phase.from_s))
        for phase, end in zip(phases, ends, strict=False)
    )
