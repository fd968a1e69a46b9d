"""Handoffs with their items, questions and notes."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.handoff import WORDS, Handoff, Item, Note, NoteKind, Question
from desktop.domain.instant import from_us

_HANDOFF = (
    "SELECT id, from_id, to_id, team, shift_end_at, drafted_at, filled_at, offered_at, withdrawn_at,"
    " alarm_at, alarmed_at, state, facts, parts_filled, parts_wanted FROM handoff "
)
_ITEM = (
    "SELECT i.id, i.handoff_id, i.escalation_id, e.number, e.title, k.name, e.severity,"
    f" COALESCE(e.priority, ''), {', '.join(f'i.{word}' for word in WORDS)}, i.typed, i.added_at, i.state,"
    " i.why, i.answered_at, i.answered_by FROM handoff_item i JOIN escalation e ON e.id = i.escalation_id"
    " JOIN customer k ON k.id = e.customer_id "
)
_QUESTION = (
    "SELECT q.id, q.item_id, q.question, q.asked_at, q.asked_by, q.answer, q.answered_at, q.answered_by"
    " FROM handoff_question q "
)
#: What may be changed of a handoff beside its items.
_CHANGEABLE = frozenset(
    {
        "to_id", "team", "shift_end_at", "filled_at", "offered_at", "withdrawn_at", "alarm_at", "alarmed_at",
        "state", "facts", "parts_filled", "parts_wanted",
    }
)  # fmt: skip


def insert(session: Session, from_id: int, team: str, at_us: int) -> int:
    """A new draft of a person; gives its id."""
    cursor = session.sql(
        "INSERT INTO handoff (from_id, team, drafted_at, filled_at, revision) VALUES (?, ?, ?, ?, ?)",
        (from_id, team, at_us, at_us, session.revision()),
    )
    return int(cursor.lastrowid or 0)


def change(session: Session, handoff_id: int, columns: Mapping[str, Any]) -> None:
    """Set columns of a handoff, instants in microseconds."""
    if unknown := set(columns) - _CHANGEABLE:
        raise ValueError(f"not a column of a handoff that changes: {sorted(unknown)}")
    marks = ", ".join(f"{column} = ?" for column in columns)
    session.sql(
        f"UPDATE handoff SET {marks}, revision = ? WHERE id = ?",
        (*columns.values(), session.revision(), handoff_id),
    )


def touch(session: Session, handoff_id: int) -> None:
    """Let a handoff be found as changed: something of its items or notes is another."""
    session.sql("UPDATE handoff SET revision = ? WHERE id = ?", (session.revision(), handoff_id))


def get(session: Session, handoff_id: int) -> Handoff:
    """One handoff whole.

    Raises: NotFound.
    """
    found = _read(session, "WHERE id = ?", (handoff_id,))
    if not found:
        raise NotFound("There is no such handoff.")
    return found[0]


def draft_of(session: Session, person_id: int) -> Handoff | None:
    """The draft a person is at, None for none."""
    found = _read(session, "WHERE from_id = ? AND state = 'draft'", (person_id,))
    return found[0] if found else None


def has_for_end(session: Session, person_id: int, end_us: int) -> bool:
    """Whether a person has drafted or offered a handoff for the end of a shift, withdrawn or not."""
    row = session.sql(
        "SELECT 1 FROM handoff WHERE from_id = ? AND shift_end_at = ? LIMIT 1", (person_id, end_us)
    ).fetchone()
    return row is not None


def of_person(session: Session, person_id: int, limit: int) -> tuple[Handoff, ...]:
    """What a person gave or was given, the latest first; drafts of others are not among them."""
    return _read(
        session,
        "WHERE from_id = ? OR (to_id = ? AND offered_at IS NOT NULL) ORDER BY id DESC LIMIT ?",
        (person_id, person_id, limit),
    )


def waiting_for(session: Session, person_id: int) -> tuple[Handoff, ...]:
    """What is offered to a person and has items that wait for their word, the oldest first."""
    return _read(
        session,
        "WHERE to_id = ? AND state = 'offered' AND EXISTS (SELECT 1 FROM handoff_item i"
        " WHERE i.handoff_id = handoff.id AND i.state = 'open') ORDER BY offered_at, id",
        (person_id,),
    )


def offered_since(session: Session, since_us: int) -> tuple[Handoff, ...]:
    """Everything offered since an instant, the oldest first; withdrawn ones included."""
    return _read(session, "WHERE offered_at >= ? ORDER BY offered_at, id", (since_us,))


def open_elsewhere(session: Session, escalation_ids: Sequence[int], handoff_id: int) -> dict[int, int]:
    """Which of these escalations wait for an answer in another offered handoff, and in which."""
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        "SELECT i.escalation_id, i.handoff_id FROM handoff_item i JOIN handoff h ON h.id = i.handoff_id"
        " WHERE h.state = 'offered' AND i.state = 'open' AND i.handoff_id <> ?"
        f" AND i.escalation_id IN ({marks})",
        (handoff_id, *escalation_ids),
    )
    return dict(rows.fetchall())


def _read(session: Session, where: str, parameters: Sequence[Any]) -> tuple[Handoff, ...]:
    rows = session.sql(_HANDOFF + where, parameters).fetchall()
    ids = [row[0] for row in rows]
    if not ids:
        return ()
    items, notes = _items(session, ids), _notes(session, ids)
    return tuple(_handoff(row, items.get(row[0], ()), notes.get(row[0], ())) for row in rows)


def _items(session: Session, handoff_ids: Sequence[int]) -> dict[int, tuple[Item, ...]]:
    marks = ", ".join("?" * len(handoff_ids))
    questions: dict[int, tuple[Question, ...]] = {}
    for row in session.sql(
        f"{_QUESTION} JOIN handoff_item i ON i.id = q.item_id WHERE i.handoff_id IN ({marks}) ORDER BY q.id",
        handoff_ids,
    ):
        question_id, item_id, text, asked_us, asked_by, answer_text, answered_us, answered_by = row
        asked = Question(
            question_id,
            item_id,
            text,
            from_us(asked_us),
            asked_by,
            answer_text,
            _at(answered_us),
            answered_by,
        )
        questions[asked.item_id] = (*questions.get(asked.item_id, ()), asked)
    found: dict[int, tuple[Item, ...]] = {}
    for row in session.sql(
        f"{_ITEM} WHERE i.handoff_id IN ({marks}) ORDER BY i.handoff_id, i.position, i.id", handoff_ids
    ):
        item = _item(row, questions.get(row[0], ()))
        found[item.handoff_id] = (*found.get(item.handoff_id, ()), item)
    return found


def _item(row: Sequence[Any], questions: tuple[Question, ...]) -> Item:
    words, rest = row[8 : 8 + len(WORDS)], row[8 + len(WORDS) :]
    typed, added_us, state, why, answered_us, answered_by = rest
    return Item(
        id=row[0],
        handoff_id=row[1],
        escalation_id=row[2],
        number=row[3],
        title=row[4],
        customer=row[5],
        severity=row[6],
        priority=row[7],
        words=dict(zip(WORDS, words, strict=True)),
        typed=frozenset(json.loads(typed)),
        added_at=from_us(added_us),
        kept=state,
        why=why,
        answered_at=_at(answered_us),
        answered_by=answered_by,
        questions=questions,
    )


def _notes(session: Session, handoff_ids: Sequence[int]) -> dict[int, tuple[Note, ...]]:
    marks = ", ".join("?" * len(handoff_ids))
    found: dict[int, tuple[Note, ...]] = {}
    for handoff_id, note_id, kind, text, at_us, by in session.sql(
        "SELECT handoff_id, id, kind, text, added_at, added_by FROM handoff_note"
        f" WHERE handoff_id IN ({marks}) ORDER BY id",
        handoff_ids,
    ):
        note = Note(note_id, NoteKind(kind), text, from_us(at_us), by)
        found[handoff_id] = (*found.get(handoff_id, ()), note)
    return found


def _handoff(row: Sequence[Any], items: tuple[Item, ...], notes: tuple[Note, ...]) -> Handoff:
    instants = {
        name: _at(value)
        for name, value in zip(
            ("shift_end_at", "offered_at", "withdrawn_at", "alarm_at", "alarmed_at"),
            (row[4], row[7], row[8], row[9], row[10]),
            strict=True,
        )
    }
    return Handoff(
        id=row[0],
        from_id=row[1],
        to_id=row[2],
        team=row[3],
        drafted_at=from_us(row[5]),
        filled_at=from_us(row[6]),
        kept=row[11],
        facts=json.loads(row[12] or "{}"),
        parts_filled=row[13],
        parts_wanted=row[14],
        items=items,
        notes=notes,
        **instants,
    )


def _at(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)
