"""The repository of the playbooks, and what was left alone of what it holds."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_COLUMNS = "address, branch, folder, user, set_at, set_by, commit_id, looked_at, pushed_at"


class RemoteRow(NamedTuple):
    """The repository as it is kept; instants in microseconds."""

    address: str
    branch: str
    folder: str
    user: str
    set_us: int
    set_by: str
    commit_id: str
    looked_us: int | None
    pushed_us: int | None


def remote(session: Session) -> RemoteRow | None:
    """The repository; None while nobody named one."""
    row = session.sql(f"SELECT {_COLUMNS} FROM playbook_remote WHERE id = 1").fetchone()
    return None if row is None else RemoteRow._make(row)


def put_remote(session: Session, row: RemoteRow) -> None:
    """Name a repository in the place of any other."""
    session.sql(
        f"INSERT OR REPLACE INTO playbook_remote (id, revision, {_COLUMNS})"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (session.revision(), *row),
    )


def forget_remote(session: Session) -> None:
    """Name none."""
    session.revision()
    session.sql("DELETE FROM playbook_remote")


def note_look(session: Session, commit_id: str, at_us: int, *, pushed: bool) -> None:
    """What was seen of the repository, and when; with `pushed`, by adding to it."""
    column = "pushed_at" if pushed else "looked_at"
    session.sql(
        f"UPDATE playbook_remote SET commit_id = ?, {column} = ?, revision = ? WHERE id = 1",
        (commit_id, at_us, session.revision()),
    )


def left(session: Session) -> list[tuple[str, int, str]]:
    """Slug, number and hash of everything left alone."""
    return session.sql("SELECT slug, number, hash FROM playbook_left").fetchall()


def leave(session: Session, entries: Sequence[tuple[str, int, str]], at_us: int, by: str) -> None:
    """Remember that these were left alone."""
    rows = [(*entry, at_us, by) for entry in entries]
    if rows:
        session.sql(
            "INSERT OR REPLACE INTO playbook_left (slug, number, hash, left_at, left_by)"
            " VALUES (?, ?, ?, ?, ?)",
            rows,
        )
