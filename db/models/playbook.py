"""Playbooks: what is published of them in versions that never change, and what is being written."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = text("''")
_NONE = text("0")


class PlaybookRecord(Base):
    """One playbook under a short name of its own; `published` is the number of its version, 0 for none yet.

    `title`, `owner`, `approved_at` and `review_due_at` are those of the published version, or else of the
    draft. `used_count` and `last_used_at` tell how often it was opened on an escalation; `reminded_at` when
    the owner was last reminded that it is due for review.
    """

    __tablename__ = "playbook"
    __table_args__ = (
        partial_index(
            "ix_playbook_review_due_at",
            "review_due_at",
            where="review_due_at IS NOT NULL AND retired_at IS NULL",
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(server_default=_EMPTY)
    published: Mapped[int] = mapped_column(server_default=_NONE)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_count: Mapped[int] = mapped_column(server_default=_NONE)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    retired_why: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    revision: Mapped[int] = mapped_column(server_default=_NONE)


class PlaybookVersionRecord(Base):
    """A published version; `content` is canonical JSON and `hash` its SHA-256."""

    __tablename__ = "playbook_version"

    playbook_id: Mapped[int] = mapped_column(ForeignKey("playbook.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]
    change_note: Mapped[str] = mapped_column(Text)
    author: Mapped[str]
    approved_by: Mapped[str]
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[str]
    derived_from: Mapped[str] = mapped_column(server_default=_EMPTY)


class PlaybookDraftRecord(Base):
    """What may become the next version; `edition` counts its savings, so that nobody overwrites another."""

    __tablename__ = "playbook_draft"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'in_review')", name="state"),
        CheckConstraint("(state = 'in_review') = (asked_at IS NOT NULL)", name="asked"),
    )

    playbook_id: Mapped[int] = mapped_column(ForeignKey("playbook.id"), primary_key=True, autoincrement=False)
    base: Mapped[int] = mapped_column(server_default=_NONE)
    edition: Mapped[int] = mapped_column(server_default=text("1"))
    state: Mapped[str] = mapped_column(server_default=text("'draft'"))
    content: Mapped[str] = mapped_column(Text)
    author: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    saved_by: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    derived_from: Mapped[str] = mapped_column(server_default=_EMPTY)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(server_default=_EMPTY)


class PlaybookReviewRecord(Base):
    """What a reviewer said of a draft that is to become `number`; it counts for the words of that hash."""

    __tablename__ = "playbook_review"
    __table_args__ = (
        Index("ix_playbook_review_playbook_id", "playbook_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    playbook_id: Mapped[int] = mapped_column(ForeignKey("playbook.id"))
    number: Mapped[int]
    hash: Mapped[str]
    reviewer: Mapped[str]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approves: Mapped[int]
    remark: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlaybookTagRecord(Base):
    """One key of the policy that a playbook is for, on one of the four axes."""

    __tablename__ = "playbook_tag"
    __table_args__ = (CheckConstraint("axis IN ('area', 'type', 'tier', 'level')", name="axis"),)

    axis: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    playbook_id: Mapped[int] = mapped_column(
        ForeignKey("playbook.id"), primary_key=True, autoincrement=False, index=True
    )
