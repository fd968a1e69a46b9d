"""Drafts: what was typed and not yet sent, kept over a crash."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.queries import draft as queries
from db.queries.draft import DraftRow
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.instant import from_us, to_us


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished form: `body` holds its fields as texts, whole numbers, truths and lists of these."""

    kind: str
    key: str
    body: Mapping[str, Any]
    person_id: int | None
    updated_at: datetime


class DraftService:
    """Keeps drafts by kind of form and a key within it; saving again replaces."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def save(self, kind: str, key: str, body: Mapping[str, Any], person_id: int | None = None) -> None:
        """Keep a form as it is now; durable when it returns.

        Raises: TypeError for a body that JSON cannot hold.
        """
        # Half a letter, as a broken paste may hold, is kept escaped: the database takes only whole ones.
        text = json.dumps(body, separators=(",", ":"))
        row = DraftRow(kind, key, text, person_id, to_us(self._clock.now()))
        with self._store.begin() as session:
            queries.put(session, row)

    def load(self, kind: str, key: str) -> Draft | None:
        """One draft, None where there is none or its text is damaged."""
        with self._store.read() as session:
            row = queries.get(session, kind, key)
        return None if row is None else _draft(row)

    def all(self, kind: str) -> tuple[Draft, ...]:
        """All drafts of a kind, newest first."""
        with self._store.read() as session:
            rows = queries.of_kind(session, kind)
        return tuple(draft for draft in map(_draft, rows) if draft is not None)

    def delete(self, kind: str, key: str) -> None:
        """Throw a draft away; none there is as good."""
        with self._store.begin() as session:
            queries.delete(session, kind, key)


def _draft(row: DraftRow) -> Draft | None:
    try:
        body = json.loads(row.body)
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    return Draft(row.kind, row.key, body, row.person_id, from_us(row.updated_us))
