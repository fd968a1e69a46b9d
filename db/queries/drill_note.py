"""What observers wrote about a run, and what its players answered without their names."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_NOTE = "SELECT id, run_id, sim_ms, at, author, text, kind, rating, links, is_private FROM observer_note "


class NoteRow(NamedTuple):
    """A note as stored; `links` is JSON, the instant in microseconds."""

    id: int
    run_id: int
    sim_ms: int
    at_us: int
    author: str
    text: str
    kind: str
    rating: str
    links: str
    is_private: int


class AnswerRow(NamedTuple):
    """An answer as stored, under an id drawn at random; `day` is a date in ISO form."""

    id: int
    question: str
    score: int
    text: str
    day: str


def add(session: Session, row: NoteRow) -> int:
    """Keep a note; gives the id that the table gave it."""
    kept = session.sql(
        "INSERT INTO observer_note (run_id, sim_ms, at, author, text, kind, rating, links, is_private)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        row[1:],
    ).fetchone()
    return int(kept[0])


def get(session: Session, note_id: int) -> NoteRow | None:
    """One note."""
    row = session.sql(f"{_NOTE} WHERE id = ?", (note_id,)).fetchone()
    return None if row is None else NoteRow._make(row)


def of_run(session: Session, run_id: int) -> list[NoteRow]:
    """The notes of a run by their time."""
    rows = session.sql(f"{_NOTE} WHERE run_id = ? ORDER BY sim_ms, id", (run_id,))
    return [NoteRow._make(row) for row in rows]


def change(session: Session, note_id: int, text: str, kind: str, rating: str, is_private: int) -> None:
    """Let a note say something else; when it was written stays."""
    session.sql(
        "UPDATE observer_note SET text = ?, kind = ?, rating = ?, is_private = ? WHERE id = ?",
        (text, kind, rating, is_private, note_id),
    )


def remove(session: Session, note_id: int) -> None:
    """Take a note away."""
    session.sql("DELETE FROM observer_note WHERE id = ?", (note_id,))


def links_text(links: Sequence[str]) -> str:
    """Ids as a note keeps them."""
    return json.dumps(list(links), ensure_ascii=False)


def add_answers(session: Session, run_id: int, rows: Iterable[AnswerRow]) -> None:
    """Keep answers of the survey."""
    kept = [(row.id, run_id, *row[1:]) for row in rows]
    if kept:
        session.sql(
            "INSERT INTO survey_answer (id, run_id, question, score, text, day) VALUES (?, ?, ?, ?, ?, ?)",
            kept,
        )


def answers(session: Session, run_id: int) -> list[AnswerRow]:
    """Every answer of a run, in the order of their random ids."""
    rows = session.sql(
        "SELECT id, question, score, text, day FROM survey_answer WHERE run_id = ? ORDER BY id", (run_id,)
    )
    return [AnswerRow._make(row) for row in rows]
