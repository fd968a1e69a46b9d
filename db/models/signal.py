"""What came from outside, kept as it came, and what became of it; sources, rules and fail-safes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime


class SourceRecord(Base):
    """Somebody who sends signals: a monitoring tool, a support platform, a mailbox, a folder.

    `mapping` and `options` are JSON texts; its secret is kept outside the database.
    """

    __tablename__ = "source"
    __table_args__ = (
        CheckConstraint("opens IN ('always', 'by rule')", name="opens"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    enabled: Mapped[int] = mapped_column(server_default=text("1"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    area: Mapped[str] = mapped_column(server_default=text("''"))
    opens: Mapped[str] = mapped_column(server_default=text("'always'"))
    mapping: Mapped[str] = mapped_column(Text, server_default=text("''"))
    options: Mapped[str] = mapped_column(Text, server_default=text("'{}'"))
    rate_per_s: Mapped[int] = mapped_column(server_default=text("200"))
    window_s: Mapped[int] = mapped_column(server_default=text("86400"))
    storm_count: Mapped[int] = mapped_column(server_default=text("20"))
    storm_window_s: Mapped[int] = mapped_column(server_default=text("600"))
    last_received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, server_default=text("''"))
    last_error_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class MessageRecord(Base):
    """One body as it came; its bytes are kept once under their hash.

    `reference` is what the sender calls it (a mail's Message-ID, a file's name): it is taken once for each
    source. `read_at` is empty until its signals are made.
    """

    __tablename__ = "message"
    __table_args__ = (
        partial_index("ix_message_waiting", "id", where="read_at IS NULL"),
        partial_index("uq_message_reference", "source_id", "reference", where="reference <> ''", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("content.sha256"), index=True)
    media_type: Mapped[str] = mapped_column(server_default=text("''"))
    sender: Mapped[str] = mapped_column(server_default=text("''"))
    reference: Mapped[str] = mapped_column(server_default=text("''"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignalRecord(Base):
    """One signal of a message, with its one disposition; `fields` is a JSON text."""

    __tablename__ = "signal"
    __table_args__ = (
        CheckConstraint("action IN ('trigger', 'acknowledge', 'resolve', 'info')", name="action"),
        CheckConstraint(
            "disposition IN ('opened', 'joined', 'suppressed', 'held', 'rejected')", name="disposition"
        ),
        UniqueConstraint("message_id", "place"),
        partial_index("ix_signal_held", "source_id", "id", where="disposition = 'held'"),
        # A storm is braked by few of very many.
        partial_index("ix_signal_opened", "source_id", "decided_at", where="disposition = 'opened'"),
        partial_index("ix_signal_window_id", "window_id", where="window_id IS NOT NULL"),
        Index("ix_signal_source_id_received_at", "source_id", "received_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    place: Mapped[int]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    occurred_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    action: Mapped[str]
    dedup_key: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    severity_hint: Mapped[str] = mapped_column(server_default=text("''"))
    fields: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(server_default=text("''"), index=True)
    disposition: Mapped[str]
    cause: Mapped[str] = mapped_column(server_default=text("''"))
    why: Mapped[str] = mapped_column(Text, server_default=text("''"))
    window_id: Mapped[int | None] = mapped_column(ForeignKey("maintenance.id"))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("rule.id"))
    rule_version: Mapped[int | None]
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str]
    revision: Mapped[int] = mapped_column(index=True)


class AlertRecord(Base):
    """What a source repeats under one key, and the escalation it is counted on."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("source_id", "dedup_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    dedup_key: Mapped[str]
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(server_default=text("''"), index=True)
    count: Mapped[int] = mapped_column(server_default=text("1"))
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
