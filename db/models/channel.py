"""Ways to reach a person beyond the desk, and the tokens by which a page is acknowledged."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial_index
from db.types import UtcDateTime


class ChannelRecord(Base):
    """One way to reach one person; the lowest position is tried first.

    The address itself is a secret and stands elsewhere, under `secret_name`; `shown` is what may be seen.
    """

    __tablename__ = "channel"
    __table_args__ = (
        CheckConstraint("kind IN ('mail', 'chat', 'sms', 'webhook')", name="kind"),
        CheckConstraint("enabled IN (0, 1)", name="enabled"),
        CheckConstraint("test_state IN ('untested', 'under way', 'sent', 'failed')", name="test_state"),
        UniqueConstraint("secret_name"),
        Index("ix_channel_person_id_position", "person_id", "position"),
        {"sqlite_autoincrement": True},  # the outbox names it for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    label: Mapped[str]
    position: Mapped[int]
    secret_name: Mapped[str]
    shown: Mapped[str] = mapped_column(server_default=text("''"))
    enabled: Mapped[int] = mapped_column(server_default=text("1"))
    tested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    test_state: Mapped[str] = mapped_column(server_default=text("'untested'"))
    last_ok_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, server_default=text("''"))
    last_error_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))


class PageTokenRecord(Base):
    """What acknowledges a page once; `hash` is the SHA-256 of the token, which only its receiver has."""

    __tablename__ = "page_token"
    __table_args__ = (
        CheckConstraint("purpose IN ('link', 'mail')", name="purpose"),
        UniqueConstraint("hash"),
        partial_index("ix_page_token_expires_at", "expires_at", where="used_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str]
    purpose: Mapped[str]
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), index=True)
    alarm_id: Mapped[int | None] = mapped_column(ForeignKey("alarm.id"), index=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
