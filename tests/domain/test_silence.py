"""Silence: what is allowed, how much of it has passed, and who comes first."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contact import Circle
from desktop.domain.policy_score import Priority
from desktop.domain.silence import Feeling, Silence, worst_first

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_silence(silent, allowed, circle=Circle.CUSTOMER, id_=1):
    since = NOW - silent * MINUTE
    due = None if allowed is None else since + allowed * MINUTE
    return Silence(id_, "ESC-1", "Title", "Acme", Priority.P1, circle, since, since, due)


def test_somebody_feels_forgotten_at_the_instant_they_should_have_heard():
    assert a_silence(29, 30).feeling(NOW) is Feeling.WAITING
    assert a_silence(30, 30).feeling(NOW) is Feeling.FORGOTTEN
    assert a_silence(10, 30).feeling(NOW) is Feeling.INFORMED


def test_who_was_promised_nothing_is_not_forgotten():
    assert a_silence(10_000, None).feeling(NOW) is Feeling.INFORMED


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_share_that_has_passed_tells_the_same_as_the_feeling(silent, allowed):
    silence = a_silence(silent, allowed)
    is_forgotten = silence.feeling(NOW) is Feeling.FORGOTTEN
    assert is_forgotten == (silence.used(NOW) >= 1)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), max_size=20))
def test_nobody_comes_before_who_has_waited_longer_beyond_what_is_allowed(pairs):
    found = worst_first([a_silence(*pair, id_=at) for at, pair in enumerate(pairs)], NOW)
    shares = [silence.used(NOW) for silence in found]
    assert shares == sorted(shares, reverse=True)
