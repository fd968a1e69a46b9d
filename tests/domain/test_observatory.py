"""Which rules people disagree with most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.observatory import Fired, Overruled, ranked, wilson_lower


def fired(rule_id, count, first=1, version=1):
    return [Fired(rule_id, version, escalation_id) for escalation_id in range(first, first + count)]


def overruled(rule_id, count, field="severity", reason="", version=1, first=1):
    return [
        Overruled(rule_id, version, escalation_id, field, "SEV1", "SEV3", reason, "Mira", escalation_id)
        for escalation_id in range(first, first + count)
    ]


@pytest.mark.parametrize(
    ("hits", "of", "lower"),
    [(0, 0, 0.0), (0, 10, 0.0), (1, 1, 0.2065), (10, 10, 0.7225), (50, 100, 0.4038), (81, 263, 0.2553)],
)
def test_the_lower_end_is_that_of_wilsons_interval(hits, of, lower):
    assert wilson_lower(hits, of) == pytest.approx(lower, abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_lower_end_lies_between_nothing_and_the_share(pair):
    hits, of = pair
    assert 0 <= wilson_lower(hits, of) <= hits / of


def test_a_rule_overruled_twice_of_twice_ranks_below_one_overruled_thirty_times_of_forty():
    rows = ranked(fired(1, 2) + fired(2, 40), overruled(1, 2) + overruled(2, 30))
    assert [row.rule_id for row in rows] == [2, 1]


def test_an_escalation_counts_once_however_many_of_its_fields_were_set_otherwise():
    [row] = ranked(fired(1, 4), overruled(1, 1) + overruled(1, 1, field="team"))
    assert (row.overruled, row.fired, row.share) == (1, 4, 0.25)
    assert row.fields == (("severity", 1), ("team", 1))


def test_a_rule_that_fired_again_on_an_escalation_fired_once():
    [row] = ranked(fired(1, 3) + fired(1, 3), [])
    assert (row.fired, row.overruled, row.at_least) == (3, 0, 0.0)


def test_reasons_are_counted_most_first_and_those_without_one_too():
    said = (
        overruled(1, 2, reason=" Wrong team ")
        + overruled(1, 1, reason="Test", first=3)
        + overruled(1, 1, first=4)
    )
    [row] = ranked(fired(1, 9), said)
    assert (row.reasons, row.unreasoned) == ((("Wrong team", 2), ("Test", 1)), 1)


def test_changes_are_counted_as_from_and_to():
    [row] = ranked(fired(1, 9), overruled(1, 2))
    assert (row.changes, row.last_us) == ((("SEV1 → SEV3", 2),), 2)


def test_an_overrule_whose_firing_lies_before_the_period_still_counts():
    [row] = ranked([], overruled(1, 1))
    assert (row.fired, row.overruled) == (1, 1)


def test_a_rule_that_was_mended_begins_anew():
    rows = ranked(fired(1, 5) + fired(1, 2, version=2), overruled(1, 5), {1: 2})
    assert [(row.fired, row.overruled) for row in rows] == [(2, 0)]


def test_the_figures_are_told_with_what_they_rest_on():
    [row] = ranked(fired(1, 9), overruled(1, 3))
    assert row.sentence == "Overruled on 3 of 9 escalations (33 %)"


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9), st.integers(0, 9)), max_size=6))
def test_nobody_is_overruled_more_often_than_they_fired(runs):
    rows = ranked(
        [one for rule_id, n, _ in runs for one in fired(rule_id, n)],
        [one for rule_id, _, n in runs for one in overruled(rule_id, n)],
    )
    assert all(0 <= row.at_least <= row.share <= 1 for row in rows)
    assert list(rows) == sorted(rows, key=lambda row: -row.at_least)
