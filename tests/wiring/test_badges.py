"""Counts beside the names of the queues' pages."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.person import Role
from desktop.ui.bridge import Bridge
from desktop.wiring.badges import Badges
from tests.services.signal_desk import SignalDesk


class Side:
    """Remembers what it was told."""

    def __init__(self):
        self.counts = {}

    def set_count(self, page, count, **_how):
        self.counts[page] = count


@pytest.fixture
def signals(real_desk):
    real_desk.act_as(Role.LEAD)
    return SignalDesk(real_desk.base)


@pytest.fixture
def side(signals, around, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.side = Side()
    base = signals.base
    bridge = Bridge(base.bus, window)
    made = Badges(SimpleNamespace(store=base.store, clock=base.clock), window, around, bridge)
    qtbot.waitUntil(lambda: bool(window.side.counts))
    assert made.parent() is window
    yield window.side
    bridge.close()


def test_at_first_nothing_waits(side):
    assert side.counts == {"page.triage": 0, "page.signals": 0}


def test_a_signal_that_is_held_is_counted_as_it_comes(side, signals, qtbot):
    signals.switch.stop("Rules are wrong", signals.lead)
    signals.send("a")
    qtbot.waitUntil(lambda: side.counts["page.signals"] == 1)


def test_an_escalation_that_no_rule_classified_is_counted(side, signals, qtbot):
    signals.send("a")
    qtbot.waitUntil(lambda: side.counts["page.triage"] == 1)
