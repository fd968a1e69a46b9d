"""What rules may ask of a signal."""

from zoneinfo import ZoneInfo

import pytest

from desktop.domain.customer import Customer
from desktop.domain.facts import MISSING
from desktop.domain.worktime import Calendar
from tests.domain.rules import AT, a_signal, facts

SENT = a_signal(
    labels={"severity": "page", "app.kubernetes.io/name": "web", "empty": "", "null": None},
    annotations={"summary": "Slow"},
    a={"b": [{"c": 7}, {"c": 8}]},
    desk={"details": "Time-outs since NOON", "customer": "Nordlicht", "reporter": "mira@nordlicht.example"},
)
BERLIN = Calendar.from_mapping({"zone": "Europe/Berlin", "week": {"mon": [["09:00", "15:30"]]}})
NORDLICHT = Customer(1, "Nordlicht AG", "strategic", 2_000_000)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", "monitoring-eu"),
        ("kind", "alertmanager"),
        ("action", "trigger"),
        ("title", "Checkout fails in EU"),
        ("severity_hint", "critical"),
        ("text", "checkout fails in eu\ntime-outs since noon"),
        ("labels.severity", "page"),
        ("labels.app.kubernetes.io/name", "web"),
        ('labels["app.kubernetes.io/name"]', "web"),
        ("annotations.summary", "Slow"),
        ("fields.labels.severity", "page"),
        ("fields.a.b[1].c", 8),
        ("customer", "Nordlicht"),
        ("reporter", "mira@nordlicht.example"),
    ],
)
def test_a_field_is_found_by_its_name(field, value):
    assert facts(SENT).get(field) == value


@pytest.mark.parametrize(
    "field",
    [
        "labels.team",
        "labels.empty",
        "labels.null",
        "fields.a.b[2].c",
        "fields.a.b.c",
        "tier",
        "customer.revenue",
        "rate.10m",
        "hour",
        "weekday",
        "is_business_hours",
    ],
)
def test_what_is_not_said_null_or_blank_is_missing(field):
    assert facts(SENT).get(field) is MISSING


@pytest.mark.parametrize(
    ("field", "value"), [("customer", "Nordlicht AG"), ("tier", "strategic"), ("customer.revenue", 2_000_000)]
)
def test_a_known_customer_stands_in_place_of_the_senders_word(field, value):
    assert facts(SENT, customer=NORDLICHT).get(field) == value


@pytest.mark.parametrize(("field", "value"), [("hour", 16), ("weekday", "mon"), ("is_business_hours", False)])
def test_the_time_is_that_of_the_calendars_zone(field, value):
    at = AT.replace(hour=15).astimezone(ZoneInfo("Asia/Tokyo"))
    assert facts(SENT, at=at, calendar=BERLIN).get(field) == value


def test_without_a_calendar_the_hour_is_that_of_utc():
    assert facts(SENT, at=AT).get("hour") == 14


def test_a_count_is_made_once_and_only_when_asked_for():
    asked = []

    def count(field):
        asked.append(field)
        return 5

    counted = facts(SENT)
    counted._counts = count
    assert (asked, counted.get("rate.10m"), counted.get("rate.10m"), asked) == (
        ["rate.10m"],
        5,
        5,
        ["rate.10m"],
    )
