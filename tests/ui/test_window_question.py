"""A question or a fault in place of the window's pages."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.board_support import a_row


@pytest.fixture
def desk(open_window):
    return open_window(a_row(1, due_min=300))


def test_it_stands_in_place_of_every_page(desk):
    desk.window.pages.show_instead(QLabel("Who works here?"))
    assert desk.window.pages.current_id == ""
    assert not desk.window.side.isVisible()


def test_the_pages_come_back(desk):
    desk.window.pages.show_instead(QLabel("Who works here?"))
    desk.window.pages.show_again()
    assert desk.window.pages.current_id == "page.board"
    assert desk.window.side.isVisible()


def test_the_window_can_be_closed_over_it(desk):
    desk.window.pages.show_instead(QLabel("Who works here?"))
    with desk.bot.waitSignal(desk.window.closing):
        desk.window.close()
