"""Stop, flood, resume: what was held is decided as if it came now, in order, and out of hand no more."""

import pytest

from desktop.domain.disposition import Cause
from desktop.domain.errors import DeskError
from desktop.services.signals import Release
from tests.services.signal_desk import SignalDesk, cond, dispositions, do


def flood(desk: SignalDesk, keys: int = 10, times: int = 20, **source) -> None:
    bodies = [
        {"title": f"Disk of {key} is full", "key": f"k{key}"} for _ in range(times) for key in range(keys)
    ]
    desk.keep(*bodies, **source)
    while desk.signals.process().remaining:
        pass


def held_ids(desk: SignalDesk) -> list[int]:
    return [kept.id for kept in desk.signals.held()]


def test_what_was_held_while_stopped_becomes_what_it_would_have(desk: SignalDesk):
    desk.switch.stop("Too much", desk.lead)
    flood(desk)
    assert (len(held_ids(desk)), desk.base.told) == (200, [])
    desk.switch.resume(desk.lead)
    done = desk.signals.release(held_ids(desk), desk.coordinator, Release.DECIDE)
    assert (dispositions(done), held_ids(desk)) == ({"opened": 10, "joined": 190}, [])


def test_in_the_order_in_which_it_came(desk: SignalDesk):
    desk.switch.stop("Too much", desk.lead)
    flood(desk, keys=3, times=2)
    desk.switch.resume(desk.lead)
    desk.signals.release(held_ids(desk)[::-1], desk.coordinator, Release.DECIDE)
    kept = desk.signals.recent()[::-1]
    assert [one.disposition for one in kept] == ["opened"] * 3 + ["joined"] * 3
    assert [one.number for one in kept[:3]] == ["ESC-2026-0001", "ESC-2026-0002", "ESC-2026-0003"]


def test_the_rules_of_now_decide(desk: SignalDesk):
    desk.switch.stop("The rules run wild", desk.lead)
    flood(desk, keys=2, times=1)
    desk.rule(do("suppress", "Known"), when=(cond("title", "contains", "Disk of 0"),))
    desk.switch.resume(desk.lead)
    done = desk.signals.release(held_ids(desk), desk.lead, Release.DECIDE)
    assert dispositions(done) == {"opened": 1, "suppressed": 1}


def test_the_brake_holds_for_what_is_decided_later_too(desk: SignalDesk):
    desk.switch.stop("Too much", desk.lead)
    flood(desk, keys=60, times=1)
    desk.switch.resume(desk.lead)
    done = desk.signals.release(held_ids(desk), desk.lead, Release.DECIDE)
    assert dispositions(done) == {"opened": 20, "held": 40}
    assert {kept.cause for kept in desk.signals.held()} == {Cause.STORM}


def test_it_counts_over_all_that_is_decided_at_once(desk: SignalDesk):
    source = desk.add_source(storm_count=70)
    desk.switch.stop("Too much", desk.lead)
    flood(desk, keys=200, times=1, source=source)
    desk.switch.resume(desk.lead)
    done = desk.signals.release(held_ids(desk), desk.lead, Release.DECIDE)
    assert dispositions(done) == {"opened": 70, "held": 130}


def test_what_a_storm_held_is_decided_once_it_is_over(desk: SignalDesk):
    source = desk.add_source(storm_count=5)
    flood(desk, keys=8, times=3, source=source)
    assert len(held_ids(desk)) == 9
    desk.signals.end_storm(source.id, desk.lead)
    desk.clock.forward(seconds=1)
    done = desk.signals.release(held_ids(desk), desk.lead, Release.DECIDE)
    assert (dispositions(done), held_ids(desk)) == ({"opened": 3, "joined": 6}, [])


def test_while_it_is_stopped_no_rule_decides(desk: SignalDesk):
    desk.switch.stop("Too much", desk.lead)
    flood(desk, keys=1, times=1)
    with pytest.raises(DeskError, match="Automation is stopped"):
        desk.signals.release(held_ids(desk), desk.lead, Release.DECIDE)


def test_a_person_may_open_what_is_held_while_it_is_stopped(desk: SignalDesk):
    desk.switch.stop("Too much", desk.lead)
    flood(desk, keys=1, times=1)
    assert desk.signals.release(held_ids(desk), desk.lead, Release.OPEN).opened == 1


def test_a_rule_that_then_fires_too_often_trips(desk: SignalDesk):
    rule = desk.rule(do("set_severity", 3), do("open"))
    source = desk.add_source(storm_count=100)
    desk.switch.stop("Too much", desk.lead)
    flood(desk, keys=60, times=1, source=source)
    desk.switch.resume(desk.lead)
    desk.signals.release(held_ids(desk), desk.lead, Release.DECIDE)
    assert desk.rules.get(rule.id).tripped_at is not None


def test_who_let_them_be_decided_is_on_record(desk: SignalDesk):
    desk.switch.stop("Too much", desk.lead)
    flood(desk, keys=1, times=1)
    desk.switch.resume(desk.lead)
    desk.signals.release(held_ids(desk), desk.coordinator, Release.DECIDE)
    (kept,) = desk.signals.recent()
    assert (kept.decided_by, desk.base.events(kept.escalation_id)[0].actor) == ("Cora Lind", "Triage")
