"""What the tabs of people and of the ladder ask of the desk, on the worker and in the operator's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from desktop.domain.channel import Channel
from desktop.domain.person import Person
from desktop.domain.policy import Policy
from desktop.domain.policy_score import Priority
from desktop.domain.team import Team
from desktop.services.ladder_editing import Choices, LadderRow
from desktop.services.ladder_told import Case, ToldRow
from desktop.services.roster_leaving import Ties
from desktop.services.staff import StaffRow
from desktop.services.team import TeamState


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody of the list; `now` is None for former people, `channels` where nobody is paged from here."""

    person: Person
    now: StaffRow | None = None
    channels: tuple[Channel, ...] | None = None


@dataclass(frozen=True, slots=True)
class StaffFound:
    """Everybody, former people as well, and the teams."""

    lines: Sequence[StaffLine] = ()
    operator: Person | None = None
    teams: Sequence[TeamState] = ()


class KeepsStaff(Protocol):
    """People in their teams."""

    def found(self) -> StaffFound:
        """Everything that the tab shows."""
        ...

    def ties(self, person_id: int) -> Ties:
        """What somebody who leaves would leave open."""
        ...

    def hand_accounts_over(self, person_id: int, to_id: int | None) -> int:
        """Give somebody's accounts to another person, or to nobody; gives how many.

        Raises: NotAllowed; NotFound.
        """
        ...

    def keep_team(self, team: Team) -> Team:
        """Add a team (id 0), or keep other values of one.

        Raises: NotAllowed; Conflict; DeskError naming the field.
        """
        ...

    def remove_team(self, team_id: int) -> None:
        """Take an empty team away.

        Raises: NotAllowed; DeskError while it is in use.
        """
        ...


@dataclass(frozen=True, slots=True)
class ChannelKept:
    """A channel as it is kept; `note` says where its address is, if that was typed."""

    channel: Channel
    note: str = ""


class KeepsChannels(Protocol):
    """The ways to reach people; `silent` says why nothing leaves this desk, empty where it does."""

    @property
    def silent(self) -> str: ...

    def of(self, person_id: int) -> Sequence[Channel]:
        """A person's channels in the order they are tried."""
        ...

    def add(self, person_id: int, url: str, label: str) -> ChannelKept:
        """One more, the last to be tried.

        Raises: NotAllowed; DeskError for an address that cannot be used.
        """
        ...

    def edit(
        self,
        channel_id: int,
        *,
        label: str | None = None,
        url: str | None = None,
        enabled: bool | None = None,
    ) -> ChannelKept:
        """Change what is given.

        Raises: as `add`.
        """
        ...

    def remove(self, channel_id: int) -> None:
        """Take one away and forget its address."""
        ...

    def order(self, person_id: int, channel_ids: Sequence[int]) -> object:
        """Try them in this order."""
        ...

    def test(self, channel_id: int) -> object:
        """Send a test by it."""
        ...


@dataclass(frozen=True, slots=True)
class LadderFound:
    """The ladders in force, what steps can say, and who is there; `why_not` says why none can be changed.

    `unsaved` is what was changed and not saved when the program was last left, `unsaved_version` of what.
    """

    version: int
    rows: Mapping[Priority, tuple[LadderRow, ...]]
    choices: Choices
    people: Sequence[Person]
    why_not: str = ""
    unsaved: Mapping[Priority, tuple[LadderRow, ...]] = field(default_factory=dict)
    unsaved_version: int = 0


class KeepsLadder(Protocol):
    """The ladders of one desk."""

    def found(self) -> LadderFound:
        """Everything that the tab shows."""
        ...

    def difference(self, priority: Priority, rows: Sequence[LadderRow]) -> Sequence[str]:
        """What would change, a sentence each.

        Raises: DeskError naming the step and what is wrong in it.
        """
        ...

    def save(self, changes: Mapping[Priority, Sequence[LadderRow]], version: int) -> Policy:
        """Keep these as the next policy version.

        Raises: NotAllowed; Conflict; DeskError.
        """
        ...

    def keep_unsaved(self, changes: Mapping[Priority, Sequence[LadderRow]], version: int) -> None:
        """Keep over an end of the program what is changed and not saved; nothing changed forgets it."""
        ...

    def told(
        self, case: Case, at: datetime, rows: Sequence[LadderRow] | None
    ) -> tuple[Sequence[ToldRow], Sequence[str]]:
        """Who would be told, and the same as sentences; by these rows instead of those in force.

        Raises: DeskError naming the step.
        """
        ...
