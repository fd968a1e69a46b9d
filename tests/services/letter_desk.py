"""A desk that messages leave: contacts, a message that was recorded, and who hears what became of it."""

from typing import Any

from db.unit_of_work import Store
from desktop.adapters.paging import ApprisePost
from desktop.domain.clock import Clock
from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.instant import to_us
from desktop.services.bus import Bus
from desktop.services.contact import ContactService
from desktop.services.letters import hand_over
from desktop.services.mail_account import MailAccountService
from desktop.services.outgoing import OutgoingQueue
from tests.factories import a_row, an_escalation_row
from tests.services.alarm_desk import LEAD


class Keeper:
    """Secrets of one test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def put(self, name: str, value: str) -> object:
        self.kept[name] = value
        return None

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class Heard:
    """What was told of messages."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, str]] = []

    def delivered(self, sent_id: int) -> None:
        self.told.append(("delivered", sent_id, ""))

    def undelivered(self, sent_id: int, why: str) -> None:
        self.told.append(("undelivered", sent_id, why))

    def unsure(self, sent_id: int, why: str) -> None:
        self.told.append(("unsure", sent_id, why))


class LetterDesk:
    """An escalation of Acme, with three contacts: two by mail, one by chat."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock, self.bus = store, clock, Bus()
        self.secrets, self.heard = Keeper(), Heard()
        self.is_real = True
        with store.begin() as session:
            self.escalation_id = an_escalation_row(session, priority="P1")
            row = session.sql("SELECT customer_id FROM escalation WHERE id = ?", (self.escalation_id,))
            self.customer_id = int(row.fetchone()[0])
        self.contacts = ContactService(
            store=store, clock=clock, bus=self.bus, secrets=self.secrets, looker=ApprisePost()
        )
        self.account = MailAccountService(store=store, clock=clock, bus=self.bus, secrets=self.secrets)
        self.queue = OutgoingQueue(
            store=store,
            clock=clock,
            bus=self.bus,
            letters=self.heard,
            desk="desk",
            is_real=lambda: self.is_real,
        )

    def add(self, name: str, address: str, **fields: Any) -> Contact:
        """A contact of the customer by mail, unless the fields say otherwise."""
        facts = {"circle": Circle.CUSTOMER, "reach": Reach.MAIL, "customer_id": self.customer_id} | fields
        return self.contacts.add(Contact(0, name=name, address=address, **facts), LEAD)

    def record(self, *contacts: Contact, body: str = "We are working on it.", **fields: Any) -> int:
        """Record a message to these and hand it over; gives its id."""
        now_us = to_us(self.clock.now())
        with self.store.begin() as session:
            facts = {
                "send_key": f"{session.revision()}",
                "batch": "test",
                "escalation_id": self.escalation_id,
                "audience": "customer",
                "stage": "initial",
                "medium": "email",
                "way": "mail",
                "subject": "Orders stop",
                "body": body,
                "sent_at": now_us,
                "by_name": "Ada Quist",
                "hash": "0",
                "state": "queued",
                "state_at": now_us,
            } | fields
            sent_id = a_row(session, "sent_message", **facts)
            hand_over(
                session,
                sent_id=sent_id,
                escalation_id=self.escalation_id,
                contacts=contacts,
                subject=str(facts["subject"]),
                body=body,
                at_us=now_us,
            )
        return sent_id

    def states(self, sent_id: int) -> list[str]:
        """How its recipients stand."""
        with self.store.read() as session:
            rows = session.sql(
                "SELECT state FROM message_recipient WHERE sent_id = ? ORDER BY id", (sent_id,)
            )
            return [str(row[0]) for row in rows.fetchall()]
