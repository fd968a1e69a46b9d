"""The bar of the selected cards: what it has no room for is in its menu."""

import pytest
from PySide6.QtWidgets import QMenu

from desktop.ui.board.selection import Selection
from desktop.ui.board.selection_bar import SelectionBar
from desktop.ui.kit.button import ToolButton
from tests.support.walk import clipped
from tests.ui.alarm_support import alarming


@pytest.fixture
def parts(qapp, clock):
    made = alarming(clock)
    yield made
    made.close()


@pytest.fixture
def bar(qtbot, parts):
    selection = Selection()
    made = SelectionBar(selection, parts.around.actions, parts.around.icons)
    qtbot.addWidget(made)
    selection.setParent(made)
    selection.select_only(1)
    made.show()
    return made


def grown(qtbot, bar, width, size_pt=10.0):
    font = bar.font()
    font.setPointSizeF(size_pt)
    bar.setFont(font)
    bar.resize(width, bar.sizeHint().height())
    qtbot.wait(1)
    return [button for button in bar.findChildren(ToolButton) if button.defaultAction() is not None]


def menu_of(bar):
    bar._more.click()
    (menu,) = bar.findChildren(QMenu)
    menu.close()
    return menu.actions()


def test_a_wide_bar_shows_everything_and_no_menu(qtbot, bar):
    buttons = grown(qtbot, bar, 1400)
    assert all(button.isVisible() for button in buttons)
    assert not bar._more.isVisible()


@pytest.mark.parametrize("size_pt", [10.0, 14.0, 15.0])
@pytest.mark.parametrize("width", [300, 480, 640, 900])
def test_no_word_is_cut_off_and_nothing_is_lost(qtbot, bar, width, size_pt):
    buttons = grown(qtbot, bar, width, size_pt)
    assert clipped(bar) == []
    hidden = [button.defaultAction() for button in buttons if not button.isVisible()]
    assert bar._more.isVisible() == bool(hidden)
    assert menu_of(bar) == hidden


def test_more_cards_leave_less_room(qtbot, bar):
    grown(qtbot, bar, 640)
    bar._selection.select(range(1, 2400), 1)
    qtbot.wait(1)
    assert "2,399 cards selected" in bar._label.text()
    assert clipped(bar) == []
