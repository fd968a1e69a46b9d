"""Turns a past escalation into a drill: read, classified, given invented names, searched, signed, kept.

Nothing of the escalation is changed; what comes of it is a draft in the library like any other.
"""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from desktop import paths
from desktop.domain.clock import Clock
from desktop.domain.drill_alias import Aliases, aliases_of
from desktop.domain.drill_benchmark import Benchmark, benchmarks
from desktop.domain.drill_check import check_scenario
from desktop.domain.drill_folded import fold
from desktop.domain.drill_from_build import scenario_of
from desktop.domain.drill_from_events import Line, lines_of
from desktop.domain.drill_leftover import Leftover, Signature, leftovers, signed, suspects
from desktop.domain.drill_node import Fault
from desktop.domain.drill_ordinary import ORDINARY
from desktop.domain.drill_past import Past
from desktop.domain.drill_record import ScenarioVersion
from desktop.domain.drill_rights import may_train
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.services.drill_file import write_text
from desktop.services.drill_past import PastReading

_FOLDERS = (("playbooks", "*.md"), ("templates", "*.md"), ("drills", "*.yaml"))
_WORD = re.compile(r"\b[a-z]{3,}\b")


class KeepsDrafts(Protocol):
    """The library of drills."""

    def create(self, text: str, by: Actor) -> ScenarioVersion:
        """Keep a new scenario as a draft."""
        ...


@dataclass(frozen=True, slots=True)
class Material:
    """An escalation as it was read, its lines and the invented names: all that a person can still change."""

    past: Past
    lines: tuple[Line, ...]
    aliases: Aliases

    def with_line(self, line: Line) -> "Material":
        """With another of its lines in the place of the one of the same id."""
        lines = tuple(line if each.id == line.id else each for each in self.lines)
        return replace(self, lines=lines)

    def with_alias(self, real: str, alias: str) -> "Material":
        """With another invented name for one of them, or for a word that was found left over."""
        return replace(self, aliases=self.aliases.with_alias(real, alias))


@dataclass(frozen=True, slots=True)
class Built:
    """What comes of it: the scenario, what the real team needed, what is left of real names, what is wrong.

    `suspects` are words that may be names though nobody has them on record; a person looks at them.
    """

    scenario: Scenario
    benchmark: Mapping[str, Benchmark]
    leftovers: tuple[Leftover, ...]
    suspects: tuple[str, ...]
    faults: tuple[Fault, ...]
    aliases: Aliases


class DrillFromEscalation:
    """Makes drills of the escalations of one desk."""

    def __init__(self, *, reading: PastReading, library: KeepsDrafts, clock: Clock) -> None:
        self._reading = reading
        self._library = library
        self._clock = clock

    def candidates(self) -> tuple[tuple[int, str, str], ...]:
        """Id, number and title of the escalations there are, the newest first."""
        return self._reading.all()

    def read(self, escalation_id: int, by: Actor, zone: str = "UTC", *, seed: int | None = None) -> Material:
        """The escalation with its lines classified and a name invented for everybody in it.

        Raises: NotFound; NotAllowed for whoever may not write scenarios.
        """
        may_train(by, "turn an escalation into a drill")
        past = self._reading.read(escalation_id, by, zone)
        texts = list(_texts(past))
        aliases = aliases_of(
            past.names, texts, seed=secrets.randbits(62) if seed is None else seed, year=past.opened_at.year,
            ordinary=self.ordinary,
        )  # fmt: skip
        return Material(past, lines_of(past), aliases)

    def build(self, material: Material) -> Built:
        """The scenario as it would be, and everything there is to say of it.

        Raises: DeskError when nothing is left to play.
        """
        aliases = material.aliases
        scenario = scenario_of(material.past, material.lines, aliases.said, weeks=aliases.weeks)
        left = leftovers(scenario, material.past.names, self.ordinary)
        known = [*(each.alias for each in aliases.entries), *_OWN_WORDS]
        return Built(
            scenario, benchmarks(scenario), left, suspects(scenario, material.past.names, known),
            tuple(check_scenario(scenario)), aliases,
        )  # fmt: skip

    def sign(self, material: Material, built: Built, by: Actor, left_on_purpose: int = 0) -> Signature:
        """Somebody's word that they have read the scan.

        Raises: DeskError when something is found that they do not answer for; NotAllowed.
        """
        may_train(by, "sign the search for real names")
        if len(built.leftovers) != left_on_purpose:
            count = len(built.leftovers)
            raise DeskError(
                f"Real names are left in {count} place{'s' if count != 1 else ''}.",
                hint="Put them right, or answer for each of them by name.",
            )
        return Signature(by.name, self._clock.now(), len(built.leftovers), material.past.fingerprint())

    def create(self, material: Material, built: Built, signature: Signature, by: Actor) -> ScenarioVersion:
        """Keep it as a draft.

        Raises: DeskError when the signature is of something else; NotAllowed.
        """
        if signature.fingerprint != material.past.fingerprint() or signature.left != len(built.leftovers):
            raise DeskError("It has changed since the search was signed.", hint="Read and sign it again.")
        origin = replace(built.scenario.origin, ref=signature.sentence(material.past.number))
        return self._library.create(write_text(replace(built.scenario, origin=origin)), by)

    def recheck(self, scenario: Scenario) -> None:
        """Search a scenario once more before it is published: it may have been written on since.

        Raises: DeskError when more of real names stands in it than somebody has answered for.
        """
        number, answered = signed(scenario.origin.ref)
        if scenario.origin.kind != "real_escalation" or not number:
            return
        found = leftovers(scenario, self._reading.names(number), self.ordinary)
        if len(found) > answered:
            first = found[0]
            raise DeskError(
                f"A real name stands in {first.place}: {first.quote}",
                field=first.place,
                hint=f"Say something else there. {len(found)} found, {answered} answered for by name.",
            )

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words of everyday language: those that the texts that come with the program are made of."""
        return ORDINARY | frozenset(fold(word) for text in _shipped_texts() for word in _WORD.findall(text))


#: Words with a capital that the program itself writes into a drill.
_OWN_WORDS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "January February March April June July August September October November December",
    "Simulation Engineer Customer Escalation Roster",
)


def _shipped_texts() -> Iterator[str]:
    for folder, pattern in _FOLDERS:
        for path in sorted(paths.resource(folder).glob(pattern)):
            yield path.read_text(encoding="utf-8")


def _texts(past: Past) -> Iterator[str]:
    """Everything in it that could come into the drill."""
    yield from (past.title, past.description, past.reporter, past.customer)
    for event in past.events:
        yield event.actor
        yield from _strings(event.body)
    for file in past.files:
        yield from (file.name, file.text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key != "changes":
                yield from _strings(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _strings(part)
