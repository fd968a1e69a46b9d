"""What keeps automation from getting out of hand: storms, maintenance windows, hosts that may be asked."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime


class StormRecord(Base):
    """A time in which a source opened nothing by itself, because it had opened too much."""

    __tablename__ = "storm"
    __table_args__ = (
        partial_index("uq_storm_raging", "source_id", where="ended_at IS NULL", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(server_default=text("''"))
    why: Mapped[str] = mapped_column(Text)


class MaintenanceRecord(Base):
    """Signals that match are expected in this time.

    `scope` is a JSON text of conditions as in a rule, empty for all.
    """

    __tablename__ = "maintenance"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    scope: Mapped[str] = mapped_column(Text, server_default=text("''"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    announce_s: Mapped[int] = mapped_column(server_default=text("1800"))
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest: Mapped[str] = mapped_column(Text, server_default=text("''"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class AllowedHostRecord(Base):
    """A host that what a signal links to may be fetched from, when a person asks for it."""

    __tablename__ = "allowed_host"

    host: Mapped[str] = mapped_column(primary_key=True)
    allowed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    allowed_by: Mapped[str]
