"""Whose turn it is while people join and leave, against taking one turn after the other."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.roster_rotation import Entry, Rotation, Unit, wall_of, wall_us

START = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - a time on the wall
TURNS = range(-40, 41)
days = st.none() | st.integers(-60, 60).map(lambda n: START.date() + timedelta(days=n))
entries = st.lists(st.tuples(days, days), min_size=1, max_size=5).map(
    lambda spans: tuple(Entry((str(place),), *span) for place, span in enumerate(spans))
)
counts = st.sampled_from([(1,), (3,), (4, 3)])


def takes_part(rotation, entry, turn):
    """Whether a turn lies wholly within an entry's days."""
    begin, end = map(wall_of, rotation.bounds(turn, turn + 1))
    is_begun = entry.first_day is None or begin.date() >= entry.first_day
    last = end - timedelta(microseconds=1)
    return is_begun and (entry.last_day is None or last.date() <= entry.last_day)


def one_after_another(rotation, entries, turns):
    """Each turn to the next who takes part after the last served."""
    found, place = [], -1
    for turn in turns:
        here = [n for n, entry in enumerate(entries) if takes_part(rotation, entry, turn)]
        if here:
            place = ([n for n in here if n > place] or here)[0]
        found.append(entries[place].people if here else ())
    return found


@given(entries, counts)
def test_turns_from_the_start_on_go_to_the_next_who_takes_part(entries, counts):
    rotation = Rotation(START, Unit.DAY, counts, entries)
    walked = one_after_another(rotation, entries, range(TURNS.stop))
    assert rotation.people(0, TURNS.stop - 1) == walked


@given(entries, counts)
def test_turns_before_the_start_lead_up_to_it(entries, counts):
    rotation = Rotation(START, Unit.DAY, counts, entries)
    served = rotation.people(TURNS.start, 0)
    first = served[-1]
    for turn in range(-1, TURNS.start - 1, -1):
        here = [n for n, entry in enumerate(entries) if takes_part(rotation, entry, turn)]
        after = int(first[0]) if first else 0
        expected = entries[([n for n in here if n < after] or here)[-1]].people if here else ()
        assert served[turn - TURNS.start] == expected
        first = expected or first


@given(entries, counts)
def test_nobody_has_two_turns_running_while_another_takes_part_in_both(entries, counts):
    rotation = Rotation(START, Unit.DAY, counts, entries)
    served = rotation.people(TURNS.start, TURNS.stop)
    for turn, (one, other) in enumerate(pairwise(served), TURNS.start):
        if one and one == other:
            both = [
                entry
                for entry in entries
                if takes_part(rotation, entry, turn) and takes_part(rotation, entry, turn + 1)
            ]
            assert [entry.people for entry in both] == [one]


@given(st.sampled_from(Unit), counts, st.integers(-300, 300))
def test_a_turn_begins_where_it_is_said_to(unit, counts, turn):
    rotation = Rotation(START.replace(day=31), unit, counts, (Entry(("A",)),))
    (begin,) = rotation.bounds(turn, turn)
    assert rotation.turn_at(begin) == turn
    assert rotation.turn_at(begin - 1) == turn - 1


@pytest.mark.parametrize(
    ("turn", "day"), [(-2, "2025-11-30"), (-1, "2025-12-31"), (1, "2026-02-28"), (25, "2028-02-29")]
)
def test_a_month_is_counted_from_the_day_it_started_on(turn, day):
    rotation = Rotation(datetime(2026, 1, 31, 9), Unit.MONTH, (1,), ())  # noqa: DTZ001 - on the wall
    begin = wall_us(datetime.combine(date.fromisoformat(day), START.time()))
    assert rotation.bounds(turn, turn) == [begin]
