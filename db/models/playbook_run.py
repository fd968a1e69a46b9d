"""Playbooks in use: runs on escalations with their steps, what was missing, and what should change."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = text("''")
_NONE = text("0")


class PlaybookRunRecord(Base):
    """A playbook open on an escalation, kept to one version of it; `stayed` is the newest one declined."""

    __tablename__ = "playbook_run"
    __table_args__ = (
        partial_index(
            "uq_playbook_run_open", "escalation_id", "playbook_id", where="ended_at IS NULL", unique=True
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    playbook_id: Mapped[int] = mapped_column(ForeignKey("playbook.id"), index=True)
    version: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    stayed: Mapped[int] = mapped_column(server_default=_NONE)


class PlaybookRunStepRecord(Base):
    """How far one step has come in a run; `version` is the one in which it stands like that.

    `gone` is 1 where a version adopted later has it no more. `hints` counts who said it is unclear.
    """

    __tablename__ = "playbook_run_step"
    __table_args__ = (
        UniqueConstraint("run_id", "step_id"),
        CheckConstraint("state IN ('open', 'done', 'skipped')", name="state"),
        CheckConstraint("(state = 'open') = (at IS NULL)", name="at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("playbook_run.id"))
    step_id: Mapped[str]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(server_default=_EMPTY)
    reason: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    evidence: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    answer: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hints: Mapped[int] = mapped_column(server_default=_NONE)
    gone: Mapped[int] = mapped_column(server_default=_NONE)


class PlaybookGapRecord(Base):
    """What playbooks did not give: a search that found nothing, or a step that was unclear.

    `playbook_id` is the playbook of the step, or else the one that answered; `answered_version` its version.
    """

    __tablename__ = "playbook_gap"
    __table_args__ = (
        CheckConstraint("kind IN ('not_found', 'unclear')", name="kind"),
        Index("ix_playbook_gap_playbook_id", "playbook_id", "step_id"),
        partial_index("ix_playbook_gap_open", "kind", where="answered_at IS NULL"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    playbook_id: Mapped[int | None] = mapped_column(ForeignKey("playbook.id"))
    step_id: Mapped[str] = mapped_column(server_default=_EMPTY)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_version: Mapped[int] = mapped_column(server_default=_NONE)


class PlaybookProposalRecord(Base):
    """A change that use speaks for; `evidence` is a JSON list of the ids of steps of runs, or of gaps."""

    __tablename__ = "playbook_proposal"
    __table_args__ = (
        CheckConstraint("kind IN ('skips', 'gaps', 'missing')", name="kind"),
        CheckConstraint("state IN ('open', 'answered', 'declined')", name="state"),
        Index("ix_playbook_proposal_playbook_id", "playbook_id", "step_id"),
        partial_index("ix_playbook_proposal_open", "kind", where="state = 'open'"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    playbook_id: Mapped[int | None] = mapped_column(ForeignKey("playbook.id"))
    step_id: Mapped[str] = mapped_column(server_default=_EMPTY)
    title: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    answered_version: Mapped[int] = mapped_column(server_default=_NONE)
