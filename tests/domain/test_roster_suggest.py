"""Whom to call, given how tired each is."""

from dataclasses import replace

import pytest

from desktop.domain.burden import Weights
from desktop.domain.roster_suggest import Candidate, suggest
from tests.domain.rosters import HOUR, utc

NOW = utc("2026-03-03T02:00")
ANA = Candidate("1", "Ana", place=0)
BEN = Candidate("2", "Ben", place=1)


def order(*candidates, **more):
    return [found.person for found in suggest(candidates, now=NOW, **more)]


def reasons(candidate, **more):
    (found,) = suggest([candidate], now=NOW, **more)
    return found.reasons


def test_equals_stand_in_the_order_of_the_rota():
    assert order(Candidate("3", "Cid"), BEN, ANA) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "fact",
    [
        {"pages": 1},
        {"night_pages": 1},
        {"weekend_pages": 1},
        {"days_in_a_row": 3},
        {"rested": 3 * HOUR},
        {"is_night": True},
        {"is_away": True},
        {"is_reachable": False},
        {"pages_left": 0},
    ],
)
def test_whoever_is_more_tired_or_cannot_be_called_stands_after(fact):
    assert order(replace(ANA, **fact), BEN) == ["2", "1"]


def test_the_first_day_on_call_tires_nobody():
    assert order(replace(ANA, days_in_a_row=1), BEN) == ["1", "2"]


def test_somebody_who_cannot_be_called_stands_after_the_most_tired():
    assert order(replace(ANA, is_away=True), replace(BEN, night_pages=9)) == ["2", "1"]


def test_the_rotas_answer_stays_marked_where_another_stands_first():
    first, second = suggest([replace(ANA, night_pages=2), BEN], now=NOW)
    assert (first.is_rota, second.is_rota) == (False, True)
    assert second.reasons[0] == "Ana is on call by the rota."


def test_the_weights_are_the_desks_own():
    tired, long_on = replace(ANA, night_pages=1), replace(BEN, days_in_a_row=2)
    assert order(tired, long_on, weights=Weights(night_page=1, day_in_a_row=9)) == ["1", "2"]


def test_the_reasons_say_what_is_known():
    candidate = replace(
        BEN, pages=3, night_pages=2, days_in_a_row=5, rested=4 * HOUR, is_night=True, pages_left=0
    )
    assert reasons(candidate) == (
        "Ben has been paged as often as allowed within an hour.",
        "Ben is number 2 by the rota.",
        "Ben had 3 pages in the last seven days, 2 of them at night.",
        "Ben is on call on 5 days in a row.",
        "Ben has had only 4 h of rest.",
        "It is night for Ben.",
    )


@pytest.mark.parametrize(
    ("due_at", "text"),
    [
        (None, "Waiting until their morning takes 4 h."),
        ("2026-03-03T05:00", "Waiting until their morning takes 4 h, 1 h past what is due next."),
        ("2026-03-03T09:00", "Waiting until their morning takes 4 h and leaves 3 h before what is due next."),
    ],
)
def test_the_cost_of_letting_somebody_sleep_stands_beside_it(due_at, text):
    candidate = replace(ANA, is_night=True, morning_at=utc("2026-03-03T06:00"))
    assert reasons(candidate, due_at=utc(due_at) if due_at else None)[-1] == text


def test_nothing_is_said_of_waiting_by_day():
    assert reasons(replace(ANA, morning_at=utc("2026-03-03T06:00")))[-1] == (
        "Ana was not paged in the last seven days."
    )


def test_without_figures_nobody_learns_how_often_somebody_was_paged():
    (told,) = suggest([replace(ANA, pages=7, night_pages=3)], now=NOW, with_figures=False)
    assert f"{ANA.name} was paged in the last seven days, also at night." in told.reasons
    assert not any(character.isdigit() for reason in told.reasons for character in reason)
