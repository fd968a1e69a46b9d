"""Escalations, with the tightest commitment written beside them so that the board reads one table."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

OPEN_STATES = ("new", "triaged", "acknowledged", "working", "contained")
STATES = (*OPEN_STATES, "resolved", "closed", "standard", "merged")
_STATE_LIST = ", ".join(f"'{state}'" for state in STATES)
_OPEN_LIST = ", ".join(f"'{state}'" for state in OPEN_STATES)


class EscalationRecord(Base):
    """One escalation.

    `clock_*` is the tightest commitment as computed at the last change, valid until `clock_until`; a paused
    one keeps its step in `clock_step`. `acknowledge_wanted` is 1 while nobody has acknowledged. `*_override`
    columns hold what a person set over the computed value beside them.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATE_LIST})", name="state"),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        CheckConstraint("priority IS NULL OR priority IN ('P1', 'P2', 'P3', 'P4')", name="priority"),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score"),
        CheckConstraint("business_impact IS NULL OR business_impact BETWEEN 0 AND 5", name="business_impact"),
        CheckConstraint(
            "reputational_risk IS NULL OR reputational_risk BETWEEN 0 AND 5", name="reputational_risk"
        ),
        UniqueConstraint("year", "sequence"),
        partial_index(
            "uq_escalation_external",
            "external_source",
            "external_ref",
            where="external_ref IS NOT NULL AND external_ref <> ''",
            unique=True,
        ),
        # The board reads open rows in the order it shows them; closed rows are not in this index. It holds
        # all that the first look counts lanes and steps by, so that it need not visit the rows.
        partial_index(
            "ix_escalation_open_due",
            "clock_due_at",
            "score",
            "state",
            "clock_kind",
            "clock_paused",
            "clock_step",
            "clock_warming_at",
            "clock_at_risk_at",
            "clock_soon_at",
            where=f"state IN ({_OPEN_LIST})",
        ),
        partial_index("ix_escalation_clock_until", "clock_until", where="clock_until IS NOT NULL"),
        partial_index("ix_escalation_forget_at", "forget_at", where="forget_at IS NOT NULL"),
        partial_index("ix_escalation_resolved_at", "resolved_at", where="resolved_at IS NOT NULL"),
        partial_index("ix_escalation_parent_id", "parent_id", where="parent_id IS NOT NULL"),
        partial_index("ix_escalation_review_at", "review_at", where="review_at IS NOT NULL"),
        partial_index("ix_escalation_merged_into_id", "merged_into_id", where="merged_into_id IS NOT NULL"),
        # The timeline names an escalation for ever: an id is never used again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String, unique=True)
    year: Mapped[int]
    sequence: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default=text("''"))
    state: Mapped[str]
    severity: Mapped[int]
    severity_computed: Mapped[int | None]
    area: Mapped[str] = mapped_column(server_default=text("''"))
    issue_type: Mapped[str] = mapped_column(server_default=text("''"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    team: Mapped[str] = mapped_column(server_default=text("''"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reporter: Mapped[str] = mapped_column(server_default=text("''"))
    source: Mapped[str] = mapped_column(server_default=text("''"))
    external_source: Mapped[str | None]
    external_ref: Mapped[str | None]
    business_impact: Mapped[int | None]
    reputational_risk: Mapped[int | None]
    score: Mapped[int | None]
    score_computed: Mapped[int | None]
    priority: Mapped[str | None]
    priority_computed: Mapped[str | None]
    provisional: Mapped[int] = mapped_column(server_default=text("0"))
    override_reason: Mapped[str | None]
    override_by: Mapped[str | None]
    policy_version: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[str | None]
    contained_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"))
    acknowledge_wanted: Mapped[int] = mapped_column(server_default=text("0"))
    needs_review: Mapped[int] = mapped_column(server_default=text("0"))
    waiting_on: Mapped[str] = mapped_column(server_default=text("''"))
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forget_after_s: Mapped[int | None] = mapped_column(BigInteger)
    forget_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_event_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_step: Mapped[str] = mapped_column(server_default=text("''"))
    next_told: Mapped[str] = mapped_column(server_default=text("''"))
    next_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_kind: Mapped[str | None]
    clock_paused: Mapped[int] = mapped_column(server_default=text("0"))
    clock_step: Mapped[int | None]
    clock_warming_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_at_risk_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_soon_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_sla: Mapped[int | None]
    sample: Mapped[int] = mapped_column(server_default=text("0"))
    revision: Mapped[int] = mapped_column(index=True)
    # Added later: no foreign key, for SQLite could not take the column away again.
    parent_id: Mapped[int | None]
    review_why: Mapped[str] = mapped_column(Text, server_default=text("''"))
    review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    containment_proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    containment_proposed_by: Mapped[str] = mapped_column(server_default=text("''"))


class NumberAliasRecord(Base):
    """An old number that keeps resolving after a split: to both escalations."""

    __tablename__ = "number_alias"
    __table_args__ = (UniqueConstraint("number", "escalation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))


class WatcherRecord(Base):
    """Somebody who wants to hear of an escalation without owning it."""

    __tablename__ = "watcher"
    __table_args__ = (UniqueConstraint("escalation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class MarkRecord(Base):
    """A tag, or a playbook that is proposed; `removed_at` is set when somebody takes it away."""

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("escalation_id", "kind", "text"),
        CheckConstraint("kind IN ('tag', 'playbook')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    kind: Mapped[str]
    text: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
