"""The board's rows: all of them at first, then only what has changed."""

from dataclasses import dataclass

from db.queries import board as queries
from db.queries.board import Names
from db.unit_of_work import Session, Store
from desktop.domain.board import BoardRow, midnight_us
from desktop.domain.clock import Clock
from desktop.domain.policy import Policy
from desktop.services.policy import PolicyService
from desktop.services.settings import SettingsService


@dataclass(frozen=True, slots=True)
class BoardChanges:
    """Rows that are new or have changed, and the escalations that are not on the board any more.

    `revision` and `day_us`, when today began, are what to ask the next changes with.
    """

    revision: int
    day_us: int
    rows: list[BoardRow]
    removed_ids: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not self.rows and not self.removed_ids


class BoardService:
    """Reads the board: what is open, and what was resolved since midnight in the desk's zone."""

    def __init__(
        self, *, store: Store, clock: Clock, policy: PolicyService, settings: SettingsService
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._settings = settings
        self._named: tuple[Policy, Names] | None = None

    def rows(self) -> list[BoardRow]:
        """All rows of the board."""
        return self.load().rows

    def load(self) -> BoardChanges:
        """All rows of the board, with what to ask the next changes with."""
        day_us, names = self._day_us(), self._names()
        with self._store.read() as session:
            return BoardChanges(queries.revision(session), day_us, queries.rows(session, day_us, names))

    def changes(self, since: int, day_us: int = 0) -> BoardChanges:
        """What has changed after a revision, and once the day has turned what was resolved before.

        Cheap when nothing has changed.
        """
        today_us = self._day_us()
        if self._store.revision() == since and day_us in (0, today_us):
            return BoardChanges(since, today_us, [])
        names = self._names()
        with self._store.read() as session:
            revision = queries.revision(session)
            rows = queries.changed_rows(session, since, today_us, names)
            removed = _removed(session, since, rows)
            if 0 < day_us < today_us:
                removed.update(queries.resolved_between(session, day_us, today_us))
        return BoardChanges(revision, today_us, rows, tuple(sorted(removed)))

    def _day_us(self) -> int:
        return midnight_us(self._clock.now(), self._settings.current.zone)

    def _names(self) -> Names:
        policy = self._policy.active()
        if self._named is None or self._named[0] is not policy:
            self._named = (policy, _names_of(policy))
        return self._named[1]


def _removed(session: Session, since: int, rows: list[BoardRow]) -> set[int]:
    return set(queries.changed_ids(session, since)) - {row.id for row in rows}


def _names_of(policy: Policy) -> Names:
    return Names(
        tiers={tier.key: tier.name for tier in policy.tiers},
        areas={area.key: area.name for area in policy.areas},
        issue_types={kind.key: kind.name for area in policy.areas for kind in area.issue_types},
    )
