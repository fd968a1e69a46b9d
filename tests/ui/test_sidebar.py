"""The column of pages at the left."""

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
