"""The Git repository a desk keeps its playbooks in, and what of it was left alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime

_EMPTY = text("''")
_NONE = text("0")


class PlaybookRemoteRecord(Base):
    """The one repository; `commit_id` is what was seen of it last. Its token is kept elsewhere."""

    __tablename__ = "playbook_remote"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    address: Mapped[str]
    branch: Mapped[str] = mapped_column(server_default=_EMPTY)
    folder: Mapped[str] = mapped_column(server_default=_EMPTY)
    user: Mapped[str] = mapped_column(server_default=_EMPTY)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str]
    commit_id: Mapped[str] = mapped_column(server_default=_EMPTY)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pushed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=_NONE)


class PlaybookLeftRecord(Base):
    """What a file says that somebody decided not to take; `number` is 0 for a draft."""

    __tablename__ = "playbook_left"

    slug: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(primary_key=True)
    left_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_by: Mapped[str]
