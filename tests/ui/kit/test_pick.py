"""A line that stands for one of several known things."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.kit.pick import PickField
from desktop.ui.kit.suggest import Suggestion


def test_what_was_kept_is_typed_over_when_its_form_opens_again(qtbot):
    field = PickField([Suggestion(1, "Ada Quist"), Suggestion(2, "Bo Lindt")], "1")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus(Qt.FocusReason.PopupFocusReason)
    QTest.keyClicks(field, "Bo")
    assert field.text() == "Bo"
