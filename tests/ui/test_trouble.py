"""The page in place of a desk that cannot be opened."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.trouble import TroublePage

SENTENCE = "The database desk.sqlite3 is damaged. Restore one of the automatic backups; it is left as it is."


@pytest.fixture
def shown(qtbot, theme):
    def show(*backups: str) -> TroublePage:
        page = TroublePage(SENTENCE, backups)
        qtbot.addWidget(page)
        page.resize(900, 600)
        page.show()
        page.focus_first()
        return page

    return show


def test_it_says_what_happened_in_full(shown):
    page = shown()
    assert page.said.text() == SENTENCE
    assert page.said.height() >= page.said.heightForWidth(page.said.width())


def test_without_a_good_backup_one_can_try_again(shown, qtbot):
    page = shown()
    with qtbot.waitSignal(page.again_requested):
        qtbot.mouseClick(page.again, Qt.MouseButton.LeftButton)
    assert not hasattr(page, "restore")


def test_the_newest_backup_is_restored_unless_another_is_chosen(shown, qtbot):
    page = shown("2 h ago", "1 d ago")
    with qtbot.waitSignal(page.restore_requested) as wanted:
        qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    assert wanted.args == [0]


def test_another_backup_can_be_chosen(shown, qtbot):
    page = shown("2 h ago", "1 d ago")
    page.choices[1].click()
    with qtbot.waitSignal(page.restore_requested) as wanted:
        qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    assert wanted.args == [1]
