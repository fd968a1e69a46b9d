"""Evidence: files and messages kept by content hash, byte for byte."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime


class ContentRecord(Base):
    """Bytes under their SHA-256; the same bytes are kept once."""

    __tablename__ = "content"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class EvidenceRecord(Base):
    """A piece of evidence of an escalation; `moved_from_id` names the escalation it came from by a merge."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("content.sha256"), index=True)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(server_default=text("'application/octet-stream'"))
    size: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str]
    moved_from_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(server_default=text("0"))
