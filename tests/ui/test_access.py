"""Every page, panel, form and dialog of the real window, as a screen reader, a pointer and Tab find it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTabBar

from desktop.domain.clock import SystemClock
from desktop.domain.message import Audience
from desktop.services import sample
from desktop.ui.first_picture import PAGES as FIRST_PAGES
from desktop.ui.kit.prompt import Prompt
from desktop.ui.shortcuts import ShortcutSheet
from desktop.ui.sidebar import SideButton
from tests.support.real_window import real_window
from tests.support.walk import come_to_rest, tab_ring, too_small, twice_named, unnamed

PAGES = ("board", "triage", "signals", "intake", "alarms", "rules", "roster", "handoff", "standup", "load",
         "playbook", "message", "drill", "import", "replay", "settings")  # fmt: skip
FORMS = ("assign", "classify", "severity", "contain", "resolve", "close", "reopen", "standard", "pause",
         "snooze", "record_update", "answered", "note", "edit", "override", "remind", "merge",
         "split")  # fmt: skip
TICKETS = """number,opened_at,short_description,incident_state,priority
INC1,1/3/2016 08:00,Card payments fail,New,1 - Critical
INC2,1/3/2016 09:00,Search is slow,Active,3 - Moderate
"""


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("access")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    return folder / "sample.sqlite3"


@pytest.fixture(scope="module")
def desk(qapp, sample_file):
    with real_window(sample_file, SystemClock()) as opened:
        for page in PAGES:  # what is made at the first visit stays until the window is closed
            opened.window.pages.go_to(f"page.{page}")
            opened.settle()
            for bar, at in tabs_of(opened.window.pages.current):
                bar.setCurrentIndex(at)
                opened.settle()
        opened.actions["shortcuts"].trigger()
        opened.window.findChild(ShortcutSheet).close()
        yield opened


@pytest.fixture(autouse=True)
def rest(desk):
    yield
    come_to_rest(desk)


@pytest.fixture
def shown(desk):
    """The window with one escalation in the panel, its cards in sight."""
    desk.window.pages.go_to("page.board")
    desk.window.activateWindow()
    desk.window.board.jump_urgent()
    desk.settle()
    return desk


def test_the_first_picture_names_the_pages_there_are(desk):
    buttons = desk.window.side.findChildren(SideButton)
    shown = [each.text().strip() for each in sorted(buttons, key=lambda button: button.y())]
    assert shown[:-1] == list(FIRST_PAGES)  # settings stand apart, at the bottom


def faults(window):
    return {"unnamed": unnamed(window), "twice": twice_named(window), "small": too_small(window)}


NONE = {"unnamed": [], "twice": [], "small": []}


def tabs_of(widget):
    bars = [bar for bar in widget.findChildren(QTabBar) if bar.isVisible()]
    return [(bar, at) for bar in bars[:1] for at in range(bar.count()) if bar.isTabEnabled(at)]


def walked(desk, page):
    """A page, and each of its tabs, with what is wrong there."""
    found = {page: faults(desk.window)}
    for bar, at in tabs_of(desk.window.pages.current):
        bar.setCurrentIndex(at)
        desk.settle()
        found[f"{page}: {bar.tabText(at)}"] = faults(desk.window)
    return {place: wrong for place, wrong in found.items() if wrong != NONE}


@pytest.mark.parametrize("page", PAGES)
def test_everything_on_a_page_has_a_name_of_its_own_and_is_large_enough(shown, page):
    shown.window.pages.go_to(f"page.{page}")
    shown.settle()
    assert walked(shown, page) == {}


@pytest.mark.parametrize("page", PAGES)
def test_tab_goes_round_a_page_and_comes_back(shown, page):
    shown.window.pages.go_to(f"page.{page}")
    shown.settle()
    assert len(tab_ring(shown.window)) > 10


@pytest.mark.parametrize("audience", list(Audience))
def test_everything_in_a_message_has_a_name_of_its_own_and_tab_goes_round_it(shown, audience):
    shown.window.dispatcher.run_on("escalation.update", shown.window.escalations.ids_now())
    shown.settle()
    shown.window.pages.current.body.pick.audience.button(audience.value).click()
    shown.settle()
    assert faults(shown.window) == NONE
    assert len(tab_ring(shown.window)) > 20
    shown.window.pages.current.leave()


def test_everything_in_the_panel_has_a_name_of_its_own_and_is_large_enough(shown):
    wrong = {}
    for bar, at in tabs_of(shown.window.details):
        bar.setCurrentIndex(at)
        shown.settle()
        wrong |= {at: faults(shown.window)} if faults(shown.window) != NONE else {}
    assert wrong == {}


@pytest.mark.parametrize("name", FORMS)
def test_everything_in_a_form_has_a_name_of_its_own_and_tab_leaves_it(shown, name):
    shown.window.dispatcher.run_on(f"escalation.{name}", shown.window.escalations.ids_now())
    shown.settle()
    (form,) = (each for each in shown.window.findChildren(Prompt) if each.isVisible())
    wrong = faults(shown.window)
    ring = tab_ring(shown.window)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert wrong == NONE
    assert sum(form.isAncestorOf(each) for each in ring) >= 3


@pytest.mark.parametrize("action", ["shortcuts", "about"])
def test_everything_in_a_dialog_has_a_name_of_its_own_and_is_large_enough(shown, action):
    shown.actions[action].trigger()
    shown.settle()
    (dialog,) = (each for each in QApplication.topLevelWidgets() if _is_open(each))
    wrong = faults(dialog)
    dialog.close()
    shown.window.activateWindow()
    assert wrong == NONE


def _is_open(widget):
    return isinstance(widget, QDialog) and widget.isVisible()


def test_everything_in_the_palette_has_a_name_of_its_own(shown):
    shown.actions["palette"].trigger()
    shown.settle()
    wrong = faults(shown.window)
    shown.window.palette_box.close_palette()
    assert wrong == NONE


def test_everything_in_the_steps_of_an_import_has_a_name_of_its_own(qapp, sample_file, tmp_path):
    database = shutil.copy(sample_file, tmp_path)
    with real_window(Path(database), SystemClock()) as desk:
        assert _wrong_in_import(desk, tmp_path) == {}


def _wrong_in_import(shown, tmp_path):
    tickets = tmp_path / "tickets.csv"
    tickets.write_text(TICKETS, encoding="utf-8")
    shown.window.pages.go_to("page.import")
    page = shown.window.pages.current
    page.open_file(tickets)
    shown.settle()
    wrong = {}
    for step in range(4):
        shown.until(page.frame.next.isEnabled, f"step {step}")
        wrong |= {step: faults(shown.window)} if faults(shown.window) != NONE else {}
        if step < 3:
            page.frame.next.click()
            shown.settle()
    return wrong


def test_every_menu_and_every_line_of_it_has_a_name_of_its_own(shown):
    menus = [menu for menu in shown.window.menuBar().findChildren(QMenu) if menu.title()]
    for menu in menus:
        lines = [line.text().replace("&", "") for line in menu.actions() if not line.isSeparator()]
        assert all(lines)
        assert sorted(lines) == sorted(set(lines))
