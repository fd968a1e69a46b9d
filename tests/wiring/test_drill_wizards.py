"""From the board to a draft in the editor: an escalation that happened, a list of injects."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.drill.from_escalation import LINES, SEARCH, FromEscalation
from desktop.ui.drill.msel_wizard import IMPORT, MselWizard
from tests.support.real_window import Hands, RealWindow, real_window


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    return folder / "sample.sqlite3"


@pytest.fixture
def desk(qapp, made, tmp_path) -> Iterator[RealWindow]:
    with real_window(Path(copyfile(made, tmp_path / "sample.sqlite3")), SystemClock()) as opened:
        yield opened


def timeline(desk: RealWindow) -> list[tuple[object, ...]]:
    return desk.rows("SELECT count(*), max(seq) FROM timeline WHERE kind NOT LIKE 'alarm%'")


def wizard_of(desk: RealWindow, kind: type) -> object:
    page = desk.window.pages.page("page.drill")
    desk.until(lambda: isinstance(page.shown, kind), "the wizard")
    return page.shown


def go_on(desk: RealWindow, wizard, step: int) -> None:
    while wizard.frame.step < step:
        before = wizard.frame.step
        wizard.frame.next.click()
        desk.until(lambda before=before: wizard.frame.step > before, "the next step")
    desk.settle()


def test_an_escalation_becomes_a_draft_in_the_editor_within_a_few_keys(desk):
    hands = Hands(desk)
    hands.press("Ctrl+J", "Ctrl+K")
    hands.type("turn into")
    hands.press("Return")
    wizard = wizard_of(desk, FromEscalation)
    desk.until(lambda: wizard.frame.step == LINES, "its lines")
    before = timeline(desk)
    go_on(desk, wizard, SEARCH)
    wizard.search.sign.setChecked(True)
    wizard.frame.next.click()
    page = desk.window.pages.page("page.drill")
    desk.until(lambda: page.shown is page._editor and page._editor.pen.is_ready, "the editor")
    assert page._editor.pen.scenario.origin.kind == "real_escalation"
    assert timeline(desk) == before


def test_a_list_becomes_a_draft_in_the_editor(desk, tmp_path):
    path = tmp_path / "storm.csv"
    path.write_text("No.,Title,Time,To,Expected action\n1,Call,14m,Lead,Answer\n2,Mail,20m,Lead,Decide\n")
    desk.window.pages.go_to("page.drill")
    desk.settle()
    page = desk.window.pages.page("page.drill")
    page.import_script()
    wizard = wizard_of(desk, MselWizard)
    wizard.open_file(path)
    desk.until(wizard.frame.next.isEnabled, "the file")
    go_on(desk, wizard, IMPORT)
    wizard.frame.next.click()
    desk.until(lambda: page.shown is page._editor and page._editor.pen.is_ready, "the editor")
    assert [inject.subject for inject in page._editor.pen.scenario.injects] == ["Call", "Mail"]
