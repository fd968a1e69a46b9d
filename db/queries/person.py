"""People and the roles they hold."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from db.unit_of_work import Session
from desktop.domain.person import Person, Role

_SELECT = """
SELECT p.id, p.name, p.initials, p.email, p.team, p.zone, p.quiet_from, p.quiet_to, p.active,
    (SELECT group_concat(r.role, '|') FROM person_role r WHERE r.person_id = p.id), p.working_hours, p.phone
FROM person p
"""


def all_people(session: Session) -> tuple[Person, ...]:
    """Everybody, former people included, by name."""
    return tuple(map(_person, session.sql(f"{_SELECT} ORDER BY p.name")))


def state(session: Session) -> tuple[int, int]:
    """What is another whenever somebody was added or changed: cheap to ask before reading everybody."""
    row = session.sql("SELECT count(*), COALESCE(max(revision), 0) FROM person").fetchone()
    return int(row[0]), int(row[1])


def by_id(session: Session, person_id: int) -> Person | None:
    """One person, None where there is none of that id."""
    row = session.sql(f"{_SELECT} WHERE p.id = ?", (person_id,)).fetchone()
    return _person(row) if row else None


def by_role(session: Session, role: Role) -> tuple[Person, ...]:
    """Those at the desk who hold a role, by name."""
    found = session.sql(
        f"{_SELECT} WHERE p.active AND p.id IN (SELECT person_id FROM person_role WHERE role = ?)"
        " ORDER BY p.name",
        (role,),
    )
    return tuple(map(_person, found))


def insert(session: Session, person: Person) -> int:
    """Add a person with their roles; gives the id (that of `person` does not count)."""
    cursor = session.sql(
        "INSERT INTO person (name, initials, email, team, zone, quiet_from, quiet_to, active, working_hours,"
        " phone, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*_columns(person), session.revision()),
    )
    person_id = int(cursor.lastrowid or 0)
    _set_roles(session, person_id, person.roles)
    return person_id


def update(session: Session, person: Person) -> None:
    """Give a person other values and roles."""
    session.sql(
        "UPDATE person SET name = ?, initials = ?, email = ?, team = ?, zone = ?, quiet_from = ?,"
        " quiet_to = ?, active = ?, working_hours = ?, phone = ?, revision = ? WHERE id = ?",
        (*_columns(person), session.revision(), person.id),
    )
    _set_roles(session, person.id, person.roles)


def _set_roles(session: Session, person_id: int, roles: Iterable[Role]) -> None:
    session.sql("DELETE FROM person_role WHERE person_id = ?", (person_id,))
    for role in sorted(roles):
        session.sql("INSERT INTO person_role (person_id, role) VALUES (?, ?)", (person_id, role))


def _columns(person: Person) -> tuple[str | int | None, ...]:
    return (
        person.name,
        person.initials,
        person.email,
        person.team,
        person.zone,
        None if person.quiet_from is None else person.quiet_from.isoformat("minutes"),
        None if person.quiet_to is None else person.quiet_to.isoformat("minutes"),
        int(person.active),
        person.working_hours,
        person.phone,
    )


def _person(row: Sequence[Any]) -> Person:
    person_id, name, initials, email, team, zone, quiet_from, quiet_to, active, roles, hours, phone = row
    return Person(
        id=person_id,
        name=name,
        initials=initials,
        email=email,
        team=team,
        zone=zone,
        quiet_from=time.fromisoformat(quiet_from) if quiet_from else None,
        quiet_to=time.fromisoformat(quiet_to) if quiet_to else None,
        roles=frozenset(map(Role, roles.split("|"))) if roles else frozenset(),
        active=bool(active),
        working_hours=hours,
        phone=phone,
    )
