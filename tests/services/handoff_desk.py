"""A desk for the tests of handoffs: Onno gives to Sana, on real services and a real database."""

from datetime import timedelta
from typing import Any

from desktop.domain.person import Actor, Person, Role
from desktop.services.handoff import HandoffService
from desktop.services.handoff_alarm import HandoffAlarm
from desktop.services.handoff_view import HandoffView
from tests.fixtures_desk import CommandDesk

SHIFT = timedelta(hours=8)


class HandoffDesk:
    """Handoffs beside the commands of one desk."""

    def __init__(self, base: CommandDesk) -> None:
        self.base = base
        self.cases = base.commands.cases
        self.handoff = HandoffService(cases=self.cases, details=base.commands.details)
        self.alarm = HandoffAlarm(cases=self.cases)

    @property
    def giver(self) -> Person:
        return self.base.staff[Role.ON_CALL]

    @property
    def taker(self) -> Person:
        return self.base.staff[Role.SENIOR_ENGINEER]

    @property
    def onno(self) -> Actor:
        return self.giver.actor()

    @property
    def sana(self) -> Actor:
        return self.taker.actor()

    def own(self, count: int = 1, **facts: Any) -> list[int]:
        """Open escalations that Onno owns."""
        return [self.base.open(owner_id=self.giver.id, **facts).id for _ in range(count)]

    def draft(self, count: int = 1, **facts: Any) -> HandoffView:
        """Onno's draft of so many escalations; his shift ends in eight hours."""
        self.own(count, **facts)
        return self.handoff.draft(self.giver.id, self.onno, self.base.clock.now() + SHIFT)

    def offered(self, count: int = 1, **facts: Any) -> HandoffView:
        """The same, offered to Sana."""
        return self.handoff.offer(self.draft(count, **facts).id, self.taker.id, self.onno)

    def owner(self, escalation_id: int) -> int | None:
        """Who owns it now."""
        return self.base.get(escalation_id).owner_id
