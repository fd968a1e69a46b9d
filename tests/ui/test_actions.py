from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget

from desktop.paths import resource
from desktop.ui.action_set import ActionSet
from desktop.ui.actions import ACTIONS
from desktop.ui.menus import Menus

MENUS = {"File", "Edit", "View", "Escalation", "Drill", "Help"}


def normal(key):
    return QKeySequence(key).toString()


def test_every_id_stands_for_one_action():
    assert [key for key, count in Counter(spec.id for spec in ACTIONS).items() if count > 1] == []


def test_no_two_actions_share_a_key(qtbot):
    keys = Counter(normal(key) for spec in ACTIONS for key in spec.keys)
    letters = Counter(normal(key) for spec in ACTIONS for key in spec.letters)
    assert [key for key, count in (keys + letters).items() if count > 1] == []


def test_every_key_is_a_key_that_qt_knows(qtbot):
    for spec in ACTIONS:
        assert all(normal(key) for key in spec.keys + spec.letters), spec.id


def test_no_key_is_one_that_desktops_keep_for_themselves():
    for spec in ACTIONS:
        for key in spec.keys:
            assert not key.startswith(("Alt+", "Meta+", "Ctrl+Alt+")), spec.id


def test_every_action_has_a_menu_and_words():
    for spec in ACTIONS:
        assert spec.menu.partition("/")[0] in MENUS, spec.id
        assert spec.text[0].isupper(), spec.id


def test_every_icon_named_is_there():
    for spec in ACTIONS:
        assert not spec.icon or resource("icons", f"{spec.icon}.svg").is_file(), spec.id


def test_every_action_stands_in_the_menu_bar(qtbot):
    window, actions = QMainWindow(), ActionSet()
    qtbot.addWidget(window)
    menus = Menus(window.menuBar(), actions)
    for spec in ACTIONS:
        assert actions[spec.id] in menus.menu(spec.menu).actions(), spec.id


@pytest.fixture
def desk(qtbot):
    """A window with a view that takes letters, a field beside it, and what was triggered."""
    window = QMainWindow()
    qtbot.addWidget(window)
    actions, told = ActionSet(parent=window), []
    actions.triggered.connect(told.append)
    centre, view, field = QWidget(), QWidget(), QLineEdit()
    view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(centre)
    column.addWidget(view)
    column.addWidget(field)
    window.setCentralWidget(centre)
    Menus(window.menuBar(), actions)
    actions.give_letters_to(view)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield actions, view, field, told
    window.close()


def test_a_letter_acts_while_the_cards_have_the_focus(desk, qtbot):
    _actions, view, _field, told = desk
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A)
    assert told == ["escalation.acknowledge"]


def test_a_letter_in_a_field_is_a_letter(desk, qtbot):
    _actions, _view, field, told = desk
    field.setFocus()
    qtbot.keyClicks(field, "anh")
    assert (told, field.text()) == ([], "anh")


def test_chords_act_anywhere(desk, qtbot):
    _actions, _view, field, told = desk
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert told == ["palette"]


def test_two_letters_in_a_row_go_to_a_page(desk, qtbot):
    _actions, view, _field, told = desk
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_G)
    qtbot.keyClick(view, Qt.Key.Key_I)
    assert told == ["page.intake"]


def test_letters_can_be_switched_off_and_chords_stay(desk, qtbot):
    actions, view, _field, told = desk
    actions.set_letters_on(False)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert told == ["escalation.open", "new_escalation"]


def test_what_cannot_be_done_is_greyed_and_says_why(desk, qtbot):
    actions, view, _field, told = desk
    actions.set_states({"escalation.acknowledge": "Select a card first."})
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A)
    assert told == []
    assert actions.why_not("escalation.acknowledge") == "Select a card first."
