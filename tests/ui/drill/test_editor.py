"""The editor of scenarios: drafts opened, written, taken back, kept, published."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from desktop.services.drill_blank import blank
from desktop.services.drill_file import read_text, write_text
from desktop.services.drill_shipped import shipped_files
from tests.ui.drill.editor_stand import AT, CHARGED, CONTROL, EMPTY, SHIFT, Stand, same_as_written

_FILES = {path.stem: path.read_text(encoding="utf-8") for path in shipped_files()}


@pytest.fixture
def stand(stage, qtbot):
    return Stand(stage, qtbot)


@pytest.mark.parametrize("text", _FILES.values(), ids=_FILES)
def test_opening_and_leaving_a_drill_that_ships_changes_nothing(stage, qtbot, text):
    stand = Stand(stage, qtbot, text)
    for name in stand.names():
        stand.page(name)
    for at in range(len(stand.scenario.injects)):
        stand.body.timeline.picked.emit(at)
    stand.editor.save_now()
    stand.settle()
    assert stand.keeps.saved == []
    assert same_as_written(stand.scenario)


def test_a_small_drill_is_written_from_nothing_by_keyboard(stage, qtbot):
    stand = Stand(stage, qtbot, EMPTY)
    page = stand.page("About")
    about, origin = page.blocks[0].fields, page.blocks[1]
    stand.write(about["title"], "Lost keys")
    stand.write(about["summary"], "Somebody cannot get in.")
    assert origin is not None
    seats = stand.page("Clock and seats").blocks[1]
    stand.press(seats.add)
    stand.write(seats.rows[0].fields[1], "Support triage")
    objectives, weights = stand.page("Goals").blocks
    stand.press(objectives.add)
    stand.write(objectives.rows[0].fields[1], "Take a ticket on within ten minutes.")
    stand.write(weights.fields["competences.triage"], "10")
    phases = stand.page("Phases and words").blocks[0]
    stand.press(phases.add)
    stand.write(phases.rows[0].fields[1], "All of it")
    stand.page("Injects")
    stand.editor.setFocus()
    stand.key(Qt.Key.Key_N, CONTROL | SHIFT)
    stand.write(stand.form.read.fields["body"], "I cannot get in. Please help.")
    stand.press(stand.form.expect.add)
    expected = stand.form.expect.form.what.fields
    stand.write(expected["text"], "Ticket taken on")
    stand.pick(expected["match.event"], "Escalation acknowledged")
    assert stand.faults() == []
    assert stand.kept().faults == ()


def test_a_new_scenario_opens_in_forms_with_nothing_to_mend(stage, qtbot):
    stand = Stand(stage, qtbot, blank("A new drill", AT))
    stand.body.check()
    assert not stand.editor.is_text
    assert stand.body.errors == []


def test_a_draft_with_faults_opens_in_forms_that_show_them(stage, qtbot):
    stand = Stand(stage, qtbot, CHARGED.replace("role: comms", "role: comes"))
    assert not stand.editor.is_text
    assert any("There is no role “comes”. Did you mean “comms”?" in line for line in stand.faults())


def test_what_is_typed_is_kept_and_says_so(stand):
    field = stand.page("About").blocks[0].fields["title"]
    field.setFocus()
    field.selectAll()
    stand.qtbot.keyClicks(field, "Another name")
    assert stand.editor.head.state.text() == "Draft, not kept yet…"
    assert stand.kept().scenario.title == "Another name"
    assert stand.editor.head.state.text() == "Draft, kept"


def test_undo_takes_back_what_was_typed_and_goes_there(stand):
    stand.page("About").blocks[0].fields["title"].setFocus()
    stand.qtbot.keyClicks(QApplication.focusWidget(), "x")
    stand.page("Scoring")
    stand.body.tabs.setFocus()
    stand.key(Qt.Key.Key_Z, CONTROL)
    assert stand.scenario == read_text(CHARGED).scenario
    assert stand.body.page is stand.body.page_of("About")


def test_what_was_taken_back_is_done_again(stand):
    stand.page("About").blocks[0].fields["title"].setFocus()
    stand.qtbot.keyClicks(QApplication.focusWidget(), "x")
    stand.key(Qt.Key.Key_Z, CONTROL)
    stand.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert stand.scenario.title.count("x") == 1


def test_a_draft_somebody_else_saved_is_not_overwritten(stand):
    theirs = CHARGED.replace("Charged again and again", "Theirs")
    stand.keeps.save_as_somebody_else(theirs)
    stand.editor.pen.put(("title",), "Mine")
    stand.editor.save_now()
    stand.settle()
    stand.settle()
    assert stand.keeps.draft.text == theirs
    assert "Leo Marsh saved this draft" in stand.editor.conflict.texts()[0]


def test_their_draft_can_be_taken_and_mine_had_back(stand):
    stand.keeps.save_as_somebody_else(CHARGED.replace("Charged again and again", "Theirs"))
    stand.editor.pen.put(("title",), "Mine")
    stand.editor.save_now()
    stand.qtbot.waitUntil(lambda: stand.editor.conflict.is_open)
    stand.editor.conflict.pressed.emit("conflict", "take")
    assert stand.scenario.title == "Theirs"
    stand.editor.conflict.pressed.emit("aside", "back")
    assert stand.kept().scenario.title == "Mine"


def test_my_draft_can_be_kept_on_top_of_theirs(stand):
    stand.keeps.save_as_somebody_else(CHARGED.replace("Charged again and again", "Theirs"))
    stand.editor.pen.put(("title",), "Mine")
    stand.editor.save_now()
    stand.qtbot.waitUntil(lambda: stand.editor.conflict.is_open)
    stand.editor.conflict.pressed.emit("conflict", "keep")
    stand.settle()
    assert read_text(stand.keeps.draft.text).scenario.title == "Mine"


def test_publishing_asks_for_a_note_and_publishes_what_is_kept(stand):
    stand.editor.pen.put(("title",), "Charged once more")
    published = QSignalSpy(stand.editor.published)
    stand.key(Qt.Key.Key_Return, CONTROL)
    prompt = stand.editor.asking.prompt
    prompt.widget("note").setPlainText("A better name")
    prompt.accept()
    stand.qtbot.waitUntil(lambda: published.count() == 1)
    assert stand.keeps.published[0][0] == "A better name"
    assert read_text(stand.keeps.published[0][1]).scenario.title == "Charged once more"


def test_publishing_is_refused_with_the_first_fault_which_is_shown(stand):
    stand.editor.pen.put(("clock", "duration"), "50m")
    stand.editor.ask_publish()
    assert stand.editor.asking.prompt is None
    assert (
        "It cannot be published yet. I10, time: This comes after the drill has ended."
        in (stand.editor.conflict.texts()[0])
    )
    assert stand.body.page is stand.body.injects
    assert QApplication.focusWidget() is stand.form.time.at


def test_a_length_of_time_that_cannot_be_read_stands_in_the_way(stand):
    field = stand.page("Clock and seats").blocks[0].fields["clock.duration"]
    stand.write(field, "a while")
    assert "10 min, 1h 30m or 90s" in stand.page("Clock and seats").blocks[0].rows["clock.duration"].error
    stand.editor.ask_publish()
    assert stand.editor.asking.prompt is None


def test_lengths_are_typed_as_people_say_them(stand):
    field = stand.page("Clock and seats").blocks[0].fields["clock.duration"]
    stand.write(field, "1h 45m")
    assert stand.scenario.pace.duration_s == 105 * 60
    stand.key(Qt.Key.Key_Tab)
    assert field.text() == "1 h 45 min"


def test_a_draft_that_is_no_scenario_opens_as_text_with_its_faults(stage, qtbot):
    stand = Stand(stage, qtbot, CHARGED.replace("  duration:", "  durration:", 1))
    assert stand.editor.is_text
    assert any("durration" in stand.editor.text.faults.item(i).text() for i in range(2))
    stand.editor.text.text.setPlainText(CHARGED)
    stand.editor.text.check()
    stand.editor.text.open.click()
    stand.settle()
    assert not stand.editor.is_text
    assert stand.scenario == read_text(CHARGED).scenario


def test_what_is_typed_into_the_text_is_kept_too(stage, qtbot):
    stand = Stand(stage, qtbot, "title: nothing yet")
    stand.editor.text.text.setPlainText("title: a bit more")
    stand.editor.save_now()
    stand.settle()
    assert stand.keeps.draft.text == "title: a bit more"


def test_the_scenario_is_shown_as_yaml_that_reads_the_same(stand):
    stand.editor.show_yaml()
    assert read_text(stand.editor.yaml.text.toPlainText()).scenario == stand.scenario
    assert stand.editor.yaml.text.isReadOnly()
    stand.editor.yaml.copy.click()
    assert QApplication.clipboard().text() == write_text(stand.scenario)


def test_leaving_keeps_first_what_was_typed(stand):
    left = QSignalSpy(stand.editor.left)
    stand.editor.pen.put(("title",), "At the last moment")
    stand.editor.head.back.click()
    stand.qtbot.waitUntil(lambda: left.count() == 1)
    assert read_text(stand.keeps.draft.text).scenario.title == "At the last moment"


def test_a_draft_is_discarded_only_after_a_question(stand):
    left = QSignalSpy(stand.editor.left)
    stand.editor.head.discard.click()
    assert not stand.keeps.is_gone
    stand.editor.asking.prompt.accept()
    stand.qtbot.waitUntil(lambda: left.count() == 1)
    assert stand.keeps.is_gone


def test_hostile_words_are_shown_as_they_are(stand):
    stand.editor.pen.put(("title",), "<b>bold</b>\u202e" + "x" * 10_000)
    stand.editor.pen.put(("injects", 0, "subject"), "<img src=x>" * 900)
    for name in stand.names():
        stand.page(name)
    stand.faults()
    stand.editor.grab()
    assert stand.editor.head.title.textFormat() is Qt.TextFormat.PlainText
