"""Settings of this desk, as JSON texts under their keys."""

from db.unit_of_work import Session


def all_settings(session: Session) -> dict[str, str]:
    """Every stored setting; what was never set is not among them."""
    return dict(session.sql("SELECT key, value FROM setting"))


def one(session: Session, key: str) -> str:
    """One stored setting, empty where it was never set."""
    row = session.sql("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return row[0] if row is not None else ""


def put(session: Session, key: str, value: str) -> None:
    """Store a setting."""
    session.sql(
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def delete(session: Session, key: str) -> None:
    """Forget a setting: its default holds again."""
    session.sql("DELETE FROM setting WHERE key = ?", (key,))
