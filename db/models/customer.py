"""Customers: whose problem it is, and what they weigh in the score."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime


class CustomerRecord(Base):
    """One customer; `name_key` is the folded name that makes it unique, `revenue` a whole amount a year.

    One that was merged into another is archived as well.
    """

    __tablename__ = "customer"
    __table_args__ = (CheckConstraint("revenue IS NULL OR revenue >= 0", name="revenue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(String, unique=True)
    tier: Mapped[str | None]
    revenue: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(server_default=text("'EUR'"))
    region: Mapped[str] = mapped_column(server_default=text("''"))
    account_owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sample: Mapped[int] = mapped_column(server_default=text("0"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))
    contacts: Mapped[str] = mapped_column(server_default=text("''"))
    zone: Mapped[str] = mapped_column(server_default=text("''"))
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
