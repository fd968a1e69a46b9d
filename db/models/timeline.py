"""The append-only timeline of the whole desk: one hash chain, protected by triggers (see the migrations)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime


class TimelineRecord(Base):
    """One event; `seq` runs without gaps over the desk, `body` is the canonical JSON that was hashed.

    No foreign key: the log outlives what it tells of.
    """

    __tablename__ = "timeline"
    __table_args__ = (
        CheckConstraint("length(hash) = 64", name="hash"),
        Index("ix_timeline_escalation_id_seq", "escalation_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    escalation_id: Mapped[int | None]
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]


class ChainHeadRecord(Base):
    """The last event of the chain, so that a cut-off tail is noticed, and the desk's revision counter."""

    __tablename__ = "chain_head"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("length(hash) = 64", name="hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]
    revision: Mapped[int]
