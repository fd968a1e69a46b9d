"""What screens stand in, and a real desk behind them, for tests of pages and panels."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from desktop.domain.person import Person, Role
from desktop.services.alarm import AlarmService
from desktop.services.customer import CustomerService
from desktop.services.draft import DraftService
from desktop.services.escalations import Escalations
from desktop.services.evidence import EvidenceService
from desktop.services.outbox import OutboxService
from desktop.services.person import PersonService
from desktop.services.search import SearchService
from desktop.services.settings import SettingsService
from desktop.services.upkeep import Upkeep
from tests.fixtures_desk import CommandDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.surroundings import Surroundings


class AtOnce:
    """A worker that does what it is given at once; `fault` is raised instead when there is one."""

    def __init__(self) -> None:
        self.fault: BaseException | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            if self.fault is not None:
                raise self.fault
            future.set_result(fn(*args))
        except BaseException as error:  # noqa: BLE001 the future hands it on, whatever it is
            future.set_exception(error)
        return future


@dataclass
class RealDesk:
    """The services of a desk under the names that screens ask for; Cora Lind, coordinator, works at it."""

    base: CommandDesk
    worker: AtOnce = field(default_factory=AtOnce)

    def __post_init__(self) -> None:
        store, clock, bus = self.base.store, self.base.clock, self.base.bus
        self.clock = clock
        self.policy = self.base.policy
        self.escalations: Escalations = self.base.commands
        self.settings = settings = SettingsService(store=store)
        self.person = PersonService(store=store, clock=clock, bus=bus, settings=settings)
        self.customer = CustomerService(store=store, clock=clock, bus=bus, policy=self.policy)
        self.search = SearchService(store=store, clock=clock)
        self.draft = DraftService(store=store, clock=clock)
        self.evidence = EvidenceService(store=store)
        self.alarm = AlarmService(
            store=store,
            clock=clock,
            bus=bus,
            policy=self.policy,
            people=self.person,
            upkeep=self._upkeep(),
            outbox=OutboxService(store=store, clock=clock, bus=bus, desk="test"),
        )
        self.act_as(Role.COORDINATOR)

    def _upkeep(self) -> Upkeep:
        do = self.escalations
        return Upkeep(
            store=self.base.store,
            transition=do.transition,
            pausing=do.pausing,
            snooze=do.snooze,
            clocks=do.clocks,
        )

    def act_as(self, role: Role) -> Person:
        """Somebody of that role works at the desk from now on."""
        return self.person.set_operator(self.base.staff[role].id)

    @cached_property
    def coordinator(self) -> Person:
        return self.base.staff[Role.COORDINATOR]


@pytest.fixture
def real_desk(commands: CommandDesk) -> RealDesk:
    """A desk with five people, one customer and the shipped policy."""
    return RealDesk(commands)


@pytest.fixture
def around(qtbot: "QtBot", real_desk: RealDesk) -> Iterator["Surroundings"]:
    """What pages stand in; wishes are carried out at once and answered with the next events."""
    from desktop.paths import resource
    from desktop.ui.action_set import ActionSet
    from desktop.ui.heartbeat import Heartbeat
    from desktop.ui.icons import Icons
    from desktop.ui.kit.announce import Announcer
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.tasks import TaskRunner
    from desktop.ui.theme import Theme, ThemeChoice

    theme = Theme(resource("themes"), resource("desk.qss"), ThemeChoice.LIGHT)
    theme.apply()
    made = Surroundings(
        runner=TaskRunner(real_desk.worker),
        actions=ActionSet(),
        heartbeat=Heartbeat(real_desk.clock),
        clock=real_desk.clock,
        theme=theme,
        icons=Icons(resource("icons"), theme),
        announcer=Announcer(real_desk.clock),
    )
    made.heartbeat.ticked.connect(made.announcer.tick)
    yield made
    qtbot.waitUntil(lambda: made.runner.pending == 0)
