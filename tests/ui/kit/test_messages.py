import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.clock import ManualClock
from desktop.paths import resource
from desktop.ui.icons import Icons
from desktop.ui.kit.announce import Announcer
from desktop.ui.kit.banner import BannerStack
from desktop.ui.kit.dialogs import Question
from desktop.ui.kit.popover import Popover
from desktop.ui.kit.toast import Toast
from tests.factories import MONDAY

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def window(theme, qtbot):
    made = QWidget()
    made.field = QLineEdit()
    column = QVBoxLayout(made)
    column.addWidget(made.field)
    column.addStretch(1)
    made.resize(600, 400)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.field.setFocus()
    return made


@pytest.fixture
def stack(theme, qtbot):
    made = BannerStack(Icons(resource("icons"), theme))
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_banner_of_the_same_key_is_changed_in_place(stack):
    stack.show_banner("flood", "12 clocks need attention", "warning")
    stack.show_banner("flood", "14 clocks need attention", "warning")
    assert stack.texts() == ["14 clocks need attention"]


def test_a_banner_tells_which_of_its_buttons_was_pressed(stack, qtbot):
    banner = stack.show_banner(
        "alarm", "ESC-0192 is due", buttons=[("ack", "Acknowledge"), ("snooze", "Snooze")]
    )
    with qtbot.waitSignal(stack.pressed) as pressed:
        qtbot.mouseClick(banner.findChild(QPushButton, "ack"), Left)
    assert pressed.args == ["alarm", "ack"]


def test_more_than_three_banners_let_the_oldest_go(stack):
    for number in range(5):
        stack.show_banner(str(number), f"message {number}")
    assert stack.texts() == ["message 2", "message 3", "message 4"]


def test_markup_in_a_banner_is_shown_as_text(stack):
    banner = stack.show_banner("x", "<b>5 < 6</b>", "danger")
    assert banner.text == "<b>5 < 6</b>"


def test_a_toast_never_takes_the_focus(window, qtbot):
    toast = Toast(window, Announcer(ManualClock(MONDAY)))
    toast.say("Moved ESC-0192 to Working", "Undo")
    assert toast.text == "Moved ESC-0192 to Working"
    assert window.field.hasFocus()
    with qtbot.waitSignal(toast.pressed):
        qtbot.mouseClick(toast.button, Left)
    assert toast.text == ""


def test_a_popover_gives_the_focus_back_on_escape(window, qtbot):
    popover, inner = Popover(window), QLineEdit()
    popover.show_at(inner, QRect(20, 40, 100, 20))
    assert inner.hasFocus()
    with qtbot.waitSignal(popover.closed):
        QTest.keyClick(inner, Key.Key_Escape)
    assert window.field.hasFocus()


def test_a_click_elsewhere_closes_a_popover_and_one_inside_does_not(window, qtbot):
    popover, inner = Popover(window), QLineEdit()
    popover.show_at(inner, QRect(20, 40, 100, 20))
    qtbot.mouseClick(inner, Left)
    assert popover.isVisible()
    qtbot.mouseClick(window.field, Left)
    assert not popover.isVisible()


def test_a_popover_stays_inside_its_window(window):
    popover, inner = Popover(window), QWidget()
    inner.setFixedSize(300, 200)
    popover.show_at(inner, QRect(560, 380, 20, 10))
    assert window.rect().contains(popover.geometry())


def test_a_question_has_verbs_and_the_safe_one_is_the_default(window, qtbot):
    question = Question(
        window, "Quit?", "3 clocks.", [("quit", "Quit"), ("stay", "Stay")], safe="stay", cancel="stay"
    )
    question.open()
    assert question.defaultButton().text() == "Stay"
    with qtbot.waitSignal(question.answered) as answered:
        QTest.keyClick(question, Key.Key_Escape)
    assert answered.args == ["stay"]
