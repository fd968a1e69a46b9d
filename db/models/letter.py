"""Messages to people: drafts and who writes them, what was sent, what was promised, and the rules of tone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = text("''")
_NONE = text("0")
_OBJECT = text("'{}'")
_LIST = text("'[]'")
_OPEN = text("'open'")


class MessageDraftRecord(Base):
    """A message being written; `texts`, `bases`, `overrides`, `frozen` are JSON objects, `writers` a list."""

    __tablename__ = "message_draft"
    __table_args__ = (UniqueConstraint("escalation_id", "audience"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    audience: Mapped[str]
    stage: Mapped[str]
    next_update_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    edition: Mapped[int] = mapped_column(server_default=text("1"))
    author: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[str]
    texts: Mapped[str] = mapped_column(Text, server_default=_OBJECT)
    bases: Mapped[str] = mapped_column(Text, server_default=_OBJECT)
    overrides: Mapped[str] = mapped_column(Text, server_default=_OBJECT)
    writers: Mapped[str] = mapped_column(server_default=_LIST)
    frozen: Mapped[str] = mapped_column(Text, server_default=_OBJECT)
    asked_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=_NONE)


class MessageSpareRecord(Base):
    """A text of a draft that somebody wrote while another changed the same one; it outlives the draft."""

    __tablename__ = "message_spare"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(index=True)
    medium: Mapped[str]
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MessagePresenceRecord(Base):
    """Who has the message of an escalation open."""

    __tablename__ = "message_presence"
    __table_args__ = (UniqueConstraint("escalation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SentMessageRecord(Base):
    """A message that left the desk: nothing of it ever changes but how its delivery stands.

    All channels of one sending share `batch`; `send_key` lets each of them be sent once. `effect` is a JSON
    list of the rows that the sending changed, for the case that it never arrives.
    """

    __tablename__ = "sent_message"
    __table_args__ = (
        UniqueConstraint("send_key"),
        CheckConstraint(
            "state IN ('queued', 'sent', 'failed', 'unsure', 'recorded', 'taken_back')", name="state"
        ),
        Index("ix_sent_message_escalation_id_sent_at", "escalation_id", "sent_at"),
        Index("ix_sent_message_sent_at", "sent_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    send_key: Mapped[str]
    batch: Mapped[str] = mapped_column(index=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    audience: Mapped[str]
    stage: Mapped[str]
    medium: Mapped[str]
    way: Mapped[str]
    recipients: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    contact_ids: Mapped[str] = mapped_column(server_default=_LIST)
    subject: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    body: Mapped[str] = mapped_column(Text)
    field_values: Mapped[str] = mapped_column(Text, server_default=_OBJECT)
    template: Mapped[str] = mapped_column(server_default=_EMPTY)
    template_version: Mapped[int] = mapped_column(server_default=_NONE)
    next_update_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_name: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    overrides: Mapped[str] = mapped_column(Text, server_default=_OBJECT)
    hash: Mapped[str]
    effect: Mapped[str] = mapped_column(Text, server_default=_LIST)
    state: Mapped[str]
    state_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    revision: Mapped[int] = mapped_column(server_default=_NONE)


class PromiseRecord(Base):
    """A time told to somebody outside; a broken one stays so, `settled_at` is when it was kept after all."""

    __tablename__ = "promise"
    __table_args__ = (
        CheckConstraint("kind IN ('next_update', 'fix_by', 'review_by', 'call_back')", name="kind"),
        CheckConstraint("state IN ('open', 'kept', 'broken', 'withdrawn')", name="state"),
        partial_index("ix_promise_due_at", "due_at", where="state = 'open'"),
        Index("ix_promise_escalation_id_due_at", "escalation_id", "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_id: Mapped[int | None] = mapped_column(ForeignKey("sent_message.id"))
    state: Mapped[str] = mapped_column(server_default=_OPEN)
    broken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    reason: Mapped[str] = mapped_column(Text, server_default=_EMPTY)


class ToneVersionRecord(Base):
    """The words that messages avoid, as one version after the other; none ever changes."""

    __tablename__ = "tone_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]
    note: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
