"""The one switch that stops all automation."""

import pytest

from desktop.domain.disposition import Cause
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import SwitchTurned
from desktop.domain.person import Role
from tests.factories import an_actor
from tests.services.signal_desk import SignalDesk, do


def test_while_it_is_off_signals_are_kept_and_wait(desk: SignalDesk):
    desk.rule(do("open"))
    desk.switch.stop("The rules run wild", desk.coordinator)
    kept = desk.send("db")
    assert (kept.disposition, kept.cause, kept.why) == (
        "held", Cause.STOPPED, "Automation is stopped: The rules run wild",
    )  # fmt: skip


def test_repeats_of_what_is_open_wait_too(desk: SignalDesk):
    desk.send("db")
    desk.switch.stop("Release", desk.lead)
    assert desk.send("db").disposition == "held"


def test_it_says_who_stopped_it_since_when_and_why(desk: SignalDesk):
    desk.switch.stop("Release", desk.coordinator)
    state = desk.switch.state()
    assert (state.reason, state.by, state.at) == ("Release", "Cora Lind", desk.clock.now())


def test_after_it_is_on_again_signals_are_decided_as_ever(desk: SignalDesk):
    desk.switch.stop("Release", desk.lead)
    desk.switch.resume(desk.lead)
    assert (desk.send("db").disposition, desk.switch.state()) == ("opened", None)


def test_everyone_hears_of_both(desk: SignalDesk):
    desk.switch.stop("Release", desk.lead)
    desk.switch.resume(desk.coordinator)
    assert [(event.is_stopped, event.reason) for event in desk.told(SwitchTurned)] == [
        (True, "Release"), (False, ""),
    ]  # fmt: skip


def test_stopping_needs_a_reason(desk: SignalDesk):
    with pytest.raises(DeskError, match="needs a reason"):
        desk.switch.stop("  ", desk.lead)


def test_it_is_not_stopped_twice(desk: SignalDesk):
    desk.switch.stop("Release", desk.lead)
    with pytest.raises(DeskError, match="stopped already"):
        desk.switch.stop("Again", desk.lead)


def test_what_runs_is_not_resumed(desk: SignalDesk):
    with pytest.raises(DeskError, match="runs"):
        desk.switch.resume(desk.lead)


def test_the_on_call_leader_may_stop_it_too(desk: SignalDesk):
    desk.switch.stop("Night", an_actor(Role.ON_CALL_LEADER))
    assert desk.switch.state() is not None


def test_engineers_may_not(desk: SignalDesk):
    with pytest.raises(NotAllowed):
        desk.switch.stop("Night", desk.base.senior)
