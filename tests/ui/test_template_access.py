"""The page of templates in the real window, small, with large letters, from right to left, read aloud."""

from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.template.ports import HOSTILE
from tests.support.real_window import real_window
from tests.support.walk import clipped, come_to_rest, tab_ring, too_small, twice_named, unnamed

SMALL = (1024, 768)


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
        (10.0, Qt.LayoutDirection.LeftToRight),
        (15.0, Qt.LayoutDirection.LeftToRight),
        (10.0, Qt.LayoutDirection.RightToLeft),
    ],
    ids=["as usual", "150 %", "right to left"],
)
def desk(qapp, request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    with (
        looked_at(*request.param),
        real_window(folder / "sample.sqlite3", SystemClock(), SMALL) as opened,
    ):
        opened.window.pages.go_to("page.template")
        opened.settle()
        yield opened


@pytest.fixture
def page(desk):
    desk.window.activateWindow()
    desk.window.pages.go_to("page.template")
    desk.settle()
    shown = desk.window.pages.current
    shown.tabs.setCurrentIndex(0)
    desk.until(lambda: shown.templates.editor.opened is not None, "the first template")
    desk.settle()
    yield shown
    come_to_rest(desk)


def wrong(desk):
    """What is wrong with what is to be seen, once each part has told what room it asks for."""
    for _ in range(50):
        if not (cut := clipped(desk.window)):
            break
        QTest.qWait(20)
    window = desk.window
    found = {"cut": cut, "unnamed": unnamed(window), "twice": twice_named(window), "small": too_small(window)}
    return {what: places for what, places in found.items() if places}


def test_reading_has_room_and_names(desk, page):
    assert wrong(desk) == {}
    assert desk.window.width() == SMALL[0]


def test_writing_has_room_and_names(desk, page):
    page.templates.editor.change_requested.emit()
    desk.until(lambda: page.templates.editor.is_writing, "a draft")
    desk.settle()
    assert wrong(desk) == {}
    assert desk.window.width() == SMALL[0]


def test_the_preview_has_room_and_names(desk, page):
    editor = page.templates.editor
    editor.side.button("preview").click()
    editor.preview.kind.button(HOSTILE).click()
    desk.settle()
    assert wrong(desk) == {}
    editor.side.button("text").click()


def test_versions_have_room_and_names(desk, page):
    page.templates.editor.versions_requested.emit()
    desk.settle()
    assert page.templates.versions.isVisible()
    assert wrong(desk) == {}
    page.templates.versions.closed.emit()


def test_what_holds_for_all_messages_has_room_and_names(desk, page):
    page.tabs.setCurrentIndex(1)
    desk.settle()
    assert wrong(desk) == {}


def test_tab_goes_round_the_page_and_comes_back(desk, page):
    assert len(tab_ring(desk.window)) > 10
