"""Tabs in as many lines as they need."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.kit.wrap_tabs import WrapTabs

NAMES = ("Timeline", "Evidence 12", "Actions", "Playbook", "Messages")


@pytest.fixture
def tabs(theme, qtbot):
    made = WrapTabs("Parts")
    for name in NAMES:
        made.addTab(name)
    qtbot.addWidget(made)
    made.resize(1000, made.heightForWidth(1000))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_all_stand_in_one_line_where_there_is_room(tabs):
    assert len({button.y() for button in tabs._buttons}) == 1


def test_what_has_no_room_goes_on_in_the_next_line(tabs):
    width = tabs._buttons[0].width() + tabs._buttons[1].width() + 10
    tabs.resize(width, tabs.heightForWidth(width))
    assert len({button.y() for button in tabs._buttons}) > 1
    assert all(button.geometry().right() <= width for button in tabs._buttons)


def test_the_first_is_chosen_at_first_and_others_tell(tabs, qtbot):
    assert (tabs.currentIndex(), tabs.count()) == (0, 5)
    with qtbot.waitSignal(tabs.currentChanged) as heard:
        tabs._buttons[3].click()
    assert heard.args == [3]
    assert tabs.tabText(tabs.currentIndex()) == "Playbook"


def test_arrows_choose_the_next(tabs, qtbot):
    tabs.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tabs._buttons[0], Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1


def test_other_words_on_one_take_the_room_they_need(tabs):
    before = tabs._buttons[1].sizeHint().width()
    tabs.setTabText(1, "Evidence 1,200")
    assert tabs._buttons[1].sizeHint().width() > before
