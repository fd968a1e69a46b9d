"""A desk for tests of services: real database, hand-moved clock, shipped policy, five people, a customer."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from db.engine import open_store
from db.queries import commitment as commitments
from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import person as people
from db.queries import timeline
from db.queries.customer import NewCustomer
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import CommitmentRow
from desktop.domain.escalation import Escalation, Opened
from desktop.domain.events import EscalationChanged
from desktop.domain.person import Actor, Person, Role
from desktop.domain.timeline import TimelineEvent
from desktop.services.bus import Bus
from desktop.services.escalations import Escalations
from desktop.services.policy import PolicyService
from tests.factories import MONDAY, an_intake

_STAFF = (
    ("Cora Lind", Role.COORDINATOR),
    ("Leo Marsh", Role.LEAD),
    ("Sana Ito", Role.SENIOR_ENGINEER),
    ("Onno Kay", Role.ON_CALL),
    ("Theo Wynn", Role.TRAINER),
)


@dataclass
class CommandDesk:
    """The commands of one desk and what a test asks of it."""

    store: Store
    clock: ManualClock
    bus: Bus = field(default_factory=Bus)
    told: list[EscalationChanged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bus.subscribe(EscalationChanged, self.told.append)
        self.policy = PolicyService(store=self.store, clock=self.clock, bus=self.bus)
        self.commands = Escalations.build(
            store=self.store, clock=self.clock, bus=self.bus, policy=self.policy
        )

    @cached_property
    def staff(self) -> dict[Role, Person]:
        """One person for each of five roles."""
        with self.store.read() as session:
            by_name = {person.name: person for person in people.all_people(session)}
        return {role: by_name[name] for name, role in _STAFF}

    def actor(self, role: Role) -> Actor:
        """The person with that role, acting."""
        return self.staff[role].actor()

    @property
    def coordinator(self) -> Actor:
        return self.actor(Role.COORDINATOR)

    @property
    def lead(self) -> Actor:
        return self.actor(Role.LEAD)

    @property
    def senior(self) -> Actor:
        return self.actor(Role.SENIOR_ENGINEER)

    @property
    def on_call(self) -> Actor:
        return self.actor(Role.ON_CALL)

    @property
    def outsider(self) -> Actor:
        return self.actor(Role.TRAINER)

    def open(self, **facts: Any) -> Opened:
        """Open an escalation of the one customer, as the coordinator: a P2 unless the facts say otherwise."""
        return self.commands.escalation.open(an_intake(**facts), self.coordinator)

    def get(self, escalation_id: int) -> Escalation:
        """The escalation as it stands."""
        with self.store.read() as session:
            return escalations.get(session, escalation_id)

    def commitments(self, escalation_id: int, kind: Kind | None = None) -> list[CommitmentRow]:
        """Its commitments, of one kind or of all."""
        with self.store.read() as session:
            rows = commitments.of_escalation(session, escalation_id)
        return [row for row in rows if kind is None or row.kind == kind]

    def running(self, escalation_id: int) -> set[str]:
        """The kinds of its commitments that run."""
        return {row.kind for row in self.commitments(escalation_id) if row.is_running}

    def outcomes(self, escalation_id: int) -> dict[str, str | None]:
        """How the latest commitment of each kind stands; None while it runs."""
        return {row.kind: row.outcome for row in self.commitments(escalation_id)}

    def events(self, escalation_id: int) -> list[TimelineEvent]:
        """Its timeline."""
        with self.store.read() as session:
            return timeline.of_escalations(session, [escalation_id])

    def kinds(self, escalation_id: int) -> list[str]:
        """The kinds of its events, in order."""
        return [event.kind for event in self.events(escalation_id)]


@pytest.fixture(scope="session")
def _staffed_database(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("staffed-database") / "staffed.sqlite3"
    shutil.copy(_empty_database, path)
    store = open_store(path)
    PolicyService(store=store, clock=ManualClock(MONDAY), bus=Bus()).ensure_default(Actor.system("Test"))
    with store.begin() as session:
        for name, role in _STAFF:
            initials = "".join(part[0] for part in name.split())
            people.insert(session, Person(0, name, initials, roles=frozenset({role})))
        customers.insert(
            session, NewCustomer("Northwind", "northwind", "enterprise", 2_000_000, "EUR", "", None)
        )
    store.close()
    return path


def open_desk(database: Path, start: datetime = MONDAY) -> CommandDesk:
    """A desk on a database; its store is to be closed."""
    return CommandDesk(open_store(database), ManualClock(start))


@pytest.fixture
def staffed_path(tmp_path: Path, _staffed_database: Path) -> Path:
    """A database with policy, people and customer, for this test alone."""
    return Path(shutil.copy(_staffed_database, tmp_path / "staffed.sqlite3"))


@pytest.fixture
def commands(staffed_path: Path) -> Iterator[CommandDesk]:
    """A desk of its own for one test, its clock at Monday 09:00 UTC."""
    desk = open_desk(staffed_path)
    yield desk
    desk.store.close()
