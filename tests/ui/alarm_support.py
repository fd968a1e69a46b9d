"""Stand-ins for the desk's alarms: a worker that works at once, an outbox, a notifier, alarms."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any

from desktop import paths
from desktop.domain.escalation import Done
from desktop.domain.person import Person, Role
from desktop.services.alarm_view import AlarmView
from desktop.services.outbox import OutboxItem
from desktop.services.settings import Settings
from desktop.ui.icons import Icons
from desktop.ui.notice import Notice, Notifier
from desktop.ui.theme import Theme, ThemeChoice
from tests.factories import MONDAY

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
        raised_at=MONDAY - timedelta(minutes=4),
        late_s=0,
        told="alone",
        owner="Amara Okafor",
        owner_id=4,
        in_app="banner_stays",
        headline="Breached: Checkout times out for all EU merch…",
        text=f"ESC-2026-{number:04} Northwind Retail — containment 4 min late — owner: Amara Okafor",
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
