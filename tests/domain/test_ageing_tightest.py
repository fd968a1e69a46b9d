from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ageing import Tightest, tightest
from desktop.domain.commitment import Commitment, Kind
from desktop.domain.instant import span_us
from tests.domain.calendars import ALWAYS, berlin, utc
from tests.domain.commitments import (
    HOUR,
    MICROSECOND,
    NIGHTS,
    START,
    a_commitment,
    a_pause,
    commitments,
    targets,
)


def exact_share(commitment, at):
    return Fraction(span_us(commitment.used(at)), span_us(commitment.target))


def lead_of(commitments, at) -> Tightest:
    found = tightest(commitments, at)
    assert found is not None
    return found


def test_without_a_running_commitment_none_is_tightest():
    assert tightest([], START) is None
    assert tightest([a_commitment().stopped(START + HOUR)], START + HOUR) is None


def test_a_single_commitment_is_tightest_for_good():
    only = a_commitment()
    found = lead_of([only], START + HOUR)
    assert (found.commitment, found.until) == (only, None)


def test_the_largest_share_is_tightest():
    ack, resolve = a_commitment(HOUR), a_commitment(4 * HOUR)
    found = lead_of([resolve, ack], START + HOUR / 2)
    assert (found.commitment, found.until) == (ack, None)


def test_of_equal_shares_the_one_due_first_is_tightest():
    short, long = a_commitment(HOUR), a_commitment(4 * HOUR)
    assert lead_of([long, short], START).commitment == short
    assert lead_of([short, long], START).commitment == short


def test_a_shorter_one_started_later_takes_over_when_its_share_is_larger():
    # 8 h from the start, 2 h from an hour later: (1 + x) / 8 = x / 2 after a third of an hour.
    long = a_commitment(8 * HOUR)
    short = Commitment(Kind.UPDATE, START + HOUR, 2 * HOUR, ALWAYS)
    found = lead_of([long, short], START + HOUR)
    assert found.commitment == long
    assert found.until == START + HOUR + HOUR / 3
    assert lead_of([long, short], found.until).commitment == short
    assert lead_of([long, short], found.until - MICROSECOND).commitment == long


def test_taking_over_waits_for_opening_hours():
    office = replace(a_commitment(2 * HOUR, berlin()), started_at=utc("2026-11-21 00:00"))
    long = replace(a_commitment(4 * HOUR, berlin()), pauses=(), started_at=utc("2026-11-20 15:30"))
    # One hour of four is used on Friday; two are caught up on Monday after an hour.
    found = lead_of([office, long], utc("2026-11-21 12:00"))
    assert (found.commitment, found.until) == (long, utc("2026-11-23 09:00"))


def test_a_commitment_round_the_clock_takes_over_in_the_night():
    office = a_commitment(4 * HOUR, berlin())
    always = Commitment(Kind.CONTAIN, utc("2026-11-23 11:00"), 2 * HOUR, ALWAYS)
    # The office closes for lunch at 11:00 with half used; an hour later the other has as much, due first.
    found = lead_of([office, always], utc("2026-11-23 11:00"))
    assert (found.commitment, found.until) == (office, utc("2026-11-23 12:00"))


def test_a_paused_commitment_keeps_its_share_and_is_overtaken():
    paused = a_commitment(2 * HOUR).paused(START + HOUR, "waiting", "Ana")
    running = a_commitment(4 * HOUR)
    found = lead_of([paused, running], START + HOUR)
    # At two hours both stand at a half; the paused one, resumed then, would be due first.
    assert (found.commitment, found.until) == (paused, START + 2 * HOUR + MICROSECOND)


def test_a_commitment_paused_for_good_never_takes_over():
    paused = a_commitment(HOUR).paused(START, "waiting", "Ana")
    running = a_commitment(40 * HOUR, berlin())
    assert lead_of([paused, running], START + HOUR).until is None


def test_a_pause_with_a_limit_is_reckoned_with():
    paused = a_commitment(2 * HOUR, pauses=(a_pause(timedelta(), None, limit_at=START + 3 * HOUR),))
    running = a_commitment(20 * HOUR)
    # At 3 h: 0 of 2 against 3 of 20; then x / 2 = (3 + x) / 20 after a third of an hour.
    assert lead_of([paused, running], START + HOUR).until == START + 3 * HOUR + HOUR / 3


def test_where_nothing_is_in_sight_it_looks_again_within_weeks():
    found = lead_of([a_commitment(HOUR), a_commitment(400 * HOUR, berlin())], START + HOUR)
    assert found.until
    assert timedelta(days=30) < found.until - START < timedelta(days=60)


groups = st.lists(commitments(), min_size=1, max_size=5)
moments = st.timedeltas(timedelta(), timedelta(days=30))


def together(group):
    """The same commitments, begun within three days of one another."""
    first = group[0].started_at
    return [replace(each, started_at=first + (each.started_at - first) % timedelta(days=3)) for each in group]


@given(groups, moments)
def test_no_running_commitment_has_a_larger_share_than_the_tightest(group, after):
    at = group[0].started_at + after
    found = lead_of(group, at)
    assert exact_share(found.commitment, at) == max(exact_share(each, at) for each in group)


@given(groups, moments, st.floats(0, 1))
def test_until_then_the_tightest_stays(group, after, part):
    group = together(group)
    at = group[0].started_at + after
    found = lead_of(group, at)
    end = found.until or at + timedelta(days=200)
    assert end > at
    for later in (at + (end - at - MICROSECOND) * part, end - MICROSECOND):
        assert exact_share(found.commitment, later) == max(exact_share(each, later) for each in group)


@given(st.lists(targets, min_size=2, max_size=5), moments)
def test_once_all_have_started_on_one_calendar_another_leads_when_told(lengths, after):
    group = [Commitment(Kind.RESOLVE, START + i * HOUR, length, NIGHTS) for i, length in enumerate(lengths)]
    at = START + 5 * HOUR + after
    found = lead_of(group, at)
    if found.until is not None:
        assert lead_of(group, found.until).commitment != found.commitment


@given(groups)
def test_looking_again_whenever_told_is_no_polling(group):
    group = together(group)
    at = group[0].started_at
    looks = [at]
    while (until := lead_of(group, at).until) and len(looks) < 200:
        at = until
        looks.append(at)
        if at - looks[0] > timedelta(days=90):
            break
    assert len(looks) < 100
    assert all(a < b for a, b in pairwise(looks))
