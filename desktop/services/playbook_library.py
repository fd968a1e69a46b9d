"""The library of playbooks as everybody reads it."""

from db.queries import playbook as queries
from db.queries import playbook_draft as drafts
from db.unit_of_work import Store
from desktop.domain.errors import NotFound
from desktop.domain.playbook import Draft, Listed, Version
from desktop.domain.playbook_rights import Review
from desktop.services import playbook_rows as rows


class PlaybookReading:
    """What is published, what was, and what is being written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, *, with_retired: bool = False) -> tuple[Listed, ...]:
        """Every playbook in use by title, also those that only a draft is there of."""
        with self._store.read() as session:
            return rows.listed(session, with_retired=with_retired)

    def get(self, playbook_id: int) -> Version | None:
        """What is published of a playbook; None while nothing is.

        Raises: NotFound; StoreError when it was changed in the database.
        """
        with self._store.read() as session:
            rows.head(session, playbook_id)
            row = queries.version(session, playbook_id)
            return None if row is None else rows.version_of(row)

    def version(self, playbook_id: int, number: int) -> Version:
        """A version by its number.

        Raises: NotFound; StoreError when it was changed in the database.
        """
        with self._store.read() as session:
            row = queries.version(session, playbook_id, number)
            if row is None:
                raise NotFound(f"There is no version {number} of this playbook.")
            return rows.version_of(row)

    def versions(self, playbook_id: int) -> tuple[Version, ...]:
        """Every version, newest first.

        Raises: StoreError when one was changed in the database.
        """
        with self._store.read() as session:
            return tuple(map(rows.version_of, queries.versions(session, playbook_id)))

    def draft(self, playbook_id: int) -> Draft | None:
        """What is being written, if anything is."""
        with self._store.read() as session:
            row = drafts.get(session, playbook_id)
            return None if row is None else rows.draft_of(row)

    def reviews(self, playbook_id: int) -> tuple[Review, ...]:
        """What was said of the draft, oldest first."""
        with self._store.read() as session:
            row = drafts.get(session, playbook_id)
            return () if row is None else rows.reviews_of(session, rows.draft_of(row))

    def by_slug(self, slug: str) -> int | None:
        """The playbook under a short name."""
        with self._store.read() as session:
            return queries.by_slug(session, slug)
