"""Puts the lines of a past escalation together as a scenario that can be played.

Deadlines are what the policy in force allowed,
never what was needed then; what was needed is kept beside them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta, timezone
from math import ceil

from desktop.domain.drill_from_acts import ACTS, COMPETENCE, ROLES
from desktop.domain.drill_from_draft import TOLD, Draft, Numbers, drafts_of, phase_at
from desktop.domain.drill_from_events import As, Line
from desktop.domain.drill_from_expected import Expecting
from desktop.domain.drill_from_time import Pressed
from desktop.domain.drill_from_words import Voice, clock_of, length_of, slug_of
from desktop.domain.drill_past import Past
from desktop.domain.drill_scenario import (
    Inject,
    Objective,
    Origin,
    Pace,
    Phase,
    PlaybookRef,
    Question,
    Scenario,
    SeatRole,
    Tags,
    World,
)
from desktop.domain.drill_words import Mode
from desktop.domain.errors import DeskError

_MOST_INJECTS = 190
_AFTER_S = 300
_QUESTIONS = (
    "What did you think would happen next, and what taught you better?",
    "What did you need that stood nowhere?",
    "Which choice waited for somebody who was not there?",
)


def scenario_of(past: Past, lines: Sequence[Line], said: Callable[[str], str], *, weeks: int) -> Scenario:
    """The draft; `said` puts invented names into a text, `weeks` is by how many the story is put off.

    Raises: DeskError when nothing is left that could happen to the players, or far too much.
    """
    kept = [line for line in lines if line.becomes is not As.DROP]
    told = sum(line.becomes in TOLD for line in kept)
    if not told:
        raise DeskError(
            "Nothing happens to the players any more.", hint="Let at least one line become an inject."
        )
    if told > _MOST_INJECTS:
        raise DeskError(f"{told} injects are too many for one drill.", hint="Leave some lines out.")
    return _Building(past, kept, Voice(said), weeks).scenario()


class _Building:
    def __init__(self, past: Past, lines: Sequence[Line], voice: Voice, weeks: int) -> None:
        self._past = past
        self._lines = lines
        self._voice = voice
        first = past.zero_at + timedelta(weeks=weeks)
        self._start = first.astimezone(timezone(timedelta(seconds=past.zone_s))).replace(microsecond=0)
        self._due = {kind: past.offset_s(at) for kind, at in past.due.items()}
        self._time = Pressed(self._moments())

    def scenario(self) -> Scenario:
        numbers = Numbers()
        drafts = drafts_of(self._past, self._lines, self._time, self._voice, numbers, self._start)
        expecting = Expecting(drafts, self._time, self._voice, numbers, self._due_of)
        expecting.take(self._lines)
        injects = tuple(self._placed(draft) for draft in drafts)
        used = {one.competence for inject in injects for one in inject.expect}
        competences = {name: weight for name, (weight, _) in COMPETENCE.items() if name in used}
        title = self._voice.line(self._past.title) or "A past escalation"
        return Scenario(
            id=f"drl-{slug_of(title)}", version=1, title=title, summary=self._summary(),
            origin=Origin("real_escalation", self._past.number, anonymised=True), tags=self._tags(),
            pace=Pace(Mode.CLOCK, self._start, self._duration_s(injects)), roles=_roles(injects),
            objectives=_objectives(competences), competences=competences or {"recognition": 10},
            phases=self._phases(), injects=injects, difficulty=min(5, 2 + len(injects) // 8),
            playbook=PlaybookRef(*self._past.playbook) if self._past.playbook else None,
            world=self._world(expecting.withheld),
            questions=tuple(Question("all", text) for text in _QUESTIONS),
        )  # fmt: skip

    def _moments(self) -> list[int]:
        done = [line.at_s for line in self._lines if line.is_done]
        return [*done, *(due for line in self._lines if (due := self._due_of(line)))]

    def _due_of(self, line: Line) -> int:
        """Seconds from time zero to when the policy wanted a line's act; 0 where it wants nothing."""
        act = ACTS.get(line.act) if line.becomes is As.EXPECTATION else None
        return self._due.get(act.promise, 0) if act is not None and act.promise is not None else 0

    def _placed(self, draft: Draft) -> Inject:
        inject = draft.done()
        return inject if inject.phase else replace(inject, phase=phase_at(self._time, inject.at_s or 0))

    def _phases(self) -> tuple[Phase, ...]:
        found = [Phase("P1", "First word", 0)]
        for number, leap in enumerate(self._time.leaps, start=2):
            at = self._start + timedelta(seconds=leap.story_s)
            title = f"{clock_of(at, self._start)}, {length_of(leap.skipped_s)} later"
            found.append(Phase(f"P{number}", title, leap.sim_s, at))
        return tuple(found)

    def _duration_s(self, injects: Sequence[Inject]) -> int:
        ends = [self._time.end_s]
        for inject in injects:
            ends += [(inject.at_s or 0) + one.deadline_s + one.grace_s for one in inject.expect]
            if inject.decision is not None:
                ends.append((inject.at_s or 0) + inject.decision.deadline_s)
        return ceil((max(ends) + _AFTER_S) / 300) * 300

    def _summary(self) -> str:
        customer = self._voice.line(self._past.customer, 80)
        return (
            f"{customer} has a problem and turns to you. It is {self._start:%H:%M} on a {self._start:%A}. "
            "Everything you need comes to you, or can be asked for."
        )

    def _tags(self) -> Tags:
        past = self._past
        return Tags(_some(past.area), _some(past.tier), _some(past.issue_type))

    def _world(self, withheld: Sequence[str]) -> World:
        customers = [
            {"id": name, "name": self._voice.line(real, 80)} for real, name in self._past.customers.items()
        ]
        if self._past.tier:
            customers[0]["tier"] = self._past.tier
        return World(customers=tuple(customers), withheld=tuple(withheld))


def _objectives(competences: dict[str, int]) -> tuple[Objective, ...]:
    texts = [COMPETENCE[name][1] for name in competences][:6] or ["Work through it together."]
    return tuple(Objective(f"OBJ{n}", text) for n, text in enumerate(texts, start=1))


def _roles(injects: Sequence[Inject]) -> tuple[SeatRole, ...]:
    used = {role for inject in injects for role in inject.to}
    used |= {one.role for inject in injects for one in inject.expect}
    seats = [SeatRole(name, title) for name, title in ROLES.items() if name in used]
    return (*seats, SeatRole("simcell", "Simulation cell", staff=True))


def _some(word: str) -> tuple[str, ...]:
    return (word,) if word else ()
