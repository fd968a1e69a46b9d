"""Instants that mean the same to every reader, and lists that say what they left out."""

from datetime import UTC, datetime

import pytest

from desktop.domain.handoff_draft import deed_words
from desktop.domain.handoff_words import absolute, absolute_in, bounded, counted, listed, more
from desktop.domain.timeline import TimelineEvent

NOON = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_told_apart():
    first, second = NOON, NOON.replace(hour=1)
    assert absolute(first, "Europe/Berlin") == "Sun 25 Oct 2026 02:30 Europe/Berlin (UTC+02:00)"
    assert absolute(second, "Europe/Berlin") == "Sun 25 Oct 2026 02:30 Europe/Berlin (UTC+01:00)"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "Sun 25 Oct 2026 00:30 UTC"),
        ("Asia/Kolkata", "Sun 25 Oct 2026 06:00 Asia/Kolkata (UTC+05:30)"),
        ("America/St_Johns", "Sat 24 Oct 2026 22:00 America/St_Johns (UTC-02:30)"),
        ("Africa/Abidjan", "Sun 25 Oct 2026 00:30 Africa/Abidjan (UTC+00:00)"),
    ],
)
def test_every_zone_is_named_with_its_offset(zone: str, said: str):
    assert absolute(NOON, zone) == said


def test_the_same_clock_is_said_once():
    assert absolute_in(NOON, ("Europe/Berlin", "Europe/Paris")) == absolute(NOON, "Europe/Berlin")
    assert absolute_in(NOON, ("UTC", "Asia/Tokyo")).count("2026") == 2


def test_a_list_says_how_many_it_leaves_out():
    lines = [str(i) for i in range(5)]
    assert bounded(lines, 5) == tuple(lines)
    assert bounded(lines, 3) == ("0", "1", "2", "and 2 more")
    assert bounded(lines, 3, latest=True, what="earlier") == ("and 2 earlier", "2", "3", "4")


def test_names_and_counts_in_words():
    assert listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
    assert (counted(1, "entry", "entries"), counted(2, "entry", "entries")) == ("1 entry", "2 entries")
    assert more(0) == ""


def told(kind: str, **body: object) -> str:
    return deed_words(TimelineEvent(1, 1, kind, NOON, "Ada", body, "0" * 64))


def test_what_people_did_is_said_in_their_words():
    assert told("note.added", note="Called\nthem") == "noted: Called them"
    assert told("escalation.moved", **{"from": "new", "to": "working"}) == "moved it from new to working"
    assert told("escalation.reassigned", owner="Sana Ito") == "assigned it to Sana Ito"
    assert told("handoff.accepted", owner="Sana Ito", handoff=1) == "took it over"
    assert told("escalation.something", deed="Odd deed") == "odd deed"


def test_what_is_very_long_says_how_much_it_left_out():
    assert told("note.added", note="x" * 320).endswith("x… (and 20 characters)")


def test_a_zone_of_mere_hours_is_told_by_them_alone():
    assert absolute(NOON, "Etc/GMT-1").endswith(" 2026 01:30 (UTC+01:00)")
