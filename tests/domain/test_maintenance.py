"""Maintenance windows: what they cover, when they are told of, and their one digest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.maintenance import (
    MaintenanceWindow,
    Step,
    Suppressed,
    announcement,
    check,
    digest,
    in_maintenance,
    next_step_us,
    read_scope,
    steps_due,
    write_scope,
)
from tests.domain.rules import cond, facts

MIN = 60_000_000
START, END = 1000 * MIN, 1060 * MIN
EU = {"all": [cond("source", "is", "monitoring-eu")]}
NONE = frozenset()


def a_window(**more):
    return MaintenanceWindow(**({"id": 1, "name": "Upgrade", "starts_us": START, "ends_us": END} | more))


@pytest.mark.parametrize(
    ("now_us", "covered"), [(START - 1, False), (START, True), (END - 1, True), (END, False)]
)
def test_a_window_covers_its_beginning_and_not_its_end(now_us, covered):
    assert (in_maintenance([a_window()], facts(), now_us) is not None) is covered


@pytest.mark.parametrize(("source", "covered"), [("monitoring-eu", True), ("monitoring-us", False)])
def test_a_window_covers_what_its_scope_says(source, covered):
    window = a_window(scope=read_scope(EU))
    assert (in_maintenance([window], facts(source=source), START) is not None) is covered


def test_of_several_windows_the_one_that_began_first_counts():
    windows = [a_window(id=3), a_window(id=2, starts_us=START - MIN), a_window(id=1)]
    assert in_maintenance(windows, facts(), START).id == 2


def test_a_window_that_is_ended_early_covers_nothing_more():
    window = a_window(cancelled_us=START + MIN)
    assert [window.is_on(at_us) for at_us in (START + MIN - 1, START + MIN)] == [True, False]


def test_a_window_that_is_called_off_never_covers_anything():
    assert not a_window(cancelled_us=START - MIN).is_on(START)


def test_a_scope_is_the_same_after_its_document():
    assert (write_scope(read_scope(EU)), write_scope(read_scope(None))) == (EU, None)


def test_a_fault_of_the_scope_is_named_with_its_place():
    with pytest.raises(DeskError) as fault:
        read_scope({"all": [cond("sorce", "is", "x")]})
    assert (fault.value.field, fault.value.hint) == ("scope.all[0].field", "Did you mean “source”?")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"ends_us": START}, "ends_us"),
        ({"ends_us": START + 14 * 1440 * MIN + 1}, "ends_us"),
        ({"announce_us": -1}, "announce_us"),
    ],
)
def test_a_window_that_cannot_be_is_refused(more, field):
    with pytest.raises(DeskError) as fault:
        check(a_window(**more))
    assert fault.value.field == field


def test_a_window_of_fourteen_days_can_be():
    assert check(a_window(ends_us=START + 14 * 1440 * MIN))


@pytest.mark.parametrize(
    ("now_us", "done", "due"),
    [
        (START - 30 * MIN - 1, NONE, ()),
        (START - 30 * MIN, NONE, (Step.ANNOUNCE,)),
        (START - 1, {Step.ANNOUNCE}, ()),
        (START, {Step.ANNOUNCE}, (Step.OPEN,)),
        (START, NONE, (Step.OPEN,)),
        (END - 1, {Step.OPEN}, ()),
        (END, {Step.OPEN}, (Step.CLOSE,)),
        (END, NONE, (Step.CLOSE,)),
        (END, {Step.CLOSE}, ()),
    ],
)
def test_each_step_is_due_at_its_instant_and_what_was_slept_through_is_left_out(now_us, done, due):
    assert steps_due(a_window(), frozenset(done), now_us) == due


def test_a_window_without_a_lead_is_not_announced():
    assert steps_due(a_window(announce_us=0), NONE, START - 1) == ()


def run(window, begin_us, stop_us):
    """The steps of a window and when, for a desk that wakes whenever it is told to."""
    done, told, now_us = set(), [], begin_us
    while now_us is not None and now_us <= stop_us:
        for step in steps_due(window, frozenset(done), now_us):
            done.add(step)
            told.append((step, now_us))
        now_us = next_step_us(window, frozenset(done), now_us)
    return told


def test_waking_when_told_to_is_enough_for_every_step():
    assert run(a_window(), 0, END) == [
        (Step.ANNOUNCE, START - 30 * MIN),
        (Step.OPEN, START),
        (Step.CLOSE, END),
    ]


@given(st.integers(0, 2 * END), st.none() | st.integers(1, 2 * END), st.integers(0, 60 * MIN))
def test_from_any_moment_every_window_is_closed_exactly_once_and_last(begin_us, cancelled_us, announce_us):
    window = a_window(cancelled_us=cancelled_us or 0, announce_us=announce_us)
    steps = [step for step, _ in run(window, begin_us, 3 * END)]
    assert steps == sorted(set(steps), key=list(Step).index)
    assert steps[-1] is Step.CLOSE


def test_an_announcement_says_how_soon_and_for_how_long():
    assert announcement(a_window(), START - 30 * MIN) == "Maintenance in 30 min: Upgrade, for 1 h"


def test_a_beginning_says_how_long_it_lasts():
    assert announcement(a_window(), START) == "Maintenance has begun: Upgrade, 1 h left"


def came(title="Disk full", key="d1", action="trigger", at_us=START, source="eu"):
    return Suppressed(title, source, key, action, at_us)


def test_the_digest_counts_by_title_with_sources_and_times():
    told = digest(
        a_window(), [came(at_us=3), came(at_us=1, source="us"), came(title="Slow", key="s", at_us=2)]
    )
    assert [(line.title, line.count, line.sources, line.first_us, line.last_us) for line in told.lines] == [
        ("Disk full", 2, ("eu", "us"), 1, 3),
        ("Slow", 1, ("eu",), 2, 2),
    ]
    assert (told.total, told.sources) == (3, (("eu", 2), ("us", 1)))


def test_what_was_resolved_meanwhile_no_longer_fires():
    told = digest(a_window(), [came(at_us=1), came(at_us=2, action="resolve"), came(key="d2", at_us=3)])
    assert [signal.key for signal in told.still_firing] == ["d2"]


def test_what_fires_again_after_a_resolve_still_fires():
    told = digest(a_window(), [came(at_us=1, action="resolve"), came(at_us=2)])
    assert (told.total, len(told.still_firing)) == (1, 1)


def test_what_still_fires_stands_first():
    many = [came(at_us=i) for i in range(5)] + [came(at_us=9, action="resolve")]
    told = digest(a_window(), [*many, came(title="Slow", key="s", at_us=2)])
    assert [(line.title, line.firing) for line in told.lines] == [("Slow", 1), ("Disk full", 0)]


@pytest.mark.parametrize(
    ("signals", "body"),
    [
        ([], "Nothing was suppressed"),
        ([came()], "1 signal was suppressed; 1 still fires and needs a person's look"),
        ([came(), came(at_us=END, action="resolve")], "1 signal was suppressed; nothing still fires"),
        ([came(), came(key="b")], "2 signals were suppressed; 2 still fire and need a person's look"),
    ],
)
def test_the_digest_says_in_a_line_what_it_comes_to(signals, body):
    assert digest(a_window(), signals).body == body


@given(
    st.lists(
        st.builds(
            came,
            key=st.sampled_from("abc"),
            action=st.sampled_from(["trigger", "resolve", "info"]),
            at_us=st.integers(0, 99),
        )
    )
)
def test_every_trigger_is_counted_on_exactly_one_line(signals):
    told = digest(a_window(), signals)
    assert sum(line.count for line in told.lines) == told.total == sum(s.action == "trigger" for s in signals)
