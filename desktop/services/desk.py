"""A desk: every service for one database and one clock. A drill is a second desk; two share nothing."""

import os
import socket
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from db.migrate import prepare
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.events import EscalationChanged
from desktop.domain.person import Actor
from desktop.services.alarm import AlarmService
from desktop.services.automation import AutomationService
from desktop.services.backup import BackupService
from desktop.services.board import BoardService
from desktop.services.bus import Bus
from desktop.services.customer import CustomerService
from desktop.services.digest import DigestService
from desktop.services.draft import DraftService
from desktop.services.escalations import Escalations
from desktop.services.evidence import EvidenceService
from desktop.services.first_minutes import FirstMinutes
from desktop.services.outbox import OutboxService
from desktop.services.person import PersonService
from desktop.services.policy import PolicyService
from desktop.services.search import SearchService
from desktop.services.settings import SettingsService
from desktop.services.switch import SwitchService
from desktop.services.upkeep import Upkeep
from desktop.services.view import ViewService

if TYPE_CHECKING:  # made when first asked for
    from desktop.services.health import HealthService
    from desktop.services.receiving import ReceivingService
    from desktop.services.signals import SignalService
    from desktop.services.source import SourceService

#: Who sets up a new desk.
SET_UP = Actor.system("Set-up")


@dataclass(frozen=True)
class Desk:
    """All services of one desk; `escalations` are the commands on them, story by story.

    What not every desk needs is imported and made when it is first asked for: a desk without sources reads
    no signals, and its window starts without the rules for them.
    """

    store: Store
    clock: Clock
    bus: Bus
    settings: SettingsService
    first_minutes: FirstMinutes
    policy: PolicyService
    person: PersonService
    customer: CustomerService
    escalations: Escalations
    board: BoardService
    search: SearchService
    evidence: EvidenceService
    draft: DraftService
    view: ViewService
    outbox: OutboxService
    alarm: AlarmService
    digest: DigestService
    backup: BackupService
    automation: AutomationService
    switch: SwitchService

    @classmethod
    def open(cls, database: str | Path, backups: Path, clock: Clock) -> "Desk":
        """The desk kept in this database, which is made or brought up to date first.

        Raises: StoreError saying what is wrong with the file and what to do; it is then untouched.
        """
        return cls.over(prepare(database, backups, clock), backups, clock)

    @classmethod
    def over(cls, store: Store, backups: Path, clock: Clock) -> "Desk":
        """The desk over an open store; a new one gets the policy that is shipped."""
        bus = Bus()
        settings = SettingsService(store=store, bus=bus)
        first_minutes = FirstMinutes(store=store, clock=clock, settings=settings)
        policy = PolicyService(store=store, clock=clock, bus=bus)
        policy.ensure_default(SET_UP)
        person = PersonService(store=store, clock=clock, bus=bus, settings=settings)
        escalations = Escalations.build(store=store, clock=clock, bus=bus, policy=policy)
        outbox = OutboxService(store=store, clock=clock, bus=bus, desk=_program_name())
        return cls(
            store=store,
            clock=clock,
            bus=bus,
            settings=settings,
            first_minutes=first_minutes,
            policy=policy,
            person=person,
            customer=CustomerService(store=store, clock=clock, bus=bus, policy=policy),
            escalations=escalations,
            board=BoardService(store=store, clock=clock, policy=policy, settings=settings),
            search=SearchService(store=store, clock=clock),
            evidence=EvidenceService(store=store),
            draft=DraftService(store=store, clock=clock),
            view=ViewService(store=store),
            outbox=outbox,
            alarm=AlarmService(
                store=store,
                clock=clock,
                bus=bus,
                policy=policy,
                people=person,
                upkeep=_upkeep(store, escalations),
                outbox=outbox,
                announces_from=first_minutes.announces_from,
            ),
            digest=DigestService(store=store, clock=clock),
            backup=BackupService(database=store.path, folder=backups, clock=clock),
            automation=AutomationService(store=store, clock=clock),
            switch=SwitchService(store=store, clock=clock, bus=bus),
        )

    @cached_property
    def health(self) -> "HealthService":
        """What the alarms of this desk ask of people."""
        from desktop.services.health import HealthService

        return HealthService(store=self.store, clock=self.clock, policy=self.policy)

    @cached_property
    def source(self) -> "SourceService":
        """Who sends signals."""
        from desktop.services.source import SourceService

        return SourceService(store=self.store, clock=self.clock, bus=self.bus, policy=self.policy)

    @cached_property
    def receiving(self) -> "ReceivingService":
        """Keeps what comes in."""
        from desktop.services.receiving import ReceivingService

        return ReceivingService(store=self.store, bus=self.bus)

    @cached_property
    def signal(self) -> "SignalService":
        """Reads what came in and decides about it."""
        from desktop.services.signals import SignalService

        return SignalService(cases=self.escalations.cases, hooks=self.escalations.escalation.on_opened)

    def notice_others(self, seen: int) -> int:
        """The desk's revision; where it moved on since `seen`, everybody is told to look again.

        Another program on the same database changes rows without a word on this bus.
        """
        revision = self.store.revision()
        if revision != seen:
            self.bus.publish(EscalationChanged((), revision))
        return revision

    def close(self) -> None:
        """Let go of the database; safe to repeat."""
        self.store.close()


def _upkeep(store: Store, escalations: Escalations) -> Upkeep:
    return Upkeep(
        store=store,
        transition=escalations.transition,
        pausing=escalations.pausing,
        snooze=escalations.snooze,
        clocks=escalations.clocks,
    )


def _program_name() -> str:
    """Names this program among those on one database: deliveries are claimed under it."""
    return f"{socket.gethostname()}:{os.getpid()}"
