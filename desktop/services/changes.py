"""What a command changes: applied at once, and written into its event so that undo can take it back."""

from collections.abc import Iterable, Mapping
from typing import Any

from db.queries import change
from db.unit_of_work import Session

#: What a column may hold, instants in microseconds.
Value = int | str | None

#: One changed row as an event keeps it: its table, its id, and each column before and after.
Entry = Mapping[str, Any]


#: The columns that time and what comes from outside change by themselves.
_BY_ITSELF = frozenset(
    {
        "breached_at",
        "needs_review",
        "review_why",
        "review_at",
        "review_snoozed_until",
        "containment_proposed_at",
        "containment_proposed_by",
    }
)
#: Rows that signals change by themselves.
_FROM_OUTSIDE = frozenset({"alert", "signal"})
_WATCHER = "watcher"


class ChangeSet:
    """The rows that one command changes, column by column, in the order they were first touched."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[tuple[str, int], dict[str, list[Value]]] = {}

    def set(self, table: str, row_id: int, **columns: Value) -> None:
        """Change columns of a row; those that are so already are left alone.

        Raises: NotFound when the row is gone.
        """
        before = change.read(self._session, table, row_id, tuple(columns))
        changed = {name: value for name, value in columns.items() if before[name] != value}
        if changed:
            change.write(self._session, table, row_id, changed)
            for name, value in changed.items():
                self._note(table, row_id, name, before[name], value)

    def added(self, table: str, row_id: int, undone: Mapping[str, Any], made: Mapping[str, Any]) -> None:
        """Take note of a new row: what it is `made` with, and what makes it count for nothing when `undone`.

        Rows are never deleted: history may speak of them.
        """
        for name, value in made.items():
            self._note(table, row_id, name, undone[name], value)

    def entries(self) -> list[Entry]:
        """Everything changed so far, as an event keeps it; may be empty."""
        return [
            {"table": table, "id": row_id, "columns": columns}
            for (table, row_id), columns in self._rows.items()
            if columns
        ]

    def _note(self, table: str, row_id: int, name: str, before: Value, after: Value) -> None:
        columns = self._rows.setdefault((table, row_id), {})
        pair = columns.setdefault(name, [before, after])
        pair[1] = after
        if pair[0] == pair[1]:
            del columns[name]


def standing(session: Session, entries: Iterable[Entry]) -> list[Entry]:
    """The changes without those of watchers who have stopped watching since, or were moved on: they stay."""
    return [each for each in entries if each["table"] != _WATCHER or _is_as_left(session, each)]


def _is_as_left(session: Session, entry: Entry) -> bool:
    return change.exists(session, entry["table"], entry["id"]) and not differing(session, entry)


def touched(session: Session, entries: Iterable[Entry]) -> list[int]:
    """The escalations whose rows were changed, each once, in the order of the entries."""
    found = [change.escalation_of(session, entry["table"], entry["id"]) for entry in entries]
    return list(dict.fromkeys(found))


def differing(session: Session, entry: Entry) -> list[str]:
    """The columns of a changed row that are not as the change left them; may be empty."""
    after = {name: pair[1] for name, pair in entry["columns"].items()}
    now = change.read(session, entry["table"], entry["id"], tuple(after))
    return [name for name, value in after.items() if now[name] != value]


def barring(session: Session, entry: Entry) -> list[str]:
    """The columns for which a change cannot be undone, for somebody has changed them since.

    That time has breached a commitment meanwhile, or a signal wants it looked at again, bars nothing.
    """
    if entry["table"] in _FROM_OUTSIDE:
        return []
    return [name for name in differing(session, entry) if name not in _BY_ITSELF]


def put_back(session: Session, entry: Entry) -> dict[str, Value]:
    """The columns of a changed row as they were before; what time has changed since is left as it is."""
    changed = differing(session, entry)
    return {name: pair[0] for name, pair in entry["columns"].items() if name not in changed}
