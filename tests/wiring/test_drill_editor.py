"""The editor of scenarios in the real window, over the library of the sample desk."""

from collections.abc import Iterator
from shutil import copyfile

import pytest

from desktop.domain.clock import SystemClock
from desktop.services import sample
from tests.support.real_window import Hands, RealWindow, real_window

SLUG = "drl-charged-again"


class Writer:
    """Somebody who writes a scenario at the desk."""

    def __init__(self, desk: RealWindow) -> None:
        self.desk, self.window = desk, desk.window
        self.hands = Hands(desk)
        self.window.pages.go_to("page.drill")
        desk.settle()

    @property
    def page(self):
        return self.window.pages.page("page.drill")

    @property
    def editor(self):
        return self.page._editor

    def edit(self) -> None:
        self.page.edit(SLUG)
        self.desk.until(lambda: self.editor.pen.is_ready, "the draft")
        self.desk.settle()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    return folder / "sample.sqlite3"


@pytest.fixture
def writer(qapp, made, tmp_path) -> Iterator[Writer]:
    with real_window(copyfile(made, tmp_path / "sample.sqlite3"), SystemClock()) as desk:
        yield Writer(desk)


def test_a_scenario_is_changed_and_published_as_the_next_version(writer):
    writer.edit()
    title = writer.editor.body.page_of("About").blocks[0].fields["title"]
    title.setFocus()
    title.selectAll()
    writer.hands.type("Charged once more")
    writer.hands.press("Ctrl+Return")
    writer.desk.until(lambda: writer.editor.asking.prompt is not None, "the question for a note")
    writer.hands.type("A better name")
    writer.hands.press("Ctrl+Return")
    writer.desk.until(lambda: writer.editor.keeper.version is None, "the published version")
    writer.desk.settle()
    rows = writer.page.library.table.model().rows
    found = next(row for row in rows if row.slug == SLUG)
    assert (found.title, found.published, found.has_draft) == ("Charged once more", 2, False)


def test_the_keys_of_the_editor_are_not_taken_by_the_window(writer):
    writer.edit()
    before = writer.editor.pen.scenario
    writer.hands.press("Ctrl+Shift+N")
    assert len(writer.editor.pen.scenario.injects) == len(before.injects) + 1
    writer.hands.press("Ctrl+Z")
    assert writer.editor.pen.scenario == before


def test_a_draft_that_is_left_is_there_when_it_is_opened_again(writer):
    writer.edit()
    writer.editor.pen.put(("summary",), "Told in other words.")
    writer.editor.head.back.click()
    writer.desk.until(lambda: not writer.editor.isVisible(), "the library")
    writer.edit()
    assert writer.editor.pen.scenario.summary == "Told in other words."


def test_the_desk_s_own_words_are_offered(writer):
    writer.edit()
    areas = writer.editor.body.page_of("About").blocks[0].fields["tags.product_area"]
    assert "Billing and contracts" in [chip.label for chip in areas.chips.values()]
