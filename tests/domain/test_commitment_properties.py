"""What must hold of every commitment, whatever its calendar and pauses."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.commitment import Outcome
from desktop.domain.commitment_pause import Pause
from desktop.domain.commitment_strip import What
from tests.domain.commitments import MICROSECOND, calendars, commitments, ended_pauses, spans, targets

moments = st.timedeltas(timedelta(days=-1), timedelta(days=60))


@given(commitments())
def test_at_due_exactly_the_target_is_used(commitment):
    assert commitment.used(commitment.due) == commitment.target
    assert commitment.used(commitment.due - MICROSECOND) == commitment.target - MICROSECOND


@given(commitments(), st.data())
def test_pausing_never_makes_a_deadline_earlier(commitment, data):
    pause = data.draw(ended_pauses(commitment.started_at))
    assert replace(commitment, pauses=(*commitment.pauses, pause)).due >= commitment.due


@given(commitments(max_pauses=0), spans, spans)
def test_pausing_and_resuming_never_makes_a_deadline_earlier(commitment, after, length):
    at = commitment.started_at + after
    paused = commitment.paused(at, "waiting", "Ana")
    assert paused.due >= commitment.due
    assert paused.resumed(at + length).due >= paused.due


@given(commitments(), spans, spans)
def test_an_open_pause_ended_later_is_never_due_earlier(commitment, a, b):
    begun = commitment.started_at + min(a, b)
    paused = replace(commitment, pauses=(*commitment.pauses, Pause(begun, None, "waiting", "Ana")))
    at = commitment.started_at + max(a, b)
    assert (
        commitment.due
        <= paused.due
        <= paused.due_if_resumed(at)
        <= paused.due_if_resumed(at + timedelta(days=1))
    )


@given(commitments(), st.randoms(use_true_random=False))
def test_the_order_of_the_pauses_does_not_matter(commitment, random):
    shuffled = list(commitment.pauses)
    random.shuffle(shuffled)
    assert replace(commitment, pauses=tuple(shuffled)).due == commitment.due


@given(commitments())
def test_the_strip_adds_up_to_the_target(commitment):
    assert sum((segment.counted for segment in commitment.segments()), timedelta()) == commitment.target


@given(commitments(), moments)
def test_the_strip_adds_up_and_has_no_holes_whenever_it_is_looked_at(commitment, after):
    at = commitment.started_at + after
    strip = commitment.segments(at)
    assert sum((segment.counted for segment in strip), timedelta()) == commitment.target
    assert [segment.start for segment in strip] == [
        commitment.started_at,
        *(segment.end for segment in strip[:-1]),
    ]
    assert strip[-1].end == max(commitment.due_if_resumed(at), at)
    assert all(segment.start < segment.end for segment in strip)


@given(commitments(), moments)
def test_the_strip_runs_where_the_commitment_runs(commitment, after):
    at = commitment.started_at + after
    running = next((s.what is What.RUNNING for s in commitment.segments() if s.start <= at < s.end), None)
    if running is not None:
        assert running == (commitment.used(at + MICROSECOND) > commitment.used(at))


@given(commitments(), moments, moments)
def test_the_share_used_never_falls(commitment, a, b):
    earlier, later = sorted((a, b))
    start = commitment.started_at
    assert commitment.share_used(start + earlier) <= commitment.share_used(start + later)


@given(commitments(), moments)
def test_a_full_share_and_a_breach_are_the_same(commitment, after):
    at = commitment.started_at + after
    is_breached = commitment.outcome(at) is Outcome.BREACHED
    assert is_breached == (commitment.share_used(at) >= 1) == (commitment.time_left(at) <= timedelta())


@given(commitments(), targets, calendars, moments)
def test_a_change_of_target_or_calendar_never_undoes_a_breach(commitment, target, calendar, after):
    at = commitment.started_at + after
    changed = commitment.with_target(target, calendar, at)
    if (breached_at := commitment.breached_at(at)) is not None:
        assert changed.outcome(at) is Outcome.BREACHED
        assert changed.breached_at(at) <= breached_at


@given(commitments(), targets, calendars, moments)
def test_a_change_that_puts_due_into_the_past_is_a_breach_now(commitment, target, calendar, after):
    at = commitment.started_at + after
    changed = commitment.with_target(target, calendar, at)
    if changed.due <= at:
        assert changed.breached_at(at) is not None


@given(commitments(), targets, targets, calendars)
def test_a_change_and_back_is_no_change(commitment, target, other, calendar):
    there = commitment.with_target(target, calendar).with_target(other, calendar)
    assert there.with_target(commitment.target, commitment.calendar) == commitment
