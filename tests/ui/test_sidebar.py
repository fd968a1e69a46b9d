"""The column of pages at the left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from desktop.ui.action_set import ActionSet
from desktop.ui.sidebar import SideBar
from tests.ui.alarm_support import dressed


def test_pages_that_come_late_are_walked_through_in_their_place(qtbot):
    window, actions, side = QWidget(), ActionSet(), SideBar(*dressed())
    row = QHBoxLayout(window)
    row.addWidget(side)
    qtbot.addWidget(window)
    for page in ("board", "settings", "alarms"):
        spec = next(spec for spec in actions if spec.id == f"page.{page}")
        side.add_page(actions[spec.id], spec, at_bottom=page == "settings")
        row.addWidget(QLineEdit())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    side.button("page.board").setFocus()
    qtbot.keyClick(side.button("page.board"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is side.button("page.alarms")
    qtbot.keyClick(side.button("page.alarms"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is side.button("page.settings")


@pytest.fixture
def actions() -> ActionSet:
    return ActionSet()


@pytest.fixture
def side(qtbot, actions: ActionSet) -> SideBar:
    """A column with the page of signals alone."""
    side = SideBar(*dressed())
    qtbot.addWidget(side)
    spec = next(spec for spec in actions if spec.id == "page.signals")
    side.add_page(actions[spec.id], spec, at_bottom=False)
    return side


def test_a_count_is_said_in_words_too(side):
    button = side.button("page.signals")
    side.set_count("page.signals", 1204, is_urgent=False, word="held")
    assert (button.accessibleName(), button.toolTip()) == ("Signals, 1,204 held",) * 2
    side.set_count("page.signals", 0, is_urgent=False, word="held")
    assert (button.accessibleName(), button.toolTip()) == ("Signals", "")


def test_a_count_for_a_page_that_is_not_there_is_let_go(side):
    button = side.button("page.signals")
    side.set_count("page.triage", 3)
    assert button.accessibleName() == "Signals"


def test_a_count_is_drawn_beside_the_name(side):
    button = side.button("page.signals")
    without = button.grab().toImage()
    side.set_count("page.signals", 3, is_urgent=False, word="held")
    assert button.grab().toImage() != without
