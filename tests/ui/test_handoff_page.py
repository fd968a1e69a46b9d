"""The page of handoffs over a real desk: Onno gives, Sana takes."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.handoff import HandoffState, ItemState, NoteKind, Part
from desktop.domain.person import Role
from desktop.services.settings import SettingsService
from desktop.ui.handoff.page import GIVE, TAKE, HandoffPage
from desktop.wiring.handoffs import DeskHandoffs
from tests.services.handoff_desk import HandoffDesk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def settle(around, qtbot):
    qtbot.waitUntil(lambda: around.runner.pending == 0)


@pytest.fixture
def handoffs(real_desk):
    """Handoffs of the desk; Onno works at it."""
    real_desk.act_as(Role.ON_CALL)
    return HandoffDesk(real_desk.base)


@pytest.fixture
def keeps(real_desk, handoffs):
    base = real_desk.base
    desk = SimpleNamespace(
        store=base.store,
        clock=base.clock,
        bus=base.bus,
        escalations=base.commands,
        person=real_desk.person,
        draft=real_desk.draft,
        settings=SettingsService(store=base.store),
    )
    return DeskHandoffs(desk)


@pytest.fixture
def open_page(keeps, around, qtbot):
    """Opens the page as whoever works at the desk sees it."""

    def opened() -> HandoffPage:
        page = HandoffPage(keeps, around)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        settle(around, qtbot)
        return page

    return opened


@pytest.fixture
def taking(open_page, handoffs, real_desk):
    """The page of Sana, to whom three escalations are offered."""

    def opened(count: int = 3) -> HandoffPage:
        handoffs.offered(count)
        real_desk.act_as(Role.SENIOR_ENGINEER)
        return open_page()

    return opened


def draw_up(page, around, qtbot):
    page.hand_over()
    settle(around, qtbot)


def choose(page, place):
    side = page.give if page.tabs.currentIndex() == GIVE else page.take
    side.pane.table.selectRow(place)
    return side.pane


def press(page, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page.take.pane.table, key, modifier)


# -- whoever gives


def test_before_anything_is_handed_over_the_page_says_how_to_begin(open_page, handoffs):
    handoffs.own(2)
    page = open_page()
    assert page.give.empty.isVisible()
    assert "You own 2 open escalations" in page.give.empty.sentence


def test_handing_over_draws_up_what_one_owns(open_page, handoffs, around, qtbot):
    handoffs.own(3)
    page = open_page()
    draw_up(page, around, qtbot)
    assert page.give.view.state is HandoffState.DRAFT
    assert len(page.give.view.items) == 3
    assert "still yours" not in page.give.standing.text()
    assert "All of it is yours until it is accepted" in page.give.owners.text()


def test_an_item_says_which_parts_nobody_has_written(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    pane = choose(page, 1)
    assert pane.sheet.state.text() == "3 of 5 parts written. Not written: actions taken and next steps."


def test_what_is_typed_into_a_part_is_kept_and_marked_as_ones_own(open_page, handoffs, keeps, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    field = choose(page, 1).sheet.boxes[Part.NEXT_STEPS].field
    qtbot.keyClicks(field, "Call Northwind at ten")
    page.give.save_words()
    settle(around, qtbot)
    item = keeps.found().given[0].items[0]
    assert item.words[Part.NEXT_STEPS] == "Call Northwind at ten"
    assert Part.NEXT_STEPS in item.typed


def test_typing_goes_on_while_the_page_is_read_anew(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    field = choose(page, 1).sheet.boxes[Part.NEXT_STEPS].field
    qtbot.keyClicks(field, "Half a sen")
    page.refresh()
    settle(around, qtbot)
    qtbot.keyClicks(field, "tence")
    assert field.toPlainText() == "Half a sentence"


def test_words_survive_the_closing_of_the_page(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    qtbot.keyClicks(choose(page, 1).sheet.boxes[Part.NEXT_STEPS].field, "Ring them")
    qtbot.keyClicks(page.give.pane.shift.notes[NoteKind.DO_NOT].field, "Do not rest")
    page.hide()
    settle(around, qtbot)
    again = open_page()
    assert choose(again, 1).sheet.boxes[Part.NEXT_STEPS].field.toPlainText() == "Ring them"
    assert choose(again, 0).shift.notes[NoteKind.DO_NOT].field.text() == "Do not rest"


def test_a_note_is_added_by_enter(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    field = choose(page, 0).shift.notes[NoteKind.DO_NOT].field
    qtbot.keyClicks(field, "Do not restart the queue")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(around, qtbot)
    assert [note.text for note in page.give.view.handoff.notes] == ["Do not restart the queue"]
    assert field.text() == ""


def test_open_promises_are_told_with_their_time_and_zone(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    assert "UTC" in choose(page, 0).shift.promises.text


def test_what_is_left_out_is_named_and_can_be_put_in_again(open_page, handoffs, around, qtbot):
    handoffs.own(2)
    page = open_page()
    draw_up(page, around, qtbot)
    left = page.give.view.items[0].escalation_id
    qtbot.mouseClick(choose(page, 1).sheet.keep_button, Qt.MouseButton.LeftButton)
    settle(around, qtbot)
    assert [each.escalation_id for each in page.give.view.left_out] == [left]
    page.give.pane.shift.put_in.emit(left)
    settle(around, qtbot)
    assert len(page.give.view.items) == 2


def test_control_and_enter_offers_it_with_the_last_words(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    page.give.head.receiver.set_value(str(handoffs.taker.id))
    field = choose(page, 1).sheet.boxes[Part.NEXT_STEPS].field
    qtbot.keyClicks(field, "Look at the logs")
    qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    settle(around, qtbot)
    assert page.give.view.state is HandoffState.OFFERED
    assert page.give.view.items[0].words[Part.NEXT_STEPS] == "Look at the logs"
    assert "Not accepted: still yours" in page.give.owners.text()


def test_without_a_receiver_nothing_is_offered(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    page.give.head.receiver.set_value("")
    page.give.offer()
    assert page.give.fault.text() == "Say who it is handed over to."


def test_the_end_of_the_shift_can_be_said(open_page, handoffs, around, qtbot):
    handoffs.own(1)
    page = open_page()
    draw_up(page, around, qtbot)
    qtbot.mouseClick(page.give.head.end_button, Qt.MouseButton.LeftButton)
    field = page.give.box.prompt.widget("end")
    field.setDateTime(field.dateTime().addSecs(3600))
    page.give.box.prompt.accept()
    settle(around, qtbot)
    assert page.give.view.handoff.shift_end_at is not None
    assert "The shift ends Mon" in page.give.head.end.text()


def test_the_giver_answers_what_was_asked_back(open_page, handoffs, around, qtbot):
    view = handoffs.offered(1)
    handoffs.handoff.ask_back(view.items[0].id, "Which region?", handoffs.sana)
    page = open_page()
    sheet = choose(page, 1).sheet
    qtbot.keyClicks(sheet.questions.first_field(), "Europe")
    qtbot.keyClick(sheet.questions.first_field(), Qt.Key.Key_Return, CONTROL)
    settle(around, qtbot)
    assert page.give.view.items[0].questions[0].answer == "Europe"
    assert sheet.questions.first_field() is None


def test_after_an_answer_the_next_question_is_answered(open_page, handoffs, around, qtbot):
    view = handoffs.offered(2)
    for item in view.items:
        handoffs.handoff.ask_back(item.id, f"What of {item.number}?", handoffs.sana)
    page = open_page()
    sheet = choose(page, 1).sheet
    qtbot.keyClicks(sheet.questions.first_field(), "This")
    qtbot.keyClick(sheet.questions.first_field(), Qt.Key.Key_Return, CONTROL)
    settle(around, qtbot)
    assert page.give.pane.item().id == view.items[1].id
    assert sheet.questions.first_field().hasFocus()


def test_a_half_typed_answer_survives_a_crash(open_page, handoffs, around, qtbot):
    view = handoffs.offered(1)
    handoffs.handoff.ask_back(view.items[0].id, "Which region?", handoffs.sana)
    page = open_page()
    qtbot.keyClicks(choose(page, 1).sheet.questions.first_field(), "Euro")
    page.words.save()
    settle(around, qtbot)
    again = open_page()
    assert choose(again, 1).sheet.questions.first_field().toPlainText() == "Euro"


def test_withdrawing_asks_why_and_keeps_what_was_not_accepted(open_page, handoffs, around, qtbot):
    handoffs.offered(2)
    page = open_page()
    page.give.withdraw()
    page.give.box.prompt.accept()
    settle(around, qtbot)
    assert page.give.view is None
    assert page.past.table.selected()[0].state is HandoffState.WITHDRAWN


# -- whoever takes


def test_what_is_offered_is_the_first_thing_one_sees(taking):
    page = taking(3)
    assert page.tabs.currentIndex() == TAKE
    assert page.tabs.tabText(TAKE) == "Take over (3)"
    assert "still Onno Kay's" in page.take.owners.text()


def test_the_list_has_the_keyboard_although_it_came_late(open_page, handoffs, real_desk, around, qtbot):
    real_desk.act_as(Role.SENIOR_ENGINEER)
    page = open_page()
    page.show_tab(TAKE)
    page.focus_first()
    assert page.tabs.hasFocus()
    handoffs.offered(1)
    page.refresh()
    settle(around, qtbot)
    assert page.take.pane.table.hasFocus()


def test_a_accepts_the_current_one_and_goes_on_to_the_next(taking, handoffs, around, qtbot):
    page = taking(3)
    first = page.take.pane.item()
    press(page, qtbot, Qt.Key.Key_A)
    settle(around, qtbot)
    assert handoffs.owner(first.escalation_id) == handoffs.taker.id
    assert page.take.pane.item().id == page.take.view.items[1].id


def test_whoever_types_fast_accepts_each_once(taking, handoffs, around, qtbot):
    page = taking(3)
    view = page.take.view
    for _ in range(3):
        press(page, qtbot, Qt.Key.Key_A)
    settle(around, qtbot)
    assert [item.state for item in handoffs.handoff.view(view.id).items] == [ItemState.ACCEPTED] * 3
    assert not page.take.fault.isVisible()


def test_an_acceptance_is_one_step_to_take_back(taking, handoffs, around, qtbot):
    page = taking(1)
    escalation_id = page.take.pane.item().escalation_id
    with qtbot.waitSignal(page.work_done) as told:
        press(page, qtbot, Qt.Key.Key_A)
    step = told.args[0]
    assert step.label.startswith("Acceptance of ESC-")
    handoffs.base.commands.undoing.undo(step.seqs, handoffs.sana)
    assert handoffs.owner(escalation_id) == handoffs.giver.id


def test_q_asks_back_and_the_item_waits(taking, around, qtbot):
    page = taking(2)
    press(page, qtbot, Qt.Key.Key_Q)
    qtbot.keyClicks(page.take.box.prompt.widget("question"), "Who has the keys?")
    qtbot.keyClick(page.take.box.prompt.widget("question"), Qt.Key.Key_Return, CONTROL)
    settle(around, qtbot)
    item = page.take.view.items[0]
    assert item.state is ItemState.ASKED_BACK
    assert item.questions[0].question == "Who has the keys?"
    assert page.take.pane.item().id == page.take.view.items[1].id


def test_a_half_typed_question_survives_a_crash(taking, open_page, around, qtbot):
    page = taking(1)
    press(page, qtbot, Qt.Key.Key_Q)
    qtbot.keyClicks(page.take.box.prompt.widget("question"), "Who has")
    page.words.save()
    settle(around, qtbot)
    again = open_page()
    press(again, qtbot, Qt.Key.Key_Q)
    assert again.take.box.prompt.answers()["question"] == "Who has"


def test_d_declines_with_a_reason_and_it_stays_the_givers(taking, handoffs, around, qtbot):
    page = taking(1)
    item = page.take.pane.item()
    press(page, qtbot, Qt.Key.Key_D)
    qtbot.keyClicks(page.take.box.prompt.widget("reason"), "Not my field")
    qtbot.keyClick(page.take.box.prompt.widget("reason"), Qt.Key.Key_Return, CONTROL)
    settle(around, qtbot)
    assert handoffs.owner(item.escalation_id) == handoffs.giver.id
    assert handoffs.handoff.view(item.handoff_id).items[0].state is ItemState.DECLINED


def test_shift_a_reads_back_what_it_means_and_then_takes_everything(taking, handoffs, around, qtbot):
    page = taking(3)
    view = page.take.view
    press(page, qtbot, Qt.Key.Key_A, SHIFT)
    prompt = page.take.box.prompt
    assert "You own 3 escalations of Onno Kay's from now on." in prompt_text(prompt)
    assert "First promise:" in prompt_text(prompt)
    prompt.accept()
    settle(around, qtbot)
    assert handoffs.handoff.view(view.id).state is HandoffState.ACCEPTED


def test_each_item_is_read_back_before_it_is_accepted(taking):
    page = taking(1)
    assert page.take.pane.sheet.read_back.text().startswith("Read back: from now on you own")


def test_letters_do_nothing_where_they_are_switched_off(taking, around, qtbot):
    page = taking(1)
    around.actions.set_letters_on(False)
    press(page, qtbot, Qt.Key.Key_A)
    settle(around, qtbot)
    assert page.take.view.items[0].is_open


def test_nobody_accepts_for_another(open_page, handoffs):
    handoffs.offered(1)
    page = open_page()
    assert page.take.view is None
    assert page.take.why_not_item("handoff.accept") == "Nothing is handed over to you."


# -- as files


@pytest.mark.parametrize("ending", ["pdf", "md"])
def test_a_handoff_is_saved_as_a_file_and_the_line_leads_there(ending, taking, around, qtbot, tmp_path):
    page = taking(1)
    page._save_id = page.take.view.id
    page._save(str(tmp_path / f"over.{ending}"))
    settle(around, qtbot)
    assert (tmp_path / f"over.{ending}").stat().st_size > 500
    assert page.saved.said.text().startswith(f"over.{ending} is saved in")


def prompt_text(prompt):
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in prompt.findChildren(QLabel))
