"""Drills that come again by the calendar."""

from datetime import datetime

from sqlalchemy import Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime

_EMPTY = text("''")


class DrillPlanRecord(Base):
    """A drill that comes again by `rule`, in the wall time of `zone`; no `slug` where it is drawn.

    `next_at` is when it comes next, `due_at` when it came last, `told_at` when somebody took note of that.
    """

    __tablename__ = "drill_plan"
    __table_args__ = (
        partial_index("ix_drill_plan_next_at", "next_at", where="removed_at IS NULL"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(server_default=_EMPTY)
    team: Mapped[str] = mapped_column(Text, server_default=_EMPTY)
    rule: Mapped[str]
    zone: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by: Mapped[str] = mapped_column(server_default=_EMPTY)
