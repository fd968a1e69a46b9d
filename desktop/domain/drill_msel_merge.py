"""A list of injects taken onto a scenario there is: injects of the same number are brought up to date.

What a list cannot tell (conditions, effects, decisions, what shows that something was done) stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.drill_msel_export import rows_of
from desktop.domain.drill_scenario import Expectation, Inject, Phase, Scenario, SeatRole


@dataclass(frozen=True, slots=True)
class Merged:
    """The scenario, and which of its injects are new, other than before, or the same."""

    scenario: Scenario
    created: tuple[str, ...]
    updated: tuple[str, ...]
    same: tuple[str, ...]


def merged(scenario: Scenario, taken: Scenario, *, by_number: bool = True) -> Merged:
    """A scenario with the injects of a list in it; `taken` is what the list alone comes to.

    Where the list gives no numbers, all its rows are new.
    """
    if not by_number:
        taken = replace(taken, injects=_renumbered(taken.injects, {each.id for each in scenario.injects}))
    roles, role_of = _roles(scenario, taken)
    phases, phase_of = _phases(scenario, taken)
    there = {inject.id: inject for inject in scenario.injects}
    names = _Names(one.id for _, one in scenario.expectations())
    fresh: dict[str, Inject] = {}
    for inject in taken.injects:
        placed = _placed(inject, role_of, phase_of)
        before = there.get(inject.id)
        fresh[inject.id] = _updated(before, placed, names) if before else _numbered(placed, names)
    injects = [fresh.get(inject.id, inject) for inject in scenario.injects]
    for name, inject in fresh.items():
        if name not in there:
            injects.insert(_place(injects, inject), inject)
    done = replace(
        scenario, roles=roles, phases=phases, injects=tuple(injects),
        pace=replace(scenario.pace, duration_s=max(scenario.pace.duration_s, taken.pace.duration_s)),
        competences={**{each.competence: 10 for inject in injects for each in inject.expect},
        **scenario.competences},
    )  # fmt: skip
    before_rows = {row["Inject #"]: row for row in rows_of(scenario)}
    after_rows = {row["Inject #"]: row for row in rows_of(done)}
    updated = tuple(name for name in fresh if name in there and before_rows[name] != after_rows[name])
    return Merged(
        done, tuple(name for name in fresh if name not in there), updated,
        tuple(name for name in fresh if name in there and name not in updated),
    )  # fmt: skip


def _renumbered(injects: Sequence[Inject], taken: set[str]) -> tuple[Inject, ...]:
    free = (name for n in range(1, 9_999) if (name := f"I{n:02}") not in taken)
    return tuple(replace(inject, id=name) for inject, name in zip(injects, free, strict=False))


class _Names:
    """Ids of expectations, none twice."""

    def __init__(self, taken: object) -> None:
        self._taken = set(taken)  # type: ignore[call-overload]

    def next(self) -> str:
        number = len(self._taken) + 1
        while f"E{number:02}" in self._taken:
            number += 1
        self._taken.add(f"E{number:02}")
        return f"E{number:02}"


def _roles(scenario: Scenario, taken: Scenario) -> tuple[tuple[SeatRole, ...], dict[str, str]]:
    known = {word.casefold(): role.id for role in scenario.roles for word in (role.id, role.title)}
    roles, role_of = list(scenario.roles), {}
    for role in taken.roles:
        found = known.get(role.id.casefold()) or known.get(role.title.casefold())
        if found is None:
            roles.append(role)
            found = role.id
        role_of[role.id] = found
    return tuple(roles), role_of


def _phases(scenario: Scenario, taken: Scenario) -> tuple[tuple[Phase, ...], dict[str, str]]:
    known = {word.casefold(): phase.id for phase in scenario.phases for word in (phase.id, phase.title)}
    phases, phase_of = list(scenario.phases), {}
    for phase in taken.phases:
        found = known.get(phase.title.casefold())
        begun = [each for each in scenario.phases if each.from_s <= phase.from_s]
        if (
            found is None
            and phase.title != "All of it"
            and phase.from_s not in {each.from_s for each in phases}
        ):
            found = next(f"P{n}" for n in range(1, 999) if f"P{n}" not in {each.id for each in phases})
            phases.append(replace(phase, id=found))
        phase_of[phase.id] = found or begun[-1].id
    return tuple(sorted(phases, key=lambda each: each.from_s)), phase_of


def _placed(inject: Inject, role_of: Mapping[str, str], phase_of: Mapping[str, str]) -> Inject:
    return replace(
        inject,
        phase=phase_of.get(inject.phase, inject.phase),
        to=tuple(role_of.get(each, each) for each in inject.to),
        expect=tuple(replace(one, role=role_of.get(one.role, one.role)) for one in inject.expect),
    )


def _updated(before: Inject, said: Inject, names: _Names) -> Inject:
    """What there is, with what the list says of it."""
    return replace(
        before,
        at_s=said.at_s if before.after is None else before.at_s,
        source_from=said.source_from or before.source_from,
        to=said.to or before.to,
        channel=said.channel if said.channel.value != "none" else before.channel,
        subject=said.subject or before.subject,
        body=said.body or before.body,
        notes=said.notes or before.notes,
        phase=said.phase or before.phase,
        expect=_expected(before.expect, said.expect, names),
    )


def _expected(
    before: Sequence[Expectation], said: Sequence[Expectation], names: _Names
) -> tuple[Expectation, ...]:
    """Expected actions by their place: what shows them stays, their words are the list's."""
    if not said:
        return tuple(before)
    kept = [replace(old, text=new.text) for old, new in zip(before, said, strict=False)]
    fresh = [replace(one, id=names.next()) for one in said[len(before) :]]
    return (*kept, *fresh, *before[len(said) :])


def _numbered(inject: Inject, names: _Names) -> Inject:
    return replace(inject, expect=tuple(replace(one, id=names.next()) for one in inject.expect))


def _place(injects: Sequence[Inject], inject: Inject) -> int:
    """Behind the last one that does not come later; the order there is stays."""
    if inject.at_s is None:
        return len(injects)
    earlier = (
        n for n, each in enumerate(injects, start=1) if each.at_s is not None and each.at_s <= inject.at_s
    )
    return max(earlier, default=0)
