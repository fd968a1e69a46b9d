"""Messages, sending and tone in the real window: names, reach, and nothing cut off when large."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.kit.wrap_tabs import WrapTabs
from tests.support.real_window import real_window
from tests.support.walk import clipped, come_to_rest, tab_ring, too_small, twice_named, unnamed
from tests.ui.test_text_growth import SMALL, looked_at

NONE = {"unnamed": [], "twice": [], "small": [], "clipped": []}
PLACES = [
    *(("page.message", at) for at in range(4)),
    *(("page.settings", at) for at in (7, 8)),
]


@pytest.fixture(scope="module", params=[10.0, 15.0], ids=["as usual", "150 %"])
def desk(qapp, request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("messages")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    with (
        looked_at(request.param, Qt.LayoutDirection.LeftToRight),
        real_window(folder / "sample.sqlite3", SystemClock(), SMALL) as opened,
    ):
        for page, at in PLACES:  # boxes to choose from are windows that stay
            opened.window.pages.go_to(page)
            opened.window.pages.current.show_tab(at)
            opened.settle()
        yield opened


@pytest.fixture(autouse=True)
def rest(desk):
    yield
    come_to_rest(desk)


def faults(window):
    return {
        "unnamed": unnamed(window),
        # A box to choose from is told by its value; its label stands beside it.
        "twice": [each for each in twice_named(window) if not each.startswith("ComboBox")],
        "small": too_small(window),
        "clipped": clipped(window),
    }


@pytest.mark.parametrize(("page", "at"), PLACES)
def test_everything_has_a_name_room_and_its_words(desk, page, at):
    desk.window.pages.go_to(page)
    desk.window.pages.current.show_tab(at)
    desk.settle()
    desk.until(lambda: not clipped(desk.window), "a layout")
    assert faults(desk.window) == NONE


@pytest.mark.parametrize(("page", "at"), PLACES)
def test_everything_can_be_reached_by_tab(desk, page, at):
    desk.window.pages.go_to(page)
    desk.window.pages.current.show_tab(at)
    desk.settle()
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow, "the keyboard")
    desk.window.pages.current.focus_first()
    assert len(tab_ring(desk.window)) > 3


def test_the_form_of_a_contact_has_names_and_room(desk):
    desk.window.pages.go_to("page.settings")
    page = desk.window.pages.current
    page.show_tab(7)
    desk.settle()
    page.sending.contacts.add()
    desk.settle()
    desk.until(lambda: not clipped(desk.window), "a layout")
    wrong = faults(desk.window)
    page.sending.contacts.close_form()
    assert wrong == NONE


def test_the_messages_of_an_escalation_have_names_and_room(desk):
    desk.window.pages.go_to("page.board")
    board = desk.window.board
    board.jump_urgent()
    desk.settle()
    (tabs,) = desk.window.details.findChildren(WrapTabs)
    tabs.setCurrentIndex([tabs.tabText(at) for at in range(tabs.count())].index("Messages"))
    desk.settle()
    desk.until(lambda: not clipped(desk.window), "a layout")
    assert faults(desk.window) == NONE
