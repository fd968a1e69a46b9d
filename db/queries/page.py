"""Pages on their way, and the tokens by which they are acknowledged."""

from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.policy_alarm import PAGE_KINDS


class PageToken(NamedTuple):
    """A token as kept; `_us` are microseconds since the epoch, `used_us` None while it is unspent."""

    id: int
    purpose: str
    outbox_id: int
    alarm_id: int | None
    escalation_id: int
    person_id: int
    expires_us: int
    used_us: int | None
    number: str
    title: str
    label: str


_SELECT = """
SELECT t.id, t.purpose, t.outbox_id, t.alarm_id, t.escalation_id, t.person_id, t.expires_at, t.used_at,
    e.number, e.title, COALESCE(c.label, '')
FROM page_token t JOIN escalation e ON e.id = t.escalation_id JOIN outbox o ON o.id = t.outbox_id
    LEFT JOIN channel c ON c.id = o.channel_id
"""


def find(session: Session, token_hash: str, purpose: str) -> PageToken | None:
    """The token of this hash."""
    row = session.sql(f"{_SELECT} WHERE t.hash = ? AND t.purpose = ?", (token_hash, purpose)).fetchone()
    return PageToken(*row) if row else None


def put(session: Session, outbox_id: int, hashes: dict[str, str], made_us: int, expires_us: int) -> None:
    """Keep the hashes of a page's tokens by purpose, in place of those of an attempt that failed."""
    session.sql("DELETE FROM page_token WHERE outbox_id = ? AND used_at IS NULL", (outbox_id,))
    for purpose, token_hash in hashes.items():
        session.sql(
            "INSERT INTO page_token (hash, purpose, outbox_id, alarm_id, escalation_id, person_id, made_at,"
            " expires_at) SELECT ?, ?, id, alarm_id, escalation_id, person_id, ?, ? FROM outbox WHERE id = ?",
            (token_hash, purpose, made_us, expires_us, outbox_id),
        )


def spend(session: Session, outbox_id: int, now_us: int) -> bool:
    """Spend the tokens of a page; False where they were spent or have expired."""
    changed = session.sql(
        "UPDATE page_token SET used_at = ? WHERE outbox_id = ? AND used_at IS NULL AND expires_at > ?",
        (now_us, outbox_id, now_us),
    )
    return changed.rowcount > 0


def give_back(session: Session, outbox_id: int, used_us: int) -> None:
    """Let tokens be used after all: what they were spent for was refused."""
    session.sql(
        "UPDATE page_token SET used_at = NULL WHERE outbox_id = ? AND used_at = ?", (outbox_id, used_us)
    )


def forget(session: Session, expired_us: int) -> int:
    """Delete tokens that expired before an instant; gives how many."""
    return session.sql("DELETE FROM page_token WHERE expires_at < ?", (expired_us,)).rowcount


def next_try_us(session: Session) -> int | None:
    """When the first page waits to be sent, or to be let go at the end of quiet hours."""
    marks = ", ".join("?" * len(PAGE_KINDS))
    row = session.sql(
        "SELECT (SELECT min(try_at) FROM outbox WHERE state IN ('pending', 'sending') AND state = 'pending'"
        f" AND channel IN ({marks})), (SELECT min(try_at) FROM outbox WHERE state = 'held')",
        PAGE_KINDS,
    ).fetchone()
    instants = [int(at_us) for at_us in row if at_us is not None]
    return min(instants, default=None)
