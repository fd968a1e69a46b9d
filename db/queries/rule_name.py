"""What people call the things that rules hold by number or key."""

from db.unit_of_work import Session


def customers(session: Session) -> dict[int, str]:
    """The names of the customers that any version of a rule sets by number."""
    rows = session.sql(
        "SELECT id, name FROM customer WHERE id IN (SELECT json_extract(a.value, '$.value')"
        " FROM rule_version v, json_each(v.document, '$.actions') a"
        " WHERE json_extract(a.value, '$.kind') = 'set_customer'"
        " AND json_type(a.value, '$.value') = 'integer')"
    )
    return dict(rows.fetchall())


def people(session: Session) -> dict[int, str]:
    """The names of everybody who is or was at the desk."""
    return dict(session.sql("SELECT id, name FROM person").fetchall())


def sources(session: Session) -> dict[str, str]:
    """The names of all sources by their keys, removed ones too."""
    return dict(session.sql("SELECT key, name FROM source").fetchall())
