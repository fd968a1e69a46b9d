"""A desk with people of a team and a weekly rota, for tests of rosters."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from db.queries import person as people
from db.queries import timeline
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.person import Actor, Person, Role
from desktop.services.bus import Bus
from desktop.services.roster import RosterService

#: Monday 23 November 2026, 09:00 UTC.
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_ROLES = {
    "Ada Quist": {Role.LEAD},
    "Bo Lund": {Role.ON_CALL},
    "Cy Marsh": {Role.ON_CALL},
    "Dee Fox": {Role.COORDINATOR},
}


def at(text: str) -> datetime:
    """`23 09:00` of November 2026, or `12-01 09:00` of that year, in UTC."""
    text = text if "-" in text else f"11-{text}"
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def a_rota(*entries: list[str], **more: Any) -> dict[str, Any]:
    """A daily rotation at 09:00 UTC since the Monday of the tests; people by name."""
    layer = {"name": "primary", "start": "2026-11-23T09:00", "every": {"unit": "day", "count": 1}}
    return {"zone": "UTC", "layers": [{**layer, "people": list(entries), **more}]}


@dataclass
class RosterDesk:
    """The roster of a desk of four, and what a test asks of it."""

    store: Store
    clock: ManualClock

    def __post_init__(self) -> None:
        self.bus = Bus()
        self.roster = RosterService(store=self.store, clock=self.clock, bus=self.bus)
        self.ids: dict[str, int] = {}
        with self.store.begin() as session:
            for name, roles in _ROLES.items():
                zone = "Europe/Berlin" if name.startswith("Bo") else "UTC"
                person = Person(0, name, name[:2], team="Payments", zone=zone, roles=frozenset(roles))
                self.ids[name.split()[0]] = people.insert(session, person)
        self.clock.set(NOW)

    def by(self, first_name: str) -> Actor:
        """Somebody acting."""
        with self.store.read() as session:
            person = people.by_id(session, self.ids[first_name])
        assert person is not None
        return person.actor()

    def scheduled(self, *entries: list[str], team: str = "Payments", **more: Any) -> int:
        """A daily rota kept by the lead; gives its id."""
        name = f"Rota {len(self.roster.schedules()) + 1}"
        return self.roster.create(name, team, a_rota(*entries, **more), self.by("Ada")).id

    def names(self, ids: tuple[int, ...]) -> str:
        """People by their first names."""
        by_id = {person_id: name for name, person_id in self.ids.items()}
        return "+".join(by_id[each] for each in ids)

    def plan(self, schedule_id: int, days: int = 3) -> list[str]:
        """Who is on call from now: `23 09:00 Bo`."""
        found = self.roster.final(NOW, NOW + timedelta(days=days), schedule_id=schedule_id)
        return [f"{shift.start:%d %H:%M} {self.names(shift.people)}" for shift in found]

    def told(self, reason: str = "roster.changed") -> list[tuple[str, str]]:
        """Who was told what, in order."""
        with self.store.read() as session:
            rows = session.sql("SELECT title, body FROM outbox WHERE reason = ? ORDER BY id", (reason,))
            return [tuple(row) for row in rows.fetchall()]

    def forget_told(self) -> None:
        """Count what is told anew."""
        with self.store.begin() as session:
            session.sql("UPDATE outbox SET reason = 'before'")

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The desk's events of a kind, their bodies."""
        with self.store.read() as session:
            found = timeline.of_desk_since(session, 0)
        return [dict(event.body) for event in found if event.kind == kind]
