"""A desk in the middle of a day: 150 open escalations in all lanes, and everybody who works on them."""

import random
import shutil
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from desktop.domain.clock import ManualClock, SystemClock
from desktop.domain.escalation import State
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Person, Role
from desktop.services.desk import Desk

EVERYBODY = frozenset(Role) - {Role.OWNER}
OPERATOR = "Ada Quist"
COLLEAGUE = Actor("Leo Marsh", None, EVERYBODY)
#: Monday noon, in everybody's business hours: when such a desk is opened.
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
#: How many stand in each lane; with the one that alarms 150 of them are open.
LANES = {
    State.NEW: 21,
    State.TRIAGED: 34,
    State.ACKNOWLEDGED: 28,
    State.WORKING: 44,
    State.CONTAINED: 22,
    State.RESOLVED: 6,
}
#: The one that waited longest in the first lane, and the one whose alarm comes up when the desk is opened.
OLDEST_NEW = "Invoices carry the wrong tax number"
ALARMING = "Nobody can pay by card"
_WAITING = (State.NEW, State.TRIAGED)
_PEOPLE = (OPERATOR, "Leo Marsh", "Sana Ito", "Onno Kay", "Mira Sol", "Ines Falk")
_CUSTOMERS = ("Northwind Traders", "Fennel & Rye", "Harbour Logistics", "Copper Clinics", "Alder Power",
              "Quartz Foods", "Meridian Airways", "Saffron Textiles", "Tidewater Bank")  # fmt: skip
_WHAT = ("Orders", "Exports", "Sign-in", "The nightly import", "Search", "Webhooks", "The price list")
_DOES = ("times out", "shows figures of yesterday", "is very slow", "sends everything twice",
         "answers with an error", "cannot be opened")  # fmt: skip


class NoonClock(SystemClock):
    """Goes as the machine's clock does, but began at noon."""

    def __init__(self) -> None:
        self._ahead = NOON - super().now()

    def now(self) -> datetime:
        """Noon, and the time since."""
        return super().now() + self._ahead


def full_desk(path: Path, *, alarming: bool = True) -> Path:
    """Such a desk as a file of its own; with `alarming` one grave escalation has not been told of yet."""
    shutil.copy(_made(alarming), path)
    return path


@cache
def _made(alarming: bool) -> Path:
    path = Path(tempfile.mkdtemp(prefix="full-desk-"), "desk.sqlite3")
    clock = ManualClock(NOON - timedelta(hours=3))
    with closing(Desk.open(path, path.parent / "backups", clock)) as desk:
        _Story(desk, clock).play()
        if alarming:
            desk.escalations.escalation.open(
                Intake(1, ALARMING, severity=1, business_impact=5, reputational_risk=5), COLLEAGUE
            )
    return path


class _Story:
    """Opens them one after the other and brings each to its lane."""

    def __init__(self, desk: Desk, clock: ManualClock) -> None:
        self._desk = desk
        self._clock = clock
        self._chance = random.Random(4)

    def play(self) -> None:
        self._furnish()
        known = [state for state, count in LANES.items() if state not in _WAITING for _ in range(count)]
        self._chance.shuffle(known)
        for at_most, states in (
            (timedelta(hours=3), known),
            (timedelta(minutes=40), [State.TRIAGED] * LANES[State.TRIAGED]),
            (timedelta(minutes=12), [State.NEW] * LANES[State.NEW]),
        ):
            self._clock.set(NOON - at_most)
            for number, state in enumerate(states):
                words = f"{self._chance.choice(_WHAT)} {self._chance.choice(_DOES)}"
                self._open(OLDEST_NEW if state is State.NEW and not number else words, state)
                self._clock.forward(timedelta(minutes=11) / len(states))
        self._clock.set(NOON)
        self._calm()

    def _furnish(self) -> None:
        desk = self._desk
        people = [desk.person.create(_person(name), COLLEAGUE) for name in _PEOPLE]
        desk.person.set_operator(people[0].id)
        self._people = [person.id for person in people]
        for name in _CUSTOMERS:
            desk.customer.create(name, COLLEAGUE, tier="enterprise", revenue=900_000)
        desk.settings.set("first_run_done", True)

    def _open(self, title: str, state: State) -> None:
        do, is_new = self._desk.escalations, state is State.NEW
        opened = do.escalation.open(
            Intake(
                self._chance.randrange(len(_CUSTOMERS)) + 1,
                title,
                severity=3 if is_new else self._chance.choice((3, 3, 4, 4)),
                business_impact=self._chance.randrange(1, 3),
                reputational_risk=self._chance.randrange(1, 3),
                classified=not is_new,
            ),
            COLLEAGUE,
        )
        if is_new:
            return
        do.classification.classify(opened.id, COLLEAGUE)
        if self._chance.random() < 0.9 or state is not State.TRIAGED:
            do.ownership.assign(opened.id, self._chance.choice(self._people), COLLEAGUE)
        for step in dict.fromkeys((State.ACKNOWLEDGED, state)):
            if state is not State.TRIAGED:
                do.transition.move(opened.id, step, COLLEAGUE, reason="fixed", note="Seen.")

    def _calm(self) -> None:
        """Whatever there was to tell is told."""
        while self._desk.alarm.sweep().raised:
            while items := self._desk.outbox.claim(("desktop", "window"), limit=100):
                for item in items:
                    self._desk.outbox.delivered(item.id)


def _person(name: str) -> Person:
    first, _, last = name.partition(" ")
    return Person(0, name, first[:1] + last[:1], roles=EVERYBODY)
