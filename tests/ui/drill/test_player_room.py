import pytest
from PySide6.QtGui import QFontInfo

from desktop.ui.drill.player_room import RoomHead
from desktop.ui.drill.player_veil import PauseVeil
from tests.ui.drill.player_stand import HandMade, beat, live_of, received, view


@pytest.fixture
def director(qtbot):
    return HandMade(view(received(1), received(2, subject="Paid twice and locked out")))


@pytest.fixture
def head(theme, director, qtbot):
    live = live_of(director)
    made = RoomHead(live, theme.for_a_room(live))
    made.live = live
    qtbot.addWidget(made)
    made.resize(1400, 200)
    beat(live, director, director.shown)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_clock_is_read_across_a_room(head):
    assert head.clock.text() == "T+00:20:05"
    assert QFontInfo(head.clock.font()).pointSizeF() >= 48


def test_what_came_last_stands_in_large_print(head):
    assert head.last.text() == "Paid twice and locked out"
    assert QFontInfo(head.last.font()).pointSizeF() >= 18


def test_it_follows_the_drill(head, director):
    beat(head.live, director, view(state="PAUSED", sim_ms=1_300_000))
    assert head.strip.word == "DRILL ❚❚ PAUSED"
    assert head.clock.text() == "T+00:21:40"


def test_what_was_taken_back_is_not_the_last_word(head, director):
    beat(head.live, director, view(received(1), received(2, is_recalled=True)))
    assert head.last.text() == received(1).subject


def test_a_long_text_ends_in_dots_instead_of_in_the_middle(head, director):
    beat(head.live, director, view(received(1, subject="word " * 200)))
    assert head.last.text().endswith("…")


def test_a_veil_says_why_nothing_can_be_done_and_leads_to_the_inbox(theme, qtbot):
    from PySide6.QtWidgets import QWidget

    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    with qtbot.waitExposed(page):
        page.show()
    veil = PauseVeil(page, theme)
    veil.say("PAUSED", "The clock stands still.")
    assert veil.geometry() == page.rect()
    assert veil.accessibleName() == "PAUSED. The clock stands still."
    with qtbot.waitSignal(veil.inbox_requested):
        veil.button.click()
    page.resize(500, 300)
    assert veil.geometry() == page.rect()
