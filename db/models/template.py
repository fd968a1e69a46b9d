"""Templates of messages, their versions and drafts, and what people have written for messages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = text("''")


class TemplateRecord(Base):
    """One template; of those that are not retired there is one for an audience, stage and medium."""

    __tablename__ = "template"
    __table_args__ = (
        partial_index(
            "uq_template_place", "audience", "stage", "medium", where="retired_at IS NULL", unique=True
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String, unique=True)
    audience: Mapped[str]
    stage: Mapped[str]
    medium: Mapped[str]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class TemplateVersionRecord(Base):
    """A published version: it never changes."""

    __tablename__ = "template_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("length(hash) = 64", name="hash"),
    )

    template_id: Mapped[int] = mapped_column(ForeignKey("template.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]
    change_note: Mapped[str] = mapped_column(Text)
    author: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[str]


class TemplateDraftRecord(Base):
    """What may become the next version of a template; each saving is another edition."""

    __tablename__ = "template_draft"

    template_id: Mapped[int] = mapped_column(ForeignKey("template.id"), primary_key=True, autoincrement=False)
    base: Mapped[int]
    edition: Mapped[int]
    title: Mapped[str]
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    author: Mapped[str]
    author_id: Mapped[int | None]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MessageFactRecord(Base):
    """What somebody wrote for messages; the newest of a name counts; without an escalation, for all."""

    __tablename__ = "message_fact"
    __table_args__ = (
        Index("ix_message_fact_escalation_id_name", "escalation_id", "name"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"))
    name: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    as_of: Mapped[datetime | None] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    made_by_id: Mapped[int | None]
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str] = mapped_column(server_default=_EMPTY)
    approved_by_id: Mapped[int | None]
