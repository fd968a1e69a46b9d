"""The players' window as a screen reader, a pointer and Tab find it, with small and with large letters."""

from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.drill_record import RunMode
from tests.support.players import TRAINER, players_window
from tests.support.walk import clipped, tab_ring, too_small, twice_named, unnamed

MEET = ((10.0, RunMode.TABLE), (15.0, RunMode.SOLO))


@contextmanager
def letters(size_pt):
    before = QApplication.font()
    font = QApplication.font()
    font.setPointSizeF(size_pt)
    QApplication.setFont(font)
    try:
        yield
    finally:
        QApplication.setFont(before)


@pytest.fixture(scope="module", params=MEET, ids=["as usual, at a table", "150 %, alone"])
def players(qapp, request, tmp_path_factory):
    size_pt, mode = request.param
    folder = tmp_path_factory.mktemp("players")
    with letters(size_pt), players_window(folder, mode=mode, size=(1024, 768)) as opened:
        opened.say("start", TRAINER)
        opened.later(minutes=15)
        if mode is RunMode.SOLO:
            opened.say("act_as", "lead")
        got = next(each for each in opened.live.player.inbox if each.decision is not None)
        opened.steering.inbox.show_number(got.number)
        opened.come_to_rest()
        yield opened


def faults(window):
    return unnamed(window), twice_named(window), too_small(window)


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_everything_has_a_name_of_its_own_and_can_be_hit(players, tab):
    players.window.pages.go_to("page.inbox")
    players.steering.inbox.tabs.setCurrentIndex(tab)
    players.come_to_rest()
    assert faults(players.window) == ([], [], [])


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_no_word_is_cut_off(players, tab):
    players.window.pages.go_to("page.inbox")
    players.steering.inbox.tabs.setCurrentIndex(tab)
    players.come_to_rest()
    assert clipped(players.window) == []


def test_tab_leads_through_the_bar_the_list_and_the_decision(players):
    players.window.pages.go_to("page.inbox")
    players.steering.inbox.tabs.setCurrentIndex(0)
    players.come_to_rest()
    players.window.activateWindow()
    players.steering.inbox.list.setFocus()
    ring = tab_ring(players.window)
    bar, card = players.steering.bar, players.steering.inbox.reader.decision
    for part in (bar.seat, bar.inbox, bar.stop, card.authority, card.reason, card.button):
        assert part in ring, part.accessibleName()
