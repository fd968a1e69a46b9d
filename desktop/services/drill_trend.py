"""How a team fares over its drills: runs that count, in their order, and never how a person does."""

import json

from db.queries import drill_log, drill_run
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.drill_record import TrendPoint
from desktop.domain.drill_register import LeftOut
from desktop.domain.instant import from_us
from desktop.services.bus import Bus

_MOST = 200


class Trends:
    """Reads scored runs of teams; practice runs and forks count in none."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store

    def teams(self) -> tuple[str, ...]:
        """The teams that have a trend, by name."""
        with self._store.read() as session:
            return tuple(drill_run.teams(session))

    def of_team(self, team: str) -> tuple[TrendPoint, ...]:
        """The scored runs of a team, oldest first, with their latest results."""
        with self._store.read() as session:
            rows = drill_run.of_trend(session, team, _MOST)
            contents = drill_log.latest_contents(session, [row.id for row in rows])
        return tuple(
            TrendPoint(
                run_id=row.id,
                slug=row.slug,
                title=row.title,
                team=row.team,
                at=from_us(row.ended_us or row.made_us),
                overall=row.overall or 0,
                band=row.band,
                coverage=row.coverage or 0,
                competences=dict(json.loads(contents[row.id])["competences"]),
            )
            for row in rows
        )

    def left_out(self, team: str) -> LeftOut:
        """How many ended runs of a team count in no trend."""
        with self._store.read() as session:
            return LeftOut(*drill_run.left_out(session, team))
