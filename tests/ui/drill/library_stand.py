"""Tabs of the page of drills over a real desk."""

from types import SimpleNamespace

import pytest
from PySide6.QtTest import QTest

from desktop.domain.person import Role
from desktop.ui.kit.label import Label
from tests.ui.drill.after_stand import Played


class Stand:
    """Shows widgets of the page and waits for what they ask for."""

    def __init__(self, real_desk, around, qtbot):
        self.played = Played(real_desk)
        self.around = around
        self._qtbot = qtbot
        base = real_desk.base
        self.real = real_desk
        self.desk = SimpleNamespace(
            store=base.store, clock=base.clock, bus=base.bus, person=real_desk.person, policy=real_desk.policy
        )
        real_desk.act_as(Role.TRAINER)

    def show(self, widget):
        self._qtbot.addWidget(widget)
        widget.resize(1200, 800)
        with self._qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        self.settle()
        return widget

    def settle(self):
        self._qtbot.waitUntil(lambda: self.around.runner.pending == 0)
        QTest.qWait(1)  # what was put into a column is shown with the next events

    def heard(self, signal):
        """What a signal tells from now on."""
        found = []
        signal.connect(lambda *values: found.append(values))
        return found


def words_of(widget):
    """All that can be read in it."""
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


@pytest.fixture
def stand(real_desk, around, qtbot):
    return Stand(real_desk, around, qtbot)
