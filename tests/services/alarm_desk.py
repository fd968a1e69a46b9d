"""A desk for the tests of alarms: real services on a real database, and somebody who takes its notes."""

from datetime import time
from typing import Any

from db.queries import alarm_state
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Person, Role
from desktop.domain.policy import Policy
from desktop.services.alarm import AlarmService
from desktop.services.bus import Bus
from desktop.services.escalations import Escalations
from desktop.services.first_minutes import FirstMinutes
from desktop.services.outbox import DESKTOP, OutboxItem, OutboxService
from desktop.services.person import PersonService
from desktop.services.policy import PolicyService
from desktop.services.settings import SettingsService
from desktop.services.upkeep import Upkeep
from tests.factories import a_customer_row

LEAD = Actor("Lena Lead", None, frozenset(Role) - {Role.OWNER})
#: Of the customers made here, which are enterprises of 900,000 a year, these are 90, 62, 48 and 29 points.
P1 = {"severity": 1, "business_impact": 5, "reputational_risk": 5}
P2 = {"severity": 2, "business_impact": 3, "reputational_risk": 1}
P3 = {"severity": 3, "business_impact": 2, "reputational_risk": 1}
P4 = {"severity": 4, "business_impact": 0, "reputational_risk": 0}


class AlarmDesk:
    """All that alarms need. Maya Chen, a coordinator, sits at it; Leo Park is the on-call leader."""

    def __init__(self, store: Store, clock: Clock, name: str = "desk") -> None:
        self.store, self.clock, self.bus = store, clock, Bus()
        self.heard: list[object] = []
        self.shown: list[OutboxItem] = []
        self.bus.subscribe(object, self.heard.append)
        self.policies = PolicyService(store=store, clock=clock, bus=self.bus)
        self.policies.ensure_default(LEAD)
        self.settings = SettingsService(store=store)
        self.first = FirstMinutes(store=store, clock=clock, settings=self.settings)
        self.people = PersonService(store=store, clock=clock, bus=self.bus, settings=self.settings)
        self.outbox = OutboxService(store=store, clock=clock, bus=self.bus, desk=name)
        self.do = Escalations.build(store=store, clock=clock, bus=self.bus, policy=self.policies)
        self.alarm = AlarmService(
            store=store,
            clock=clock,
            bus=self.bus,
            policy=self.policies,
            people=self.people,
            upkeep=Upkeep(
                store=store,
                transition=self.do.transition,
                pausing=self.do.pausing,
                snooze=self.do.snooze,
                clocks=self.do.clocks,
            ),
            outbox=self.outbox,
            announces_from=self.first.announces_from,
        )
        self.maya = self._person("Maya Chen", {Role.COORDINATOR})
        self.leo = self._person("Leo Park", {Role.ON_CALL_LEADER})
        self.amara = self._person("Amara Okafor", {Role.SENIOR_ENGINEER})
        if not self.settings.current.operator_id:
            self.people.set_operator(self.maya.id)
        self.me = self.maya.actor()

    def open(self, customer: str = "Acme", **fields: Any) -> int:
        """Opens an escalation; gives its id."""
        with self.store.begin() as session:
            key = customer.casefold()
            row = session.sql("SELECT id FROM customer WHERE name_key = ?", (key,)).fetchone()
            size = {"tier": "enterprise", "revenue": 900_000}
            customer_id = row[0] if row else a_customer_row(session, customer, **size)
        fields = {"title": "Checkout fails", **fields}
        return self.do.escalation.open(Intake(customer_id=customer_id, **fields), LEAD).id

    def sweep(self) -> Any:
        """One sweep, and everything it puts out is delivered."""
        result = self.alarm.sweep()
        self.deliver()
        return result

    def deliver(self) -> list[OutboxItem]:
        """Takes what waits, and says it is on screen."""
        taken: list[OutboxItem] = []
        while items := self.outbox.claim((DESKTOP, "window")):
            for item in items:
                self.outbox.delivered(item.id, "desktop")
            taken += items
        self.shown += taken
        return taken

    def told(self) -> list[str]:
        """The reasons of everything that was shown, in order."""
        return [item.reason for item in self.shown]

    def rows(self, sql: str, *parameters: Any) -> list[Any]:
        """What a query finds."""
        with self.store.read() as session:
            return list(session.sql(sql, parameters).fetchall())

    def thresholds(self, escalation_id: int, kind: str) -> list[tuple[str, int]]:
        """Threshold and step of the alarms of one promise, in the order they were raised."""
        return self.rows(
            "SELECT a.threshold, a.step FROM alarm a JOIN commitment c ON c.id = a.commitment_id"
            " WHERE a.escalation_id = ? AND c.kind = ? ORDER BY a.id",
            escalation_id,
            kind,
        )

    def events(self, escalation_id: int, kind: str = "alarm.%") -> list[str]:
        """The kinds of events on the timeline."""
        rows = self.rows(
            "SELECT kind FROM timeline WHERE escalation_id = ? AND kind LIKE ? ORDER BY seq",
            escalation_id,
            kind,
        )
        return [row[0] for row in rows]

    def quiet(self, begin: time, end: time, zone: str = "UTC") -> None:
        """Quiet hours for whoever sits here."""
        with self.store.begin() as session:
            session.sql(
                "UPDATE person SET quiet_from = ?, quiet_to = ?, zone = ?, revision = ? WHERE id = ?",
                (f"{begin:%H:%M}", f"{end:%H:%M}", zone, session.revision(), self.maya.id),
            )

    def calm(self) -> None:
        """Makes as if the desk had looked just now."""
        with self.store.begin() as session:
            alarm_state.put(session, "swept", {"at_us": int(self.clock.now().timestamp() * 1_000_000)})

    def _person(self, name: str, roles: set[Role]) -> Person:
        found = self.people.find(name)
        return found or self.people.create(Person(0, name, "", roles=frozenset(roles | {Role.LEAD})), LEAD)

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.policies.active()
