"""The real window at 1024 × 768 with large letters and from right to left: no word is cut off."""

from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar

from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.board.selection_bar import SelectionBar
from desktop.ui.kit.prompt import Prompt
from desktop.ui.kit.wrap_tabs import WrapTabs
from tests.support.real_window import real_window
from tests.support.walk import clipped, come_to_rest

SMALL = (1024, 768)
USUAL_PT = 10.0
PAGES = ("board", "triage", "signals", "intake", "alarms", "rules", "roster", "handoff", "standup", "load",
         "message", "import", "replay", "drill", "settings")  # fmt: skip
FORMS = ("assign", "classify", "contain", "pause", "snooze", "record_update", "note", "merge")


@contextmanager
def looked_at(size_pt, direction):
    """The application as the desktop has set it up."""
    before = QApplication.font()
    font = QApplication.font()
    font.setPointSizeF(size_pt)
    QApplication.setFont(font)
    QApplication.setLayoutDirection(direction)
    try:
        yield
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        QApplication.setFont(before)


@pytest.fixture(
    scope="module",
    params=[
        (USUAL_PT, Qt.LayoutDirection.LeftToRight),
        (14.0, Qt.LayoutDirection.LeftToRight),
        (USUAL_PT * 1.5, Qt.LayoutDirection.LeftToRight),
        (USUAL_PT, Qt.LayoutDirection.RightToLeft),
    ],
    ids=["as usual", "14 pt", "150 %", "right to left"],
)
def desk(qapp, request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("growth")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    with (
        looked_at(*request.param),
        real_window(folder / "sample.sqlite3", SystemClock(), SMALL) as opened,
    ):
        for page in PAGES:  # what is made at the first visit stays until the window is closed
            opened.window.pages.go_to(f"page.{page}")
            opened.settle()
        for bar in opened.window.pages.current.findChildren(QTabBar):  # the settings have boxes in most tabs
            for at in reversed(range(bar.count())):
                bar.setCurrentIndex(at)
                opened.settle()
        write_a_message(opened)
        yield opened


def write_a_message(opened):
    """Go to the page that writes about the most urgent one; its parts stay until the window is closed."""
    opened.window.pages.go_to("page.board")
    opened.window.board.jump_urgent()
    opened.settle()
    opened.window.dispatcher.run_on("escalation.update", opened.window.escalations.ids_now())
    opened.settle()


@pytest.fixture(autouse=True)
def rest(desk):
    yield
    come_to_rest(desk)


def cut_off(widget):
    """Words without room, once each part has told its parents what it asks, a turn of the event loop each."""
    for _ in range(50):
        if not (found := clipped(widget)):
            break
        QTest.qWait(20)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_page_is_cut_off(desk, page):
    desk.window.pages.go_to(f"page.{page}")
    desk.settle()
    found = {page: cut_off(desk.window)}
    for bar in desk.window.pages.current.findChildren(QTabBar):
        for at in range(bar.count()):
            bar.setCurrentIndex(at)
            desk.settle()
            found[f"{page}: {bar.tabText(at)}"] = cut_off(desk.window)
    assert {place: words for place, words in found.items() if words} == {}
    assert desk.window.width() == SMALL[0]


def test_no_word_of_a_message_is_cut_off(desk):
    write_a_message(desk)
    found = cut_off(desk.window.pages.current)
    desk.window.pages.current.leave()
    assert found == []
    assert desk.window.width() == SMALL[0]


def test_no_word_of_the_panel_is_cut_off(desk):
    desk.window.pages.go_to("page.board")
    desk.window.board.jump_urgent()
    desk.settle()
    found = {}
    for bar in desk.window.details.findChildren(WrapTabs):
        for at in range(bar.count()):
            bar.setCurrentIndex(at)
            desk.settle()
            found[bar.tabText(at)] = cut_off(desk.window.details)
    assert {tab: words for tab, words in found.items() if words} == {}


@pytest.mark.parametrize("name", FORMS)
def test_no_word_of_a_form_is_cut_off(desk, name):
    desk.window.pages.go_to("page.board")
    desk.window.board.jump_urgent()
    desk.settle()
    desk.window.dispatcher.run_on(f"escalation.{name}", desk.window.escalations.ids_now())
    desk.settle()
    (form,) = (each for each in desk.window.findChildren(Prompt) if each.isVisible())
    found = clipped(form)
    form.cancel()
    assert found == []


def _person(page):
    page.show_tab(0)
    page.people.edit()
    page.people.form.active.click()


def _channel(page):
    _person(page)
    page.people.channels.add()


def _team(page):
    page.show_tab(0)
    page.people._close_form()
    page.people.teams.add()


def _step(page):
    page.show_tab(6)
    page.ladder.steps.edit()


@pytest.mark.parametrize("open_form", [_person, _channel, _team, _step])
def test_no_word_of_a_form_in_the_settings_is_cut_off(desk, open_form):
    desk.window.pages.go_to("page.settings")
    desk.settle()
    page = desk.window.pages.current
    open_form(page)
    desk.settle()
    found = cut_off(page)
    page.people.teams.close_form()
    page.ladder.steps.close_form()
    assert found == []


def test_no_word_of_the_bar_of_selected_cards_is_cut_off(desk):
    desk.window.pages.go_to("page.board")
    desk.window.board.jump_urgent()
    desk.settle()
    (bar,) = desk.window.board.findChildren(SelectionBar)
    assert bar.isVisible()
    assert cut_off(bar) == []
