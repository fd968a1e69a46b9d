"""Puts a message that was sent into the outbox, for each of its recipients once."""

from collections.abc import Sequence

from db.queries import outbox, recipient
from db.queries.outbox import NewRow
from db.queries.recipient import NewRecipient
from db.unit_of_work import Session
from desktop.domain.contact import Contact, Reach
from desktop.domain.policy_alarm import Urgency

MAIL, CHAT = "letter_mail", "letter_chat"
CHANNELS = (MAIL, CHAT)
REASON = "message"
_CHANNEL_OF = {Reach.MAIL.value: MAIL, Reach.CHAT.value: CHAT}


def hand_over(
    session: Session,
    *,
    sent_id: int,
    escalation_id: int,
    contacts: Sequence[Contact],
    subject: str,
    body: str,
    at_us: int,
) -> str:
    """Let a message that was recorded leave the desk, within the transaction that records it.

    It goes to each contact by mail or chat, as the contact is reached. Gives the recipients in one line, as
    they are recorded with the message. Tell the bus of `OutboxFilled` once the transaction is kept.
    """
    for contact in contacts:
        row = NewRecipient(
            sent_id,
            escalation_id,
            contact.id,
            contact.circle.value,
            contact.reach.value,
            contact.name,
            contact.address,
        )
        put_again(session, recipient.insert(session, row, at_us), subject, body, at_us)
    return ", ".join(contact.shown for contact in contacts)


def put_again(session: Session, recipient_id: int, subject: str, body: str, at_us: int) -> int:
    """Put an attempt for a recipient in, in place of any earlier one; gives its id in the outbox."""
    row = recipient.get(session, recipient_id)
    assert row is not None
    channel = _CHANNEL_OF[row.reach]
    outbox_id = outbox.put_one(
        session,
        NewRow(
            key=f"message:{row.sent_id}|{row.id}|{row.outbox_id or 0}|{channel}",
            escalation_id=row.escalation_id,
            alarm_id=None,
            reason=REASON,
            step=0,
            person_id=None,
            channel=channel,
            urgency=Urgency.NORMAL.value,
            title=subject,
            body=body,
            sound=0,
            created_us=at_us,
        ),
    )
    if outbox_id:
        recipient.attach(session, recipient_id, outbox_id, at_us)
    return outbox_id
