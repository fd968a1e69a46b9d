"""A run watched again: at every moment it stands as it stood then."""

import json

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.drill_log import Entry
from desktop.domain.drill_replay import OPEN, WAITING, Replay, clock, told
from desktop.domain.drill_score import score_log
from desktop.services.drill_log_file import entries
from tests.domain.drills import charged_twice, worked_run

SCENARIO = charged_twice()
LOG = tuple(entries([json.dumps(each) for each in worked_run()], SCENARIO))
MINUTE = 60_000


def word(moment, expectation):
    return next(each.word for each in moment.expectations if each.id == expectation)


def test_the_last_moment_is_the_score_of_the_run():
    moment = Replay(SCENARIO, LOG).moment(len(LOG))
    score = score_log(SCENARIO, LOG)
    assert (moment.overall, moment.band, moment.scored) == (score.overall, score.band, score.scored)


def test_what_has_not_come_waits_and_what_may_still_be_done_is_open():
    replay = Replay(SCENARIO, LOG)
    moment = replay.moment(replay.seq_at(12 * MINUTE), 12 * MINUTE)
    assert word(moment, "E01") == "met"
    assert word(moment, "E02") == OPEN
    assert word(moment, "E06") == WAITING


def test_what_ran_out_meanwhile_is_missed_though_no_entry_says_so():
    replay = Replay(SCENARIO, LOG)
    assert word(replay.moment(replay.seq_at(31 * MINUTE), 31 * MINUTE), "E05") == OPEN
    assert word(replay.moment(replay.seq_at(34 * MINUTE), 34 * MINUTE), "E05") == "missed"


@given(st.lists(st.integers(0, len(LOG)), min_size=2, max_size=6))
def test_the_way_to_a_moment_changes_nothing(way):
    replay = Replay(SCENARIO, LOG)
    last = [replay.moment(seq) for seq in way][-1]
    assert last == Replay(SCENARIO, LOG).moment(way[-1])


def test_it_stops_at_each_decision():
    replay = Replay(SCENARIO, LOG)
    first = replay.next_stop(0, 90 * MINUTE)
    assert first is not None
    assert first.sim_ms == 25 * MINUTE
    assert "Stop auto-recharge" in first.words
    assert replay.next_stop(first.sim_ms, 60 * MINUTE) is None


def test_an_entry_says_what_happened():
    assert told(LOG[0], SCENARIO).words.startswith("I01 comes")
    assert told(Entry(1, 0, "update.sent", {"stage": "initial"}), SCENARIO).words == "Update sent (initial)"
    assert told(Entry(1, 0, "clock.jumped", {"to_ms": 600_000}), SCENARIO).words == "Jump to 00:10:00"


def test_a_time_of_the_drill_is_shown_with_hours_minutes_and_seconds():
    assert clock(4_272_999) == "01:11:12"
