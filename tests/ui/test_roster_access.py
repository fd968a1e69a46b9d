"""The forms of the roster and its editor in the real window: names, reach, and nothing cut off when large."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.roster.calendar_box import CalendarBox
from desktop.ui.roster.change_form import ChangeForm
from tests.support.real_window import real_window
from tests.support.walk import clipped, come_to_rest, tab_ring, too_small, twice_named, unnamed
from tests.ui.test_text_growth import SMALL, looked_at

FORMS = ("override", "take", "swap", "leave")


@pytest.fixture(scope="module", params=[10.0, 15.0], ids=["as usual", "150 %"])
def desk(qapp, request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("roster")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    with (
        looked_at(request.param, Qt.LayoutDirection.LeftToRight),
        real_window(folder / "sample.sqlite3", SystemClock(), SMALL) as opened,
    ):
        opened.window.pages.go_to("page.roster")
        opened.settle()
        yield opened


@pytest.fixture(autouse=True)
def rest(desk):
    yield
    come_to_rest(desk)


@pytest.fixture
def page(desk):
    page = desk.window.pages.current
    page.show_tab(0)
    page.plan.focus_first()
    return page


def faults(window):
    return {
        "unnamed": unnamed(window),
        # A box to choose from is told by its value; its label stands beside it.
        "twice": [each for each in twice_named(window) if not each.startswith("ComboBox")],
        "small": too_small(window),
        "clipped": clipped(window),
    }


NONE = {"unnamed": [], "twice": [], "small": [], "clipped": []}


def shown(desk, kind):
    desk.settle()
    (form,) = (each for each in desk.window.findChildren(kind) if each.isVisible())
    desk.until(lambda: not clipped(form), "a layout")
    return form


def put_away(desk, form, button):
    button.click()
    desk.until(lambda: not isValid(form), "an end of the form")


@pytest.mark.parametrize("name", FORMS)
def test_everything_in_a_form_can_be_named_reached_and_read(desk, page, name):
    page.do(f"roster.{name}")
    form = shown(desk, ChangeForm)
    wrong = faults(form)
    reached = sum(form.isAncestorOf(each) for each in tab_ring(desk.window))
    put_away(desk, form, form.cancel_button)
    assert wrong == NONE
    assert reached >= 3


def test_everything_about_calendars_can_be_named_and_read(desk, page):
    page.do("roster.calendar")
    box = shown(desk, CalendarBox)
    wrong = faults(box)
    put_away(desk, box, box.close_button)
    assert wrong == NONE


def test_everything_in_the_editor_can_be_named_reached_and_read(desk, page):
    page.do("roster.edit")
    editor = page.rotas.editor
    desk.settle()
    desk.until(lambda: not clipped(editor), "a layout")
    wrong = faults(editor)
    ring = tab_ring(desk.window, 400)
    editor.close_editor()
    desk.settle()
    assert wrong == NONE
    assert editor.save_button in ring


def test_closing_a_form_gives_the_keyboard_back_to_the_plan(desk, page):
    page.do("roster.leave")
    form = shown(desk, ChangeForm)
    put_away(desk, form, form.cancel_button)
    assert QApplication.focusWidget() is page.plan.view
