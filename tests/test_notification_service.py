"""The notification service of the tests does what the real ones do."""

import pytest
from jeepney import DBusErrorResponse, MatchRule, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

from tests.support.notification_log import OBJECT
from tests.support.notification_service import NotificationService


@pytest.fixture
def client(notification_service: NotificationService, session_bus: str):
    with open_dbus_connection(session_bus) as connection:
        Proxy(message_bus, connection).AddMatch(MatchRule(type="signal", interface=OBJECT.interface))
        yield connection


def call(client: DBusConnection, member: str, signature: str | None = None, *body: object):
    reply = client.send_and_get_reply(new_method_call(OBJECT, member, signature, body), timeout=10)
    if reply.header.message_type.name == "error":
        raise DBusErrorResponse(reply)
    return reply.body


def notify(client: DBusConnection, summary: str, replaces: int = 0) -> int:
    actions, hints = ["ack", "Acknowledge"], {"urgency": ("y", 2)}
    body = ("Escalation Desk", replaces, "", summary, "12 m over", actions, hints, -1)
    return call(client, "Notify", "susssasa{sv}i", *body)[0]


def test_a_notification_is_remembered_as_it_was_sent(client, notification_service):
    number = notify(client, "ESC-2026-0001")
    (shown,) = notification_service.displayed
    assert (shown.id, shown.summary, shown.labels, shown.hints) == (
        number,
        "ESC-2026-0001",
        ["Acknowledge"],
        {"urgency": 2},
    )


def test_a_replacement_keeps_its_number_and_its_place(client, notification_service):
    number = notify(client, "at risk")
    assert notify(client, "breached", replaces=number) == number
    assert [shown.summary for shown in notification_service.displayed] == ["breached"]


def test_a_pressed_button_is_heard_by_the_sender_and_ends_the_notification(client, notification_service):
    number = notify(client, "ESC-2026-0001")
    notification_service.press(number, "ack", activation_token="t-1")
    heard = [client.receive(timeout=10).body for _ in range(3)]
    assert heard == [(number, "t-1"), (number, "ack"), (number, 2)]
    assert notification_service.displayed == []


def test_a_withdrawn_notification_is_gone(client, notification_service):
    number = notify(client, "ESC-2026-0001")
    with client.filter(MatchRule(type="signal", member="NotificationClosed")) as heard:
        call(client, "CloseNotification", "u", number)
        assert client.recv_until_filtered(heard, timeout=10).body == (number, 3)
    assert notification_service.closed == [number]


def test_a_service_that_refuses_answers_with_its_error(client, notification_service):
    notification_service.refuse_with = "org.freedesktop.DBus.Error.LimitsExceeded"
    with pytest.raises(DBusErrorResponse, match="LimitsExceeded"):
        notify(client, "ESC-2026-0001")
