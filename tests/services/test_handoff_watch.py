"""Handoffs by the rota: drawn up before the shift's end, alarmed after it; nothing of it without one."""

import subprocess
import sys
from datetime import timedelta

import pytest

from desktop.services.escalations import Escalations
from desktop.services.handoff import HandoffService
from desktop.services.handoff_watch import HandoffWatch
from desktop.services.policy import PolicyService
from tests.factories import a_customer_row, an_intake
from tests.services.roster_desk import RosterDesk, a_rota, at


class Watched(RosterDesk):
    def __post_init__(self) -> None:
        super().__post_init__()
        policy = PolicyService(store=self.store, clock=self.clock, bus=self.bus)
        policy.ensure_default(self.by("Ada"))
        self.do = Escalations.build(store=self.store, clock=self.clock, bus=self.bus, policy=policy)
        self.watch = HandoffWatch(cases=self.do.cases, details=self.do.details, bus=self.bus)
        self.handoff = HandoffService(cases=self.do.cases, details=self.do.details)
        with self.store.begin() as session:
            customer_id = a_customer_row(session, tier="enterprise", revenue=900_000)
        intake = an_intake(customer_id=customer_id, owner_id=self.ids["Bo"], team="Payments")
        self.escalation_id = self.do.escalation.open(intake, self.by("Dee")).id


@pytest.fixture
def desk(store, clock) -> Watched:
    return Watched(store, clock)


def on_rota(desk: Watched) -> None:
    people = [[str(desk.ids["Bo"])], [str(desk.ids["Cy"])]]
    desk.roster.create("Primary", "Payments", a_rota(*people), by=desk.by("Ada"))


def test_without_rota_and_handoff_there_is_nothing_to_wait_for(desk: Watched):
    assert desk.watch.tick() is None


def test_a_desk_without_rota_and_handoff_loads_nothing_of_either():
    code = (
        "import sys, desktop.services.handoff_watch\n"
        "print([name for name in sys.modules if 'roster' in name or name.endswith('services.handoff')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_the_rota_says_when_the_form_is_due_and_who_comes_next(desk: Watched):
    on_rota(desk)
    desk.clock.set(at("24 08:31"))
    desk.watch.tick()
    (view,) = desk.handoff.of_person(desk.ids["Bo"])
    assert view.handoff.shift_end_at == at("24 09:00")
    assert "On call next: Cy Marsh" in view.items[0].words["owners"]


def test_what_nobody_hands_over_alarms_ten_minutes_after_the_shift(desk: Watched):
    on_rota(desk)
    desk.clock.set(at("24 08:31"))
    desk.watch.tick()
    desk.clock.set(at("24 09:10"))
    desk.watch.tick()
    with desk.store.read() as session:
        rows = session.sql(
            "SELECT escalation_id, state FROM alarm WHERE threshold = 'handoff_open'"
        ).fetchall()
    assert rows == [(desk.escalation_id, "raised")]


def test_the_desk_wakes_ten_minutes_after_the_end(desk: Watched):
    desk.handoff.draft(desk.ids["Bo"], desk.by("Bo"), at("24 09:00"))
    assert desk.watch.tick() == at("24 09:00") + timedelta(minutes=10)
