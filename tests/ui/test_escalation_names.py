import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
)

from desktop.domain.intake import NewEvidence
from desktop.ui.escalation.panel import DetailPanel
from desktop.ui.intake.page import IntakePage

INTERACTIVE = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QTabBar, QTextEdit)


def names_of(screen):
    found = [
        widget for kind in INTERACTIVE for widget in screen.findChildren(kind) if widget.isVisibleTo(screen)
    ]
    named = {}
    for widget in found:
        if widget.objectName() != "qt_scrollarea_viewport" and not isinstance(widget.parent(), QTableView):
            named[widget] = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return named


@pytest.fixture
def panel(qtbot, around, real_desk, tmp_path):
    made = DetailPanel(
        real_desk,
        runner=around.runner,
        theme=around.theme,
        icons=around.icons,
        heartbeat=around.heartbeat,
        viewing_folder=tmp_path,
        keys_of=around.actions.first_key,
    )
    qtbot.addWidget(made)
    made.show()
    opened = real_desk.base.open(evidence=(NewEvidence("a.log", b"x"),))
    made.show_escalation(opened.id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return made


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_everything_in_the_panel_has_a_name_of_its_own(panel, tab):
    panel.parts.tabbed.tabs.setCurrentIndex(tab)
    names = names_of(panel)
    assert [widget for widget, name in names.items() if not name] == []
    assert sorted(names.values()) == sorted(set(names.values()))


def test_everything_in_the_form_has_a_name_of_its_own(qtbot, around, real_desk):
    page = IntakePage(real_desk, around)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.body.form is not None and around.runner.pending == 0)
    names = names_of(page)
    assert [widget for widget, name in names.items() if not name] == []
    assert sorted(names.values()) == sorted(set(names.values()))
    page.body.asker._timer.stop()
