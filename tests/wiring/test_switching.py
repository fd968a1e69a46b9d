"""The kill switch from the window to the desk and back."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.disposition import Disposition
from desktop.domain.person import Role
from desktop.services.automation import AutomationService
from desktop.ui.bridge import Bridge
from desktop.ui.dispatch import Dispatcher
from desktop.ui.kit.banner import BannerStack
from desktop.ui.statusline import StatusLine
from desktop.wiring.switching import Switching
from tests.services.signal_desk import SignalDesk


class AWindow(QWidget):
    """As much of a window as the kill switch needs."""

    def __init__(self, around):
        super().__init__()
        self.said = []
        self.status = StatusLine(self)
        self.banners = BannerStack(around.icons, self)
        self.dispatcher = Dispatcher(around.actions, tuple, self)
        self.telling = SimpleNamespace(put_below_top=self._put, say=self.said.append)
        self.pages = SimpleNamespace(
            ids=("page.board", "page.rules"), go_to=self.said.append, page=lambda _key: self
        )

    def show_tab(self, at):
        self.said.append(f"tab {at}")

    def _put(self, widget):
        widget.setParent(self)


@pytest.fixture
def signals(real_desk):
    real_desk.act_as(Role.LEAD)
    return SignalDesk(real_desk.base)


@pytest.fixture
def switching(signals, real_desk, around, qtbot):
    base = signals.base
    desk = SimpleNamespace(
        store=base.store,
        clock=base.clock,
        bus=base.bus,
        policy=base.policy,
        person=real_desk.person,
        source=signals.sources,
        signal=signals.signals,
        switch=signals.switch,
        automation=AutomationService(store=base.store, clock=base.clock),
    )
    window = AWindow(around)
    qtbot.addWidget(window)
    bridge = Bridge(base.bus, window)
    made = Switching(desk, window, around, bridge)
    made.window = window
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    yield made
    bridge.close()


def test_stopping_is_told_in_the_bar_and_in_the_status_line(switching, signals, qtbot):
    switching.bar.stop_requested.emit("Rules are wrong")
    qtbot.waitUntil(lambda: switching.window.status.text("switch") == "■ Automation stopped")
    assert signals.switch.state().reason == "Rules are wrong"
    assert not switching.bar.stopped_line.isHidden()


def test_resuming_lets_the_rules_decide_what_waited(switching, signals, qtbot):
    signals.switch.stop("Rules are wrong", signals.lead)
    kept = signals.send("a")
    assert kept.disposition is Disposition.HELD
    qtbot.waitUntil(lambda: "1 signal waits" in switching.bar.stopped_line.text.text())
    switching.bar.resume_requested.emit(True)
    qtbot.waitUntil(lambda: switching.window.status.text("switch") == "")
    assert signals.signals.recent(limit=1)[0].disposition is Disposition.OPENED
    assert "Automation goes on; of 1 that waited, 1 were opened" in switching.window.said


def test_resuming_may_leave_what_waited_to_people(switching, signals, qtbot):
    signals.switch.stop("Rules are wrong", signals.lead)
    signals.send("a")
    switching.bar.resume_requested.emit(False)
    qtbot.waitUntil(lambda: "Automation goes on" in switching.window.said)
    assert signals.signals.recent(limit=1)[0].disposition is Disposition.HELD


def test_who_may_not_stop_it_is_told_beside_the_reason(switching, real_desk, qtbot):
    real_desk.act_as(Role.ON_CALL)
    switching.bar.stop_requested.emit("Because")
    qtbot.waitUntil(lambda: "may turn automation off" in switching.bar.reason_line.error.text())


def test_a_storm_is_told_with_the_way_to_its_source(switching, signals, qtbot):
    loud = signals.add_source("Loud", storm_count=1)
    for key in "ab":
        signals.send(key, source=loud)
    qtbot.waitUntil(lambda: any("Loud" in text for text in switching.window.banners.texts()))
    assert "wait for a person" in switching.window.banners.texts()[0]


def test_what_cannot_be_done_now_says_why(switching, around, qtbot):
    switching.window.dispatcher.refresh()
    assert around.actions.why_not("automation.resume") == "Automation runs."
    assert around.actions.why_not("automation.stop") == ""


def test_the_message_about_maintenance_leads_to_its_tab(switching):
    switching.window.banners.pressed.emit("maintenance", "maintenance")
    assert switching.window.said == ["page.rules", "tab 2"]
