"""A drill beside the live desk in the real program: played in a window of its own, gone with two words."""

import pytest

from tests.journeys.person import TITLE, PersonAtDesk

pytestmark = pytest.mark.journey

PLAYERS = "^DRILL"


def start_a_drill(person: PersonAtDesk) -> str:
    """By keyboard, from the board; gives the players' window."""
    person.press("ctrl+k")
    person.type("dr")
    person.pause(0.5)
    person.press("Return")
    person.pause(1.0)
    person.press("Down", "Return")
    person.pause(1.0)
    person.press("ctrl+Return")
    return person.desktop.wait_for_window(PLAYERS, 40)


def test_two_words_end_a_drill_and_the_live_desk_is_back(person: PersonAtDesk):
    person.start()
    players = start_a_drill(person)
    person.desktop.wait_until(
        lambda: person.rows("SELECT 1 FROM drill_run WHERE state = 'running'"), "a running drill", 20
    )
    person.desktop.focus(players)
    person.pause(2.0)
    person.press("ctrl+shift+x")
    person.desktop.wait_until(lambda: not person.desktop.windows(PLAYERS), "the players' window gone", 5)
    assert person.desktop.windows(TITLE)
    person.wait_to_see("REAL EVENT", 10)
    assert person.rows("SELECT state FROM drill_run") == [("ended",)]
    assert person.rows("SELECT count(*) FROM escalation") == [(0,)]


def test_closing_the_players_window_lets_the_drill_wait(person: PersonAtDesk):
    person.start()
    players = start_a_drill(person)
    person.desktop.wait_until(
        lambda: person.rows("SELECT 1 FROM drill_run WHERE state = 'running'"), "a running drill", 20
    )
    person.desktop.focus(players)
    person.pause(2.0)
    person.press("ctrl+q")
    person.desktop.wait_until(
        lambda: person.rows("SELECT 1 FROM drill_run WHERE state = 'paused'"), "a pause", 10
    )
    assert person.desktop.windows(TITLE)
