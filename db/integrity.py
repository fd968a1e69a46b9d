"""Whether a database holds together: SQLite's own check, then the references between rows."""

import sqlite3

from db.unit_of_work import Session


def integrity(session: Session) -> str:
    """The first fault as a sentence; empty when all is well.

    Raises: StoreError, by way of the session, when the damage stops even the check.
    """
    return _unsound_page(session.sql("PRAGMA integrity_check(1)")) or _dangling_row(
        session.sql("PRAGMA foreign_key_check")
    )


def connection_integrity(driver: sqlite3.Connection) -> str:
    """The same of a driver's connection, for files that are not opened as a store."""
    return _unsound_page(driver.execute("PRAGMA integrity_check(1)")) or _dangling_row(
        driver.execute("PRAGMA foreign_key_check")
    )


def _unsound_page(answer: sqlite3.Cursor) -> str:
    finding: str = answer.fetchone()[0]
    if finding == "ok":
        return ""
    finding = " ".join(finding.split()).removeprefix("*** in database main *** ")
    return f"SQLite finds the file damaged: {finding}."


def _dangling_row(answer: sqlite3.Cursor) -> str:
    row = answer.fetchone()
    if row is None:
        return ""
    table, row_id, parent, _ = row
    return f"Row {row_id} of {table} refers to a row of {parent} that is not there."
