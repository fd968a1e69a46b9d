"""Schedules as documents: what is refused, with its place, and what is written."""

from datetime import UTC, datetime

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.roster import Schedule
from tests.domain.rosters import layer, override, schedule


def changed(**parts):
    return {"zone": "Europe/Berlin", "layers": [{**layer(), **parts}]}


def beside(**parts):
    return {"zone": "Europe/Berlin", "layers": [layer()], **parts}


@pytest.mark.parametrize(
    ("document", "field", "words"),
    [
        ([], "", "not a mapping"),
        ({"layers": []}, "zone", "missing"),
        ({"zone": "Europe/Berlin"}, "layers", "missing"),
        (beside(zone="Europe/Bonn"), "zone", "no time zone"),
        (beside(colour="red"), "colour", "nothing is known by this name"),
        (beside(layers=[layer(), layer()]), "layers[1].name", "two layers"),
        (beside(layers=[layer("override")]), "layers[0].name", "stands for overrides"),
        (changed(zone="Mars"), "layers[0].zone", "no time zone"),
        (changed(start="2026-02-30T09:00"), "layers[0].start", "not a date and time"),
        (changed(start="2026-03-02T09:00Z"), "layers[0].start", "zone of its own"),
        (changed(start="0001-01-01T09:00"), "layers[0].start", "out of reach"),
        (changed(every={"unit": "year", "count": 1}), "layers[0].every.unit", "none of hour"),
        (changed(every={"unit": "day", "count": 0}), "layers[0].every.count", "whole number from 1"),
        (changed(every={"unit": "day", "count": [4, 0]}), "layers[0].every.count[1]", "whole number from 1"),
        (changed(every={"unit": "day", "count": []}), "layers[0].every.count", "at least 1 wanted"),
        (changed(every={"unit": "day"}), "layers[0].every.count", "missing"),
        (changed(people="A"), "layers[0].people", "not a list"),
        (changed(people=[["A", "A"]]), "layers[0].people[0][1]", "listed twice"),
        (changed(people=[[7]]), "layers[0].people[0][0]", "not text"),
        (changed(people=[{"from": "2026-01-01"}]), "layers[0].people[0].people", "missing"),
        (
            changed(people=[{"people": ["A"], "from": "2026-02-01", "to": "2026-01-01"}]),
            "layers[0].people[0].to",
            "before the first",
        ),
        (
            changed(people=[{"people": ["A"], "from": "today"}]),
            "layers[0].people[0].from",
            "“today” is not a date",
        ),
        (changed(restrict=[{"days": ["monday"]}]), "layers[0].restrict[0].days[0]", "no day of the week"),
        (changed(restrict=[{"days": [["mon"]]}]), "layers[0].restrict[0].days[0]", "no day of the week"),
        (changed(restrict=[{"days": []}]), "layers[0].restrict[0].days", "at least 1 wanted"),
        (changed(restrict=[{"from": "24:00"}]), "layers[0].restrict[0].from", "not a time of day"),
        (changed(restrict=[{"to": "8:00"}]), "layers[0].restrict[0].to", "not a time of day"),
        (changed(restrict=[{"only": True}]), "layers[0].restrict[0].only", "no holidays"),
        (
            changed(restrict=[{"holidays": "DE", "only": 1}]),
            "layers[0].restrict[0].holidays",
            "not laid out in dates",
        ),
        (
            beside(layers=[layer(restrict=[{"holidays": "DE", "only": 1}])], holidays={"DE": []}),
            "layers[0].restrict[0].only",
            "neither true nor false",
        ),
        (beside(holidays={"DE": ["Christmas"]}), "holidays.DE[0]", "not a date"),
        (
            beside(overrides=[override("2026-03-03T00:00", "2026-03-04T00:00")]),
            "overrides[0]",
            "nobody is added",
        ),
        (
            beside(overrides=[override("2026-03-04T00:00", "2026-03-04T00:00", add="A")]),
            "overrides[0].to",
            "ends before it begins",
        ),
        (
            beside(overrides=[{"from": "2026-03-03T00:00", "to": "2026-03-04T00:00Z", "add": "A"}]),
            "overrides[0].from",
            "no time zone",
        ),
        (beside(time_off=[{"person": "A", "from": "2026-03-03T00:00Z"}]), "time_off[0].to", "missing"),
    ],
)
def test_a_fault_is_named_with_its_place(document, field, words):
    with pytest.raises(DeskError, match=words) as fault:
        Schedule.from_mapping(document)
    assert fault.value.field == field


def test_a_document_is_written_as_people_write_it():
    document = {
        "name": "Payments",
        "zone": "Europe/Berlin",
        "layers": [
            {
                "name": "primary",
                "start": "2026-03-02T09:00",
                "every": {"unit": "day", "count": [4, 3]},
                "people": [["A"], [], {"people": ["B", "C"], "from": "2026-05-01"}],
                "restrict": [{"days": ["mon", "sun"], "from": "20:00", "to": "08:00"}],
                "zone": "Asia/Tokyo",
            }
        ],
        "overrides": [
            {"from": "2026-03-02T08:00:00Z", "to": "2026-03-03T08:00:00Z", "add": "E", "why": "swap"},
            {"from": "2026-03-02T08:00:00Z", "to": "2026-03-03T08:00:00Z", "remove": ["A", "B"]},
        ],
        "time_off": [
            {"person": "B", "from": "2026-03-02T08:00:00Z", "to": "2026-03-03T08:00:00Z", "reason": "leave"}
        ],
        "holidays": {"DE-BY": ["2026-01-06"]},
    }
    assert Schedule.from_mapping(document).to_mapping() == document


def test_instants_and_dates_that_yaml_read_by_itself_are_taken():
    at = datetime(2026, 3, 3, tzinfo=UTC)
    document = changed(start=datetime(2026, 3, 2, 9))  # noqa: DTZ001 - a time on the wall
    document["overrides"] = [{"from": at, "to": at.replace(day=4), "add": "E"}]
    document["holidays"] = {"DE": [at.date()]}
    written = Schedule.from_mapping(document).to_mapping()
    assert written["overrides"][0]["from"] == "2026-03-03T00:00:00Z"
    assert written["holidays"] == {"DE": ["2026-03-03"]}


def test_parts_that_name_nobody_may_be_none():
    change = override("2026-03-03T00:00", "2026-03-04T00:00", add="E", remove=None)
    assert "remove" not in schedule(layer(), overrides=[change]).to_mapping()["overrides"][0]


def test_schedules_are_equal_by_what_they_say():
    assert schedule(layer()) == schedule(layer())
    assert schedule(layer()) != schedule(layer(people="AB"))
    assert schedule(layer()) != "a schedule"
