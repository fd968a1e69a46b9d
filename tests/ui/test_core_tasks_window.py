"""The real window: where its actions are found, what hostile words do to it, what it keeps in the end."""

from collections import Counter

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.faults.hostile import WORDS
from tests.support.full_desk import NoonClock, full_desk
from tests.support.real_window import Hands, real_window
from tests.support.watched_desk import _interpreted


@pytest.fixture(scope="module")
def desk(qapp, tmp_path_factory):
    """The window on a busy desk, for tests that leave it as it was."""
    database = full_desk(tmp_path_factory.mktemp("window") / "desk.sqlite3", alarming=False)
    with real_window(database, NoonClock()) as opened:
        yield opened


def named(desk):
    """The actions that a person can trigger, whatever made them."""
    actions = {action for action in desk.window.findChildren(QAction) if action.objectName() in desk.actions}
    return {action for action in actions if action.isVisible()}


def in_menus(menu):
    for action in menu.actions():
        yield action
        if isinstance(action.menu(), QMenu):
            yield from in_menus(action.menu())


def keys_of(actions):
    return Counter(key.toString() for action in actions for key in action.shortcuts())


def test_every_action_stands_in_the_menu_bar(desk):
    offered = {action.objectName() for action in in_menus(desk.window.menuBar())}
    assert {spec.id for spec in desk.actions if desk.actions[spec.id].isVisible()} - offered == set()


def test_the_palette_finds_every_action_and_shows_its_keys(desk):
    palette = desk.window.palette_box
    palette.open_palette()
    wrong = []
    for spec in desk.actions:
        if spec.id != "palette" and desk.actions[spec.id].isVisible():
            palette.field.setText(desk.actions[spec.id].text())
            entries = {entry.action_id: entry for entry in palette.entries()}
            if spec.id not in entries or entries[spec.id].aside != desk.actions.keys_text(spec.id):
                wrong.append(spec.id)
    palette.close_palette()
    desk.settle()
    assert wrong == []


def test_no_two_actions_share_a_key_anywhere_in_the_window(desk):
    anywhere = Qt.ShortcutContext.WindowShortcut
    actions = [a for a in desk.window.findChildren(QAction) if a.shortcutContext() == anywhere]
    keys = keys_of(actions)
    keys += Counter(each.key().toString() for each in desk.window.findChildren(QShortcut))
    assert [key for key, count in keys.items() if key and count > 1] == []


@pytest.mark.parametrize("lane", range(6))
def test_no_two_actions_share_a_key_where_the_cards_have_the_focus(desk, lane):
    view = desk.window.board.cards.lanes.lanes[lane].view
    of_cards = [a for a in view.actions() if a.shortcutContext() == Qt.ShortcutContext.WidgetShortcut]
    anywhere = [a for a in named(desk) if a.shortcutContext() == Qt.ShortcutContext.WindowShortcut]
    keys = keys_of({*of_cards, *anywhere})
    keys += Counter(QKeySequence(key).toString() for key in ("J", "K", "X", "Left", "Right", "Home", "End"))
    assert [key for key, count in keys.items() if key and count > 1] == []


@pytest.fixture
def own_desk(qapp, tmp_path):
    """The window on a busy desk for one test alone."""
    database = full_desk(tmp_path / "desk.sqlite3", alarming=False)
    with real_window(database, NoonClock()) as opened:
        yield opened


def paste(hands, words):
    mime = QMimeData()
    mime.setText(words)
    QGuiApplication.clipboard().setMimeData(mime)
    hands.press("Ctrl+V")


@pytest.mark.parametrize("name", ["markup", "formula", "nul", "right to left", "megabyte", "line ends"])
def test_hostile_words_pasted_for_a_title_are_shown_as_text(own_desk, name):
    hands = Hands(own_desk)
    hands.press("Ctrl+N")
    hands.type("north")
    hands.press("Return", "Tab")
    title = QApplication.focusWidget()
    paste(hands, WORDS[name])
    if not title.text():
        hands.type("Pasted elsewhere")
    hands.press("Ctrl+Return", "2", "Ctrl+Return")  # it asks for the severity
    count = "SELECT count(*), max(id) FROM escalation"
    own_desk.until(lambda: own_desk.rows(count)[0][0] == 156, "the escalation")
    own_desk.until(lambda: own_desk.window.details.current_id == 156, "its details")
    own_desk.settle()
    assert [text for widget in QApplication.allWidgets() for text in _interpreted(widget)] == []


def test_commands_mean_the_escalation_that_was_just_opened(own_desk):
    hands = Hands(own_desk)
    hands.press("Ctrl+N")
    hands.type("north")
    hands.press("Return", "Tab")
    hands.type("Nobody gets a receipt")
    hands.press("Ctrl+Return", "2", "Ctrl+Return")
    own_desk.until(lambda: own_desk.window.details.current_id == 156, "its details")
    own_desk.until(lambda: own_desk.window.board.selected_ids() == (156,), "its card, selected")
    own_desk.actions["escalation.own"].trigger()
    own_desk.until(lambda: own_desk.rows("SELECT owner_id FROM escalation WHERE id = 156") == [(1,)], "owner")


def test_what_was_being_typed_when_the_window_closed_waits_as_a_draft(qapp, tmp_path):
    database = full_desk(tmp_path / "desk.sqlite3", alarming=False)
    with real_window(database, NoonClock()) as opened:
        Hands(opened).press("Ctrl+N")
        QTest.keyClicks(QApplication.focusWidget(), "Harbour")
    ((kept,),) = opened.rows("SELECT body FROM draft")
    assert "Harbour" in kept
