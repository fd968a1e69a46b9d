"""What is written into a handoff: its items, the questions about them, and notes."""

import json
from collections.abc import Iterable, Mapping

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.handoff import WORDS


def of_item(session: Session, item_id: int) -> int:
    """The handoff an item belongs to.

    Raises: NotFound.
    """
    return _owner(session, "SELECT handoff_id FROM handoff_item WHERE id = ?", item_id, "item")


def of_question(session: Session, question_id: int) -> int:
    """The handoff a question belongs to.

    Raises: NotFound.
    """
    statement = (
        "SELECT i.handoff_id FROM handoff_question q JOIN handoff_item i ON i.id = q.item_id WHERE q.id = ?"
    )
    return _owner(session, statement, question_id, "question")


def of_note(session: Session, note_id: int) -> int:
    """The handoff a note belongs to.

    Raises: NotFound.
    """
    return _owner(session, "SELECT handoff_id FROM handoff_note WHERE id = ?", note_id, "note")


def add_items(
    session: Session, handoff_id: int, items: Iterable[tuple[int, Mapping[str, str]]], at_us: int
) -> None:
    """Put escalations with their words behind those that are in it already; known ones stay as they are."""
    last = session.sql(
        "SELECT COALESCE(max(position), 0) FROM handoff_item WHERE handoff_id = ?", (handoff_id,)
    ).fetchone()[0]
    for position, (escalation_id, words) in enumerate(items, start=last + 1):
        session.sql(
            f"INSERT INTO handoff_item (handoff_id, escalation_id, position, {', '.join(WORDS)}, added_at)"
            f" VALUES (?, ?, ?, {', '.join('?' * len(WORDS))}, ?)"
            " ON CONFLICT (handoff_id, escalation_id) DO NOTHING",
            (handoff_id, escalation_id, position, *(words[word] for word in WORDS), at_us),
        )


def write_item(session: Session, item_id: int, words: Mapping[str, str], typed: Iterable[str]) -> None:
    """Give an item of a draft other words."""
    marks = ", ".join(f"{word} = ?" for word in WORDS)
    session.sql(
        f"UPDATE handoff_item SET {marks}, typed = ? WHERE id = ?",
        (*(words.get(word, "") for word in WORDS), json.dumps(sorted(typed)), item_id),
    )


def set_item(
    session: Session, item_id: int, state: str, *, why: str = "", at_us: int | None = None, by: str = ""
) -> None:
    """Note what became of an item."""
    session.sql(
        "UPDATE handoff_item SET state = ?, why = ?, answered_at = ?, answered_by = ? WHERE id = ?",
        (state, why, at_us, by, item_id),
    )


def remove_item(session: Session, item_id: int) -> None:
    """Take an item out of a draft."""
    session.sql("DELETE FROM handoff_item WHERE id = ?", (item_id,))


def ask(session: Session, item_id: int, question: str, at_us: int, by: str) -> int:
    """A new question about an item; gives its id."""
    cursor = session.sql(
        "INSERT INTO handoff_question (item_id, question, asked_at, asked_by) VALUES (?, ?, ?, ?)",
        (item_id, question, at_us, by),
    )
    return int(cursor.lastrowid or 0)


def answer(session: Session, question_id: int, text: str, at_us: int, by: str) -> bool:
    """Answer a question; False where it was answered already."""
    cursor = session.sql(
        "UPDATE handoff_question SET answer = ?, answered_at = ?, answered_by = ?"
        " WHERE id = ? AND answered_at IS NULL",
        (text, at_us, by, question_id),
    )
    return cursor.rowcount == 1


def add_note(session: Session, handoff_id: int, kind: str, text: str, at_us: int, by: str) -> int:
    """A new note; gives its id."""
    cursor = session.sql(
        "INSERT INTO handoff_note (handoff_id, kind, text, added_at, added_by) VALUES (?, ?, ?, ?, ?)",
        (handoff_id, kind, text, at_us, by),
    )
    return int(cursor.lastrowid or 0)


def remove_note(session: Session, note_id: int) -> None:
    """Take a note away."""
    session.sql("DELETE FROM handoff_note WHERE id = ?", (note_id,))


def _owner(session: Session, statement: str, row_id: int, what: str) -> int:
    row = session.sql(statement, (row_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no such {what} in a handoff.", hint="Look at the handoff again.")
    return int(row[0])
