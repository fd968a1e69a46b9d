"""What an import asks and keeps: tickets known already, new customers, mappings by name."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_CHUNK = 400  # SQLite's older limit on marks in a statement is 999


class KnownTicket(NamedTuple):
    """An escalation that stands for a ticket; `prints` is the JSON of what the last import of it said."""

    id: int
    number: str
    state: str
    prints: str | None


def known_tickets(session: Session, system: str, references: Sequence[str]) -> dict[str, KnownTicket]:
    """Those of the references that have an escalation already."""
    found: dict[str, KnownTicket] = {}
    for start in range(0, len(references), _CHUNK):
        chunk = references[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = session.sql(
            "SELECT e.external_ref, e.id, e.number, e.state, (SELECT json_extract(t.body, '$.origin.prints')"
            " FROM timeline t WHERE t.escalation_id = e.id AND json_extract(t.body, '$.origin.prints')"
            " IS NOT NULL ORDER BY t.seq DESC LIMIT 1) FROM escalation e WHERE e.external_source = ?"
            f" AND e.external_ref IN ({marks})",
            (system, *chunk),
        )
        found |= {row[0]: KnownTicket._make(row[1:]) for row in rows}
    return found


def insert_unroled_people(session: Session, people: Sequence[tuple[str, str]]) -> None:
    """Add people without roles: (name, initials); a name that is there already, of a former person, stays."""
    revision = session.revision()
    if people:
        session.sql(
            "INSERT OR IGNORE INTO person (name, initials, revision) VALUES (?, ?, ?)",
            [(name, initials, revision) for name, initials in people],
        )


def people_by_name(session: Session) -> dict[str, int]:
    """Those at the desk by folded name."""
    return {name.casefold(): id_ for name, id_ in session.sql("SELECT name, id FROM person WHERE active")}


def mappings(session: Session) -> list[tuple[str, str]]:
    """The saved mappings by name: (name, body as JSON)."""
    return session.sql("SELECT name, body FROM import_mapping ORDER BY name").fetchall()


def save_mapping(session: Session, name: str, body: str, now_us: int) -> None:
    """Keep a mapping under a name, in the place of what was kept under it."""
    session.sql(
        "INSERT INTO import_mapping (name, body, updated_at) VALUES (?, ?, ?) ON CONFLICT (name)"
        " DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        (name, body, now_us),
    )


def delete_mapping(session: Session, name: str) -> None:
    """Forget a saved mapping."""
    session.sql("DELETE FROM import_mapping WHERE name = ?", (name,))


def set_made_sla(session: Session, escalation_id: int, made: bool) -> None:
    """Keep what the system a ticket comes from says of its own target."""
    session.sql("UPDATE escalation SET made_sla = ? WHERE id = ?", (int(made), escalation_id))
