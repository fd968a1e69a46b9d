"""From a clock that runs out to the button on the desktop and back to the board, all parts real."""

import pytest

from desktop.domain.escalation import State
from desktop.ui.alarm_answers import AlarmAnswers
from desktop.ui.bridge import Bridge
from desktop.ui.notify import DeliveryPump
from desktop.ui.notify_dbus import DBusNotifier
from desktop.ui.sound import Sounder
from desktop.ui.tasks import TaskRunner
from tests.services.alarm_desk import P1, AlarmDesk
from tests.ui.alarm_support import AtOnce


class Program:
    """The parts of the program that deliver alarms, over a real desk."""

    def __init__(self, store, clock):
        self.desk = AlarmDesk(store, clock)
        self.clock, self.has_focus, self.in_window = clock, False, []
        self.runner = TaskRunner(AtOnce())
        self.bridge = Bridge(self.desk.bus)
        answers = AlarmAnswers(
            alarms=self.desk.alarm,
            snooze=self.desk.do.snooze,
            people=self.desk.people,
            clock=clock,
            runner=self.runner,
        )
        self.answers = answers
        self.pump = DeliveryPump(
            outbox=self.desk.outbox,
            answers=answers,
            notifiers=[DBusNotifier("Escalation Desk", "io.github.desk")],
            preferences=self.desk.settings,
            runner=self.runner,
            sounder=Sounder(folders=[]),
            has_focus=lambda: self.has_focus,
        )
        self.pump.item_shown.connect(self.in_window.append)
        self.bridge.outbox_filled.connect(self.pump.claim_soon)
        self.bridge.alarms_changed.connect(self.pump.claim_soon)

    def breach(self):
        """Somebody opens a P1; nobody looks at it until its acknowledgement is late."""
        escalation_id = self.desk.open(title="5 < 6 & 7 > 3", **P1)
        self.desk.alarm.sweep()
        self.clock.forward(minutes=6)
        self.desk.alarm.sweep()
        return escalation_id

    def close(self):
        self.pump.close()
        self.bridge.close()


@pytest.fixture
def program(qtbot, notification_service, store, clock):
    made = Program(store, clock)
    made.pump.start()
    qtbot.waitUntil(lambda: made.pump.state_sentence().startswith("Desktop notifications: working"))
    yield made
    made.close()


def test_a_breach_reaches_the_desktop_with_buttons(qtbot, program, notification_service):
    program.breach()
    qtbot.waitUntil(lambda: any("Breached" in shown.summary for shown in notification_service.displayed))
    shown = next(shown for shown in notification_service.displayed if "Breached" in shown.summary)
    assert shown.labels == ["Open", "Acknowledge", "Snooze 15 min"]
    assert (shown.hints["urgency"], shown.timeout_ms) == (2, 0)
    assert "5 < 6 & 7 > 3" in shown.summary
    assert "owner: nobody" in shown.body


def test_the_button_acknowledges_the_escalation_and_the_notification_goes(
    qtbot, program, notification_service
):
    escalation_id = program.breach()
    qtbot.waitUntil(lambda: bool(notification_service.displayed))
    with qtbot.waitSignal(program.answers.answered):
        notification_service.press(notification_service.displayed[0].id, "acknowledge")
    found = program.desk.rows("SELECT state FROM escalation WHERE id = ?", escalation_id)
    assert found[0][0] == State.ACKNOWLEDGED
    assert program.desk.alarm.open_alarms() == ()
    qtbot.waitUntil(lambda: not notification_service.displayed)


def test_the_snooze_button_holds_it_back(qtbot, program, notification_service):
    escalation_id = program.breach()
    qtbot.waitUntil(lambda: bool(notification_service.displayed))
    with qtbot.waitSignal(program.answers.answered):
        notification_service.press(notification_service.displayed[0].id, "snooze")
    (snooze,) = program.desk.alarm.snoozed()
    assert (snooze.escalation_id, snooze.left.total_seconds()) == (escalation_id, 900)


def test_acknowledged_elsewhere_it_leaves_the_desktop(qtbot, program, notification_service):
    escalation_id = program.breach()
    qtbot.waitUntil(lambda: bool(notification_service.displayed))
    program.desk.alarm.acknowledge(escalation_id, program.desk.me)
    program.desk.alarm.sweep()
    qtbot.waitUntil(lambda: not notification_service.displayed)
    assert notification_service.closed


def test_with_the_focus_nothing_leaves_the_window(qtbot, program, notification_service):
    program.has_focus = True
    program.breach()
    qtbot.waitUntil(lambda: bool(program.in_window))
    assert notification_service.notified == []


def test_where_it_was_shown_stands_on_the_timeline(qtbot, program, notification_service):
    escalation_id = program.breach()
    qtbot.waitUntil(lambda: bool(notification_service.displayed))
    qtbot.waitUntil(lambda: not program.runner.pending)
    delivered = program.desk.rows(
        "SELECT body FROM timeline WHERE escalation_id = ? AND kind = 'alarm.delivered'", escalation_id
    )
    assert '"where":"desk-tests"' in delivered[0][0]


def test_without_a_service_the_alarm_comes_into_the_window(qtbot, session_bus, store, clock):
    program = Program(store, clock)
    try:
        program.pump.start()
        qtbot.waitUntil(lambda: "not available" in program.pump.state_sentence())
        program.breach()
        qtbot.waitUntil(lambda: bool(program.in_window))
        assert {item.channel for item in program.in_window} == {"window"}
    finally:
        program.close()
