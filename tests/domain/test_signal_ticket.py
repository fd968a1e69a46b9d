from datetime import UTC, datetime

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.signal import SignalAction, parse
from tests.domain.signals import (
    a_freshdesk_ticket,
    a_zammad_ticket,
    a_zendesk_event,
    an_issue,
    as_body,
    the_signal,
)


def test_an_issue_of_jira_says_what_how_grave_when_and_who() -> None:
    signal = the_signal("jira", an_issue())
    assert (signal.action, signal.dedup_key, signal.title) == ("trigger", "OPS-7", "Printer on fire")
    assert signal.severity_hint == "Highest"
    assert signal.occurred_at == datetime(2026, 3, 4, 5, 6, 7, 123000, UTC)
    assert [signal.understood(word) for word in ("reporter", "reference", "details")] == [
        "Ada", "OPS-7", "Third floor",
    ]  # fmt: skip


def test_the_category_of_its_status_ends_an_issue_whatever_the_status_is_called() -> None:
    assert the_signal("jira", an_issue("done")).action is SignalAction.RESOLVE
    assert the_signal("jira", an_issue("indeterminate")).action is SignalAction.TRIGGER


@pytest.mark.parametrize("event", ["comment_created", "jira:issue_deleted", "worklog_updated"])
def test_other_events_of_an_issue_are_information(event: str) -> None:
    signal = the_signal("jira", an_issue(webhookEvent=event))
    assert (signal.action, signal.dedup_key) == (SignalAction.INFO, "OPS-7")


def test_an_event_of_jira_without_an_issue_is_information() -> None:
    signal = the_signal("jira", {"webhookEvent": "comment_created", "comment": {"body": "hello"}})
    assert (signal.action, signal.title, signal.dedup_key) == (SignalAction.INFO, "comment_created", None)


def test_the_automation_of_jira_sends_the_issue_itself() -> None:
    signal = the_signal("jira", an_issue("done")["issue"])
    assert (signal.action, signal.dedup_key, signal.title) == ("resolve", "OPS-7", "Printer on fire")


@pytest.mark.parametrize(
    ("name", "status", "action"),
    [
        ("ticket.created", "NEW", "trigger"),
        ("ticket.status_changed", "OPEN", "trigger"),
        ("ticket.status_changed", "SOLVED", "resolve"),
        ("ticket.status_changed", "CLOSED", "resolve"),
        ("ticket.priority_changed", "OPEN", "trigger"),
        ("ticket.comment_added", "OPEN", "info"),
        ("ticket.merged", "CLOSED", "info"),
    ],
)
def test_an_event_of_zendesk_opens_ends_or_informs(name: str, status: str, action: str) -> None:
    signal = the_signal("zendesk", a_zendesk_event(name, status=status))
    assert (signal.action, signal.dedup_key, signal.title) == (action, "901", "Cannot pay")
    assert signal.severity_hint == "URGENT"
    assert signal.occurred_at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_an_event_of_zendesk_about_something_else_is_information() -> None:
    assert the_signal("zendesk", a_zendesk_event("user.created")).action is SignalAction.INFO


@pytest.mark.parametrize(
    "body",
    [
        {"ticket": {"id": 55, "title": "Cannot pay", "status": "Solved", "organization": {"name": "Acme"}}},
        {"ticket_id": "55", "ticket_title": "Cannot pay", "ticket_status": "Solved", "organization": "Acme"},
        {"id": 55, "subject": "Cannot pay", "status": "solved", "customer": "Acme"},
    ],
)
def test_what_triggers_of_zendesk_usually_send_is_read(body: dict[str, object]) -> None:
    signal = the_signal("zendesk", body)
    assert (signal.action, signal.dedup_key, signal.title) == ("resolve", "55", "Cannot pay")
    assert signal.understood("customer") == "Acme"


@pytest.mark.parametrize(
    ("state", "action"), [("open", "trigger"), ("closed", "resolve"), ("merged", "info")]
)
def test_zammad_sends_the_whole_ticket(state: str, action: str) -> None:
    signal = the_signal("zammad", a_zammad_ticket(state=state))
    assert (signal.action, signal.dedup_key, signal.title) == (action, "10081", "No coffee")
    assert signal.severity_hint == "3 high"
    assert signal.understood("customer") == "Example Roasters"
    assert signal.understood("details") == "The machine leaks"


def test_the_basic_notification_of_zammad_is_read() -> None:
    signal = the_signal(
        "zammad", {"ticket": "10081", "subject": "No coffee", "message": "Updated", "body": ""}
    )
    assert (signal.action, signal.dedup_key, signal.title) == ("trigger", "10081", "No coffee")
    assert signal.understood("details") == "Updated"


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("Open", "trigger"),
        ("Pending", "trigger"),
        ("Resolved", "resolve"),
        ("Closed", "resolve"),
        (2, "trigger"),
        (5, "resolve"),
    ],
)
def test_freshdesk_sends_states_as_words_or_numbers(status: object, action: str) -> None:
    signal = the_signal("freshdesk", a_freshdesk_ticket(ticket_status=status))
    assert (signal.action, signal.dedup_key, signal.title) == (action, "12", "Late parcel")
    assert signal.severity_hint == "Urgent"


@pytest.mark.parametrize(
    ("kind", "body", "title"),
    [
        ("zendesk", a_zendesk_event(subject=""), "Zendesk ticket 901"),
        ("zammad", a_zammad_ticket(title=None), "Zammad ticket 10081"),
        ("freshdesk", a_freshdesk_ticket(ticket_subject=" "), "Freshdesk ticket 12"),
    ],
)
def test_a_ticket_without_a_subject_is_called_by_its_number(kind: str, body: object, title: str) -> None:
    assert the_signal(kind, body).title == title


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("jira", "issue.fields.summary"),
        ("zendesk", "ticket.title"),
        ("zammad", "ticket.title"),
        ("freshdesk", "freshdesk_webhook.ticket_subject"),
    ],
)
@pytest.mark.parametrize("body", [{}, {"ticket": None}, {"issue": 7, "ticket": [], "freshdesk_webhook": "x"}])
def test_a_body_without_a_ticket_is_refused_naming_where_it_should_be(
    kind: str, field: str, body: object
) -> None:
    with pytest.raises(DeskError) as fault:
        parse(kind, as_body(body))
    assert fault.value.field == field


def test_a_person_s_mapping_goes_before_the_usual_one() -> None:
    body = a_zammad_ticket() | {"contract": {"owner": "Roasters & Sons"}}
    signal = the_signal("zammad", body, {"customer": "contract.owner", "resolve_when": ["open"]})
    assert signal.understood("customer") == "Roasters & Sons"
    assert (signal.action, signal.title) == ("resolve", "No coffee")
