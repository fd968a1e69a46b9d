"""People of the desk: who acts, who owns, who is told."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class PersonRecord(Base):
    """One person; `quiet_from`/`quiet_to` are local wall times HH:MM of `zone`, both or neither.

    `working_hours` is a JSON text of spans by weekday, empty where those of the team count.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="quiet_pair"),
        CheckConstraint("active IN (0, 1)", name="active"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String, unique=True)
    initials: Mapped[str]
    email: Mapped[str] = mapped_column(server_default=text("''"))
    team: Mapped[str] = mapped_column(server_default=text("''"))
    zone: Mapped[str] = mapped_column(server_default=text("'UTC'"))
    quiet_from: Mapped[str | None]
    quiet_to: Mapped[str | None]
    active: Mapped[int] = mapped_column(server_default=text("1"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))
    working_hours: Mapped[str] = mapped_column(Text, server_default=text("''"))
    phone: Mapped[str] = mapped_column(server_default=text("''"))


class PersonRoleRecord(Base):
    """A role somebody holds."""

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str]
