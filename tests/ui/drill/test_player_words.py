from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.drill import player_words as words
from tests.ui.drill.player_stand import received, view

EVIL = "<b>bold</b>\u202egnp.exe\n{{field}} & \x00" + "x" * 10_000


@pytest.mark.parametrize(
    ("sim_ms", "said"), [(0, "T+00:00:00"), (1_420_999, "T+00:23:40"), (-300_000, "T−00:05:00")]
)
def test_the_clock_of_a_drill_counts_from_its_beginning(sim_ms, said):
    assert words.clock(sim_ms) == said


def test_the_clock_can_be_said_aloud():
    assert words.spoken_clock(3_723_000) == "1 hour 2 minutes 3 seconds"


def test_the_time_of_the_story_names_its_zone():
    at = datetime(2026, 3, 2, 16, 33, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert words.story(at) == "Mon 2 Mar 16:33 UTC+5:30"


@pytest.mark.parametrize(
    ("state", "said"),
    [("RUNNING", "DRILL RUNNING"), ("PAUSED", "DRILL ❚❚ PAUSED"), ("ENDED", "DRILL ENDED")],
)
def test_the_state_stands_in_words_beside_the_mark(state, said):
    assert words.state_word(view(state=state)) == said


@pytest.mark.parametrize(
    ("age_s", "said"), [(5, "just now"), (2_400, "40 min ago"), (7_320, "2 h 2 min ago"), (3_600, "1 h ago")]
)
def test_a_figure_says_how_old_it_is(age_s, said):
    assert words.age(age_s) == f"updated {said}"


def test_something_without_a_subject_is_named_by_how_it_begins():
    assert words.subject(received(1, subject="", body="Who says yes?")) == "Who says yes?"


def test_whom_it_was_for_is_named():
    got = received(1, to=("Support triage", "Billing on-call"))
    assert words.addressed(got) == "to Support triage and Billing on-call"
    assert words.addressed(received(1, to=())) == "to everybody"


def test_whatever_is_written_the_news_of_it_is_one_short_line():
    said = words.news(received(1, source=EVIL, subject=EVIL))
    assert "\n" not in said
    assert len(said) < 600


@given(st.integers(1, 500), st.integers(0, 20_000), st.integers(0, 20_000))
def test_strangers_never_take_back_what_they_have_read(number, first_s, more_s):
    before = words.public_figures(number, first_s)
    after = words.public_figures(number, first_s + more_s)
    assert all(one <= other for one, other in zip(before, after, strict=True))


def test_where_the_story_has_another_zone_the_hour_on_this_computer_is_said_too():
    at = datetime(2026, 3, 2, 16, 33, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert words.on_the_board(at) == f"{at.astimezone():%H:%M} on this computer"
    assert words.on_the_board(at.astimezone()) == ""


def test_what_has_come_can_be_filed_as_a_text():
    got = received(10, channel="monitoring", artifact={"kind": "chart", "points": [1, 40]})
    text = words.as_text(got)
    for part in ("Monitoring from Kiosk Marie", "T+00:10:00", got.subject, got.body, "40"):
        assert part in text
    assert words.file_name(got) == "monitoring-at-00-10-00.txt"
