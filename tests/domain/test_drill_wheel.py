"""The wheel of misfortune: the same draw for a seed, heavier where it is needed, and it says why."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.drill_record import ScenarioRow, ScenarioState
from desktop.domain.drill_wheel import draw, weight_of
from desktop.domain.errors import DeskError

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def a_row(slug: str, *codes: str, published: int = 1) -> ScenarioRow:
    return ScenarioRow(slug, slug.title(), "", 1, published, ScenarioState.PUBLISHED, 3600, gap_codes=codes)


ROWS = (a_row("calm", "CO1"), a_row("night", "HQ1", "HQ2", "HQ3", "DR6"), a_row("blind"))


def test_a_seed_draws_the_same_whatever_the_order_of_the_library():
    for seed in range(50):
        assert draw(ROWS, {}, {}, NOW, seed) == draw(ROWS[::-1], {}, {}, NOW, seed)


def test_another_seed_may_draw_another():
    assert {draw(ROWS, {}, {}, NOW, seed).slug for seed in range(50)} == {"calm", "night", "blind"}


def test_open_gaps_weigh_heavily():
    drawn = Counter(draw(ROWS, {"HQ1": 6, "HQ2": 6}, {}, NOW, seed).slug for seed in range(300))
    assert drawn["night"] > drawn["calm"] + drawn["blind"]
    assert drawn["calm"] > 0


def test_what_was_long_not_played_weighs_more():
    recent, long_ago = NOW - timedelta(days=8), NOW - timedelta(weeks=30)
    weights = [weight_of(ROWS[0], {}, last, NOW) for last in (NOW, recent, long_ago, None)]
    assert weights == sorted(weights)
    assert weights[0] < weights[1] < weights[2] < weights[3]
    assert weights[0] > 0


def test_it_says_why():
    (row,) = (row for row in ROWS if row.slug == "night")
    codes = {"HQ1": 2, "HQ2": 3, "HQ3": 1, "DR6": 1}
    assert draw([row], codes, {"night": NOW - timedelta(weeks=5)}, NOW, 1).why == (
        "Exercises an open gap: HQ2 required part missing.",
        "Exercises an open gap: HQ1 no acceptance.",
        "Exercises an open gap: DR6 decision not recorded.",
        "And 1 more open gap.",
        "Last played 5 weeks ago.",
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Last played today."),
        (1, "Last played 1 day ago."),
        (13, "Last played 13 days ago."),
        (-5, "today"),
    ],
)
def test_when_it_was_played_last(days: int, words: str):
    assert words in draw(ROWS[:1], {}, {"calm": NOW - timedelta(days=days)}, NOW, 1).why[-1]


def test_what_was_never_played_says_so():
    assert draw(ROWS[:1], {}, {}, NOW, 1).why == ("Never played in earnest yet.",)


def test_nothing_published_is_nothing_to_draw():
    with pytest.raises(DeskError, match="no scenario"):
        draw([a_row("draft", published=0)], {}, {}, NOW, 1)
