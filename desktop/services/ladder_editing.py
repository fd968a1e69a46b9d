"""The ladder of each priority as rows to be edited: read, checked, compared, kept as a new policy version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from db.queries import schedule as schedules
from db.queries import team as teams
from db.unit_of_work import Store
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.person import Actor, Role
from desktop.domain.policy import Policy
from desktop.domain.policy_alarm import PAGE_KINDS, LadderStep, Unless
from desktop.domain.policy_alarm_document import read_ladder, write_ladder
from desktop.domain.policy_node import Node, span_text
from desktop.domain.policy_score import Priority
from desktop.services.policy import PolicyService
from desktop.services.ports import People


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One step as it is typed: lengths of time as `5 min`, `every` empty where it is told once."""

    unless: str
    after: str
    tell: tuple[str, ...]
    times: int = 0
    every: str = ""
    channels: tuple[str, ...] = ()

    @classmethod
    def of(cls, step: LadderStep) -> "LadderRow":
        """A step as a row."""
        every = span_text(step.repeat_every) if step.repeats else ""
        return cls(
            step.condition.value, span_text(step.delay), step.targets, step.repeats, every, step.channels
        )

    def document(self) -> dict[str, Any]:
        """The row as a policy document has it."""
        found: dict[str, Any] = {"unless": self.unless, "after": self.after, "tell": list(self.tell)}
        if self.times:
            found["repeat"] = {"times": self.times, "every": self.every}
        if self.channels:
            found["channels"] = list(self.channels)
        return found


@dataclass(frozen=True, slots=True)
class Choices:
    """What a row may say: whom it tells as (target, words), unless what, and which kinds of channel."""

    targets: tuple[tuple[str, str], ...]
    unless: tuple[str, ...] = tuple(condition.value for condition in Unless)
    channels: tuple[str, ...] = PAGE_KINDS


class LadderService:
    """Edits ladders; a lead keeps them."""

    def __init__(self, *, store: Store, policy: PolicyService, people: People) -> None:
        self._store = store
        self._policy = policy
        self._people = people

    def version(self) -> int:
        """The policy in force, which rows are read from and compared with."""
        return self._policy.active().version

    def rows(self, priority: Priority) -> tuple[LadderRow, ...]:
        """The steps of a priority in force."""
        return tuple(LadderRow.of(step) for step in self._policy.active().ladder.get(priority, ()))

    def choices(self) -> Choices:
        """What can be chosen in a row."""
        roles = [str(role) for role in Role if role is not Role.OWNER]
        names = sorted(person.name for person in self._people.all())
        rotations, team_names = self._names()
        return Choices(
            (
                ("owner", "Owner"),
                *((f"role:{role}", role.capitalize()) for role in roles),
                *((f"rotation:{name}", f"On call: {name}") for name in rotations),
                *((f"team:{name}", f"Team {name}") for name in team_names),
                *((f"person:{name}", name) for name in names),
            )
        )

    def check(self, priority: Priority, rows: Sequence[LadderRow]) -> tuple[LadderStep, ...]:
        """The rows as steps.

        Raises: DeskError naming the step and what is wrong in it; `field` is its path, as `P1[2].tell[0]`.
        """
        documents: dict[str, list[dict[str, Any]]] = {each.value: [] for each in Priority}
        documents[priority.value] = [row.document() for row in rows]
        try:
            steps = read_ladder(Node(documents, ""))[priority]
        except DeskError as fault:
            raise _named(fault, priority) from None
        self._check_names(priority, steps)
        return steps

    def difference(self, priority: Priority, rows: Sequence[LadderRow]) -> tuple[str, ...]:
        """What would change against the ladder in force, a sentence each; none where nothing would.

        Raises: as `check`.
        """
        after = self.check(priority, rows)
        before = self._policy.active().ladder.get(priority, ())
        gone = [f"No longer: {words(step)}" for step in before if step not in after]
        new = [f"New: {words(step)}" for step in after if step not in before]
        if not gone and not new and before != after:
            return ("The steps are in another order.",)
        return (*gone, *new)

    def save(
        self, changes: Mapping[Priority, Sequence[LadderRow]], by: Actor, version: int | None = None
    ) -> Policy:
        """Keep these ladders as the next policy version, in force at once; the other priorities stay.

        `version` is the one they were read from.

        Raises: NotAllowed unless by a lead; Conflict where another came into force; DeskError as `check`, or
        where nothing changed.
        """
        if Role.LEAD not in by.roles:
            raise NotAllowed(f"{by.name} cannot change the ladder.", hint="Ask a lead to do it.")
        active = self._policy.active()
        if version is not None and version != active.version:
            raise Conflict(
                f"Policy version {active.version} has come into force meanwhile.",
                hint="Look at its ladder, then change it again.",
            )
        ladder = dict(active.ladder)
        ladder |= {priority: self.check(priority, rows) for priority, rows in changes.items()}
        if ladder == dict(active.ladder):
            raise DeskError("Nothing has changed.", hint="Change a step first.")
        document = {**active.to_mapping(), "ladder": write_ladder(ladder)}
        return self._policy.keep(document, by)

    def _names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        with self._store.read() as session:
            rotations = tuple(row.name for row in schedules.all_schedules(session))
            return rotations, teams.names_in_use(session)

    def _check_names(self, priority: Priority, steps: Iterable[LadderStep]) -> None:
        rotations, team_names = self._names()
        known = {
            "person": {person.name for person in self._people.all()},
            "rotation": set(rotations),
            "team": set(team_names),
        }
        words_for = {"person": "nobody at the desk is", "rotation": "no schedule is", "team": "no team is"}
        for i, step in enumerate(steps):
            for j, target in enumerate(step.targets):
                form, _, name = target.partition(":")
                if form in known and name not in known[form]:
                    raise DeskError(
                        f"Step {i + 1} of {priority.value}: {words_for[form]} called “{name}”.",
                        field=f"{priority.value}[{i}].tell[{j}]",
                        hint="Choose one of the list.",
                    )


_DONE = {
    Unless.ACKNOWLEDGE: "acknowledged",
    Unless.CONTAIN: "contained",
    Unless.RESOLVE: "resolved",
}


def words(step: LadderStep) -> str:
    """A step in words: `unless acknowledged, after 5 min: coordinator, 3 times every 10 min`."""
    done = _DONE[step.condition]
    whom = ", ".join(target.partition(":")[2] or target for target in step.targets)
    when = f"after {span_text(step.delay)}" if step.delay > timedelta() else "at once"
    again = f", {step.repeats} times again every {span_text(step.repeat_every)}" if step.repeats else ""
    by = f", by {' or '.join(step.channels)} first" if step.channels else ""
    return f"unless {done}, {when}: {whom}{again}{by}"


def _named(fault: DeskError, priority: Priority) -> DeskError:
    """The fault with the step it is in, counted as people count."""
    place, bracket, rest = fault.field.partition("[")
    number, _, part = rest.partition("]")
    if not bracket or place != priority.value or not number.isdigit():
        return fault
    said = fault.message.removeprefix(f"{fault.field}: ")
    where = f"Step {int(number) + 1} of {priority.value}"
    what = part.removeprefix(".").partition("[")[0].rpartition(".")[2]
    return DeskError(f"{where}{f', {what}' if what else ''}: {said}", field=fault.field, hint=fault.hint)
