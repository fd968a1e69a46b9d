"""What comes after a drill in the real window: names, reach, and nothing cut off when large."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from db.engine import open_store
from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.drill.page import AFTER, GAPS
from tests.support import drill_sample
from tests.support.real_window import real_window
from tests.support.walk import clipped, come_to_rest, tab_ring, too_small, twice_named, unnamed
from tests.ui.test_text_growth import SMALL, looked_at

NONE = {"unnamed": [], "twice": [], "small": [], "clipped": []}
PLACES = [*((AFTER, at) for at in range(6)), *((GAPS, at) for at in range(4))]


@pytest.fixture(scope="module", params=[10.0, 15.0], ids=["as usual", "150 %"])
def desk(qapp, request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("after")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    with closing(open_store(folder / "sample.sqlite3")) as store:
        drill_sample.fill(store, SystemClock().now())
    with (
        looked_at(request.param, Qt.LayoutDirection.LeftToRight),
        real_window(folder / "sample.sqlite3", SystemClock(), SMALL) as opened,
    ):
        opened.window.pages.go_to("page.drill")
        opened.settle()
        for tab, at in PLACES:
            show(opened, tab, at)
        yield opened


@pytest.fixture(autouse=True)
def rest(desk):
    yield
    come_to_rest(desk)


def show(desk, tab, at):
    page = desk.window.pages.current
    page.show_tab(tab)
    page.part(tab).tabs.setCurrentIndex(at)
    desk.settle()
    return page.part(tab)


def faults(window):
    return {
        "unnamed": unnamed(window),
        "twice": [each for each in twice_named(window) if not each.startswith("ComboBox")],
        "small": too_small(window),
        "clipped": clipped(window),
    }


@pytest.mark.parametrize(("tab", "at"), PLACES)
def test_everything_has_a_name_room_and_its_words(desk, tab, at):
    show(desk, tab, at)
    desk.until(lambda: not clipped(desk.window), "a layout")
    assert faults(desk.window) == NONE


@pytest.mark.parametrize(("tab", "at"), PLACES)
def test_everything_can_be_reached_by_tab(desk, tab, at):
    part = show(desk, tab, at)
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow, "the keyboard")
    part.focus_first()
    assert len(tab_ring(desk.window)) > 3
