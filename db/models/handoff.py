"""Handoffs of shifts item by item, and the stand-ups that look at them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = text("''")
_NONE = text("0")


class HandoffRecord(Base):
    """One person's escalations given to another at the end of a shift.

    Whether it was accepted follows from its items. `facts` is a JSON text of what hung on it when it was
    offered: promises, snoozes, mutes, decisions. `parts_filled` of `parts_wanted` were written then.
    """

    __tablename__ = "handoff"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'offered', 'withdrawn')", name="state"),
        CheckConstraint(
            "(state = 'offered') <= (offered_at IS NOT NULL AND to_id IS NOT NULL)", name="offered"
        ),
        partial_index("uq_handoff_draft", "from_id", where="state = 'draft'", unique=True),
        partial_index("ix_handoff_alarm_at", "alarm_at", where="alarm_at IS NOT NULL AND alarmed_at IS NULL"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    team: Mapped[str] = mapped_column(server_default=_EMPTY)
    shift_end_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alarm_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alarmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(server_default=text("'draft'"))
    facts: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    parts_filled: Mapped[int] = mapped_column(server_default=_NONE)
    parts_wanted: Mapped[int] = mapped_column(server_default=_NONE)
    revision: Mapped[int] = mapped_column(server_default=_NONE)


class HandoffItemRecord(Base):
    """One escalation in a handoff; `typed` is a JSON list of the parts that a person wrote.

    `dropped` is an escalation that changed owner or closed meanwhile; `why` says so, or why it was declined.
    """

    __tablename__ = "handoff_item"
    __table_args__ = (
        UniqueConstraint("handoff_id", "escalation_id"),
        CheckConstraint("state IN ('open', 'accepted', 'declined', 'dropped')", name="state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoff.id"))
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    position: Mapped[int]
    summary: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    impact: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    actions: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    owners: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    next_steps: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    risk: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    typed: Mapped[str] = mapped_column(server_default=text("'[]'"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    why: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(server_default=_EMPTY)


class HandoffQuestionRecord(Base):
    """What the incoming person asked back about an item, before or after accepting it."""

    __tablename__ = "handoff_question"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("handoff_item.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str]
    answer: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(server_default=_EMPTY)


class HandoffNoteRecord(Base):
    """What the outgoing person wants known beyond single escalations."""

    __tablename__ = "handoff_note"
    __table_args__ = (
        CheckConstraint("kind IN ('do_not', 'risky', 'decision', 'knows')", name="kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoff.id"), index=True)
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str]


class StandupRecord(Base):
    """One stand-up; `since_at` is when the one before it began, `next_at` when the next is expected."""

    __tablename__ = "standup"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    started_by: Mapped[str]
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn_s: Mapped[int]
    revision: Mapped[int] = mapped_column(server_default=_NONE)


class StandupTurnRecord(Base):
    """The time one owner had in a stand-up; `owner_id` is None for what nobody owns."""

    __tablename__ = "standup_turn"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    standup_id: Mapped[int] = mapped_column(ForeignKey("standup.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
