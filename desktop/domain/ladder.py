"""Who is alarmed at which step, how often, and when the next step is taken unless somebody acknowledges."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from desktop.domain.alarm import Concern, Told
from desktop.domain.person import Person, Role
from desktop.domain.policy_alarm import Afterwards, Announcement, LadderStep, Occasion, Unless

_US = timedelta(microseconds=1)
_USUAL_GAP = timedelta(minutes=5)

#: Who is on call for a target: the ids of people for `rotation:NAME` and `team:NAME`, and for `role:` where a
#: schedule bears the role's name; None where no schedule answers for it.
RosterFacts = Callable[[str], tuple[int, ...] | None]


class Rung(NamedTuple):
    """One step of a ladder, `delay_us` after the alarm was first raised; told again `repeats` times.

    `channels` are the kinds of channel to be tried first.
    """

    delay_us: int
    targets: tuple[str, ...]
    repeats: int
    repeat_us: int
    channels: tuple[str, ...] = ()


class Act(NamedTuple):
    """What is done next about an alarm: told again, or the next step taken."""

    at_us: int
    climbs: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The people some targets name, each once, and the targets that name nobody."""

    people: tuple[Person, ...]
    empty: tuple[str, ...]

    def others(self, operator_id: int) -> tuple[Person, ...]:
        """Those who do not sit at this desk."""
        return tuple(person for person in self.people if person.id != operator_id)


def rungs(concern: Concern, announcement: Announcement, steps: Sequence[LadderStep]) -> tuple[Rung, ...]:
    """The steps above an alarm, lowest first; empty where nobody else is told."""
    return rungs_of(concern.occasion, concern.kind, announcement, steps)


def rungs_of(
    occasion: Occasion, kind: str, announcement: Announcement, steps: Sequence[LadderStep]
) -> tuple[Rung, ...]:
    """The steps above an alarm on this occasion about a commitment of this kind, lowest first.

    A breach climbs the steps of its commitment; those without delay belong to the breach itself. A new
    escalation that names the next person after its repeats takes the targets of the first step (ux.md 1.3).
    """
    if occasion is Occasion.BREACHED:
        return tuple(_rung(step) for step in steps if step.condition == kind and step.delay)
    if announcement.afterwards is Afterwards.NAME_NEXT and announcement.repeat_at:
        first = next((step for step in steps if step.condition is Unless.ACKNOWLEDGE and step.delay), None)
        if first is not None:
            last = announcement.repeat_at[-1]
            gap = last - announcement.repeat_at[-2] if len(announcement.repeat_at) > 1 else _USUAL_GAP
            return (Rung((last + gap) // _US, first.targets, 0, 0, first.channels),)
    return ()


def first_targets(
    occasion: Occasion, kind: str, announcement: Announcement, steps: Sequence[LadderStep]
) -> tuple[str, ...]:
    """Whom an alarm is for at first; a breach is also for the steps taken at once."""
    targets = list(announcement.to)
    if occasion is Occasion.BREACHED:
        for step in steps:
            if step.condition == kind and not step.delay:
                targets += [target for target in step.targets if target not in targets]
    return tuple(targets)


def next_act(
    concern: Concern, told: Told, announcement: Announcement, ladder: Sequence[Rung], now_us: int
) -> Act | None:
    """When the alarm is told again or climbs, whichever is first; None when it is left to the board.

    What was told in company is not repeated by itself, but climbs. Repeats that have passed are not made up.
    """
    climb = _climb(concern, ladder)
    repeat = _repeat(concern, announcement, ladder, now_us) if told is Told.ALONE else None
    if climb is None or (repeat is not None and repeat.at_us < climb.at_us):
        return repeat
    return climb


def repeats_passed(concern: Concern, announcement: Announcement, ladder: Sequence[Rung], now_us: int) -> int:
    """How many of the repeats lie in the past."""
    return sum(at_us <= now_us for at_us in _repeat_instants(concern, announcement, ladder))


def is_last_telling(concern: Concern, announcement: Announcement, repeats: int) -> bool:
    """Whether the first telling and all its repeats are spent."""
    return concern.step == 0 and repeats >= len(announcement.repeat_at)


def targets_of(concern: Concern, announcement: Announcement, steps: Sequence[LadderStep]) -> tuple[str, ...]:
    """Whom the alarm is for at its step; a breach is also for the steps taken at once."""
    if concern.step:
        ladder = rungs(concern, announcement, steps)
        return ladder[min(concern.step, len(ladder)) - 1].targets if ladder else announcement.to
    return first_targets(concern.occasion, concern.kind, announcement, steps)


def channels_of(concern: Concern, announcement: Announcement, steps: Sequence[LadderStep]) -> tuple[str, ...]:
    """The kinds of channel that the alarm's step wants tried first."""
    ladder = rungs(concern, announcement, steps) if concern.step else ()
    return ladder[min(concern.step, len(ladder)) - 1].channels if ladder else ()


def reach(
    targets: Iterable[str],
    owner_id: int,
    people: Mapping[int, Person],
    operator_id: int,
    roster: RosterFacts | None = None,
) -> Reach:
    """The people behind targets: `owner`, `role:ROLE`, `person:NAME`, `rotation:SCHEDULE`, `team:TEAM`.

    Whoever sits at this desk counts as the one on shift for the roles they hold. A team is whoever is on call
    for it by its schedules, or all of it where it has none.
    """
    found: dict[int, Person] = {}
    empty: list[str] = []
    for target in targets:
        named = _named(target, owner_id, people, operator_id, roster)
        if not named:
            empty.append(target)
        found.update((person.id, person) for person in named)
    return Reach(tuple(found.values()), tuple(empty))


def role_word(target: str) -> str:
    """A target in words: `on-call leader`, `owner`, a name."""
    return target.partition(":")[2] or target


def _named(
    target: str, owner_id: int, people: Mapping[int, Person], operator_id: int, roster: RosterFacts | None
) -> list[Person]:
    form, _, name = target.partition(":")
    if form == "owner":
        owner = people.get(owner_id)
        return [owner] if owner is not None and owner.active else []
    if form == "person":
        return [p for p in people.values() if p.active and p.name == name]
    asks_roster = form in ("rotation", "team") or target == f"role:{Role.ON_CALL_LEADER}"
    on_call = roster(target) if roster is not None and asks_roster else None
    if on_call is not None:
        return [people[i] for i in on_call if i in people and people[i].active]
    if form == "team":
        return [p for p in people.values() if p.active and p.team == name]
    if form != "role":
        return []
    holders = [p for p in people.values() if p.active and Role(name) in p.roles]
    return [p for p in holders if p.id == operator_id] or holders


def _rung(step: LadderStep) -> Rung:
    return Rung(step.delay // _US, step.targets, step.repeats, step.repeat_every // _US, step.channels)


def _climb(concern: Concern, ladder: Sequence[Rung]) -> Act | None:
    if concern.step >= len(ladder):
        return None
    below_us = ladder[concern.step - 1].delay_us if concern.step else 0
    return Act(concern.raised_us + max(0, ladder[concern.step].delay_us - below_us), climbs=True)


def _repeat(concern: Concern, announcement: Announcement, ladder: Sequence[Rung], now_us: int) -> Act | None:
    for at_us in _repeat_instants(concern, announcement, ladder):
        if at_us > now_us:
            return Act(at_us, climbs=False)
    return None


def _repeat_instants(concern: Concern, announcement: Announcement, ladder: Sequence[Rung]) -> list[int]:
    if concern.step == 0:
        return [concern.raised_us + after // _US for after in announcement.repeat_at]
    if concern.step > len(ladder):
        return []
    rung = ladder[concern.step - 1]
    return [concern.raised_us + (i + 1) * rung.repeat_us for i in range(rung.repeats)]
