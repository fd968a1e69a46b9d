"""How long alarms may be held back."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.snooze import Breach, SnoozeLoad, latest_us

times = st.integers(0, 10**9)


@given(times, times, times, times)
def test_without_a_reason_of_its_own_never_past_the_breach(at: int, longest: int, until: int, limit: int):
    assert latest_us(at, longest, Breach(at + until, limit), past_breach=False) <= at + until


@given(times, times, times, times, st.booleans())
def test_never_longer_than_the_policy_allows(at: int, longest: int, until: int, limit: int, past: bool):
    latest = latest_us(at, longest, Breach(at + until, limit), past_breach=past)
    assert latest <= at + longest
    assert latest <= at + until + limit


@given(times, times)
def test_with_no_breach_ahead_only_the_policy_counts(at: int, longest: int):
    assert latest_us(at, longest, Breach(None, 5), past_breach=False) == at + longest


def test_five_of_a_person_or_ten_of_the_desk_are_warned_of():
    assert (SnoozeLoad(4, 9).warning, SnoozeLoad(0, 0).warning) == ("", "")
    assert SnoozeLoad(5, 9).warning == "You hold back 5 escalations already."
    assert SnoozeLoad(4, 10).warning == "The desk holds back 10 escalations already."
    assert SnoozeLoad(6, 12).warning == "You hold back 6 escalations already, the desk 12."
