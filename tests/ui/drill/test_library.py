"""The library of drills over a real desk: found, read, taken in, written out, taken out of use."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.drill_record import RunMode
from desktop.domain.person import Role
from desktop.services.drill_file import write_text
from desktop.services.drill_shipped import shipped_files
from desktop.ui.drill.library import LibraryTab
from desktop.wiring.drills import DeskDrills
from tests.domain.drills import FILE
from tests.ui.drill.library_stand import stand, words_of

__all__ = ["stand"]
CHARGED = "drl-charged-again"


class Reader:
    """Somebody at the library."""

    def __init__(self, stand):
        self.stand = stand
        self.tab = stand.show(LibraryTab(DeskDrills(stand.desk), stand.around, wizards=frozenset({"msel"})))

    def settle(self):
        self.stand.settle()

    def titles(self):
        return [row.title for row in self.tab.table.model().rows]

    def choose(self, title):
        self.tab.table.selectRow(self.titles().index(title))
        self.settle()

    def click(self, button):
        button.click()
        self.settle()

    def answer(self, **words):
        prompt = self.tab.deeds.ask.prompt
        for key, text in words.items():
            field = prompt.widget(key)
            (field.setPlainText if hasattr(field, "setPlainText") else field.setText)(text)
        prompt.accept()
        self.settle()


@pytest.fixture
def reader(stand):
    return Reader(stand)


def test_the_six_that_ship_are_there_from_the_first_look_on(reader):
    assert len(reader.titles()) == 6
    assert "Charged again and again" in reader.titles()


def test_a_scenario_is_read_without_what_staff_know(reader):
    reader.choose("Charged again and again")
    words = words_of(reader.tab.reader)
    assert "Change the shift without losing a single promise." in words
    assert "Escalation lead" in words
    assert "Twilio" not in words
    assert "For staff only" not in words


def test_what_staff_know_is_shown_apart_when_wanted_and_hidden_with_the_next_one(reader):
    reader.choose("Charged again and again")
    reader.click(reader.tab.reader.staff)
    assert "Twilio" in words_of(reader.tab.reader)
    reader.choose("Blind cockpit")
    assert "For staff only" not in words_of(reader.tab.reader)


def test_words_and_tags_narrow_the_list(reader):
    reader.tab.filters.words.setText("charged")
    assert reader.titles() == ["Charged again and again"]
    reader.tab.filters.words.clear()
    reader.tab.filters.gap.set_chosen(frozenset({"HQ6 wrong recipient or time zone"}))
    reader.tab.filters.changed.emit()
    assert "Night handoff" in reader.titles()
    assert "Blind cockpit" not in reader.titles()


def test_nothing_found_says_so_and_shows_all_again(reader):
    reader.tab.filters.words.setText("zzz")
    assert reader.tab.shown is reader.tab.empty
    reader.click(reader.tab.empty.button)
    assert len(reader.titles()) == 6


def test_enter_on_the_list_sets_up_a_drill_of_what_is_published(reader, qtbot):
    wanted = reader.stand.heard(reader.tab.start_requested)
    reader.choose("Charged again and again")
    qtbot.keyClick(reader.tab.table, Qt.Key.Key_Return)
    assert wanted == [(CHARGED, RunMode.TABLE)]


def test_practising_alone_is_one_press(reader):
    wanted = reader.stand.heard(reader.tab.start_requested)
    reader.choose("Charged again and again")
    reader.click(reader.tab.reader.alone)
    assert wanted == [(CHARGED, RunMode.SOLO)]


def test_a_new_scenario_is_a_draft_without_faults(reader):
    wanted = reader.stand.heard(reader.tab.edit_requested)
    reader.tab.deeds.ask_new()
    reader.answer(title="Parcels lost")
    assert wanted == [("parcels-lost",)]
    reader.tab.show_scenario("parcels-lost")
    reader.settle()
    assert reader.tab.opened.draft is not None
    assert reader.tab.opened.faults == ()


def test_a_draft_that_was_never_published_cannot_be_started(reader):
    reader.tab.deeds.ask_new()
    reader.answer(title="Parcels lost")
    reader.tab.show_scenario("parcels-lost")
    reader.settle()
    assert not reader.tab.reader.start.isEnabled()
    assert "Publish the draft first" in reader.tab.reader.start.toolTip()


def test_a_file_with_faults_is_shown_with_their_lines_before_it_is_kept(reader, tmp_path):
    file = tmp_path / "bad.drill.yaml"
    text = FILE.read_text(encoding="utf-8")
    file.write_text(text.replace('duration: "90m"', "duration: 12:30"), encoding="utf-8")
    reader.tab.deeds.read_file(str(file))
    reader.settle()
    assert reader.tab.shown is reader.tab.faults
    line = next(at for at, each in enumerate(file.read_text().splitlines(), 1) if "12:30" in each)
    assert f"line {line}" in words_of(reader.tab.faults)
    reader.click(reader.tab.faults.take)
    reader.tab.show_scenario("drl-charged-twice")
    reader.settle()
    assert "The draft has" in reader.tab.reader.faults.text()


def test_a_file_without_faults_becomes_a_draft_at_once(reader):
    wanted = reader.stand.heard(reader.tab.edit_requested)
    reader.tab.deeds.read_file(str(FILE))
    reader.settle()
    assert wanted == [("drl-charged-twice",)]


@pytest.mark.parametrize("form", ["msel-csv", "msel-xlsx", "yaml"])
def test_a_scenario_is_written_out(reader, tmp_path, form):
    reader.choose("Charged again and again")
    reader.tab.deeds.ask_target(reader.tab.opened, form)
    reader.tab.deeds.write_to(str(tmp_path / "out"))
    reader.settle()
    assert (tmp_path / "out").stat().st_size > 100
    assert "is saved in" in reader.tab.saved.said.text()


def test_the_papers_go_into_a_folder_each_for_whom_it_is(reader, tmp_path):
    reader.choose("Charged again and again")
    reader.tab.deeds.ask_target(reader.tab.opened, "pack")
    reader.tab.deeds.write_to(str(tmp_path))
    reader.settle()
    names = {path.name for path in tmp_path.iterdir()}
    assert f"{CHARGED}.drill.yaml" in names
    assert len(names) >= 5


def test_what_is_exported_comes_back_as_the_same_scenario(reader, tmp_path):
    source = next(path for path in shipped_files() if "charged" in path.name)
    reader.choose("Charged again and again")
    reader.tab.deeds.ask_target(reader.tab.opened, "yaml")
    reader.tab.deeds.write_to(str(tmp_path / "one.drill.yaml"))
    reader.settle()
    read = DeskDrills(reader.stand.desk).read_file(tmp_path / "one.drill.yaml")
    assert read.faults == ()
    assert source.exists()
    assert write_text(reader.tab.opened.scenario)


def test_a_retired_one_is_listed_apart_and_comes_back(reader):
    reader.choose("Blind cockpit")
    reader.click(reader.tab.reader.retire)
    reader.answer(reason="Out of date")
    assert "Blind cockpit" not in reader.titles()
    reader.tab.show_scenario("drl-blind-cockpit")
    reader.settle()
    assert reader.tab.opened.row.title == "Blind cockpit"
    reader.click(reader.tab.reader.retire)
    assert reader.tab.opened.row.published == 1


def test_whoever_is_no_trainer_reads_and_practises_but_writes_nothing(stand):
    stand.real.act_as(Role.COORDINATOR)
    reader = Reader(stand)
    reader.choose("Charged again and again")
    assert reader.tab.reader.alone.isEnabled()
    assert not reader.tab.reader.edit.isEnabled()
    assert "Only trainers and leads" in reader.tab.reader.edit.toolTip()


def test_runs_are_listed_and_lead_to_what_came_of_them(reader):
    run = reader.stand.played.run()
    reader.tab.show_scenario(reader.stand.played.slug)
    reader.settle()
    wanted = reader.stand.heard(reader.tab.run_requested)
    assert "723 S" in reader.tab.reader._run_button(reader.tab.opened.runs[0]).text()
    reader.tab.reader.findChild(type(reader.tab.reader.start), str(run.id)).click()
    assert wanted == [(run.id,)]
