"""Stand-ins for the desk's alarms: a worker that works at once, an outbox, a notifier, alarms."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from desktop import paths
from desktop.domain.alarm_health import Figure
from desktop.domain.clock import Clock
from desktop.domain.digest import Digest, DigestLine
from desktop.domain.escalation import Done
from desktop.domain.person import Person, Role
from desktop.domain.policy_alarm import Occasion
from desktop.domain.policy_score import Priority
from desktop.services.alarm_view import AlarmView, SnoozeView
from desktop.services.health import AlertHealth
from desktop.services.outbox import OutboxItem
from desktop.services.settings import Settings
from desktop.ui.action_set import ActionSet
from desktop.ui.alarm_answers import AlarmAnswers
from desktop.ui.alarm_controls import AlarmControls
from desktop.ui.alarm_feed import AlarmFeed
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.icons import Icons
from desktop.ui.kit.announce import Announcer
from desktop.ui.notice import Notice, Notifier
from desktop.ui.notify import DeliveryPump
from desktop.ui.sound import Sounder
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import Theme, ThemeChoice
from tests.factories import MONDAY, MONDAY_US

ADA = Person(3, "Ada Quist", "AQ", roles=frozenset({Role.COORDINATOR, Role.LEAD}))


class AtOnce:
    """Does each thing when it is asked to; what the runner gives back still comes by the event loop."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args))
        except Exception as error:  # noqa: BLE001 as a worker does
            future.set_exception(error)
        return future


class FakeOutbox:
    """Hands out `waiting` once and writes down what it is told."""

    def __init__(self) -> None:
        self.waiting: list[OutboxItem] = []
        self.gone: tuple[str, ...] = ()
        self.told: list[tuple[Any, ...]] = []

    def claim(self, channels=(), limit=20):
        items, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return tuple(items)

    def delivered(self, row_id, detail=""):
        self.told.append(("delivered", row_id, detail))

    def confirmed(self, row_id, detail=""):
        self.told.append(("confirmed", row_id, detail))

    def failed(self, row_id, why, temporary=False):
        self.told.append(("failed", row_id, why, temporary))

    def taken_back(self):
        gone, self.gone = self.gone, ()
        return gone


class FakeNotifier(Notifier):
    """Shows everything at once while `is_there`."""

    def __init__(self) -> None:
        super().__init__()
        self.is_there = True
        self.on_screen: dict[str, Notice] = {}

    @property
    def is_available(self):
        return self.is_there

    @property
    def state(self):
        return "working (fake)" if self.is_there else "not available: there is none"

    def show(self, notice):
        self.on_screen[notice.key] = notice
        self.shown.emit(notice.row_id, "fake")

    def withdraw(self, key):
        self.on_screen.pop(key, None)


class FakePreferences:
    """Settings that a test changes."""

    def __init__(self) -> None:
        self.current = Settings()

    def change(self, **values: Any) -> None:
        self.current = replace(self.current, **values)


class FakeCommands:
    """Takes acknowledgements and snoozes; `refuse_with` is raised instead."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.refuse_with: Exception | None = None
        self.operator_is: Person | None = ADA

    def operator(self):
        return self.operator_is

    def acknowledge(self, escalation_id, by, note=""):
        self._note("acknowledge", escalation_id, by.name)
        return Done((escalation_id,), (1,), "Acknowledgement")

    def snooze(self, escalation_id, until, reason, by, past_breach_reason=""):
        self._note("snooze", escalation_id, until - MONDAY)
        return Done((escalation_id,), (2,), "Snooze")

    def latest(self, escalation_id, *, past_breach=False):
        return MONDAY + timedelta(minutes=60)

    def _note(self, *what: Any) -> None:
        if self.refuse_with is not None:
            raise self.refuse_with
        self.done.append(what)


def an_item(**values: Any) -> OutboxItem:
    """A breach about escalation 12, to the desktop."""
    item = OutboxItem(
        id=7,
        escalation_id=12,
        alarm_id=5,
        reason="breached",
        channel="desktop",
        urgency="critical",
        in_app="banner_stays",
        title="Breached: Checkout is down",
        body="ESC-2026-0412 Northwind — containment 4 min late — owner: nobody",
        sound=2,
        attempts=1,
        created_at=MONDAY,
        deadline_at=MONDAY + timedelta(seconds=10),
        replaces="escalation:12",
    )
    return replace(item, **values)


def an_alarm(number: int = 12, **values: Any) -> AlarmView:
    """A breach of escalation `number` that was told."""
    view = AlarmView(
        id=number * 10,
        escalation_id=number,
        number=f"ESC-2026-{number:04}",
        title="Checkout times out for all EU merchants",
        customer="Northwind Retail",
        severity=1,
        priority="P1",
        kind="contain",
        occasion="breached",
        step=0,
        due_at=MONDAY - timedelta(minutes=4),
        clock_at=MONDAY - timedelta(minutes=4),
        raised_at=MONDAY - timedelta(minutes=4),
        late_s=0,
        told="alone",
        owner="Amara Okafor",
        owner_id=4,
        in_app="banner_stays",
        headline="Breached: Checkout times out for all EU merch…",
        text=f"ESC-2026-{number:04} Northwind Retail — containment 4 min late — owner: Amara Okafor",
        what="containment 4 min late",
        act="Confirm containment or escalate",
        next_told="Leo Park",
        next_told_at=MONDAY + timedelta(minutes=11),
    )
    return replace(view, **values)


def dressed(choice: ThemeChoice = ThemeChoice.LIGHT) -> tuple[Theme, Icons]:
    """Theme and icons of the program, applied."""
    theme = Theme(paths.resource("themes"), paths.resource("desk.qss"), choice)
    theme.apply()
    return theme, Icons(paths.resource("icons"), theme)


def a_snooze(number: int = 20, **values: Any) -> SnoozeView:
    """Escalation `number`, held back for twelve minutes more."""
    view = SnoozeView(
        escalation_id=number,
        number=f"ESC-2026-{number:04}",
        title="Wrong tax rate on CA orders",
        by="Ada Quist",
        reason="fix is deploying",
        past_breach_reason="",
        started_at=MONDAY - timedelta(minutes=18),
        until_at=MONDAY + timedelta(minutes=12),
        left=timedelta(minutes=12),
    )
    return replace(view, **values)


def a_missed_line(number: int = 30, **values: Any) -> DigestLine:
    """A breach of escalation `number` in the night."""
    line = DigestLine(
        escalation_id=number,
        number=f"ESC-2026-{number:04}",
        title="Nightly sync failing since upgrade",
        customer="Adatum",
        priority=Priority.P1,
        occasion=Occasion.BREACHED,
        due_us=MONDAY_US - 6 * 3600 * 1_000_000,
        late_s=6 * 3600 - 300,
        needs_person=True,
    )
    return replace(line, **values)


FIGURES = (
    Figure("per_hour", "Announced per hour", 4.2, "4.2", "at most 6, never above 12", True),
    Figure("mix_high", "Of them P1", 0.08, "8.0 %", "about 5.0 %", False),
    Figure("prompt", "Acknowledged within 5 min", 0.83, "83 %", "", None),
)


class FakeDesk(FakeCommands):
    """Everything the alarms page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.standing: tuple[AlarmView, ...] = ()
        self.snoozes: tuple[SnoozeView, ...] = ()
        self.missed: Digest | None = None
        self.held: Digest | None = None
        self.until: datetime | None = None
        self.tests = 0
        self.asked_health: list[tuple[int, int | None]] = []

    def open_alarms(self, limit=500):
        return self.standing[:limit]

    def snoozed(self):
        return self.snoozes

    def next_wake_at(self):
        return MONDAY + timedelta(minutes=130)

    def missed_while_away(self):
        return self.missed

    def held_in_quiet_hours(self):
        return self.held

    def alert_health(self, days=7, person_id=None):
        self.asked_health.append((days, person_id))
        return AlertHealth(days, person_id, FIGURES)

    def end_snooze(self, escalation_id, by):
        self._note("end", escalation_id, by.name)
        return Done((escalation_id,), (3,), "End of snooze")

    def silence(self, until):
        self.until = until

    def silenced_until(self):
        return self.until

    def test(self):
        self.tests += 1
        return 99


def surroundings(clock: Clock, choice: ThemeChoice = ThemeChoice.LIGHT) -> Surroundings:
    """What pages stand in, with a worker that works at once."""
    theme, icons = dressed(choice)
    return Surroundings(
        runner=TaskRunner(AtOnce()),
        actions=ActionSet(),
        heartbeat=Heartbeat(clock),
        clock=clock,
        theme=theme,
        icons=icons,
        announcer=Announcer(clock),
    )


@dataclass
class Alarming:
    """The parts around the alarms, over a FakeDesk."""

    desk: FakeDesk
    outbox: FakeOutbox
    notifier: FakeNotifier
    preferences: FakePreferences
    around: Surroundings
    feed: AlarmFeed
    answers: AlarmAnswers
    pump: DeliveryPump
    controls: AlarmControls

    def close(self) -> None:
        self.pump.close()
        self.controls.close()


def alarming(clock: Clock, choice: ThemeChoice = ThemeChoice.LIGHT) -> Alarming:
    """All of them, unstarted."""
    desk, around = FakeDesk(), surroundings(clock, choice)
    outbox, notifier, preferences = FakeOutbox(), FakeNotifier(), FakePreferences()
    runner = around.runner
    answers = AlarmAnswers(alarms=desk, snooze=desk, people=desk, clock=clock, runner=runner)
    pump = DeliveryPump(
        outbox=outbox,
        answers=answers,
        notifiers=[notifier],
        preferences=preferences,
        runner=runner,
        sounder=Sounder(folders=[]),
        has_focus=_never,
    )
    controls = AlarmControls(outbox=desk, pump=pump, clock=clock, runner=runner)
    feed = AlarmFeed(desk, runner)
    return Alarming(desk, outbox, notifier, preferences, around, feed, answers, pump, controls)


def _never() -> bool:
    return False
