"""The rules of handing over: when it is late, what it is worth, what drops out, when a shift ends."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.handoff import (
    RISK,
    WORDS,
    Handoff,
    HandoffState,
    Item,
    ItemState,
    Part,
    Question,
    alarm_at,
    dropped_sentence,
    filled_parts,
)
from desktop.domain.handoff_draft import edited, redrafted
from desktop.domain.handoff_facts import MOST, Promise, Silenced, from_document, gathered, to_document
from desktop.domain.handoff_receipt import receipt
from desktop.domain.handoff_shift import end_of_shift
from tests.factories import MONDAY

NOTHING = dict.fromkeys(WORDS, "")


def minutes(count: float) -> datetime:
    return MONDAY + timedelta(minutes=count)


def an_item(**values: object) -> Item:
    base = Item(1, 1, 7, "ESC-2026-0007", "Down", "Acme", 2, "P2", NOTHING, frozenset(), MONDAY)
    return replace(base, **values)


def a_question(at: datetime, answer: str = "") -> Question:
    return Question(1, 1, "Who?", at, "Sana", answer, at if answer else None)


def a_handoff(*items: Item, **values: object) -> Handoff:
    base = Handoff(
        id=1,
        from_id=1,
        to_id=2,
        team="",
        shift_end_at=minutes(60),
        drafted_at=MONDAY,
        filled_at=MONDAY,
        offered_at=MONDAY,
        withdrawn_at=None,
        alarm_at=minutes(70),
        alarmed_at=None,
        kept="offered",
        facts={},
        parts_filled=8,
        parts_wanted=10,
        items=items,
    )
    return replace(base, **values)


@pytest.mark.parametrize(
    ("end", "offered", "late"),
    [
        (None, None, None),
        (minutes(60), None, minutes(70)),
        (minutes(60), minutes(10), minutes(70)),
        (minutes(60), minutes(65), minutes(75)),
        (None, minutes(5), minutes(15)),
    ],
)
def test_it_is_late_ten_minutes_after_the_shift_or_a_later_offer(end, offered, late):
    assert alarm_at(end, offered) == late


@pytest.mark.parametrize(
    ("kept", "questions", "state"),
    [
        ("open", (), ItemState.OPEN),
        ("open", (a_question(MONDAY),), ItemState.ASKED_BACK),
        ("accepted", (a_question(MONDAY),), ItemState.ACCEPTED),
        ("dropped", (), ItemState.DROPPED),
    ],
)
def test_what_became_of_an_item(kept, questions, state):
    assert an_item(kept=kept, questions=questions).state is state


@pytest.mark.parametrize(
    ("kept", "state"),
    [
        (["accepted", "open"], HandoffState.OFFERED),
        (["accepted", "accepted"], HandoffState.ACCEPTED),
        (["accepted", "declined"], HandoffState.PARTLY),
        (["accepted", "dropped"], HandoffState.ACCEPTED),
        (["dropped"], HandoffState.ACCEPTED),
    ],
)
def test_where_a_handoff_stands_follows_from_its_items(kept, state):
    assert a_handoff(*(an_item(kept=each) for each in kept)).state is state


def test_each_question_costs_one_part_of_its_quality():
    asked = an_item(questions=(a_question(minutes(1)), a_question(minutes(2))))
    measured = receipt(a_handoff(asked), minutes(5))
    assert (measured.completeness, measured.quality) == (Fraction(8, 10), Fraction(6, 10))


def test_quality_never_falls_below_nothing():
    asked = an_item(questions=tuple(a_question(minutes(i)) for i in range(20)))
    assert receipt(a_handoff(asked), MONDAY).quality == 0


@pytest.mark.parametrize(
    ("items", "now", "in_time"),
    [
        ([an_item(kept="accepted", answered_at=minutes(70))], minutes(500), True),
        ([an_item(kept="accepted", answered_at=minutes(70.1))], minutes(500), False),
        ([an_item()], minutes(70), None),
        ([an_item()], minutes(71), False),
        ([an_item(kept="declined", answered_at=minutes(5))], minutes(6), False),
    ],
)
def test_in_time_is_before_the_alarm(items, now, in_time):
    assert receipt(a_handoff(*items), now).in_time is in_time


def test_latency_of_what_was_added_later_counts_from_then():
    item = an_item(kept="accepted", added_at=minutes(20), answered_at=minutes(23))
    assert receipt(a_handoff(item), minutes(30)).latency == timedelta(minutes=3)


def test_risk_is_no_part_and_what_dropped_out_wants_none():
    words = NOTHING | {RISK: "High", Part.SUMMARY: "Down"}
    assert filled_parts([an_item(words=words), an_item(kept="dropped")]) == (1, 5)


@pytest.mark.parametrize(
    ("owner", "giver_owns", "is_open", "sentence"),
    [
        ("Ada", False, True, "E-1 dropped out: Ada owns it by now."),
        (None, False, True, "E-1 dropped out: nobody owns it."),
        (None, True, False, "E-1 dropped out: it is resolved by now."),
        (None, True, True, ""),
    ],
)
def test_what_dropped_out_says_why(owner, giver_owns, is_open, sentence):
    assert dropped_sentence("E-1", owner, giver_owns, "Resolved", is_open) == sentence


texts = st.text(max_size=12)


every_word = st.fixed_dictionaries(dict.fromkeys(WORDS, texts))


@given(st.dictionaries(st.sampled_from(WORDS), texts.filter(str.strip)), every_word)
def test_typed_words_survive_whatever_the_facts_say(typed: dict[str, str], facts: dict[str, str]):
    item = an_item()
    for word, text in typed.items():
        words, known = edited(item, word, text)
        item = replace(item, words=words, typed=known)
    anew = redrafted(item, facts)
    assert anew == facts | typed


def test_facts_are_kept_as_they_were():
    promise = Promise(7, "ESC-2026-0007", "containment", 5)
    quiet = Silenced(7, "ESC-2026-0007", "snoozed", "Logs", "Onno", 9)
    facts = gathered([promise], [quiet], [], [])
    assert from_document(to_document(facts)) == facts
    assert from_document({}).promises == ()


def test_facts_come_by_time_and_what_is_too_many_is_counted():
    promises = [Promise(i, str(i), "containment", MOST + 5 - i) for i in range(MOST + 5)]
    facts = gathered(promises, [], [], [])
    assert (len(facts.promises), facts.left_out("promises"), facts.promises[0].due_us) == (MOST, 5, 1)


class Shift(NamedTuple):
    start: datetime
    end: datetime
    people: tuple[int, ...]


@pytest.mark.parametrize(
    ("shifts", "end"),
    [
        ([(0, 60, 1)], 60),
        ([(0, 60, 1), (60, 120, 1)], 120),
        ([(0, 60, 1), (30, 90, 1), (90, 100, 2)], 90),
        ([(0, 60, 1), (61, 120, 1)], 60),
        ([(0, 60, 2)], None),
        ([(20, 60, 1)], None),
    ],
)
def test_a_shift_ends_when_somebody_is_no_longer_on_call_at_all(shifts, end):
    laid_out = [Shift(minutes(a), minutes(b), (who,)) for a, b, who in shifts]
    assert end_of_shift(laid_out, 1, minutes(10)) == (None if end is None else minutes(end))
