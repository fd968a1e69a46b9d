"""Teams, and what carries a team's name."""

from collections.abc import Sequence
from typing import Any

from db.unit_of_work import Session
from desktop.domain.team import Team

_SELECT = "SELECT id, name, zone, lead_id, working_hours FROM team"


def all_teams(session: Session) -> tuple[Team, ...]:
    """Every team by name."""
    return tuple(_team(row) for row in session.sql(f"{_SELECT} ORDER BY name").fetchall())


def by_id(session: Session, team_id: int) -> Team | None:
    """One team, None where there is none of that id."""
    row = session.sql(f"{_SELECT} WHERE id = ?", (team_id,)).fetchone()
    return _team(row) if row else None


def by_name(session: Session, name: str) -> Team | None:
    """The team of exactly that name."""
    row = session.sql(f"{_SELECT} WHERE name = ?", (name,)).fetchone()
    return _team(row) if row else None


def insert(session: Session, team: Team) -> int:
    """Add a team; gives the id (that of `team` does not count)."""
    cursor = session.sql(
        "INSERT INTO team (name, zone, lead_id, working_hours, revision) VALUES (?, ?, ?, ?, ?)",
        (team.name, team.zone, team.lead_id, team.working_hours, session.revision()),
    )
    return int(cursor.lastrowid or 0)


def update(session: Session, team: Team) -> None:
    """Give a team other values; who and what carried its old name is not asked."""
    session.sql(
        "UPDATE team SET name = ?, zone = ?, lead_id = ?, working_hours = ?, revision = ? WHERE id = ?",
        (team.name, team.zone, team.lead_id, team.working_hours, session.revision(), team.id),
    )


def delete(session: Session, team_id: int) -> None:
    """Take a team away."""
    session.sql("DELETE FROM team WHERE id = ?", (team_id,))


def rename_everywhere(session: Session, old: str, new: str) -> None:
    """People, schedules and open escalations of a team follow its new name; the past keeps the old one."""
    revision = session.revision()
    for table in ("person", "schedule"):
        session.sql(f"UPDATE {table} SET team = ?, revision = ? WHERE team = ?", (new, revision, old))
    session.sql(
        "UPDATE escalation SET team = ?, revision = ? WHERE team = ? AND closed_at IS NULL",
        (new, revision, old),
    )
    session.sql("UPDATE calendar_link SET team = ? WHERE team = ?", (new, old))


def count_people(session: Session, name: str) -> int:
    """How many people at the desk are in it."""
    found = session.sql("SELECT count(*) FROM person WHERE active AND team = ?", (name,)).fetchone()
    return int(found[0])


def names_in_use(session: Session) -> tuple[str, ...]:
    """Names of teams that people carry, whether there is such a team or not, in order."""
    rows = session.sql("SELECT DISTINCT team FROM person WHERE active AND team <> '' ORDER BY team")
    return tuple(str(row[0]) for row in rows.fetchall())


def _team(row: Sequence[Any]) -> Team:
    return Team(id=row[0], name=row[1], zone=row[2], lead_id=row[3], working_hours=row[4])
