"""The form of a source in the real window at 1024 × 768: named, large enough to hit, and nothing cut off."""

import pytest
from PySide6.QtTest import QTest

from desktop.domain.clock import SystemClock
from desktop.services import sample
from tests.support.real_window import real_window
from tests.support.walk import clipped, come_to_rest, tab_ring, too_small, twice_named, unnamed

KINDS = ("Prometheus Alertmanager", "Any JSON", "Mailbox (IMAP)", "Watched folder")


@pytest.fixture(scope="module")
def desk(qapp, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    with real_window(folder / "sample.sqlite3", SystemClock(), (1024, 768)) as opened:
        opened.window.pages.go_to("page.signals")  # what is made at the first visit stays
        opened.settle()
        yield opened


@pytest.fixture
def form(desk):
    desk.window.pages.go_to("page.signals")
    page = desk.window.pages.current
    page.tabs.setCurrentIndex(2)
    desk.settle()
    page.sources.add_source()
    desk.settle()
    yield page.sources.form
    page.sources.form.cancelled.emit()
    come_to_rest(desk)


def show(desk, form, kind):
    form.kind.setCurrentText(kind)
    desk.settle()
    form.reading.pane.text.setPlainText('{"title": "Disk", "tags": ["a"]}')
    desk.until(lambda: not form.reading.is_waiting, "the sample to be tried")
    desk.settle()


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_named_once_and_can_be_hit(desk, form, kind):
    show(desk, form, kind)
    found = {"unnamed": unnamed(desk.window), "twice": twice_named(form), "small": too_small(form)}
    assert found == {"unnamed": [], "twice": [], "small": []}


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_is_cut_off(desk, form, kind):
    show(desk, form, kind)
    for _ in range(50):  # what it asks for travels up through its parents, a turn of the event loop for each
        if not (cut_off := clipped(form)):
            break
        QTest.qWait(20)
    assert cut_off == []


def test_tab_goes_round_and_reaches_what_saves(desk, form):
    show(desk, form, "Any JSON")
    form.name.setFocus()
    ring = tab_ring(desk.window)
    for wanted in (form.start, form.reading.fields.fields["key"], form.reading.pane.places, form.keep_button):
        assert wanted in ring
