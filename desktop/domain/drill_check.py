"""Proves a scenario before anybody plays it: names, references, reach, times, what players may not read."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.domain import drill_check_reach as reach
from desktop.domain import drill_check_spoiler as spoiler
from desktop.domain.drill_node import Fault, Path, nearest
from desktop.domain.drill_scenario import Effect, Expectation, Inject, Match, Scenario
from desktop.domain.drill_variables import names_in
from desktop.domain.drill_words import CHECK_KINDS, GAPS, MATCHABLE, Evidence, Trigger
from desktop.domain.message import Stage

_HANDOFF_PARTS = ("complete", "commitments", "decisions")
_LINTS = ("tone", "blame")


def check_scenario(scenario: Scenario) -> list[Fault]:
    """Everything that is wrong or odd, in the order of the document as far as there is one."""
    faults = [
        *_twice(scenario),
        *_roles(scenario),
        *_phases(scenario),
        *_injects(scenario),
        *_weights(scenario),
        *_texts(scenario),
        *reach.check(scenario),
        *spoiler.check(scenario),
    ]
    return sorted(faults, key=lambda fault: fault.is_warning)


def _twice(scenario: Scenario) -> Iterator[Fault]:
    groups: list[tuple[str, list[tuple[str, Path]]]] = [
        ("role", [(each.id, ("roles", i, "id")) for i, each in enumerate(scenario.roles)]),
        ("objective", [(each.id, ("objectives", i, "id")) for i, each in enumerate(scenario.objectives)]),
        ("phase", [(each.id, ("phases", i, "id")) for i, each in enumerate(scenario.phases)]),
        (
            "inject or complication",
            [
                *((each.id, ("injects", i, "id")) for i, each in enumerate(scenario.injects)),
                *((each.id, ("complications", i, "id")) for i, each in enumerate(scenario.complications)),
            ],
        ),
        (
            "customer",
            [
                (str(each.get("id")), ("world", "customers", i, "id"))
                for i, each in enumerate(scenario.world.customers)
            ],
        ),
    ]
    expectations: list[tuple[str, Path]] = []
    decisions: list[tuple[str, Path]] = []
    for i, inject in enumerate(scenario.injects):
        for n, one in enumerate(inject.expect):
            expectations.append((one.id, ("injects", i, "expect", n, "id")))
            checks: list[tuple[str, Path]] = [
                (each.id, ("injects", i, "expect", n, "checks", c, "id")) for c, each in enumerate(one.checks)
            ]
            groups.append(("check", checks))
        if inject.decision:
            decisions.append((inject.decision.id, ("injects", i, "decision", "id")))
    for word, named in [*groups, ("expectation", expectations), ("decision", decisions)]:
        met: set[str] = set()
        for name, path in named:
            if name and name in met:
                yield Fault(
                    path, f"there are two things called “{name}” ({word}).", "Give one of them another id."
                )
            met.add(name)


def _roles(scenario: Scenario) -> Iterator[Fault]:
    ids = [role.id for role in scenario.roles]
    used = {inject_to for inject in scenario.injects for inject_to in inject.to}
    used |= {one.role for _, one in scenario.expectations()} | {d.role for _, d in scenario.decisions()}
    used |= {role.substitute_of for role in scenario.roles}
    if all(role.staff for role in scenario.roles):
        yield Fault(("roles",), "nobody plays: every role is staff.", "Add a role without  staff: true.")
    for i, role in enumerate(scenario.roles):
        if role.substitute_of:
            yield from _known(role.substitute_of, ids, ("roles", i, "substitute_of"), "role")
        if not role.staff and role.id not in used and not role.absent:
            yield Fault(
                ("roles", i), f"“{role.title}” has nothing to do.", "Send it an inject.", is_warning=True
            )
    for i, question in enumerate(scenario.questions):
        yield from _known(question.to, [*ids, "all"], ("debrief", "questions", i, "to"), "role")


def _phases(scenario: Scenario) -> Iterator[Fault]:
    starts = [phase.from_s for phase in scenario.phases]
    if starts and starts[0] != 0:
        yield Fault(("phases", 0, "from"), "the first phase begins with the drill.", 'Write  from: "0m".')
    for i, (before, after) in enumerate(pairwise(starts), start=1):
        if after <= before:
            yield Fault(
                ("phases", i, "from"), "a phase begins after the one before it.", "Put them in order."
            )
    for i, phase in enumerate(scenario.phases):
        if phase.from_s >= scenario.pace.duration_s > 0:
            yield Fault(("phases", i, "from"), f"“{phase.title}” begins after the drill has ended.")


def _injects(scenario: Scenario) -> Iterator[Fault]:
    roles = [role.id for role in scenario.roles]
    phases = [phase.id for phase in scenario.phases]
    for i, inject in enumerate(scenario.injects):
        at: Path = ("injects", i)
        yield from _known(inject.phase, phases, (*at, "phase"), "phase")
        for n, role in enumerate(inject.to):
            yield from _known(role, roles, (*at, "to", n), "role")
        yield from _trigger(inject, at)
        yield from _time(scenario, inject, at)
        if inject.decision is not None:
            yield from _known(inject.decision.role, roles, (*at, "decision", "role"), "role")
        for n, effect in enumerate(inject.effects):
            yield from _effect(scenario, effect, (*at, "effects", n))
        for n, one in enumerate(inject.expect):
            yield from _expectation(scenario, inject, one, (*at, "expect", n))
    for i, card in enumerate(scenario.complications):
        for n, effect in enumerate(card.effects):
            yield from _effect(scenario, effect, ("complications", i, "effects", n))


def _trigger(inject: Inject, at: Path) -> Iterator[Fault]:
    if inject.trigger is Trigger.CONDITIONAL and inject.when is None:
        yield Fault((*at, "trigger"), "a conditional inject needs its condition.", "Add  when: …")
    if inject.trigger is not Trigger.CONDITIONAL and inject.when is not None:
        yield Fault(
            (*at, "when"),
            f"a {inject.trigger} inject does not look at its condition.",
            "Write  trigger: conditional",
        )


def _time(scenario: Scenario, inject: Inject, at: Path) -> Iterator[Fault]:
    if inject.at_s is None:
        return
    if inject.at_s > scenario.pace.duration_s:
        yield Fault(
            (*at, "at"), "this comes after the drill has ended.", "Make the drill longer, or this earlier."
        )
    if inject.is_reminder and (inject.expect or inject.decision):
        yield Fault(
            (*at, "at"), "before the beginning nothing is expected of anybody.", "Let it begin at 0m."
        )


def _effect(scenario: Scenario, effect: Effect, at: Path) -> Iterator[Fault]:
    if effect.kind == "create_ticket" and isinstance(effect.value, dict) and "customer" in effect.value:
        customers = [str(each.get("id", "")) for each in scenario.world.customers]
        yield from _known(
            str(effect.value["customer"]), customers, (*at, effect.kind, "customer"), "customer"
        )
    if effect.kind == "release_data":
        yield from _known(str(effect.value), scenario.world.withheld, (*at, effect.kind), "withheld data set")


def _expectation(scenario: Scenario, inject: Inject, one: Expectation, at: Path) -> Iterator[Fault]:
    staff = [role.id for role in scenario.roles if role.staff]
    yield from _known(one.role, [role.id for role in scenario.roles], (*at, "role"), "role")
    if one.role in staff:
        yield Fault((*at, "role"), "nothing is expected of staff.", "Name a role of the players.")
    if one.evidence is Evidence.AUTO and one.match is None:
        yield Fault(
            (*at, "evidence"), "automatic evidence needs the event to look for.",
            "Add  match: {event: …}, or write  evidence: manual.",
        )  # fmt: skip
    if one.match is not None:
        yield from _known(one.match.event, MATCHABLE, (*at, "match", "event"), "event")
        yield from _where(scenario, one.match, (*at, "match", "where"))
    if not one.negative and one.deadline_s == 0:
        yield Fault((*at, "deadline"), "nobody can be so quick.", 'Give some time: "10m".')
    if one.competence and one.competence not in scenario.competences:
        yield Fault(
            (*at, "competence"), f"“{one.competence}” has no weight in this drill.", "Add it to competences."
        )
    for n, each in enumerate(one.checks):
        yield from _auto(each.auto, (*at, "checks", n, "auto"))
    if one.gap is not None:
        yield from _gap(one.gap.category, one.gap.code, (*at, "gap"))
    ends_s = (inject.at_s or 0) + one.deadline_s
    if inject.at_s is not None and ends_s > scenario.pace.duration_s >= inject.at_s:
        yield Fault((*at, "deadline"), "the drill ends before this deadline.", is_warning=True)


def _where(scenario: Scenario, match: Match, at: Path) -> Iterator[Fault]:
    """An event that nothing in the drill can bring about would leave its expectation out of reach."""
    decisions = {each.id: [option.id for option in each.options] for _, each in scenario.decisions()}
    name = str(match.where.get("decision", ""))
    if match.event == "decision.recorded" and name:
        yield from _known(name, list(decisions), (*at, "decision"), "decision")
        for option in _several(match.where.get("option")):
            yield from _known(option, decisions.get(name, [option]), (*at, "option"), f"option of {name}")
    if match.event == "update.sent":
        for stage in _several(match.where.get("stage")):
            yield from _known(stage, [each.value for each in Stage], (*at, "stage"), "stage of a message")


def _several(value: object) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _auto(auto: str, at: Path) -> Iterator[Fault]:
    if not auto:
        return
    kind, mark, rest = auto.partition(":")
    if not mark or kind not in CHECK_KINDS or not rest:
        near = nearest(kind, CHECK_KINDS)
        yield Fault(
            at, f"“{auto}” cannot be looked up.",
            f"Did you mean “{near}:…”?" if near else "Write field:…, merge:…, handoff:… or lint:….",
        )  # fmt: skip
    elif kind == "handoff":
        yield from _known(rest, _HANDOFF_PARTS, at, "part of a handoff")
    elif kind == "lint":
        yield from _known(rest, _LINTS, at, "word list")


def _gap(category: str, code: str, at: Path) -> Iterator[Fault]:
    if category not in GAPS:
        yield from _known(category, list(GAPS), (*at, "category"), "gap category")
    else:
        yield from _known(code, list(GAPS[category]), (*at, "code"), f"gap code of {category}")


def _weights(scenario: Scenario) -> Iterator[Fault]:
    exercised = {one.competence for _, one in scenario.expectations()}
    if not exercised:
        yield Fault(("injects",), "nothing is expected of anybody.", "Add  expect:  to an inject.")
        return
    for name in scenario.competences:
        if name not in exercised:
            yield Fault(
                ("competences", name),
                f"no expectation exercises “{name}”.",
                "Expect something, or leave it out.",
            )


def _texts(scenario: Scenario) -> Iterator[Fault]:
    for text, path in spoiler.player_texts(scenario):
        for name in names_in(text):
            if name not in scenario.variables:
                yield from _known(name, list(scenario.variables), path, "variable")
    for i, inject in enumerate(scenario.injects):
        for name in names_in(inject.notes):
            yield from _known(name, list(scenario.variables), ("injects", i, "notes"), "variable")


def _known(word: str, known: Sequence[str], path: Path, what: str) -> Iterator[Fault]:
    if not word or word in known:
        return
    near = nearest(word, known)
    hint = (
        f"Did you mean “{near}”?" if near else f"There are {', '.join(known)}." if known else "There is none."
    )
    yield Fault(path, f"there is no {what} “{word}”.", hint)
