"""Evidence: bytes kept once under their hash, and which escalation they belong to."""

from db.unit_of_work import Session
from desktop.domain.checksum import sha256_hex
from desktop.domain.evidence import Evidence
from desktop.domain.instant import from_us

_SELECT = """
SELECT id, escalation_id, name, media_type, size, sha256, added_at, added_by, moved_from_id FROM evidence
"""


def keep(session: Session, data: bytes) -> str:
    """Keep these bytes, once however often they come; gives their SHA-256."""
    sha256 = sha256_hex(data)
    session.sql(
        "INSERT INTO content (sha256, size, data) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (sha256, len(data), data),
    )
    return sha256


def attach(
    session: Session, *, escalation_id: int, name: str, media_type: str, sha256: str, at_us: int, by: str
) -> int:
    """Make kept bytes evidence of an escalation; gives the evidence's id."""
    cursor = session.sql(
        "INSERT INTO evidence (escalation_id, sha256, name, media_type, size, added_at, added_by, revision)"
        " SELECT ?, sha256, ?, ?, size, ?, ?, ? FROM content WHERE sha256 = ?",
        (escalation_id, name, media_type, at_us, by, session.revision(), sha256),
    )
    return int(cursor.lastrowid or 0)


def for_escalation(session: Session, escalation_id: int) -> tuple[Evidence, ...]:
    """The evidence of an escalation in the order it came, without what was removed."""
    found = session.sql(
        f"{_SELECT} WHERE escalation_id = ? AND removed_at IS NULL ORDER BY id", (escalation_id,)
    )
    return tuple(map(_evidence, found))


def by_id(session: Session, evidence_id: int) -> Evidence | None:
    """One piece, None where there is none of that id or it was removed."""
    row = session.sql(f"{_SELECT} WHERE id = ? AND removed_at IS NULL", (evidence_id,)).fetchone()
    return _evidence(row) if row else None


def content(session: Session, evidence_id: int) -> bytes | None:
    """The bytes of a piece that was not removed."""
    row = session.sql(
        "SELECT c.data FROM evidence e JOIN content c ON c.sha256 = e.sha256"
        " WHERE e.id = ? AND e.removed_at IS NULL",
        (evidence_id,),
    ).fetchone()
    return bytes(row[0]) if row else None


def _evidence(row: tuple[int, int, str, str, int, str, int, str, int | None]) -> Evidence:
    evidence_id, escalation_id, name, media_type, size, sha256, added_us, added_by, moved_from_id = row
    return Evidence(
        evidence_id, escalation_id, name, media_type, size, sha256, from_us(added_us), added_by, moved_from_id
    )
