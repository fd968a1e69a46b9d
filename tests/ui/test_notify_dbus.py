"""Notifications over the real wire, against a service that remembers everything."""

import pytest
from jeepney import HeaderFields, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from desktop.ui.notice import BUTTONS, Notice
from desktop.ui.notify_dbus import DBusNotifier
from tests.support.notification_log import SERVICE
from tests.support.notification_service import CAPABILITIES, NotificationService

BREACHED = Notice(7, "escalation:12", "Breached: Checkout is down", "5 < 6 & 7 > 3", "critical", 2, BUTTONS)


@pytest.fixture
def notifier(qtbot):
    made = DBusNotifier("Escalation Desk", "io.github.desk")
    yield made
    made.close()


@pytest.fixture
def ready(qtbot, notification_service, notifier):
    notifier.start()
    qtbot.waitUntil(lambda: notifier.is_available)
    return notifier


def shown(qtbot, notifier, notice):
    with qtbot.waitSignal(notifier.shown) as told:
        notifier.show(notice)
    return told.args


def test_without_a_service_it_says_so(qtbot, session_bus, notifier):
    notifier.start()
    qtbot.waitUntil(lambda: notifier.is_settled)
    assert not notifier.is_available
    assert notifier.state == "not available: no notification service runs on this desktop"


def test_without_a_bus_it_says_so(notifier, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    notifier.start()
    assert notifier.is_settled
    assert notifier.state == "not available: this desktop session has no D-Bus"


def test_a_bus_that_cannot_be_reached_is_named(notifier, monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    notifier.start()
    assert "No such file" in notifier.state


def test_a_working_service_is_named(ready):
    assert ready.state == "working (desk-tests, with buttons)"
    assert ready.plays_sound


def test_a_breach_is_shown_with_buttons_and_never_expires(qtbot, ready, notification_service):
    assert shown(qtbot, ready, BREACHED) == [7, "desk-tests"]
    (notice,) = notification_service.displayed
    assert notice.summary == "Breached: Checkout is down"
    assert notice.labels == ["Open", "Acknowledge", "Snooze 15 min"]
    assert (notice.timeout_ms, notice.hints["urgency"]) == (0, 2)
    assert notice.hints["desktop-entry"] == "io.github.desk"
    assert notice.hints["sound-name"] == "dialog-warning"


def test_a_body_is_escaped_for_a_service_that_reads_markup(qtbot, ready, notification_service):
    shown(qtbot, ready, BREACHED)
    assert notification_service.displayed[0].body == "5 &lt; 6 &amp; 7 &gt; 3"


def test_a_body_stays_plain_for_a_service_that_does_not(qtbot, session_bus, notifier):
    with NotificationService(session_bus, ["body"]) as service:
        notifier.start()
        qtbot.waitUntil(lambda: notifier.is_available)
        shown(qtbot, notifier, BREACHED)
        (notice,) = service.displayed
        assert (notice.body, notice.labels) == ("5 < 6 & 7 > 3", [])


def test_without_a_sound_the_service_is_told_to_be_silent(qtbot, ready, notification_service):
    shown(qtbot, ready, Notice(1, "flood", "14 clocks", "oldest first"))
    hints = notification_service.displayed[0].hints
    assert hints["suppress-sound"] is True
    assert "sound-name" not in hints


@pytest.mark.parametrize("text", ["\0 and \udc80", "x" * 1_000_000, "‮evil‬", "<b>&amp;</b>"])
def test_hostile_text_arrives_as_text(qtbot, ready, notification_service, text):
    shown(qtbot, ready, Notice(1, "escalation:1", text, text))
    assert len(notification_service.displayed) == 1
    assert ready.is_available


def test_news_takes_the_place_of_the_old(qtbot, ready, notification_service):
    shown(qtbot, ready, Notice(1, "escalation:12", "At risk", ""))
    shown(qtbot, ready, BREACHED)
    assert [notice.summary for notice in notification_service.displayed] == [BREACHED.title]
    assert notification_service.notified[1].replaces == notification_service.notified[0].id


def test_news_that_comes_before_the_answer_still_replaces(qtbot, ready, notification_service):
    rows = []
    ready.shown.connect(lambda row, _where: rows.append(row))
    for row in (1, 2, 3):
        ready.show(Notice(row, "escalation:12", f"Step {row}", ""))
    qtbot.waitUntil(lambda: sorted(rows) == [1, 2, 3])
    assert [notice.summary for notice in notification_service.displayed] == ["Step 3"]


def test_what_is_withdrawn_goes(qtbot, ready, notification_service):
    shown(qtbot, ready, BREACHED)
    ready.withdraw("escalation:12")
    qtbot.waitUntil(lambda: not notification_service.displayed)


def test_what_is_withdrawn_before_it_showed_goes_too(qtbot, ready, notification_service):
    ready.show(BREACHED)
    ready.withdraw("escalation:12")
    qtbot.waitUntil(lambda: len(notification_service.closed) == 1)
    assert notification_service.displayed == []


def test_a_press_is_told_with_its_activation_token(qtbot, ready, notification_service):
    shown(qtbot, ready, BREACHED)
    number = notification_service.displayed[0].id
    with qtbot.waitSignal(ready.acted) as told:
        notification_service.press(number, "acknowledge", "token-1")
    assert told.args == ["escalation:12", "acknowledge", "token-1"]


@pytest.mark.parametrize(("how", "by_person"), [("dismiss", True), ("expire", False)])
def test_what_leaves_the_screen_is_told(qtbot, ready, notification_service, how, by_person):
    shown(qtbot, ready, BREACHED)
    with qtbot.waitSignal(ready.gone) as told:
        getattr(notification_service, how)(notification_service.displayed[0].id)
    assert told.args == ["escalation:12", by_person]


def test_presses_on_other_programs_notifications_are_not_ours(qtbot, ready, notification_service):
    shown(qtbot, ready, BREACHED)
    pressed = []
    ready.acted.connect(lambda *args: pressed.append(args))
    notification_service.press(999, "acknowledge")
    notification_service.press(notification_service.displayed[0].id, "snooze")
    qtbot.waitUntil(lambda: bool(pressed))
    assert pressed == [("escalation:12", "snooze", "")]


def test_a_refusal_is_told_as_temporary(qtbot, ready, notification_service):
    notification_service.refuse_with = "org.freedesktop.Notifications.Error.ExcessNotificationGeneration"
    with qtbot.waitSignal(ready.refused) as told:
        ready.show(BREACHED)
    assert told.args[0] == 7
    assert "ExcessNotificationGeneration" in told.args[1]
    assert told.args[2] is True


def test_a_service_that_comes_later_is_found(qtbot, session_bus, notifier):
    notifier.start()
    qtbot.waitUntil(lambda: notifier.is_settled)
    with NotificationService(session_bus, CAPABILITIES) as service:
        qtbot.waitUntil(lambda: notifier.is_available)
        shown(qtbot, notifier, BREACHED)
        assert len(service.displayed) == 1


def test_after_a_restart_of_the_service_what_stood_is_shown_again_in_silence(qtbot, session_bus, notifier):
    with NotificationService(session_bus):
        notifier.start()
        qtbot.waitUntil(lambda: notifier.is_available)
        shown(qtbot, notifier, BREACHED)
    qtbot.waitUntil(lambda: not notifier.is_available)
    assert notifier.state == "not available: the notification service ended"
    with NotificationService(session_bus) as second:
        qtbot.waitUntil(lambda: len(second.displayed) == 1)
        assert second.displayed[0].replaces == 0
        assert second.displayed[0].hints["suppress-sound"] is True


@pytest.mark.usefixtures("bus_daemon")
def test_the_bus_may_go(qtbot, notifier, monkeypatch):
    from tests.support.session_bus import SessionBus

    with SessionBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        notifier.start()
        qtbot.waitUntil(lambda: notifier.is_settled)
    qtbot.waitUntil(lambda: "bus" in notifier.state)
    assert not notifier.is_available


class Deaf:
    """Owns the service's name and, from then on, answers what it is told to answer, nothing else."""

    def __init__(self, address: str) -> None:
        self.connection = open_dbus_connection(address)
        self.connection.send_and_get_reply(message_bus.RequestName(SERVICE, 4))

    def answer(self, member: str, signature: str, body: tuple) -> None:
        while True:
            call = self.connection.receive(timeout=10)
            if call.header.fields.get(HeaderFields.member) == member:
                self.connection.send(new_method_return(call, signature, body))
                return


def test_a_service_that_does_not_answer_is_said_and_believed_when_it_does(qtbot, session_bus, notifier):
    deaf = Deaf(session_bus)
    notifier._service._patience.setInterval(50)
    notifier.start()
    qtbot.waitUntil(lambda: notifier.is_settled)
    assert notifier.state == "not available: the notification service does not answer"
    deaf.answer("GetCapabilities", "as", (["actions", "body"],))
    qtbot.waitUntil(lambda: notifier.is_available)
    deaf.connection.close()


def test_a_notification_answered_late_counts_as_shown(qtbot, session_bus, notifier):
    deaf = Deaf(session_bus)
    notifier.start()
    with qtbot.waitSignal(notifier._service._link.opened):
        pass
    deaf.answer("GetCapabilities", "as", (["actions", "body"],))
    qtbot.waitUntil(lambda: notifier.is_available)
    notifier._service._patience.setInterval(50)
    notifier.show(BREACHED)
    qtbot.waitUntil(lambda: "does not answer" in notifier.state)
    with qtbot.waitSignal(notifier.shown) as shown:
        deaf.answer("Notify", "u", (5,))
    assert shown.args[0] == 7
    assert notifier.is_available
    deaf.connection.close()


def test_leaving_takes_everything_off_the_screen(qtbot, ready, notification_service):
    shown(qtbot, ready, BREACHED)
    ready.close()
    notification_service.wait_until(lambda log: not log.displayed)
