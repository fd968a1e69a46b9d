"""A line that stands for one of several known things."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.kit.pick import PickField
from desktop.ui.kit.suggest import Suggestion


def test_what_was_kept_is_typed_over_when_its_form_opens_again(qtbot):
    form = QWidget()
    qtbot.addWidget(form)
    before, field = QLineEdit(form), PickField([Suggestion(1, "Ada Quist"), Suggestion(2, "Bo Lindt")], "1")
    field.setParent(form)
    with qtbot.waitExposed(form):
        form.show()
    before.setFocus()
    field.setFocus(Qt.FocusReason.PopupFocusReason)
    QTest.keyClicks(field, "Bo")
    assert field.text() == "Bo"
