"""Triage rules in numbered versions, what they did, and where a person overruled them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime


class RuleRecord(Base):
    """A rule as it stands: its newest version counts; `tripped_at` is set while its breaker is out."""

    __tablename__ = "rule"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    position: Mapped[int]
    version: Mapped[int]
    tripped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tripped_why: Mapped[str] = mapped_column(Text, server_default=text("''"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class RuleVersionRecord(Base):
    """One version of a rule for good; `document` is a JSON text."""

    __tablename__ = "rule_version"

    rule_id: Mapped[int] = mapped_column(ForeignKey("rule.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]


class FiringRecord(Base):
    """A rule did something, or proposed it; `did` is a JSON text."""

    __tablename__ = "rule_firing"
    __table_args__ = (
        CheckConstraint("state IN ('done', 'proposed', 'accepted', 'declined')", name="state"),
        partial_index("ix_rule_firing_proposed", "escalation_id", where="state = 'proposed'"),
        Index("ix_rule_firing_rule_id_fired_at", "rule_id", "fired_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("rule.id"))
    version: Mapped[int]
    signal_id: Mapped[int | None] = mapped_column(ForeignKey("signal.id"))
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    state: Mapped[str]
    did: Mapped[str] = mapped_column(Text)
    fired_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(server_default=text("''"))
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))


class OverruleRecord(Base):
    """A person set a field otherwise: no rule touches it on this escalation again.

    `rule_id` is the rule whose value it was, if any; both values are JSON texts.
    """

    __tablename__ = "overrule"
    __table_args__ = (UniqueConstraint("escalation_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    field: Mapped[str]
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("rule.id"), index=True)
    rule_version: Mapped[int | None]
    rule_value: Mapped[str] = mapped_column(Text, server_default=text("''"))
    value: Mapped[str] = mapped_column(Text, server_default=text("''"))
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]
