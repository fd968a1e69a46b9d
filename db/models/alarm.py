"""Alarms, snoozes and the outbox."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_OPEN_ALARM = "state = 'raised'"
_NOT_ENDED = "ended_at IS NULL"
_WAITING = "state IN ('pending', 'sending')"
_HELD = "state = 'held'"


class AlarmRecord(Base):
    """Something a person must react to, once: (subject, threshold, step) is unique.

    `subject` is `commitment:<id>` or `escalation:<id>:<occasion>`; `climb_at` is when the ladder takes its
    next step unless somebody acknowledges.
    """

    __tablename__ = "alarm"
    __table_args__ = (
        UniqueConstraint("subject", "threshold", "step"),
        CheckConstraint("state IN ('raised', 'acknowledged', 'withdrawn')", name="state"),
        partial_index("ix_alarm_climb_at", "climb_at", where=_OPEN_ALARM),
        Index("ix_alarm_raised_at", "raised_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"), index=True)
    subject: Mapped[str]
    threshold: Mapped[str]
    step: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late_s: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    announced: Mapped[int] = mapped_column(server_default=text("0"))
    state: Mapped[str] = mapped_column(server_default=text("'raised'"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None]
    repeats: Mapped[int] = mapped_column(server_default=text("0"))
    climb_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class SnoozeRecord(Base):
    """An escalation's alarms held back for a time, with a reason; ends by itself."""

    __tablename__ = "snooze"
    __table_args__ = (partial_index("ix_snooze_until_at", "until_at", where=_NOT_ENDED),)

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str]
    past_breach_reason: Mapped[str] = mapped_column(server_default=text("''"))
    by: Mapped[str] = mapped_column("by_name")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str | None]
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class OutboxRecord(Base):
    """What is about to leave the program: written before it leaves, its key unique, its history kept."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'confirmed', 'failed', 'expired', 'held')", name="state"
        ),
        Index("ix_outbox_person_id_created_at", "person_id", "created_at"),
        partial_index("ix_outbox_try_at", "try_at", where=_WAITING),
        partial_index("ix_outbox_held", "try_at", where=_HELD),
        {"sqlite_autoincrement": True},  # its history outlives it: no id is used twice
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    alarm_id: Mapped[int | None] = mapped_column(ForeignKey("alarm.id"), index=True)
    reason: Mapped[str]
    step: Mapped[int] = mapped_column(server_default=text("0"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    urgency: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    sound: Mapped[int] = mapped_column(server_default=text("0"))
    state: Mapped[str] = mapped_column(server_default=text("'pending'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(server_default=text("''"))
    channel_id: Mapped[int | None]


class OutboxHistoryRecord(Base):
    """Every state an outbox row went through; append-only, so it outlives the row it tells of."""

    __tablename__ = "outbox_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str]
    detail: Mapped[str] = mapped_column(server_default=text("''"))
