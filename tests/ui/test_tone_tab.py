"""The tab of tone over a real desk: lists are edited, saved as versions, and begun with again."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.message_lint_words import Phrase
from desktop.domain.person import Role
from desktop.ui.settings.tone_tab import ToneTab
from desktop.ui.settings.tone_words import lines_of, phrases_of
from desktop.wiring.tone_desk import DeskTone


@pytest.fixture
def open_tab(real_desk, around, qtbot):
    def opened(role=Role.LEAD):
        real_desk.act_as(role)
        base = real_desk.base
        desk = SimpleNamespace(store=base.store, clock=base.clock, bus=base.bus, person=real_desk.person)
        tab = ToneTab(DeskTone(desk), around)
        tab.keeps = tab._keeps
        qtbot.addWidget(tab)
        with qtbot.waitExposed(tab):
            tab.show()
        tab.refresh()
        qtbot.waitUntil(lambda: around.runner.pending == 0)
        return tab

    return opened


@pytest.fixture
def settle(around, qtbot):
    return lambda: qtbot.waitUntil(lambda: around.runner.pending == 0)


def test_a_list_is_edited_and_in_force_once_saved_with_its_reason(open_tab, settle):
    tab = open_tab()
    tab.words.setPlainText("probably → certainly\nmaybe")
    assert tab.changed.text() == "Changed: 1 list: Guess words."
    tab.note.setText("Fewer words")
    tab.save_button.click()
    settle()
    found = tab.keeps.found()
    assert found.number == 1
    assert found.tone.lists["guesses"] == (Phrase("probably", "certainly"), Phrase("maybe"))
    assert not tab.unsaved.isVisible()


def test_without_a_reason_nothing_is_saved_and_that_is_said(open_tab, settle):
    tab = open_tab()
    tab.words.setPlainText("probably")
    tab.save_button.click()
    settle()
    assert "no reason" in tab.fault.text()
    assert tab.words.toPlainText() == "probably"


def test_who_releases_is_set_here(open_tab, settle):
    tab = open_tab()
    tab.release.button("p1_p2").click()
    tab.note.setText("Graver than we thought")
    tab.save()
    settle()
    assert tab.keeps.found().tone.two_person_release == "p1_p2"


def test_an_older_version_can_be_begun_with_again(open_tab, settle):
    tab = open_tab()
    shipped = tab.words.toPlainText()
    tab.words.setPlainText("probably")
    tab.note.setText("Fewer")
    tab.save()
    settle()
    tab.version.setCurrentIndex(tab.version.findText("As shipped"))
    tab.restore_button.click()
    settle()
    assert tab.words.toPlainText() == shipped
    assert tab.unsaved.isVisible()


def test_what_is_typed_is_discarded_when_that_is_wanted(open_tab, settle):
    tab = open_tab()
    shipped = tab.words.toPlainText()
    tab.words.setPlainText("probably")
    tab.discard_button.click()
    settle()
    assert tab.words.toPlainText() == shipped


def test_a_coordinator_reads_them(open_tab):
    tab = open_tab(Role.COORDINATOR)
    assert not tab.words.isEnabled()
    assert tab.fault.text() == "Only a lead changes the rules of tone."


WORDS = st.from_regex(r"[a-zA-Zäöü*']{1,12}( [a-zA-Zäöü]{1,12}){0,3}", fullmatch=True)


@given(st.lists(st.builds(Phrase, WORDS, WORDS | st.just("")), max_size=8))
def test_what_is_shown_is_what_is_kept(phrases):
    once = tuple({phrase.words.casefold(): phrase for phrase in reversed(phrases)}.values())
    assert phrases_of(lines_of(once)) == once
