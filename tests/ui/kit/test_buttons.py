import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.paths import resource
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.prompt import Prompt, PromptField
from desktop.ui.kit.suggest import SuggestField, Suggestion
from desktop.ui.kit.tabs import Tabs


@pytest.fixture
def show(theme, qtbot):
    def shown(widget):
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        return widget

    return shown


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", ["button", "icon", "chip"])
def test_a_focused_button_is_pressed_by_enter_and_by_space(show, theme, qtbot, kind, key):
    make = {
        "button": lambda: Button("Assign…"),
        "icon": lambda: IconButton(Icons(resource("icons"), theme), "close", "Close"),
        "chip": lambda: Chip("Mine", theme),
    }
    button = show(make[kind]())
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_enter_on_a_button_with_a_menu_opens_the_menu(show, qtbot):
    button = show(Button("More"))
    menu = QMenu(button)
    menu.addAction("Snooze")
    button.setMenu(menu)
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)
    with qtbot.waitSignal(menu.aboutToHide):
        QTest.keyClick(button, Qt.Key.Key_Return)


def test_enter_on_cancel_leaves_a_form(show, qtbot):
    prompt = show(Prompt("Close", (PromptField("why", "Reason", required=False),), "Close it"))
    cancel = next(each for each in prompt.findChildren(Button) if each.text().startswith("Cancel"))
    cancel.setFocus()
    with qtbot.assertNotEmitted(prompt.accepted), qtbot.waitSignal(prompt.cancelled):
        QTest.keyClick(cancel, Qt.Key.Key_Return)


def test_the_wheel_over_tabs_does_not_turn_the_page(show):
    tabs = Tabs("Kinds")
    for title in ("One", "Two"):
        tabs.addTab(title)
    show(tabs)
    at = QPointF(10, 10)
    wheel = QWheelEvent(
        at, tabs.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tabs, wheel)
    assert tabs.currentIndex() == 0


def test_a_name_has_room_before_what_stands_beside_it(show):
    field = show(SuggestField())
    field.setFocus()
    field.set_suggestions([Suggestion(1, "Ines Carvalho", "Payments · " + "on-call leader, " * 9)])
    list_, metrics = field._list, field._list.fontMetrics()
    assert list_.columnWidth(0) >= metrics.horizontalAdvance("Ines Carvalho") + 8
