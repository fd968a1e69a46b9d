"""Editing a scenario: new ids, injects moved, copied and taken out with what refers to them."""

import re
from dataclasses import replace
from typing import Any

from desktop.domain.drill_condition import All, AnyOf, Condition, Is, Not
from desktop.domain.drill_names import spots, taken
from desktop.domain.drill_put import document_of, scenario_of, set_value
from desktop.domain.drill_scenario import Expectation, Inject, Match, Scenario
from desktop.domain.drill_timeline import likely_times
from desktop.domain.drill_words import Channel, InjectType, Trigger

#: How ids of a kind begin, and how many digits they have at least.
_SHAPES = {
    "inject": ("I", 2), "expectation": ("E", 2), "must_not": ("N", 2), "decision": ("D", 1),
    "phase": ("P", 1), "objective": ("OBJ", 1), "complication": ("C", 1), "role": ("seat", 1),
    "customer": ("CU", 1), "dashboard": ("dash", 1), "withheld": ("data", 1), "option": ("option", 1),
    "variable": ("name", 1), "check": ("c", 1),
}  # fmt: skip
_NUMBER = re.compile(r"(\d+)[A-Z]?$")


def new_id(scenario: Scenario, kind: str, owner: str = "") -> str:
    """An id that nothing has, after the highest there is."""
    own = "expectation" if kind == "must_not" else kind
    return fresh(kind, taken(scenario, own, owner))


def fresh(kind: str, known: frozenset[str]) -> str:
    """An id of a kind that is none of these."""
    start, digits = _SHAPES[kind]
    numbers = [int(found[1]) for name in known if name.startswith(start) and (found := _NUMBER.search(name))]
    number = max([n for n in numbers if n < 10**6], default=0) + 1
    while (name := f"{start}{number:0{digits}}") in known:
        number += 1
    return name


def add_inject(scenario: Scenario, at: int) -> Scenario:
    """A new inject at a place, five minutes after the one before it."""
    likely = likely_times(scenario)
    before = at - 1 if 0 < at <= len(scenario.injects) else None
    at_s = min(max(likely[before], 0) + 300, scenario.pace.duration_s) if before is not None else 0
    players = [role.id for role in scenario.roles if not role.staff]
    made = Inject(
        new_id(scenario, "inject"), scenario.phase_at(at_s) if scenario.phases else "P1",
        InjectType.STANDARD, Trigger.SCHEDULED, Channel.CHAT, at_s=max(at_s, 0), to=tuple(players[:1]),
    )  # fmt: skip
    return replace(scenario, injects=(*scenario.injects[:at], made, *scenario.injects[at:]))


def move_inject(scenario: Scenario, at: int, by: int) -> Scenario:
    """An inject earlier or later in the order of the document; it keeps its time."""
    injects = list(scenario.injects)
    to = at + by
    if not (0 <= at < len(injects) and 0 <= to < len(injects)):
        return scenario
    injects.insert(to, injects.pop(at))
    return replace(scenario, injects=tuple(injects))


def sort_injects(scenario: Scenario) -> Scenario:
    """The injects in the order of their likely times."""
    likely = likely_times(scenario)
    order = sorted(range(len(likely)), key=likely.__getitem__)
    return replace(scenario, injects=tuple(scenario.injects[i] for i in order))


def duplicate_inject(scenario: Scenario, at: int) -> Scenario:
    """A copy right after an inject, with ids of its own; what it says of itself is of the copy."""
    document = document_of(scenario)
    lonely = {**document, "injects": [document["injects"][at]]}
    own = [spot for spot in spots(lonely) if spot.is_own and spot.path[0] == "injects"]
    copy = scenario_of(lonely)
    known = {kind: taken(scenario, kind) for kind in ("inject", "expectation", "decision")}
    names: dict[tuple[str, str], str] = {}
    for spot in own:
        if spot.kind in known:
            kind = "must_not" if spot.kind == "expectation" and spot.name.startswith("N") else spot.kind
            name = names[spot.kind, spot.name] = fresh(kind, known[spot.kind])
            known[spot.kind] |= {name}
    copied: dict[str, Any] = document_of(copy)
    for spot in list(spots(copied)):
        if spot.path[0] == "injects" and (spot.kind, spot.name) in names:
            set_value(copied, spot.path, names[spot.kind, spot.name])
    injects = document["injects"]
    injects.insert(at + 1, copied["injects"][0])
    return scenario_of(document)


def delete_inject(scenario: Scenario, at: int) -> Scenario:
    """Take an inject out, and what refers to it: conditions lose that part, times become plain ones."""
    gone = scenario.injects[at]
    names = {("inject", gone.id), *(("expectation", one.id) for one in gone.expect)}
    if gone.decision is not None:
        names.add(("decision", gone.decision.id))
    likely = likely_times(scenario)
    rest = [_without(inject, names, likely[i]) for i, inject in enumerate(scenario.injects) if i != at]
    return replace(scenario, injects=tuple(rest))


def delete_expectation(scenario: Scenario, at: int, number: int) -> Scenario:
    """Take an expectation out of an inject, and what refers to it."""
    home = scenario.injects[at]
    names = {("expectation", home.expect[number].id)}
    kept = replace(home, expect=(*home.expect[:number], *home.expect[number + 1 :]))
    return _cleared(scenario, at, kept, names)


def delete_decision(scenario: Scenario, at: int) -> Scenario:
    """Take the decision out of an inject, and what refers to it."""
    home = scenario.injects[at]
    if home.decision is None:
        return scenario
    return _cleared(scenario, at, replace(home, decision=None), {("decision", home.decision.id)})


def delete_phase(scenario: Scenario, at: int) -> Scenario:
    """Take a phase out; its injects come into the one before it, or the one after."""
    gone = scenario.phases[at]
    phases = (*scenario.phases[:at], *scenario.phases[at + 1 :])
    if not phases:
        return scenario
    heir = phases[max(at - 1, 0)]
    if at == 0:
        phases = (replace(phases[0], from_s=gone.from_s), *phases[1:])
    injects = tuple(
        replace(inject, phase=heir.id) if inject.phase == gone.id else inject for inject in scenario.injects
    )
    return replace(scenario, phases=phases, injects=injects)


def _cleared(scenario: Scenario, at: int, kept: Inject, names: set[tuple[str, str]]) -> Scenario:
    likely = likely_times(scenario)
    changed = [kept if i == at else each for i, each in enumerate(scenario.injects)]
    injects = tuple(_without(each, names, likely[i]) for i, each in enumerate(changed))
    return replace(scenario, injects=injects)


def _without(inject: Inject, names: set[tuple[str, str]], likely_s: int) -> Inject:
    """An inject that refers to none of these any more."""
    if inject.after is not None and (inject.after.kind, inject.after.ref) in names:
        inject = replace(inject, after=None, at_s=likely_s)
    if inject.when is not None:
        when = _condition_without(inject.when, names)
        trigger = Trigger.MANUAL if when is None and inject.trigger is Trigger.CONDITIONAL else inject.trigger
        inject = replace(inject, when=when, trigger=trigger)
    return replace(inject, expect=tuple(_match_without(one, names) for one in inject.expect))


def _condition_without(condition: Condition, names: set[tuple[str, str]]) -> Condition | None:
    if isinstance(condition, Is):
        return None if (condition.kind, condition.ref) in names else condition
    if isinstance(condition, Not):
        part = _condition_without(condition.part, names)
        return Not(part) if part is not None else None
    if isinstance(condition, All | AnyOf):
        kept = tuple(left for each in condition.parts if (left := _condition_without(each, names)))
        return replace(condition, parts=kept) if kept else None
    return condition


def _match_without(one: Expectation, names: set[tuple[str, str]]) -> Expectation:
    match = one.match
    if match is None or ("decision", str(match.where.get("decision", ""))) not in names:
        return one
    where = {key: value for key, value in match.where.items() if key not in ("decision", "option")}
    return replace(one, match=Match(match.event, where))
