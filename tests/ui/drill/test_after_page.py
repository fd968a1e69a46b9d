"""After a drill: what a trainer sees of a run and does to it, over a real record of drills."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_record import NoteKind, RunState
from desktop.domain.person import Role
from desktop.ui.drill.after import NOTES, REPLAY, SCORE, AfterPage
from desktop.wiring.drill_after import DeskAfter
from desktop.wiring.drill_papers import DrillExports
from tests.ui.drill.after_stand import Played, no_export

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def played(real_desk):
    return Played(real_desk)


@pytest.fixture
def open_page(played, around, qtbot):
    """Opens the page as whoever works at the desk sees it."""

    def opened(run_id: int = 0, export=no_export) -> AfterPage:
        page = AfterPage(DeskAfter(played.desk, export), around)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        if run_id:
            page.show_run(run_id)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        settle(around, qtbot)
        return page

    return opened


def settle(around, qtbot):
    qtbot.waitUntil(lambda: around.runner.pending == 0)


def press(button, around, qtbot):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(around, qtbot)


def fill(page, **answers):
    """Type into the form that is open and have it done."""
    prompt = page.asking.box.prompt
    assert prompt is not None
    for key, text in answers.items():
        widget = prompt.widget(key)
        if hasattr(widget, "setPlainText"):
            widget.setPlainText(text)
        elif hasattr(widget, "set_value"):
            widget.set_value(text)
        elif hasattr(widget, "findData"):
            widget.setCurrentIndex(widget.findData(text))
        else:
            widget.setText(text)
    prompt.accept()


def test_without_a_run_it_says_where_to_go(open_page, qtbot):
    page = open_page()
    assert "No drill was played yet" in page.empty.sentence
    with qtbot.waitSignal(page.library_requested):
        qtbot.keyClick(page.empty.button, Qt.Key.Key_Return)


def test_number_band_coverage_and_shares_stand_together(open_page, played):
    page = open_page(played.run().id)
    figures = page.hot_wash.figures
    assert (figures.number.text(), figures.band.text) == ("723", "S")
    facts = figures.facts()
    for said in (
        "16 of 17 scored (94 %)",
        "Passed 10 of 16",
        "Critical none missed",
        "By staff's word",
        "Accelerated",
    ):
        assert said in facts


def test_a_missed_critical_act_caps_the_band_and_says_so(open_page, played):
    page = open_page(played.run(without=("oncall.paged", "N01")).id)
    assert page.hot_wash.figures.band.text == "M, capped"
    assert "missed: E04; band capped at M" in page.hot_wash.figures.facts()


def test_the_gaps_it_proposes_wait_for_a_word(open_page, played):
    page = open_page(played.run().id)
    codes = [gap.code for gap in page.hot_wash.gaps.table.model().rows]
    assert codes == ["DA5", "DA2", "DA6", "DR1", "HQ2", "HQ3", "DR3"]


def test_enter_confirms_the_chosen_gap(open_page, played, around, qtbot):
    run = played.run()
    page = open_page(run.id)
    qtbot.keyClick(page.hot_wash.gaps.table, Qt.Key.Key_Return)
    settle(around, qtbot)
    assert played.gaps.gap(played.gap(run.id, "DA5")).state is GapState.OPEN


def test_a_gap_is_dismissed_with_a_reason_only(open_page, played, around, qtbot):
    run = played.run()
    page = open_page(run.id)
    press(page.hot_wash.gaps.dismiss, around, qtbot)
    page.asking.box.prompt.accept()
    assert page.asking.box.prompt.row("reason").error
    fill(page, reason="The tier stood in the ticket")
    settle(around, qtbot)
    assert played.gaps.gap(played.gap(run.id, "DA5")).declined_why == "The tier stood in the ticket"
    assert page.asking.box.prompt is None


def test_a_gap_that_the_drill_did_not_see_is_added(open_page, played, around, qtbot):
    run = played.run()
    page = open_page(run.id)
    press(page.hot_wash.gaps.add, around, qtbot)
    fill(page, code="ST2", detail="Cora was lead and scribe")
    settle(around, qtbot)
    assert any(gap.code == "ST2" for gap in played.gaps.all(run_id=run.id))


def test_an_answer_is_kept_as_a_note_of_its_question(open_page, played, around, qtbot):
    run = played.run()
    page = open_page(run.id)
    box = page.hot_wash.prompts.boxes[0]
    box.field.setPlainText("The second ticket told us")
    qtbot.keyClick(box.field, Qt.Key.Key_Return, CONTROL)
    settle(around, qtbot)
    assert box.said.text() == "•  The second ticket told us"
    assert box.field.toPlainText() == ""
    assert [note.links for note in played.drills.record.notes(run.id)] == [("question:1",)]


def test_strengths_and_improvements_stand_apart(open_page, played):
    run = played.run()
    played.note(run.id, "Clear voice", kind=NoteKind.STRENGTH)
    played.note(run.id, "Nobody wrote the tier down", kind=NoteKind.IMPROVEMENT)
    page = open_page(run.id)
    assert "Clear voice" in page.hot_wash.strengths.texts.text()
    assert "00:20:00  Nobody wrote the tier down" in page.hot_wash.improvements.texts.text()


def test_ending_the_hot_wash_closes_the_run(open_page, played, around, qtbot):
    run = played.run()
    page = open_page(run.id)
    press(page.hot_wash.close_button, around, qtbot)
    assert played.drills.record.run(run.id).state is RunState.CLOSED
    assert not page.hot_wash.close_button.isVisible()


def test_a_practice_run_is_thrown_away_after_a_question(open_page, played, around, qtbot):
    kept, practice = played.run(), played.run(practice=True)
    page = open_page(practice.id)
    press(page.hot_wash.throw_button, around, qtbot)
    page.asking.box.prompt.accept()
    settle(around, qtbot)
    assert page.found.run.id == kept.id
    assert not page.hot_wash.throw_button.isVisible()


def test_who_is_no_trainer_reads_and_changes_nothing(open_page, played, real_desk):
    run = played.run()
    real_desk.act_as(Role.ON_CALL)
    page = open_page(run.id)
    assert "Only a trainer or a lead" in page.hot_wash.why_not.text()
    hidden = (page.hot_wash.gaps.confirm, page.hot_wash.close_button, page.hot_wash.prompts.boxes[0].field)
    assert not any(widget.isVisible() for widget in hidden)
    assert not page.notes.add.isEnabled()


def test_another_run_is_chosen_from_the_list(open_page, played, around, qtbot):
    first = played.run()
    second = played.run(without=("handoff.accepted",))
    page = open_page()
    assert page.found.run.id == second.id
    page.runs.set_value(first.id)
    page.runs.activated.emit(page.runs.currentIndex())
    settle(around, qtbot)
    assert page.hot_wash.figures.number.text() == "723"


def test_a_rating_is_adjusted_with_a_reason_and_the_run_scored_again(open_page, played, around, qtbot):
    run = played.run()
    page = open_page(run.id)
    page.tabs.setCurrentIndex(SCORE)
    page.score.choose("E09")
    press(page.score.adjust, around, qtbot)
    fill(page, rating="P", reason="The two lines were all there")
    settle(around, qtbot)
    assert page.score.expectation() == "E09"
    assert "Adjusted by" in page.score.why.text()
    assert "because The two lines were all there (was 750)" in page.score.why.text()
    assert page.hot_wash.figures.number.text() == "735"
    assert page.hot_wash.changed.text().startswith("Overall 723 S → 735 S.")
    assert [each.overall for each in played.drills.record.results(run.id)] == [723, 735]


@pytest.mark.parametrize(("time", "said"), [("soon", "no length of time"), ("", "Choose a rating")])
def test_an_adjustment_needs_a_rating_or_a_time(open_page, played, around, qtbot, time, said):
    page = open_page(played.run().id)
    page.tabs.setCurrentIndex(SCORE)
    page.score.choose("E09")
    press(page.score.adjust, around, qtbot)
    fill(page, time=time, reason="It was otherwise")
    prompt = page.asking.box.prompt
    assert said in prompt.row("time").error + prompt.row("rating").error


def test_the_tree_goes_down_to_an_entry_that_opens_in_the_replay(open_page, played, qtbot):
    page = open_page(played.run().id)
    page.tabs.setCurrentIndex(SCORE)
    leaf = next(node for node in page.score.model.nodes() if node.expectation == "E08" and node.seq)
    page.score.tree.setCurrentIndex(page.score.model.index_of(leaf))
    qtbot.keyClick(page.score.tree, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == REPLAY
    assert page.replay.moment.seq == leaf.seq


def test_the_tree_says_time_and_quality_in_words(open_page, played):
    page = open_page(played.run().id)
    page.score.choose("E08")
    assert "Done 14 min after I06, deadline 15 min: on time." in page.score.why.text()
    assert "5 of 6 quality points: missing No guess, no blame, no promise" in page.score.why.text()
    assert "✗  missing: No guess, no blame, no promise (1)" in page.score.parts.text()


def test_what_nobody_was_asked_for_cannot_be_adjusted(open_page, played):
    page = open_page(played.run().id)
    page.tabs.setCurrentIndex(SCORE)
    page.score.choose("E07B")
    assert not page.score.adjust.isEnabled()
    assert "Nobody was asked for it" in page.score.adjust_note.text()


def test_a_note_is_added_changed_and_taken_away(open_page, played, around, qtbot):
    run = played.run()
    page = open_page(run.id)
    page.tabs.setCurrentIndex(NOTES)
    press(page.notes.empty.button, around, qtbot)
    fill(page, text="The pager was silent", kind="fact")
    settle(around, qtbot)
    qtbot.keyClick(page.notes.table, Qt.Key.Key_Return)
    fill(page, text="The pager was off", kind="improvement")
    settle(around, qtbot)
    assert [note.text for note in played.drills.record.notes(run.id)] == ["The pager was off"]
    press(page.notes.remove, around, qtbot)
    page.asking.box.prompt.accept()
    settle(around, qtbot)
    assert played.drills.record.notes(run.id) == ()


def test_the_time_of_a_note_is_shown_in_the_replay(open_page, played, around, qtbot):
    run = played.run()
    played.note(run.id, "Here it turned")
    page = open_page(run.id)
    page.tabs.setCurrentIndex(NOTES)
    press(page.notes.show_moment, around, qtbot)
    assert page.replay.now.text() == "00:20:00"


def test_somebody_elses_own_note_is_not_shown(open_page, played):
    run = played.run()
    played.note(run.id, "For me alone", is_private=True)
    assert open_page(run.id).found.notes == ()


def test_what_is_saved_is_told_and_can_be_opened(open_page, played, around, qtbot, tmp_path):
    asked = []

    def export(run_id: int, kind: str, target: Path) -> tuple[str, ...]:
        asked.append((run_id, kind))
        target.write_text("report")
        return ("It is a draft.",)

    run = played.run()
    page = open_page(run.id, export)
    page.save.save("report", tmp_path / "DRILL_report.docx")
    settle(around, qtbot)
    assert asked == [(run.id, "report")]
    assert page.save.line.said.text().startswith("DRILL_report.docx is saved in")
    assert page.save.line.said.text().endswith("It is a draft.")
    assert page.save.line.open_button.isVisible()


@pytest.mark.parametrize("ending", ["docx", "pdf", "md", "html", "xlsx", "json"])
def test_the_report_is_saved_in_every_form(open_page, played, around, qtbot, tmp_path, ending):
    page = open_page(played.run().id, DrillExports(played.desk).export)
    file = tmp_path / f"DRILL_report.{ending}"
    page.save.save("report", file)
    settle(around, qtbot)
    assert file.stat().st_size > 500
    assert page.save.line.isVisible()


def test_the_pack_is_a_folder(open_page, played, around, qtbot, tmp_path):
    page = open_page(played.run().id, DrillExports(played.desk).export)
    page.save.save("pack", tmp_path / "papers.md")
    settle(around, qtbot)
    assert {each.suffix for each in (tmp_path / "papers").iterdir()} >= {".md", ".yaml", ".csv", ".xlsx"}
    assert page.save.line.said.text().startswith("papers is saved in")


def test_what_cannot_be_saved_is_told(open_page, played, around, qtbot, tmp_path):
    page = open_page(played.run().id, DrillExports(played.desk).export)
    with qtbot.waitSignal(page.message_requested) as told:
        page.save.save("report", tmp_path / "no" / "such" / "report.pdf")
        settle(around, qtbot)
    assert "could not be written" in told.args[0]


def test_policy_real_team_and_this_drill_stand_side_by_side(open_page, played):
    played.benchmark = "E01: policy 5m, real team 7m20s"
    page = open_page(played.run().id)
    assert page.hot_wash.benchmark.sentences() == (
        "Policy Real team This drill",
        "Ticket acknowledged 5 min 7 min 20 s 4 min",
    )


def test_without_a_real_escalation_there_is_no_benchmark(open_page, played):
    assert not open_page(played.run().id).hot_wash.benchmark.isVisible()


def test_what_is_being_typed_outlives_news_of_the_run(open_page, played, around, qtbot):
    page = open_page(played.run().id)
    page.hot_wash.prompts.boxes[0].field.setPlainText("Half a sen")
    page.refresh()
    settle(around, qtbot)
    assert page.hot_wash.prompts.boxes[0].field.toPlainText() == "Half a sen"


def test_hostile_words_stay_words(open_page, played):
    run = played.run()
    played.note(run.id, "<b>bold</b>\u202e" + "x" * 10_000, kind=NoteKind.STRENGTH)
    page = open_page(run.id)
    assert "<b>bold</b>" in page.hot_wash.strengths.texts.text()
    assert page.minimumSizeHint().width() < 1280


def shown(page):
    return [node.title for node in page.score.model.nodes()]


def test_the_score_can_be_read_seat_by_seat_without_a_number_for_any(open_page, played, around, qtbot):
    page = open_page(played.run().id)
    page.tabs.setCurrentIndex(SCORE)
    press(page.score.by_seat, around, qtbot)
    seats = [node for node in page.score.model.nodes() if node.title == "Customer liaison"]
    assert [node.value for node in seats] == [None]
    assert "as expected" in seats[0].why
    assert any(node.expectation == "E08" for node in seats[0].parts)
    press(page.score.by_seat, around, qtbot)
    assert "Customer liaison" not in shown(page)


def test_where_a_desk_wants_no_results_by_seat_nobody_is_offered_them(open_page, played, real_desk):
    played.desk.settings.set("drill_seats", False)
    page = open_page(played.run().id)
    page.tabs.setCurrentIndex(SCORE)
    assert not page.score.by_seat.isVisible()


def test_whoever_does_not_judge_sees_no_seat_but_their_own(open_page, played, real_desk):
    run = played.run()
    real_desk.act_as(Role.COORDINATOR)
    page = open_page(run.id)
    page.tabs.setCurrentIndex(SCORE)
    assert not page.score.by_seat.isVisible()
