"""Teams, time off, schedules in numbered versions, and what people changed about single shifts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime


class TeamRecord(Base):
    """A team; `working_hours` is a JSON text of spans by weekday, empty for not said."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String, unique=True)
    zone: Mapped[str] = mapped_column(server_default=text("'UTC'"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    working_hours: Mapped[str] = mapped_column(Text, server_default=text("''"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class TimeOffRecord(Base):
    """Somebody is away; `uid` is that of the calendar it came from, or one of our own."""

    __tablename__ = "time_off"
    __table_args__ = (
        UniqueConstraint("person_id", "uid"),
        CheckConstraint("to_at > from_at", name="interval"),
        CheckConstraint("source IN ('typed', 'ical')", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    uid: Mapped[str]
    source: Mapped[str] = mapped_column(server_default=text("'typed'"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class ScheduleRecord(Base):
    """One team's rota as it stands: its newest version counts."""

    __tablename__ = "schedule"
    __table_args__ = (
        CheckConstraint("is_active IN (0, 1)", name="is_active"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String, unique=True)
    team: Mapped[str] = mapped_column(server_default=text("''"))
    zone: Mapped[str]
    version: Mapped[int]
    is_active: Mapped[int] = mapped_column(server_default=text("1"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class ScheduleVersionRecord(Base):
    """One version of a schedule for good; `document` is a JSON text whose people are ids."""

    __tablename__ = "schedule_version"

    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    by: Mapped[str] = mapped_column("by_name")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SwapRecord(Base):
    """One asks another to take a shift, perhaps for one of theirs; both must want it."""

    __tablename__ = "swap"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'accepted', 'declined', 'withdrawn', 'stale')", name="state"),
        CheckConstraint("to_at > from_at", name="interval"),
        CheckConstraint("(back_from_at IS NULL) = (back_to_at IS NULL)", name="back_pair"),
        CheckConstraint("back_from_at IS NULL OR back_to_at > back_from_at", name="back_interval"),
        CheckConstraint("asker_id <> other_id", name="two_people"),
        partial_index("ix_swap_asked", "schedule_id", where="state = 'asked'"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime] = mapped_column(UtcDateTime)
    back_from_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    back_to_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(server_default=text("'asked'"))
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    ended_why: Mapped[str] = mapped_column(Text, server_default=text("''"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class ShiftOverrideRecord(Base):
    """One interval in which somebody is added, taken out or replaced; cancelled, never changed."""

    __tablename__ = "shift_override"
    __table_args__ = (
        CheckConstraint("kind IN ('override', 'one_off', 'take', 'swap')", name="kind"),
        CheckConstraint("to_at > from_at", name="interval"),
        CheckConstraint("add_id IS NOT NULL OR remove_id IS NOT NULL", name="somebody"),
        CheckConstraint("add_id IS NULL OR remove_id IS NULL OR add_id <> remove_id", name="two_people"),
        partial_index("ix_shift_override_standing", "schedule_id", "to_at", where="cancelled_at IS NULL"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id"))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime] = mapped_column(UtcDateTime)
    add_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    remove_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str] = mapped_column(Text, server_default=text("''"))
    kind: Mapped[str] = mapped_column(server_default=text("'override'"))
    swap_id: Mapped[int | None] = mapped_column(ForeignKey("swap.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_by: Mapped[str] = mapped_column(server_default=text("''"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class RosterGapRecord(Base):
    """A time with nobody on call of which the desk was told.

    `to_at` is its end, or the schedule's version for one that the plan leaves again and again.
    """

    __tablename__ = "roster_gap"
    __table_args__ = (UniqueConstraint("schedule_id", "to_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id"))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CalendarLinkRecord(Base):
    """An address under which a person's or a team's shifts may be read; the token itself is not kept."""

    __tablename__ = "calendar_link"
    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (team = '')", name="one_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String, unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    team: Mapped[str] = mapped_column(server_default=text("''"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
