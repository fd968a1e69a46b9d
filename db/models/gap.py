"""Gaps that drills and escalations showed, and the actions that are to close them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = sql("''")
_GAP_STATES = "'proposed', 'open', 'accepted', 'declined', 'action_linked', 'verified', 'closed'"
_ACTION_STATES = "'proposed', 'accepted', 'in_progress', 'done', 'verified', 'declined', 'superseded'"
_KINDS = "'mitigate', 'prevent', 'detect', 'process', 'train', 'communicate'"


class GapRecord(Base):
    """A gap; `evidence` and `places` are JSON, `due` is a date in ISO form or empty.

    What it was seen by never changes; it is closed by a later run or a written waiver.
    """

    __tablename__ = "gap"
    __table_args__ = (
        CheckConstraint("severity BETWEEN 1 AND 3", name="severity"),
        CheckConstraint(f"state IN ({_GAP_STATES})", name="state"),
        CheckConstraint("run_id IS NULL OR escalation_id IS NULL", name="source"),
        Index("ix_gap_code_found_at", "code", "found_at"),
        partial_index(
            "ix_gap_proposal",
            "run_id",
            "expectation",
            "code",
            where="run_id IS NOT NULL AND expectation <> ''",
            unique=True,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str]
    code: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    severity: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=sql("'proposed'"))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by: Mapped[str]
    team: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("drill_run.id"), index=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    expectation: Mapped[str] = mapped_column(server_default=_EMPTY)
    evidence: Mapped[str] = mapped_column(Text, server_default=sql("'[]'"))
    places: Mapped[str] = mapped_column(Text, server_default=sql("'[]'"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due: Mapped[str] = mapped_column(server_default=_EMPTY)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    playbook_slug: Mapped[str] = mapped_column(server_default=_EMPTY)
    playbook_step: Mapped[str] = mapped_column(server_default=_EMPTY)
    recurrence_of: Mapped[int | None] = mapped_column(ForeignKey("gap.id"), index=True)
    times: Mapped[int] = mapped_column(server_default=sql("1"))
    confirmed_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    declined_why: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    waiver: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    waived_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    verified_by_run: Mapped[int | None] = mapped_column(ForeignKey("drill_run.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(server_default=_EMPTY)


class ActionRecord(Base):
    """Something one person is to do by a day, written in ISO form; `gap_id` is the gap it was made for."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"state IN ({_ACTION_STATES})", name="state"),
        Index("ix_action_owner_id_due", "owner_id", "due"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=sql("'proposed'"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("drill_run.id"), index=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    gap_id: Mapped[int | None] = mapped_column(index=True)
    evidence: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    verified_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    why: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
