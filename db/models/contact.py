"""Who is written to, and to whom each message went."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime

_EMPTY = text("''")
_NONE = text("0")
_CIRCLES = "circle IN ('customer', 'account', 'executive', 'engineers')"
_REACHES = "reach IN ('mail', 'chat')"


class ContactRecord(Base):
    """Somebody who is written to: one customer's, or with no customer the whole desk's.

    `address` is what may be seen: a mail address whole; of a chat only the service, its address is a secret
    and stands elsewhere under `secret_name`.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(_CIRCLES, name="circle"),
        CheckConstraint(_REACHES, name="reach"),
        CheckConstraint("is_default IN (0, 1)", name="is_default"),
        {"sqlite_autoincrement": True},  # messages name it for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    circle: Mapped[str]
    name: Mapped[str]
    reach: Mapped[str]
    address: Mapped[str]
    secret_name: Mapped[str] = mapped_column(server_default=_EMPTY)
    zone: Mapped[str] = mapped_column(server_default=_EMPTY)
    is_default: Mapped[int] = mapped_column(server_default=text("1"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=_NONE)


class MessageRecipientRecord(Base):
    """One recipient of one message that was sent (`sent_id`), and what became of it.

    `outbox_id` is the attempt that counts: one sent again by a person has another. `message_id` names the
    mail for ever, so that the next one can refer to it.
    """

    __tablename__ = "message_recipient"
    __table_args__ = (
        CheckConstraint(_CIRCLES, name="circle"),
        CheckConstraint(_REACHES, name="reach"),
        CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'failed', 'unsure', 'held_back')", name="state"
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sent_id: Mapped[int] = mapped_column(ForeignKey("sent_message.id"), index=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    circle: Mapped[str]
    reach: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    state_at: Mapped[datetime] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    message_id: Mapped[str] = mapped_column(server_default=_EMPTY)
