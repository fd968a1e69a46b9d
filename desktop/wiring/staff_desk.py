"""People, channels and ladders of a desk for the settings: on the worker, in the operator's name."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.domain.channel import Channel
from desktop.domain.person import Role
from desktop.domain.policy import Policy
from desktop.domain.policy_score import Priority
from desktop.domain.team import Team
from desktop.services.desk import Desk
from desktop.services.ladder_editing import LadderRow, LadderService
from desktop.services.ladder_told import Case, LadderForecast, ToldRow
from desktop.services.paging import PagingService
from desktop.services.roster_leaving import Ties
from desktop.services.staff import StaffService
from desktop.services.team import TeamService
from desktop.ui.settings.staff_ports import ChannelKept, LadderFound, StaffFound, StaffLine
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.adapters.secrets import Secrets
    from desktop.wiring.compose_screens import NoSecrets

_DRAFT = "ladder"
SAMPLE = "This is the sample desk: nothing leaves it."


class DeskChannels:
    """The channels of one desk; `silent` says why nothing leaves it."""

    def __init__(self, desk: Desk, secrets: "Secrets", silent: str = "") -> None:
        from desktop.adapters.paging import ApprisePost

        self.silent = silent
        self._desk = desk
        self._secrets = Noting(secrets)
        self._service = PagingService(
            store=desk.store, clock=desk.clock, bus=desk.bus, secrets=self._secrets, looker=ApprisePost()
        )

    def all(self) -> Mapping[int, tuple[Channel, ...]]:
        """Everybody's, by person."""
        return self._service.all()

    def of(self, person_id: int) -> Sequence[Channel]:
        """A person's."""
        return self._service.channels(person_id)

    def add(self, person_id: int, url: str, label: str) -> ChannelKept:
        """One more."""
        channel = self._service.add(person_id, url, operator_of(self._desk), label)
        return ChannelKept(channel, self._secrets.note)

    def edit(
        self,
        channel_id: int,
        *,
        label: str | None = None,
        url: str | None = None,
        enabled: bool | None = None,
    ) -> ChannelKept:
        """Change what is given."""
        by = operator_of(self._desk)
        channel = self._service.edit(channel_id, by, label=label, url=url, enabled=enabled)
        return ChannelKept(channel, self._secrets.note if url is not None else "")

    def remove(self, channel_id: int) -> None:
        """Take one away."""
        self._service.remove(channel_id, operator_of(self._desk))

    def order(self, person_id: int, channel_ids: Sequence[int]) -> Sequence[Channel]:
        """Try them in this order."""
        return self._service.order(person_id, channel_ids, operator_of(self._desk))

    def test(self, channel_id: int) -> int:
        """Send a test by it."""
        return self._service.test(channel_id, operator_of(self._desk))


def _unknown(_person_id: int, _otherwise: tuple[Channel, ...]) -> None:
    return None


class Noting:
    """Remembers where the last secret was put, as the person is to know it."""

    def __init__(self, secrets: "Secrets | NoSecrets") -> None:
        self._secrets = secrets
        self.note = ""

    def put(self, name: str, value: str) -> None:
        self.note = self._secrets.put(name, value).note

    def get(self, name: str) -> str | None:
        return self._secrets.get(name)

    def delete(self, name: str) -> None:
        self._secrets.delete(name)


class DeskStaff:
    """People and teams of one desk; without `channels` it is not known who can be reached."""

    def __init__(self, desk: Desk, channels: DeskChannels | None) -> None:
        self._desk = desk
        self._channels = channels
        self._teams = TeamService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._staff = StaffService(
            store=desk.store, clock=desk.clock, bus=desk.bus, people=desk.person, customers=desk.customer
        )

    def found(self) -> StaffFound:
        """Everything that the tab shows."""
        now = {row.person.id: row for row in self._staff.rows()}
        channels = self._channels.all() if self._channels is not None else None
        of = channels.get if channels is not None else _unknown
        lines = [
            StaffLine(person, now.get(person.id), of(person.id, ()))
            for person in self._desk.person.all(inactive=True)
        ]
        return StaffFound(lines, self._desk.person.operator(), self._teams.all())

    def ties(self, person_id: int) -> Ties:
        """What somebody who leaves would leave open."""
        return self._staff.ties(person_id)

    def hand_accounts_over(self, person_id: int, to_id: int | None) -> int:
        """Give somebody's accounts away."""
        return len(self._staff.hand_accounts_over(person_id, to_id, operator_of(self._desk)))

    def keep_team(self, team: Team) -> Team:
        """Add or change a team."""
        return self._teams.keep(team, operator_of(self._desk))

    def remove_team(self, team_id: int) -> None:
        """Take an empty team away."""
        self._teams.remove(team_id, operator_of(self._desk))


class DeskLadder:
    """The ladders of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = LadderService(store=desk.store, policy=desk.policy, people=desk.person)
        self._forecast = LadderForecast(
            store=desk.store, clock=desk.clock, policy=desk.policy, people=desk.person
        )

    def found(self) -> LadderFound:
        """Everything that the tab shows."""
        unsaved, version = self._unsaved()
        return LadderFound(
            version=self._service.version(),
            rows={priority: self._service.rows(priority) for priority in Priority},
            choices=self._service.choices(),
            people=self._desk.person.all(),
            why_not=self._why_not(),
            unsaved=unsaved,
            unsaved_version=version,
        )

    def difference(self, priority: Priority, rows: Sequence[LadderRow]) -> Sequence[str]:
        """What would change."""
        return self._service.difference(priority, rows)

    def save(self, changes: Mapping[Priority, Sequence[LadderRow]], version: int) -> Policy:
        """Keep these as the next policy version."""
        kept = self._service.save(changes, operator_of(self._desk), version)
        self._desk.draft.delete(_DRAFT, _DRAFT)
        return kept

    def keep_unsaved(self, changes: Mapping[Priority, Sequence[LadderRow]], version: int) -> None:
        """Keep it as a draft."""
        if not changes:
            self._desk.draft.delete(_DRAFT, _DRAFT)
            return
        rows = {priority.value: [asdict(row) for row in rows] for priority, rows in changes.items()}
        self._desk.draft.save(_DRAFT, _DRAFT, {"version": version, "rows": rows})

    def told(
        self, case: Case, at: datetime, rows: Sequence[LadderRow] | None
    ) -> tuple[Sequence[ToldRow], Sequence[str]]:
        """Who would be told, and the same as sentences."""
        steps = None if rows is None else self._service.check(case.priority, rows)
        found = self._forecast.who_would_be_told(case, at, steps)
        return found, self._forecast.dry_run(case, at, steps)

    def _unsaved(self) -> tuple[Mapping[Priority, tuple[LadderRow, ...]], int]:
        draft = self._desk.draft.load(_DRAFT, _DRAFT)
        if draft is None:
            return {}, 0
        try:
            ladders = {
                Priority(key): tuple(_row(values) for values in rows)
                for key, rows in draft.body["rows"].items()
            }
            return ladders, int(draft.body["version"])
        except (KeyError, TypeError, ValueError, AttributeError):
            return {}, 0  # written by another version of the program

    def _why_not(self) -> str:
        operator = self._desk.person.operator()
        if operator is None:
            return "Nobody has said who works at this desk. Choose yourself under People."
        if Role.LEAD not in operator.roles:
            return f"{operator.name} can try changes here, but only a lead can save them."
        return ""


def _row(values: Mapping[str, Any]) -> LadderRow:
    return LadderRow(
        unless=str(values["unless"]),
        after=str(values["after"]),
        tell=tuple(map(str, values["tell"])),
        times=int(values["times"]),
        every=str(values["every"]),
        channels=tuple(map(str, values["channels"])),
    )
