"""Commitments and their pauses: inputs are stored, deadlines are derived from them and stored beside."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime


class CommitmentRecord(Base):
    """One clock of an escalation; `calendar` names one of the policy version, empty for 24x7.

    `due_at` and the step instants are derived; `next_threshold_at` is what the sweep looks for and is empty
    while paused or ended. `outcome` is empty while it runs.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("kind IN ('assign', 'acknowledge', 'contain', 'resolve', 'update')", name="kind"),
        CheckConstraint("outcome IS NULL OR outcome IN ('met', 'breached', 'cancelled')", name="outcome"),
        CheckConstraint("(stopped_at IS NULL) = (outcome IS NULL)", name="ended"),
        CheckConstraint("target_s >= 0", name="target"),
        UniqueConstraint("escalation_id", "kind", "ordinal"),
        partial_index(
            "uq_commitment_running", "escalation_id", "kind", where="stopped_at IS NULL", unique=True
        ),
        partial_index(
            "ix_commitment_next_threshold_at", "next_threshold_at", where="next_threshold_at IS NOT NULL"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    kind: Mapped[str]
    ordinal: Mapped[int] = mapped_column(server_default=text("1"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    target_s: Mapped[int] = mapped_column(BigInteger)
    calendar: Mapped[str] = mapped_column(server_default=text("''"))
    policy_version: Mapped[int]
    warming_at: Mapped[datetime] = mapped_column(UtcDateTime)
    at_risk_at: Mapped[datetime] = mapped_column(UtcDateTime)
    soon_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    breached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None]
    next_threshold: Mapped[str | None]
    next_threshold_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class PauseRecord(Base):
    """One interval in which a commitment does not count; `limit_at` is when it ends by itself."""

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="order"),
        partial_index("ix_pause_limit_at", "limit_at", where="ended_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    limit_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str]
    waiting_on: Mapped[str] = mapped_column(server_default=text("''"))
    by: Mapped[str] = mapped_column("by_name")
    revision: Mapped[int] = mapped_column(server_default=text("0"))
