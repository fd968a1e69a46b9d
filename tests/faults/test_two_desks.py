"""Two whole desks with different clocks in one process: a drill beside the live desk. Nothing is global."""

from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.clock import DrillClock, ManualClock
from desktop.domain.events import EscalationChanged
from desktop.domain.intake import Intake
from desktop.services.desk import Desk
from tests.faults.busy_desk import BY, START, furnished

LATER = datetime(2031, 5, 1, 12, 0, tzinfo=UTC)
GRAVE = Intake(customer_id=1, title="Nobody can pay", severity=1, business_impact=5, reputational_risk=5)


@pytest.fixture
def desks(tmp_path):
    """A live desk at START, and a drill that runs sixty times as fast as a clock at LATER."""
    hand = ManualClock(LATER)
    with ExitStack() as stack:
        made = []
        for name, clock in (("live", ManualClock(START)), ("drill", DrillClock(hand, LATER, 60))):
            path = tmp_path / name / "desk.sqlite3"
            path.parent.mkdir()
            furnished(path).close()
            made.append(stack.enter_context(closing(Desk.open(path, tmp_path / "backups" / name, clock))))
        yield *made, hand


def test_time_in_a_drill_ages_nothing_on_the_live_desk(desks):
    live, drill, hand = desks
    live.escalations.escalation.open(GRAVE, BY)
    drill.escalations.escalation.open(GRAVE, BY)
    hand.forward(minutes=2)  # two hours of the drill
    for desk in (drill, live):
        desk.alarm.sweep()
    assert "breached" in {view.occasion for view in drill.alarm.open_alarms()}
    assert {view.occasion for view in live.alarm.open_alarms()} == {"new"}


def test_each_numbers_dates_and_hears_of_its_own(desks):
    live, drill, _ = desks
    heard = []
    live.bus.subscribe(EscalationChanged, heard.append)
    there = drill.escalations.escalation.open(GRAVE, BY)
    assert heard == []
    here = live.escalations.escalation.open(GRAVE, BY)
    assert (here.number, there.number) == ("ESC-2026-0001", "ESC-2031-0001")
    assert len(heard) == 1


def test_drafts_settings_and_outbox_are_apart(desks):
    live, drill, hand = desks
    drill.draft.save("intake", "new", {"title": "Half a thought"})
    drill.settings.set_ui_state("board", "dense")
    drill.escalations.escalation.open(GRAVE, BY)
    hand.forward(seconds=1)
    drill.alarm.sweep()
    assert live.draft.all("intake") == ()
    assert live.settings.ui_state("board") is None
    assert drill.outbox.claim(("desktop", "window")) != ()
    assert live.outbox.claim(("desktop", "window")) == ()


def test_a_desk_that_closes_leaves_the_other_at_work(desks):
    live, drill, _ = desks
    drill.close()
    opened = live.escalations.escalation.open(GRAVE, BY)
    live.clock.forward(timedelta(hours=1))
    live.alarm.sweep()
    assert [row.id for row in live.board.rows()] == [opened.id]
    assert live.escalations.audit.verify().ok
