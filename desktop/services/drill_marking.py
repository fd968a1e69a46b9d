"""The mark of the desk that everything leaving it carries; a real desk has none."""

import json

from db.queries import setting as queries
from db.unit_of_work import Session, Store


def mark_of(session: Session) -> str:
    """The word that a drill's own desk is marked with, empty on a real one."""
    try:
        mark = json.loads(queries.one(session, "drill_mark"))
    except ValueError:
        return ""
    return mark if isinstance(mark, str) else ""


class DeskMark:
    """The mark of one desk, read once: a desk becomes no drill, nor ceases to be one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mark: str | None = None

    def __call__(self) -> str:
        """The word; empty on a real desk.

        Raises: StoreError when the database cannot be read.
        """
        if self._mark is None:
            with self._store.read() as session:
                self._mark = mark_of(session)
        return self._mark
