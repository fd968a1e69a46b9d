"""Messages being written: drafts, texts that wait to be chosen from, and who has them open."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.letter import Draft, ListedDraft, Presence, Release, Seen, Spare
from desktop.domain.message import Audience, Medium, Rendered, Stage, Text

_DRAFT = (
    "SELECT id, escalation_id, audience, stage, next_update_at, edition, author, author_id, created_at,"
    " updated_at, updated_by, texts, bases, overrides, writers, frozen, asked_by, asked_by_id, asked_at,"
    " released_by, released_by_id, released_at FROM message_draft "
)


def insert(
    session: Session,
    escalation_id: int,
    audience: Audience,
    stage: Stage,
    next_update_at: datetime | None,
    author: str,
    author_id: int | None,
    at_us: int,
) -> int:
    """A new draft; gives its id."""
    cursor = session.sql(
        "INSERT INTO message_draft (escalation_id, audience, stage, next_update_at, author, author_id,"
        " created_at, updated_at, updated_by, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            escalation_id, audience.value, stage.value, _us(next_update_at), author, author_id,
            at_us, at_us, author, session.revision(),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def write(session: Session, draft: Draft) -> None:
    """Keep a draft as it is now."""
    release = draft.release or Release("", None, draft.updated_at)
    session.sql(
        "UPDATE message_draft SET stage = ?, next_update_at = ?, edition = ?, updated_at = ?, updated_by = ?,"
        " texts = ?, bases = ?, overrides = ?, writers = ?, frozen = ?, asked_by = ?, asked_by_id = ?,"
        " asked_at = ?, released_by = ?, released_by_id = ?, released_at = ?, revision = ? WHERE id = ?",
        (
            draft.stage.value,
            _us(draft.next_update_at),
            draft.edition,
            to_us(draft.updated_at),
            draft.updated_by,
            _texts_json(draft.texts),
            _json({medium.value: asdict(base) for medium, base in draft.bases.items()}),
            _json({str(rule): why for rule, why in draft.overrides.items()}),
            _json(sorted(draft.writers)),
            _json({medium.value: asdict(text) for medium, text in draft.frozen.items()}),
            release.asked_by,
            release.asked_by_id,
            None if draft.release is None else to_us(release.asked_at),
            release.released_by,
            release.released_by_id,
            _us(release.released_at),
            session.revision(),
            draft.id,
        ),
    )


def remove(session: Session, draft_id: int) -> bool:
    """Throw a draft away; whether it was still there."""
    return session.sql("DELETE FROM message_draft WHERE id = ?", (draft_id,)).rowcount == 1


def find(session: Session, draft_id: int) -> Draft | None:
    """One draft, None where it was sent or thrown away."""
    return _one(session, "WHERE id = ?", (draft_id,))


def get(session: Session, draft_id: int) -> Draft:
    """One draft.

    Raises: NotFound where it was sent or thrown away.
    """
    found = find(session, draft_id)
    if found is None:
        raise NotFound("This message was sent or thrown away already.", hint="Look at what was sent.")
    return found


def of_escalation(session: Session, escalation_id: int, audience: Audience) -> Draft | None:
    """The draft for an audience, None for none."""
    return _one(session, "WHERE escalation_id = ? AND audience = ?", (escalation_id, audience.value))


def listed(session: Session) -> tuple[ListedDraft, ...]:
    """Every draft, the one changed last first."""
    rows = session.sql(
        "SELECT d.id, d.escalation_id, e.number, e.title, k.name, d.audience, d.stage, d.next_update_at,"
        " d.updated_at, d.updated_by, d.asked_by, d.asked_by_id, d.asked_at, d.released_by,"
        " d.released_by_id, d.released_at FROM message_draft d JOIN escalation e ON e.id = d.escalation_id"
        " JOIN customer k ON k.id = e.customer_id ORDER BY d.updated_at DESC, d.id DESC"
    )
    return tuple(map(_listed, rows.fetchall()))


def _listed(row: Sequence[Any]) -> ListedDraft:
    id_, escalation_id, number, title, customer, audience, stage, next_us, updated_us, updated_by = row[:10]
    return ListedDraft(
        id_,
        escalation_id,
        number,
        title,
        customer,
        Audience(audience),
        Stage(stage),
        _at(next_us),
        from_us(updated_us),
        updated_by,
        _release(row[10:]),
    )


# -- whom it must not name
def customers_seen(session: Session) -> tuple[int, int]:
    """What is another whenever a customer was added or changed."""
    row = session.sql("SELECT count(*), COALESCE(max(revision), 0) FROM customer").fetchone()
    return int(row[0]), int(row[1])


# -- texts that wait to be chosen from
def add_spare(session: Session, draft_id: int, medium: Medium, text: Text, by: str, at_us: int) -> None:
    """Keep a text beside the one that stands in the draft."""
    session.sql(
        "INSERT INTO message_spare (draft_id, medium, subject, body, by_name, at) VALUES (?, ?, ?, ?, ?, ?)",
        (draft_id, medium.value, text.subject, text.body, by, at_us),
    )


def settle_spare(session: Session, spare_id: int, at_us: int) -> None:
    """Offer a kept text no more; it stays kept."""
    session.sql(
        "UPDATE message_spare SET settled_at = ? WHERE id = ? AND settled_at IS NULL", (at_us, spare_id)
    )


# -- who has it open
def put_presence(session: Session, escalation_id: int, person_id: int, at_us: int, gone_us: int) -> None:
    """Note that somebody has it open; `since` starts anew after they were last seen before `gone_us`."""
    session.sql(
        "INSERT INTO message_presence (escalation_id, person_id, since_at, seen_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (escalation_id, person_id) DO UPDATE SET seen_at = excluded.seen_at,"
        " since_at = CASE WHEN seen_at < ? THEN excluded.since_at ELSE since_at END",
        (escalation_id, person_id, at_us, at_us, gone_us),
    )


def end_presence(session: Session, escalation_id: int, person_id: int) -> None:
    """Note that somebody has closed it."""
    session.sql(
        "DELETE FROM message_presence WHERE escalation_id = ? AND person_id = ?", (escalation_id, person_id)
    )


def present(session: Session, escalation_id: int, seen_us: int) -> tuple[Presence, ...]:
    """Who has it open and was seen since an instant, the first first."""
    rows = session.sql(
        "SELECT m.person_id, p.name, m.since_at, m.seen_at FROM message_presence m"
        " JOIN person p ON p.id = m.person_id WHERE m.escalation_id = ? AND m.seen_at >= ?"
        " ORDER BY m.since_at, m.person_id",
        (escalation_id, seen_us),
    )
    return tuple(Presence(row[0], row[1], from_us(row[2]), from_us(row[3])) for row in rows.fetchall())


def _one(session: Session, where: str, parameters: Sequence[Any]) -> Draft | None:
    row = session.sql(_DRAFT + where, parameters).fetchone()
    if row is None:
        return None
    texts = {Medium(name): Text(**text, edited=True) for name, text in json.loads(row[11]).items()}
    overrides = {int(rule): why for rule, why in json.loads(row[13]).items()}
    stage, next_update_at = Stage(row[3]), _at(row[4])
    return Draft(
        id=row[0],
        escalation_id=row[1],
        audience=Audience(row[2]),
        stage=stage,
        next_update_at=next_update_at,
        edition=row[5],
        author=row[6],
        author_id=row[7],
        created_at=from_us(row[8]),
        updated_at=from_us(row[9]),
        updated_by=row[10],
        seen=Seen(stage, next_update_at, texts, overrides),
        texts=texts,
        bases={Medium(name): _rendered(base) for name, base in json.loads(row[12]).items()},
        overrides=overrides,
        writers=frozenset(json.loads(row[14])),
        spare=_spares(session, row[0]),
        release=_release(row[16:]),
        frozen={Medium(name): _rendered(text) for name, text in json.loads(row[15]).items()},
    )


def _spares(session: Session, draft_id: int) -> tuple[Spare, ...]:
    rows = session.sql(
        "SELECT id, medium, subject, body, by_name, at FROM message_spare"
        " WHERE draft_id = ? AND settled_at IS NULL ORDER BY id",
        (draft_id,),
    )
    return tuple(
        Spare(row[0], Medium(row[1]), row[2], row[3], row[4], from_us(row[5])) for row in rows.fetchall()
    )


def _release(row: Sequence[Any]) -> Release | None:
    asked_by, asked_by_id, asked_us, released_by, released_by_id, released_us = row
    if asked_us is None:
        return None
    return Release(asked_by, asked_by_id, from_us(asked_us), released_by, released_by_id, _at(released_us))


def _rendered(document: Mapping[str, Any]) -> Rendered:
    return Rendered(
        subject=document["subject"],
        body=document["body"],
        values=document["values"],
        spans=tuple((name, begin, end) for name, begin, end in document["spans"]),
        missing=tuple(document["missing"]),
        unknown=tuple(document["unknown"]),
    )


def _texts_json(texts: Mapping[Medium, Text]) -> str:
    return _json(
        {medium.value: {"subject": text.subject, "body": text.body} for medium, text in texts.items()}
    )


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def _us(at: datetime | None) -> int | None:
    return None if at is None else to_us(at)


def _at(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)
