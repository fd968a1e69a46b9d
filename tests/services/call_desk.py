"""A desk whose coordinator asks whom to call, for tests of the service and of its list."""

from datetime import timedelta
from typing import Any

from db.queries import channel as channels
from db.queries import person as people
from desktop.domain.channel import Channel, ChannelKind
from desktop.domain.instant import to_us
from desktop.domain.person import Person, Role
from desktop.services.call_suggestion import CallSuggestion, Whom
from desktop.services.roster import RosterService
from tests.factories import a_row
from tests.fixtures_desk import CommandDesk
from tests.services.roster_desk import a_rota

HOUR = timedelta(hours=1)


class Calling:
    """One escalation of the team Payments, and what a test asks about it."""

    def __init__(self, desk: CommandDesk) -> None:
        self.desk = desk
        self.now = desk.clock.now()
        self.roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self.service = CallSuggestion(store=desk.store, clock=desk.clock, policy=desk.policy)
        self.id = desk.open(team="Payments").id

    def person(self, name: str, *, team: str = "Payments", **more: Any) -> int:
        """Somebody on call of a team."""
        facts: dict[str, Any] = {"roles": frozenset({Role.ON_CALL}), **more}
        with self.desk.store.begin() as session:
            return people.insert(session, Person(0, name, name[:2], team=team, **facts))

    def scheduled(self, *ids: int, team: str = "Payments") -> None:
        """A daily rota that began an hour ago."""
        entries = [[str(one)] for one in ids]
        start = f"{self.now - HOUR:%Y-%m-%dT%H:%M}"
        self.roster.create("Rota", team, a_rota(*entries, start=start), self.desk.lead)

    def paged(self, person_id: int, ago: timedelta) -> None:
        """A page about an alarm reached somebody."""
        with self.desk.store.begin() as session:
            alarm = a_row(session, "alarm", escalation_id=self.id, subject=f"x{ago}", threshold="breached",
                          due_at=0, raised_at=0)  # fmt: skip
            a_row(session, "outbox", key=f"alarm:{alarm}|page:1", alarm_id=alarm, person_id=person_id,
                  channel="sms", state="sent", created_at=to_us(self.now - ago), reason="breached",
                  urgency="critical", title="t", body="b")  # fmt: skip

    def channel(self, person_id: int) -> None:
        """A phone to reach somebody by."""
        with self.desk.store.begin() as session:
            channels.insert(session, Channel(0, person_id, ChannelKind.SMS, "Phone", 1, f"x{person_id}"))

    def ask(self) -> Whom:
        """Both answers."""
        return self.service.for_escalation(self.id, self.desk.coordinator)

    def names(self) -> list[str]:
        """Everybody in the order in which they are best called."""
        return [called.person.name for called in self.ask().order]

    def reasons(self, name: str) -> tuple[str, ...]:
        """What is said of somebody."""
        return next(one.suggestion.reasons for one in self.ask().order if one.person.name == name)
