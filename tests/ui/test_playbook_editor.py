"""The editor of playbooks: what a person types, moves and presses, and what is then asked to be kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.playbook import Content, Decision, Draft, Example, Listed, State, Step, StepKind, Tags
from desktop.domain.playbook_rights import Review
from desktop.ui.playbook.editor import PlaybookEditor
from desktop.ui.playbook.ports import Choices, Opened

_AT = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STOP = Step("stop", "Stop the job", due_after=timedelta(minutes=10))
_LIST = Step("list", "Make the list", role="Owner")
_TELL = Step("tell", "Tell customers", StepKind.SEND, stage="initial")
_CONTENT = Content(
    title="Charged twice",
    purpose="Stop it, then put it right.",
    tags=Tags(areas=("billing",)),
    owner="Cora Lind",
    entry=("A customer was charged twice",),
    exit=("All is paid back",),
    do_not=("Refund by hand", "Run it again"),
    steps=(_STOP, _LIST, _TELL),
    decisions=(Decision("hold", "Hold payouts", "Lead"),),
    templates=("kept-as-it-is",),
    examples=(Example("A Sunday night", "ESC-2026-0042"),),
)
_CHOICES = Choices(
    areas=(("billing", "Billing"), ("login", "Login")),
    levels=(("P1", "P1 Critical"), ("P2", "P2 High")),
    people=("Cora Lind", "Leo Marsh"),
)


def a_draft(content=_CONTENT, edition=1, playbook_id=1, **more):
    at = _AT + timedelta(minutes=edition)
    return Draft(playbook_id, "charged-twice", 3, edition, State.DRAFT, content, "Cora Lind", 1, at, **more)


def opened(draft, **more):
    row = Listed(
        draft.playbook_id, draft.slug, draft.content.title, draft.content.tags, draft.content.owner, 3,
        State.PUBLISHED, _AT, None, draft.state, draft.label, None, 0,
    )  # fmt: skip
    return Opened(row, (), draft, **more)


class Stand:
    """The editor with a draft in it; `asked` is what it wanted kept."""

    def __init__(self, editor, qtbot):
        self.editor, self.qtbot = editor, qtbot
        self.asked = []
        editor.save_requested.connect(self.asked.append)

    @property
    def steps(self):
        return self.editor.body.steps

    def show(self, draft, why_not_write="", **more):
        self.editor.show_draft(opened(draft, **more), _CHOICES, why_not_write)

    def type(self, field, text):
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.end(False)
        self.qtbot.keyClicks(field, text)

    def ids(self):
        return [step.id for step in self.editor.content().steps]

    def saved(self):
        """What is asked to be kept when the typing rests."""
        self.editor.save_now()
        return self.asked[-1]

    def press(self, *words):
        banners = self.editor.conflict.findChildren(type(self.editor.head.read))
        next(button for button in banners if button.accessibleName() in words).click()


@pytest.fixture
def stand(stage, qtbot):
    editor = PlaybookEditor(stage)
    qtbot.addWidget(editor)
    editor.resize(900, 760)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    made = Stand(editor, qtbot)
    made.show(a_draft())
    return made


def test_what_is_shown_is_what_is_written(stand):
    assert stand.editor.content() == _CONTENT
    assert not stand.editor.has_unsaved


def test_a_template_is_named_by_its_beginning_and_taken_away_by_its_chip(stand):
    field = stand.editor.body.about.templates
    field.offer(("customer-initial-email", "customer-late-email"))
    stand.type(field.entry, "customer-late-email")
    field.entry.editingFinished.emit()
    assert stand.saved().templates == ("kept-as-it-is", "customer-late-email")
    field.chips[0].click()
    assert stand.saved().templates == ("customer-late-email",)


def test_the_head_names_the_draft_and_when_it_was_kept(stand):
    assert stand.editor.head.title.text() == "Charged twice, 4-draft1"
    assert stand.editor.head.kept.text().startswith("Kept ")
    assert "Begun by Cora Lind from v3" in stand.editor.head.kept.text()


def test_what_is_typed_is_kept_when_the_typing_rests(stand, qtbot):
    with qtbot.waitSignal(stand.editor.save_requested) as asked:
        stand.type(stand.editor.body.about.title, "!")
    assert asked.args[0].title == "Charged twice!"


def test_nothing_is_read_from_the_form_while_somebody_types(stand, monkeypatch):
    read = []
    monkeypatch.setattr(stand.editor.body, "content", lambda: read.append(1) or _CONTENT)
    stand.type(stand.editor.body.about.purpose, "typed at speed")
    assert read == []


def test_hiding_the_editor_keeps_what_was_typed(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.editor.hide()
    assert {content.title for content in stand.asked} == {"Charged twice!"}


def test_leaving_its_fields_keeps_what_was_typed(stand, qtbot):
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    with qtbot.waitExposed(elsewhere):
        elsewhere.show()
    stand.type(stand.editor.body.about.title, "!")
    elsewhere.activateWindow()
    elsewhere.setFocus()
    qtbot.waitUntil(lambda: len(stand.asked) == 1)


def test_words_taken_back_are_not_kept_anew(stand):
    title = stand.editor.body.about.title
    stand.type(title, "!")
    stand.qtbot.keyClick(title, Qt.Key.Key_Backspace)
    stand.editor.save_now()
    assert stand.asked == []
    assert not stand.editor.has_unsaved


def test_what_is_kept_is_no_longer_unsaved(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.editor.show_saved(a_draft(stand.saved(), edition=2))
    assert not stand.editor.has_unsaved
    assert stand.editor.head.title.text() == "Charged twice!, 4-draft2"


def test_what_was_typed_while_it_was_kept_is_still_to_be_kept(stand):
    stand.type(stand.editor.body.about.title, "!")
    kept = stand.saved()
    stand.type(stand.editor.body.about.title, "!")
    stand.editor.show_saved(a_draft(kept, edition=2))
    assert stand.editor.has_unsaved
    assert stand.saved().title == "Charged twice!!"


# -- shown again
def test_unsaved_words_stay_when_the_draft_is_shown_again(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.show(a_draft(replace(_CONTENT, title="Theirs"), edition=2))
    assert stand.editor.body.about.title.text() == "Charged twice!"
    assert stand.editor.opened.draft.edition == 1  # so that their edition refuses ours


def test_words_of_others_come_in_where_nothing_was_typed(stand):
    stand.show(a_draft(replace(_CONTENT, title="Theirs"), edition=2))
    assert stand.editor.body.about.title.text() == "Theirs"


def test_words_that_were_never_kept_are_there_again_after_another_playbook(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.show(a_draft(replace(_CONTENT, title="Another"), playbook_id=2))
    assert stand.editor.body.about.title.text() == "Another"
    stand.show(a_draft())
    assert stand.editor.body.about.title.text() == "Charged twice!"
    assert stand.editor.has_unsaved


def test_going_to_another_playbook_has_the_first_one_kept(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.show(a_draft(replace(_CONTENT, title="Another"), playbook_id=2))
    assert [content.title for content in stand.asked] == ["Charged twice!"]
    stand.editor.show_saved(a_draft(stand.asked[0], edition=2))
    assert stand.editor.body.about.title.text() == "Another"


def test_a_draft_begun_anew_does_not_get_the_words_of_the_discarded_one(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.show(replace(a_draft(), updated_at=_AT + timedelta(hours=1)))
    assert stand.editor.body.about.title.text() == "Charged twice"
    assert not stand.editor.has_unsaved


# -- conflict
@pytest.fixture
def conflict(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.editor.save_now()
    stand.asked.clear()
    stand.editor.show_conflict(
        "Tom Vale saved this draft.", a_draft(replace(_CONTENT, title="Theirs"), edition=5)
    )
    return stand


def test_a_conflict_is_told_and_asks_for_nothing_until_it_is_decided(conflict):
    assert conflict.editor.conflict.texts() == ["Tom Vale saved this draft."]
    conflict.editor.save_now()
    assert conflict.asked == []
    assert conflict.editor.body.about.title.text() == "Charged twice!"


def test_mine_is_kept_on_top_of_their_edition(conflict):
    conflict.press("Keep mine")
    assert conflict.asked[-1].title == "Charged twice!"
    assert conflict.editor.opened.draft.edition == 5


def test_theirs_is_shown_and_mine_can_still_be_had(conflict):
    conflict.press("Take theirs")
    assert conflict.editor.body.about.title.text() == "Theirs"
    assert not conflict.editor.has_unsaved
    conflict.press("Back to mine")
    assert conflict.saved().title == "Charged twice!"


def test_the_same_words_of_two_people_are_no_conflict(stand):
    stand.type(stand.editor.body.about.title, "!")
    stand.editor.show_conflict("Tom Vale saved.", a_draft(stand.editor.content(), edition=5))
    assert stand.editor.conflict.texts() == []
    assert not stand.editor.has_unsaved


# -- steps
def test_a_new_step_comes_below_the_chosen_one_and_is_called_by_its_words(stand):
    stand.editor.show_step("stop")
    stand.qtbot.keyClick(stand.steps.form.text, Qt.Key.Key_N, _CONTROL | _SHIFT)
    stand.type(stand.steps.form.text, "Page the database team")
    assert stand.ids() == ["stop", "page-the-database-team", "list", "tell"]


def test_a_step_keeps_its_id_whatever_becomes_of_its_words(stand):
    stand.editor.show_step("list")
    stand.steps.form.text.setPlainText("Something else altogether")
    assert stand.ids() == ["stop", "list", "tell"]
    assert stand.saved().steps[1].text == "Something else altogether"


def test_a_new_step_keeps_the_id_of_its_first_words(stand):
    stand.steps.add_step()
    stand.type(stand.steps.form.text, "Page the team")
    stand.steps.list.setFocus()
    stand.type(stand.steps.form.text, " of the database")
    assert "page-the-team" in stand.ids()


def test_two_steps_with_the_same_words_have_ids_of_their_own(stand):
    for _ in range(2):
        stand.steps.add_step()
        stand.type(stand.steps.form.text, "Stop")
    assert sorted(stand.ids()) == ["list", "stop", "stop-2", "stop-3", "tell"]


def test_a_step_without_words_can_be_kept(stand):
    stand.steps.add_step()
    assert stand.saved().steps[1].id == "step"


def test_steps_are_moved_by_the_keyboard_with_their_ids(stand):
    stand.editor.show_step("tell")
    stand.qtbot.keyClick(stand.steps.list, Qt.Key.Key_Up, _ALT)
    stand.qtbot.keyClick(stand.steps.form.text, Qt.Key.Key_Up, _ALT)
    assert stand.saved().steps == (_TELL, _STOP, _LIST)
    assert stand.steps.form.text.toPlainText() == "Tell customers"


def test_the_last_step_goes_no_further_down(stand):
    stand.editor.show_step("tell")
    stand.steps.down_button.click()
    assert not stand.steps.down_button.isEnabled()
    assert stand.ids() == ["stop", "list", "tell"]


def test_a_removed_step_can_be_put_back(stand):
    stand.editor.show_step("list")
    stand.qtbot.keyClick(stand.steps.list, Qt.Key.Key_Delete)
    assert stand.ids() == ["stop", "tell"]
    stand.steps.back_button.click()
    assert stand.editor.content().steps == (_STOP, _LIST, _TELL)


def test_the_last_step_can_be_removed_too(stand):
    for _ in range(3):
        stand.steps.remove_button.click()
    assert stand.ids() == []
    assert stand.steps.empty.isVisible()
    assert stand.steps.add_button.hasFocus()


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("1 h", timedelta(hours=1)),
        ("1h 30min", timedelta(minutes=90)),
        ("15", timedelta(minutes=15)),
        ("", None),
    ],
)
def test_a_due_time_is_typed_as_words(stand, typed, due):
    stand.editor.show_step("list")
    stand.steps.form.due.setText(typed)
    assert stand.editor.content().steps[1].due_after == due


def test_a_due_time_that_cannot_be_read_is_told_and_stays_in_its_field(stand):
    stand.editor.show_step("stop")
    stand.steps.form.due.setText("soon")
    stand.editor.save_now()
    assert "“soon” is no length of time" in stand.editor.missing.said()[0]
    stand.editor.show_step("list")
    stand.editor.show_step("stop")
    assert stand.steps.form.due.text() == "soon"
    assert stand.editor.content().steps[0].due_after == timedelta(minutes=10)


def test_a_send_step_names_its_message_and_a_decide_step_its_decision(stand):
    stand.editor.show_step("list")
    form = stand.steps.form
    assert not form.stage.isVisible()
    form.kind.set_value(StepKind.DECIDE)
    assert form.decision.isVisible()
    form.decision.set_value("hold")
    assert stand.editor.content().steps[1].decision == "hold"


def test_a_decision_that_is_not_listed_stays_in_its_step(stand):
    lost = replace(_CONTENT, steps=(Step("ask", "Ask", StepKind.DECIDE, decision="gone"),))
    stand.show(a_draft(lost, edition=2))
    stand.type(stand.steps.form.text, "!")
    assert stand.editor.content().steps[0].decision == "gone"


def test_going_to_a_step_takes_the_focus_into_its_words(stand):
    stand.editor.show_step("tell")
    assert stand.steps.form.text.hasFocus()
    assert stand.steps.form.text.toPlainText() == "Tell customers"


# -- lists of lines
def test_enter_begins_the_next_line_and_backspace_takes_an_empty_one_away(stand):
    field = stand.editor.body.lists["entry"]
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    stand.qtbot.keyClick(field, Qt.Key.Key_Return)
    stand.qtbot.keyClick(field, Qt.Key.Key_Return)
    stand.qtbot.keyClick(field, Qt.Key.Key_Backspace)
    stand.qtbot.keyClicks(field, "A wrong invoice")
    assert field.toPlainText() == "A customer was charged twice\nA wrong invoice"
    assert stand.saved().entry == ("A customer was charged twice", "A wrong invoice")


def test_a_line_is_moved_past_its_neighbour_and_back_by_undo(stand):
    field = stand.editor.body.lists["do_not"]
    field.setFocus()
    stand.qtbot.keyClick(field, Qt.Key.Key_Down, _ALT)
    assert field.lines() == ("Run it again", "Refund by hand")
    stand.qtbot.keyClick(field, Qt.Key.Key_Up, _ALT)
    assert field.lines() == ("Refund by hand", "Run it again")
    field.undo()
    assert field.lines() == ("Run it again", "Refund by hand")


def test_the_first_line_goes_no_further_up(stand):
    field = stand.editor.body.lists["do_not"]
    stand.qtbot.keyClick(field, Qt.Key.Key_Up, _ALT)
    assert field.lines() == ("Refund by hand", "Run it again")
    assert not stand.editor.has_unsaved


def test_what_must_not_be_done_stands_in_the_colour_of_danger(stand, stage):
    colour = stand.editor.body.lists["do_not"].palette().text().color()
    assert colour == stage.theme.colour("text.danger")


# -- the rest of the form
def test_chips_are_ticked_and_unknown_ones_stay(stand):
    stand.show(a_draft(replace(_CONTENT, tags=Tags(areas=("gone",))), edition=2))
    chips = stand.editor.body.fit.axes
    chips["areas"].chips["login"].click()
    chips["levels"].chips["P1"].click()
    assert stand.saved().tags == Tags(areas=("login", "gone"), levels=("P1",))


def test_reviewers_are_named_one_after_the_other_and_taken_away_again(stand):
    field = stand.editor.body.about.reviewers
    stand.type(field.entry, "leo marsh")
    stand.qtbot.keyClick(field.entry, Qt.Key.Key_Return)
    stand.type(field.entry, "Smith, John")
    stand.qtbot.keyClick(field.entry, Qt.Key.Key_Return)
    assert stand.editor.content().reviewers == ("Leo Marsh", "Smith, John")
    field.chips[0].click()
    assert stand.saved().reviewers == ("Smith, John",)


def test_days_are_typed_and_a_wrong_one_is_told(stand):
    about = stand.editor.body.about
    about.valid_from.setText("2026-12-01")
    about.valid_until.setText("next year")
    stand.editor.save_now()
    assert stand.asked[-1].valid_from == date(2026, 12, 1)
    assert stand.editor.missing.said() == ["Valid until: Write the day as 2026-12-31."]


def test_a_new_decision_can_be_taken_by_a_step(stand):
    decisions = stand.editor.body.decisions
    decisions.add_button.click()
    assert decisions.cards[1].fields["what"].hasFocus()
    stand.type(decisions.cards[1].fields["what"], "Choose the remedy")
    decisions.cards[1].fields["who"].setFocus()
    stand.editor.show_step("list")
    stand.steps.form.kind.set_value(StepKind.DECIDE)
    stand.steps.form.decision.set_value("choose-the-remedy")
    kept = stand.saved()
    assert [one.id for one in kept.decisions] == ["hold", "choose-the-remedy"]
    assert kept.steps[1].decision == "choose-the-remedy"


def test_decisions_and_examples_are_removed(stand):
    body = stand.editor.body
    body.decisions.cards[0].remove_button.click()
    body.examples.rows[0].remove_button.click()
    kept = stand.saved()
    assert (kept.decisions, kept.examples) == ((), ())


def test_enter_in_an_example_begins_the_next(stand):
    examples = stand.editor.body.examples
    stand.qtbot.keyClick(examples.rows[0].text, Qt.Key.Key_Return)
    stand.type(examples.rows[1].text, "A drill")
    examples.rows[1].drill.click()
    assert stand.saved().examples[1] == Example("A drill", "", is_drill=True)


# -- deeds
def test_what_is_missing_leads_to_its_field(stand):
    stand.show(a_draft(replace(_CONTENT, exit=(), steps=(Step("a", ""),)), edition=2))
    said = stand.editor.missing.said()
    assert said[0].startswith("Say when the playbook is done")
    stand.editor.missing.links[0].click()
    assert stand.editor.body.lists["exit"].hasFocus()
    stand.editor.missing.links[1].click()
    assert stand.steps.form.text.hasFocus()


def test_publishing_is_asked_for_from_any_field(stand, qtbot):
    for field in (stand.steps.form.text, stand.editor.body.lists["entry"], stand.steps.list):
        field.setFocus()
        with qtbot.waitSignal(stand.editor.publish_requested):
            qtbot.keyClick(field, Qt.Key.Key_Return, _CONTROL)
    assert stand.editor.content() == _CONTENT


def test_publishing_what_is_incomplete_leads_to_what_is_missing(stand, qtbot):
    stand.show(a_draft(replace(_CONTENT, title=""), edition=2))
    with qtbot.assertNotEmitted(stand.editor.publish_requested):
        stand.editor.head.publish.click()
    assert stand.editor.body.about.title.hasFocus()


def test_who_may_not_publish_reads_why(stand, qtbot):
    why = "Its author cannot be the only one to approve it: ask a reviewer."
    stand.show(a_draft(), why_not_publish=why)
    assert not stand.editor.head.publish.isEnabled()
    assert stand.editor.head.publish.toolTip() == why
    with qtbot.assertNotEmitted(stand.editor.publish_requested):
        qtbot.keyClick(stand.editor.body.about.title, Qt.Key.Key_Return, _CONTROL)


def test_in_review_it_is_approved_or_objected_to_and_what_was_said_is_read(stand, qtbot):
    head = stand.editor.head
    assert not head.approve.isVisible()
    draft = replace(a_draft(replace(_CONTENT, reviewers=("Leo Marsh", "Ines Roth"))), state=State.IN_REVIEW)
    said = Review("Leo Marsh", approves=False, remark="<b>Step 3</b>", at=_AT)
    stand.show(replace(draft, edition=2), reviews=(said,))
    assert head.state.text() == "In review, waiting for Ines Roth"
    assert "Leo Marsh objects" in head.reviews.text()
    assert "<b>Step 3</b>" in head.reviews.text()
    with qtbot.waitSignals([stand.editor.approve_requested, stand.editor.object_requested]):
        head.approve.click()
        head.object.click()


def test_who_may_not_write_reads_the_form_and_why(stand):
    stand.show(a_draft(), why_not_write="Only a lead may write playbooks.")
    assert stand.editor.head.rights.text() == "Only a lead may write playbooks."
    assert not stand.editor.body.about.title.isEnabled()
    assert not stand.editor.head.discard.isVisible()


def test_reading_it_as_it_would_look_keeps_it_first(stand, qtbot):
    stand.type(stand.editor.body.about.title, "!")
    with qtbot.waitSignal(stand.editor.preview_requested):
        stand.editor.head.read.click()
    assert len(stand.asked) == 1


def test_steps_stand_below_their_list_where_there_is_no_room_beside_it(stand):
    form, lines = stand.steps.form, stand.steps.list
    assert form.mapToGlobal(form.rect().topLeft()).x() > lines.mapToGlobal(lines.rect().topRight()).x()
    stand.editor.resize(480, 640)
    stand.qtbot.waitUntil(
        lambda: form.mapToGlobal(form.rect().topLeft()).y() > lines.mapToGlobal(lines.rect().bottomLeft()).y()
    )


def test_tab_goes_from_top_to_bottom_through_what_was_just_made_too(stand):
    body = stand.editor.body
    body.fit.axes["levels"].chips["P2"].setFocus()
    stand.qtbot.keyClick(body.fit.axes["levels"].chips["P2"], Qt.Key.Key_Tab)
    assert body.lists["entry"].hasFocus()
    body.decisions.add_button.click()
    body.decisions.cards[0].remove_button.setFocus()
    stand.qtbot.keyClick(body.decisions.cards[0].remove_button, Qt.Key.Key_Tab)
    assert body.decisions.cards[1].fields["what"].hasFocus()
    for name in ("Leo Marsh", "Ines Roth"):
        stand.type(body.about.reviewers.entry, name)
        stand.qtbot.keyClick(body.about.reviewers.entry, Qt.Key.Key_Return)
    body.about.reviewers.chips[1].setFocus()
    stand.qtbot.keyClick(body.about.reviewers.chips[1], Qt.Key.Key_Tab)
    assert body.about.days.hasFocus()


def test_every_field_has_a_name_for_screen_readers(stand):
    stops = [one for one in stand.editor.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one for one in stops if one.isVisible() and not one.accessibleName()] == []
