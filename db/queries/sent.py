"""Messages that left the desk: kept word for word, and how the delivery of each stands."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us
from desktop.domain.message import Audience, Medium, Sent, Stage, Way

_SENT = (
    "SELECT s.id, s.escalation_id, s.audience, s.stage, s.medium, s.way, s.recipients, s.subject, s.body,"
    " s.field_values, s.next_update_at, s.sent_at, s.by_name, s.released_by, s.state FROM sent_message s "
)
#: What was told, and not found out to have been told to nobody.
_HEARD = "s.state NOT IN ('failed', 'taken_back')"


class NewSent(NamedTuple):
    """A row to be; JSON texts as such, instants in microseconds."""

    send_key: str
    batch: str
    escalation_id: int
    audience: str
    stage: str
    medium: str
    way: str
    recipients: str
    contact_ids: str
    subject: str
    body: str
    field_values: str
    template: str
    template_version: int
    next_update_at: int | None
    sent_at: int
    by_name: str
    by_id: int | None
    released_by: str
    overrides: str
    hash: str
    effect: str
    state: str
    state_at: int


class Delivery(NamedTuple):
    """What is needed to take back the effect of a message that never arrived."""

    id: int
    escalation_id: int
    audience: str
    batch: str
    state: str
    way: str
    effect: tuple[Mapping[str, Any], ...]
    sent_us: int


def insert(session: Session, row: NewSent) -> int:
    """Keep a message; gives its id, 0 where its key was sent before."""
    columns = ", ".join(NewSent._fields)
    marks = ", ".join("?" * len(NewSent._fields))
    found = session.sql(
        f"INSERT INTO sent_message ({columns}, revision) VALUES ({marks}, ?)"
        " ON CONFLICT (send_key) DO NOTHING RETURNING id",
        (*row, session.revision()),
    ).fetchone()
    return 0 if found is None else int(found[0])


def set_state(session: Session, sent_id: int, state: str, at_us: int, error: str = "") -> None:
    """Note how a delivery stands."""
    session.sql(
        "UPDATE sent_message SET state = ?, state_at = ?, error = ?, revision = ? WHERE id = ?",
        (state, at_us, error, session.revision(), sent_id),
    )


def get(session: Session, sent_id: int) -> Sent:
    """One message.

    Raises: NotFound.
    """
    row = session.sql(_SENT + "WHERE s.id = ?", (sent_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such message.")
    return _sent(row)


def delivery(session: Session, sent_id: int) -> Delivery:
    """How a message was sent and what that changed.

    Raises: NotFound.
    """
    row = session.sql(
        "SELECT id, escalation_id, audience, batch, state, way, effect, sent_at FROM sent_message"
        " WHERE id = ?",
        (sent_id,),
    ).fetchone()
    if row is None:
        raise NotFound("There is no such message.")
    id_, escalation_id, audience, batch, state, way, effect, sent_us = row
    return Delivery(id_, escalation_id, audience, batch, state, way, tuple(json.loads(effect)), sent_us)


def of_batch(session: Session, batch: str) -> tuple[Sent, ...]:
    """The channels of one sending."""
    return _all(session, "WHERE s.batch = ? ORDER BY s.id", (batch,))


def by_draft(session: Session, draft_id: int) -> tuple[Sent, ...]:
    """What a draft became, empty while it has not been sent."""
    return of_batch(session, batch_of(draft_id))


def batch_of(draft_id: int) -> str:
    """The name of the one sending of a draft."""
    return f"draft:{draft_id}"


def of_escalation(session: Session, escalation_id: int, limit: int = -1) -> tuple[Sent, ...]:
    """The messages about an escalation, the latest first."""
    return _all(
        session,
        "WHERE s.escalation_id = ? ORDER BY s.sent_at DESC, s.id DESC LIMIT ?",
        (escalation_id, limit),
    )


def latest(session: Session, limit: int, before_id: int | None = None) -> tuple[Sent, ...]:
    """The messages sent last, the latest first; older ones than `before_id` to go on."""
    return _all(session, "WHERE s.id < ? ORDER BY s.id DESC LIMIT ?", (before_id or 2**62, limit))


def last_heard(session: Session, escalation_id: int, audience: Audience) -> Sent | None:
    """What an audience was told last about an escalation, as far as anybody knows; None for nothing."""
    found = _all(
        session,
        f"WHERE s.escalation_id = ? AND s.audience = ? AND {_HEARD} ORDER BY s.sent_at DESC, s.id LIMIT 1",
        (escalation_id, audience.value),
    )
    return found[0] if found else None


def heard(session: Session, escalation_id: int, audience: Audience) -> tuple[Sent, ...]:
    """All that an audience was told about an escalation, the first first."""
    return _all(
        session,
        f"WHERE s.escalation_id = ? AND s.audience = ? AND {_HEARD} ORDER BY s.sent_at, s.id",
        (escalation_id, audience.value),
    )


def count(session: Session, escalation_id: int, audience: Audience) -> int:
    """How many times an audience was told something, channels of one sending counted once."""
    row = session.sql(
        f"SELECT count(DISTINCT s.batch) FROM sent_message s WHERE s.escalation_id = ? AND s.audience = ?"
        f" AND {_HEARD}",
        (escalation_id, audience.value),
    ).fetchone()
    return int(row[0])


def last_heard_us(session: Session, escalation_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """When each audience was last told something, by escalation and audience."""
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        "SELECT s.escalation_id, s.audience, max(s.sent_at) FROM sent_message s"
        f" WHERE s.escalation_id IN ({marks}) AND {_HEARD} GROUP BY 1, 2",
        tuple(escalation_ids),
    )
    return {(row[0], row[1]): row[2] for row in rows.fetchall()}


def _all(session: Session, where: str, parameters: Sequence[Any]) -> tuple[Sent, ...]:
    return tuple(_sent(row) for row in session.sql(_SENT + where, parameters).fetchall())


def _sent(row: Sequence[Any]) -> Sent:
    next_update_at: datetime | None = None if row[10] is None else from_us(row[10])
    return Sent(
        id=row[0],
        escalation_id=row[1],
        audience=Audience(row[2]),
        stage=Stage(row[3]),
        medium=Medium(row[4]),
        way=Way(row[5]),
        recipients=row[6],
        subject=row[7],
        body=row[8],
        values=json.loads(row[9]),
        next_update_at=next_update_at,
        sent_at=from_us(row[11]),
        by=row[12],
        released_by=row[13],
        state=row[14],
    )
