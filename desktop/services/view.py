"""Saved views of the board."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.queries import view as queries
from db.unit_of_work import Store
from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.view import SHIPPED, SavedView
from desktop.domain.wording import one_line

_LONGEST_NAME = 60


class ViewService:
    """Keeps the views that people save, after those that come with the program."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[SavedView, ...]:
        """The shipped views, then the saved ones in their order."""
        with self._store.read() as session:
            stored = queries.all_views(session)
        return (*SHIPPED, *(SavedView.from_mapping(row.id, row.name, _body(row.body)) for row in stored))

    def save(self, view: SavedView) -> SavedView:
        """Keep a view: a new one with an id of 0, else in the place of the one of its id.

        Raises: DeskError for a missing name or a shipped view; Conflict when the name is taken; NotFound.
        """
        known = self._known(view.id)
        kept = replace(view, name=_checked_name(view.name))
        if any(other.name.casefold() == kept.name.casefold() and other.id != kept.id for other in known):
            raise Conflict(f"There is a view {kept.name} already.", field="name", hint="Choose another name.")
        body = json.dumps(kept.to_mapping(), ensure_ascii=False, sort_keys=True)
        with self._store.begin() as session:
            if kept.id:
                queries.update(session, kept.id, kept.name, body)
                return kept
            return replace(kept, id=queries.insert(session, kept.name, body))

    def arrange(self, view_ids: Sequence[int]) -> None:
        """Put the saved views in this order."""
        with self._store.begin() as session:
            queries.arrange(session, [view_id for view_id in view_ids if view_id > 0])

    def delete(self, view_id: int) -> None:
        """Throw a saved view away.

        Raises: DeskError for a shipped one; NotFound.
        """
        self._known(view_id)
        with self._store.begin() as session:
            queries.delete(session, view_id)

    def _known(self, view_id: int) -> tuple[SavedView, ...]:
        if view_id < 0:
            raise DeskError("This view comes with the program.", hint="Save it under another name.")
        known = self.all()
        if view_id and all(view.id != view_id for view in known):
            raise NotFound("There is no such view any more.", hint="Save it as a new one.")
        return known


def _checked_name(name: str) -> str:
    kept = one_line(name)
    if not kept or len(kept) > _LONGEST_NAME:
        raise DeskError(
            "The view has no name." if not kept else "The view's name is too long.",
            field="name",
            hint=f"Type a name of at most {_LONGEST_NAME} characters.",
        )
    return kept


def _body(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
