from datetime import timedelta

from desktop.domain.commitment import Commitment, Kind
from desktop.domain.worktime import Calendar
from desktop.ui.escalation.strip import DeadlineStrip, legend, summary, table_text
from tests.factories import MONDAY

HOUR = timedelta(hours=1)
OFFICE = Calendar.from_mapping({"zone": "UTC", "week": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]]}})


def waiting():
    """Four hours of an office day, one of them spent waiting."""
    started = Commitment(Kind.RESOLVE, MONDAY, 4 * HOUR, OFFICE)
    return started.paused(MONDAY + HOUR, "Waiting on the customer", "Ada Quist").resumed(MONDAY + 2 * HOUR)


def test_the_legend_adds_the_stretches_up_by_what_they_were():
    lines = [line.words for line in legend(waiting().segments(MONDAY + 3 * HOUR))]
    assert lines == [
        "Running 4 h",
        "Paused 1 h: Waiting on the customer, paused by Ada Quist",
        "Closed 1 h",
    ]


def test_time_past_the_deadline_is_a_line_of_its_own():
    lines = [line.words for line in legend(waiting().segments(MONDAY + 7 * HOUR))]
    assert lines[-1] == "Past the deadline 1 h"


def test_the_sentence_tells_start_target_and_deadline():
    assert summary(waiting(), MONDAY + 3 * HOUR) == "4 h of opening hours from today 09:00 is today 15:00"


def test_the_table_says_what_the_picture_shows():
    lines = table_text(waiting().segments(MONDAY + 3 * HOUR), MONDAY).split("\n")
    assert lines[0] == "today 09:00 – today 10:00  running, counted 1 h"
    assert lines[1] == "today 10:00 – today 11:00  paused"


def test_a_long_story_says_what_it_leaves_out():
    always = Calendar.from_mapping(
        {"zone": "UTC", "week": {day: [["09:00", "10:00"]] for day in ("mon", "tue")}}
    )
    long = Commitment(Kind.RESOLVE, MONDAY, 200 * HOUR, always)
    assert table_text(long.segments(MONDAY), MONDAY).endswith("more")


def test_the_painted_strip_says_the_same_to_a_screen_reader(qtbot, around):
    strip = DeadlineStrip(around.theme)
    qtbot.addWidget(strip)
    strip.show_commitment("Resolve", waiting(), MONDAY + 3 * HOUR)
    strip.show()
    strip.grab()
    assert strip._bar.accessibleName() == "; ".join(strip.words())
