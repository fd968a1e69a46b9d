"""What one look at the alarms goes by: the time, the people, the policies, quiet hours."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.domain.alarm import Concern
from desktop.domain.instant import from_us, span_us, to_us
from desktop.domain.ladder import Reach, RosterFacts, Rung, reach, rungs
from desktop.domain.person import Person
from desktop.domain.policy import Policy
from desktop.domain.policy_alarm import Announcement, LadderStep
from desktop.domain.quiet import quiet_until

if TYPE_CHECKING:  # a desk that pages nobody does without it
    from desktop.services.pager import Pager


@dataclass(frozen=True)
class Facts:
    """The same for a whole look; `last_look_us` is when the desk last looked, 0 for never.

    `first_until_us` is until when the first minutes of a new desk last, 0 where they are not known of.
    `pager` is None on a desk that reaches nobody beyond itself.
    """

    now_us: int
    last_look_us: int
    people: Mapping[int, Person]
    operator: Person | None
    active: Policy
    policy_of: Callable[[int], Policy]
    first_until_us: int = 0
    roster: RosterFacts | None = None
    pager: "Pager | None" = None
    _versions: dict[int, Policy] = field(default_factory=dict, repr=False)

    @property
    def operator_id(self) -> int:
        """Who sits at this desk, 0 when nobody has said."""
        return self.operator.id if self.operator is not None else 0

    def quiet_until_us(self) -> int:
        """When the quiet hours of whoever sits here end; 0 outside them."""
        if self.operator is None:
            return 0
        until = quiet_until(self.operator, from_us(self.now_us))
        return to_us(until) if until is not None else 0

    @property
    def may_page_now(self) -> bool:
        """Whether others may be told beyond the desk: not in the first minutes of a new one."""
        return self.pager is not None and self.first_until_us <= self.now_us

    def holds_us(self, concern: Concern) -> int:
        """Until when the first minutes or quiet hours hold an alarm back; 0 where neither does."""
        if self.first_until_us > self.now_us:
            return self.first_until_us
        is_quiet = not self.active.quiet.passes(concern.band, concern.occasion)
        return self.quiet_until_us() if is_quiet else 0

    def policy(self, version: int) -> Policy:
        """The version an escalation was promised under."""
        if version == self.active.version:
            return self.active
        if version not in self._versions:
            self._versions[version] = self.policy_of(version)
        return self._versions[version]

    def announcement(self, concern: Concern) -> Announcement:
        """How the alarm is told."""
        return self.policy(concern.policy_version).announce[concern.occasion]

    def steps(self, concern: Concern) -> tuple[LadderStep, ...]:
        """The ladder of the alarm's priority."""
        return self.policy(concern.policy_version).ladder.get(concern.band, ())

    def rungs(self, concern: Concern) -> tuple[Rung, ...]:
        """The steps above the alarm."""
        return rungs(concern, self.announcement(concern), self.steps(concern))

    def reach(self, targets: Iterable[str], owner_id: int) -> Reach:
        """The people behind targets, now."""
        return reach(targets, owner_id, self.people, self.operator_id, self.roster)

    @staticmethod
    def microseconds(span: timedelta) -> int:
        """A length of time as the rules count it."""
        return span_us(span)

    def owner_name(self, concern: Concern) -> str:
        """The owner's name; empty for nobody."""
        owner = self.people.get(concern.owner_id)
        return owner.name if owner is not None else ""
