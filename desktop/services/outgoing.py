"""Messages on their way out: taken from the outbox one by one, and what became of each told and kept."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from db.queries import contact as contacts
from db.queries import outbox as rows
from db.queries import recipient as recipients
from db.queries.recipient import RecipientRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.contact import Reach
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.events import MessagesChanged, OutboxFilled
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.mail_account import MailAccount
from desktop.services.bus import Bus
from desktop.services.letters import CHANNELS, put_again
from desktop.services.mail_account import account_of

#: A mail has so long to be taken over; past that nobody knows whether it was.
DEADLINE_US = 300 * US_PER_SECOND
#: What could not leave within this time has failed: its words are about another hour by then.
PATIENCE_US = 900 * US_PER_SECOND
_FIRST_RETRY_US = 15 * US_PER_SECOND
_HELD_BACK = "This is no real desk: nothing leaves it."
_TOO_LATE = "It could not be sent within 15 minutes."
_UNCERTAIN = "Nobody knows whether it arrived; it is not sent again."
#: How a row of the outbox ends, by what became of the recipient.
_ROW_STATE = {"sent": "sent", "failed": "failed", "unsure": "expired", "held_back": "expired"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one recipient, to be sent now.

    `secret_name` names the address of a chat; `to` are all who get the same mail. What is in it goes to its
    receiver and to no log.
    """

    id: int
    sent_id: int
    escalation_id: int
    recipient_id: int
    reach: Reach
    secret_name: str
    account: MailAccount
    at: datetime
    message_id: str = ""
    thread: tuple[str, ...] = ()
    address: str = field(default="", repr=False)
    to: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    subject: str = field(default="", repr=False)
    body: str = field(default="", repr=False)


class Letters(Protocol):
    """Who keeps the messages: told once what became of one, when nothing of it waits any more."""

    def delivered(self, sent_id: int) -> object:
        """All recipients have it."""
        ...

    def undelivered(self, sent_id: int, why: str) -> object:
        """A recipient does not have it, or nobody had it at all."""
        ...

    def unsure(self, sent_id: int, why: str) -> object:
        """Nobody knows of a recipient whether it arrived."""
        ...


class OutgoingQueue:
    """Hands out messages and takes back what became of them; every call is a short transaction or two."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        bus: Bus,
        letters: Letters,
        desk: str,
        is_real: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._letters = letters
        self._desk = desk
        self._is_real = is_real

    def is_waiting(self) -> bool:
        """Whether anything has to leave, or to be ended."""
        with self._store.read() as session:
            return recipients.next_try_us(session) is not None

    def claim(self, limit: int) -> tuple[Letter, ...]:
        """Messages to be sent now, the oldest first; each goes to one caller only."""
        self._end_late()
        now_us = self._now_us()
        with self._store.read() as session:
            if not rows.ready(session, CHANNELS, now_us, 1):
                return ()
        if not self._is_real():
            self._hold_back()
            return ()
        letters: list[Letter] = []
        with self._store.begin() as session:
            for row in rows.ready(session, CHANNELS, now_us, limit):
                recipient = recipients.of_outbox(session, row.id)
                if recipient is None:
                    rows.move(session, row.id, "expired", at_us=now_us, detail="no recipient", is_done=True)
                elif rows.claim(session, row.id, self._desk, now_us + DEADLINE_US):
                    rows.note(session, row.id, now_us, "sending")
                    letters.append(self._letter(session, row, recipient, now_us))
        return tuple(letters)

    def next_at(self) -> datetime | None:
        """When the first message waits to be sent or ended; None where none does."""
        with self._store.read() as session:
            at_us = recipients.next_try_us(session)
        return None if at_us is None else from_us(at_us)

    def sent(self, letter: Letter) -> None:
        """It was taken over."""
        self._end(letter, "sent", "")

    def failed(self, letter: Letter, why: str, *, temporary: bool) -> None:
        """It was certainly not: tried again for a quarter of an hour, or told to a person."""
        now_us = self._now_us()
        with self._store.begin() as session:
            row = rows.find(session, letter.id)
            if row is None or row.state not in ("sending", "expired"):
                return
            wait_us = _FIRST_RETRY_US << min(row.attempts - 1, 4)
            is_again = temporary and now_us + wait_us < row.created_us + PATIENCE_US
            if is_again:
                rows.move(session, row.id, "pending", at_us=now_us, error=why, try_us=now_us + wait_us)
                recipients.move(session, letter.recipient_id, "waiting", now_us, why)
        if is_again:
            self._bus.publish(MessagesChanged((letter.escalation_id,), self._store.revision()))
        else:
            self._end(letter, "failed", why)

    def unsure(self, letter: Letter, why: str) -> None:
        """Nobody knows: it is never sent again by the desk, and a person is told."""
        self._end(letter, "unsure", why)

    def send_again(self, recipient_id: int) -> None:
        """Send a message to a recipient once more, because a person says so.

        Raises: NotFound; DeskError while it is on its way, or when it has arrived.
        """
        now_us = self._now_us()
        with self._store.begin() as session:
            recipient = recipients.get(session, recipient_id)
            before = rows.find(session, recipient.outbox_id or 0) if recipient is not None else None
            if recipient is None or before is None:
                raise NotFound("There is no such message.")
            if recipient.state not in ("failed", "unsure"):
                raise DeskError(
                    f"It has reached {recipient.name} already."
                    if recipient.state == "sent"
                    else f"It is on its way to {recipient.name}."
                )
            put_again(session, recipient_id, before.title, before.body, now_us)
            revision = session.revision()
        self._bus.publish(OutboxFilled(1))
        self._bus.publish(MessagesChanged((recipient.escalation_id,), revision))

    def _letter(self, session: Session, row: rows.OutboxRow, recipient: RecipientRow, now_us: int) -> Letter:
        recipients.move(session, recipient.id, "sending", now_us, recipient.why)
        account = account_of(session)
        secret_name, to, message_id = "", tuple[tuple[str, str], ...](), recipient.message_id
        if recipient.reach == Reach.CHAT:
            found = contacts.get(session, recipient.contact_id or 0)
            secret_name = found.secret_name if found is not None else ""
        else:
            message_id = message_id or _message_id(row, recipient, account)
            recipients.name_mail(session, recipient.sent_id, message_id)
            others = recipients.of_message(session, recipient.sent_id)
            to = tuple((one.name, one.address) for one in others if one.reach == Reach.MAIL)
        recipient = recipient._replace(message_id=message_id)
        return Letter(
            id=row.id,
            sent_id=recipient.sent_id,
            escalation_id=recipient.escalation_id,
            recipient_id=recipient.id,
            reach=Reach(recipient.reach),
            secret_name=secret_name,
            account=account,
            at=from_us(now_us),
            message_id=message_id,
            thread=tuple(recipients.thread(session, recipient)),
            address=recipient.address,
            to=to,
            subject=row.title,
            body=row.body,
        )

    def _end(self, letter: Letter, state: str, why: str) -> None:
        """The row of the outbox is closed last: after a crash its deadline has the end of it told."""
        now_us = self._now_us()
        with self._store.begin() as session:
            row = rows.find(session, letter.id)
            if row is None or row.state not in ("sending", "expired"):
                return
            recipients.move(session, letter.recipient_id, state, now_us, why)
        self._settle(letter.sent_id, letter.escalation_id)
        with self._store.begin() as session:
            rows.move(session, letter.id, _ROW_STATE[state], at_us=now_us, error=why, is_done=True)

    def _end_late(self) -> None:
        """What was being sent past its deadline is uncertain; what waited too long has failed."""
        now_us = self._now_us()
        with self._store.read() as session:
            late = recipients.late(session, now_us, now_us - PATIENCE_US)
        for row_id in late:
            with self._store.begin() as session:
                row, recipient = rows.find(session, row_id), recipients.of_outbox(session, row_id)
                if row is None or row.state not in ("pending", "sending"):
                    continue
                state = _end_of(row, recipient)
                why = recipient.why if recipient is not None else ""
                if recipient is not None and recipient.state in ("waiting", "sending"):
                    why = _UNCERTAIN if state == "unsure" else f"{_TOO_LATE} {row.error}".strip()
                    recipients.move(session, recipient.id, state, now_us, why)
            if recipient is not None:
                self._settle(recipient.sent_id, recipient.escalation_id)
            with self._store.begin() as session:
                rows.move(session, row_id, _ROW_STATE[state], at_us=now_us, error=why, is_done=True)

    def _hold_back(self) -> None:
        now_us = self._now_us()
        ids: dict[int, None] = {}
        with self._store.begin() as session:
            for row in rows.ready(session, CHANNELS, now_us, 1000):
                rows.move(session, row.id, "expired", at_us=now_us, detail=_HELD_BACK, is_done=True)
                recipient = recipients.of_outbox(session, row.id)
                if recipient is not None:
                    recipients.move(session, recipient.id, "held_back", now_us, _HELD_BACK)
                    ids[recipient.escalation_id] = None
            revision = session.revision()
        self._bus.publish(MessagesChanged(tuple(ids), revision))

    def _settle(self, sent_id: int, escalation_id: int) -> None:
        """Tell whoever keeps the message, once nothing of it waits any more."""
        with self._store.read() as session:
            found = recipients.of_message(session, sent_id)
        self._bus.publish(MessagesChanged((escalation_id,), self._store.revision()))
        if any(one.state in ("waiting", "sending") for one in found):
            return
        failed = [one for one in found if one.state == "failed"]
        unsure = [one for one in found if one.state == "unsure"]
        if failed:
            self._letters.undelivered(sent_id, _about(failed))
        elif unsure:
            self._letters.unsure(sent_id, _about(unsure))
        else:
            self._letters.delivered(sent_id)

    def _now_us(self) -> int:
        return to_us(self._clock.now())


def _end_of(row: rows.OutboxRow, recipient: RecipientRow | None) -> str:
    """How a row past its time ends: as its recipient did already, where only the telling was cut off."""
    if recipient is not None and recipient.state in _ROW_STATE:
        return recipient.state
    return "unsure" if row.state == "sending" else "failed"


def _message_id(row: rows.OutboxRow, recipient: RecipientRow, account: MailAccount) -> str:
    """The same however often it is asked for; no two messages of any two desks share one."""
    facts = f"{recipient.sent_id}\0{row.created_us}\0{row.title}\0{row.body}"
    digest = hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:20]
    domain = account.from_address.rpartition("@")[2] or "escalation-desk.invalid"
    return f"<{recipient.sent_id}.{digest}@{domain}>"


def _about(found: list[RecipientRow]) -> str:
    names = ", ".join(one.name for one in found[:3]) + (" and others" if len(found) > 3 else "")
    return f"{names}: {found[0].why}"
