import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.ui.shortcuts import ShortcutSheet
from desktop.ui.window import MainWindow
from tests.ui.board_support import FakeState, a_row
from tests.ui.window_support import a_window

Key, Control, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(open_window):
    return open_window(
        a_row(1, due_min=30), a_row(2, due_min=70, unacknowledged=True), a_row(3, state="working", due_min=-2)
    )


def click_card(desk, state, at):
    view = desk.window.board.cards.lanes.lane(state).view
    place = view.visualRect(view.model().index(at, 0)).center()
    desk.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    return view


def test_the_board_is_the_first_page(desk):
    assert desk.window.pages.current_id == "page.board"
    assert desk.window.side.button("page.board").isChecked()


def test_a_page_is_reached_by_the_sidebar_and_by_its_key(desk):
    desk.bot.mouseClick(desk.window.side.button("page.intake"), Qt.MouseButton.LeftButton)
    assert desk.window.pages.current_id == "page.intake"
    assert desk.intake.field.hasFocus()
    desk.bot.keyClick(desk.intake.field, Key.Key_1, Control)
    assert desk.window.pages.current_id == "page.board"


def test_pages_and_actions_that_do_not_exist_are_not_offered(desk):
    desk.window.dispatcher.refresh()
    assert not desk.stage.actions["page.alarms"].isVisible()
    assert not desk.stage.actions["import_file"].isVisible()
    assert desk.stage.actions["page.intake"].isVisible()


def test_a_letter_on_a_card_runs_the_command_on_it(desk):
    view = click_card(desk, "triaged", 0)
    desk.bot.keyClick(view, Key.Key_A)
    assert desk.commands.ran == [("escalation.acknowledge", (1,))]


def test_a_command_runs_on_everything_selected(desk):
    view = click_card(desk, "triaged", 0)
    desk.bot.keyClick(view, Key.Key_Down, Shift)
    desk.do("escalation.snooze")
    assert desk.commands.ran == [("escalation.snooze", (1, 2))]


def test_without_a_selection_commands_are_greyed_with_a_reason(desk):
    desk.window.board.selection.select_only(0)
    desk.window.dispatcher.refresh()
    assert not desk.stage.actions["escalation.acknowledge"].isEnabled()
    assert desk.stage.actions.why_not("escalation.acknowledge") == "Select a card first."


def test_what_the_rights_forbid_is_greyed_with_their_reason(desk):
    click_card(desk, "triaged", 0)
    desk.commands.refusal = "Only a senior engineer may do this."
    desk.window.dispatcher.refresh()
    assert desk.stage.actions.why_not("escalation.contain") == "Only a senior engineer may do this."


def test_an_action_of_a_page_waits_for_what_it_needs(desk):
    desk.window.pages.go_to("page.intake")
    desk.do("intake.submit")
    assert desk.intake.ran == []
    desk.intake.field.setText("Acme")
    desk.do("intake.submit")
    assert desk.intake.ran == ["intake.submit"]


def test_return_opens_the_details_and_goes_there(desk):
    view = click_card(desk, "triaged", 1)
    desk.bot.keyClick(view, Key.Key_Return)
    assert desk.panel.shown[-1] == 2
    assert desk.panel.field.hasFocus()


def test_space_peeks_and_the_focus_stays(desk):
    desk.window.details.set_shown(False)
    view = click_card(desk, "triaged", 1)
    desk.bot.keyClick(view, Key.Key_Space)
    assert desk.window.details.isVisible()
    assert desk.panel.shown[-1] == 2
    assert view.hasFocus()


def test_the_details_follow_the_current_card_while_they_are_in_sight(desk):
    desk.window.details.set_shown(True)
    view = click_card(desk, "triaged", 0)
    desk.bot.keyClick(view, Key.Key_J)
    assert desk.panel.shown[-2:] == [1, 2]


def test_escape_on_the_board_leaves_the_card_in_the_panel(desk):
    desk.window.details.set_shown(True)
    view = click_card(desk, "triaged", 0)
    desk.bot.keyClick(view, Key.Key_Escape)
    assert desk.window.board.selected_ids() == ()
    assert desk.panel.shown[-1] == 1
    assert desk.window.escalations.ids_now() == (1,)


def test_nothing_is_done_to_a_card_that_only_a_hidden_panel_shows(desk):
    desk.window.details.set_shown(True)
    view = click_card(desk, "triaged", 0)
    desk.window.details.set_shown(False)
    desk.bot.keyClick(view, Key.Key_Escape)
    assert desk.window.escalations.ids_now() == ()


def test_the_panel_opens_with_the_card_that_was_chosen_before_it_was_there(desk):
    desk.window.details.set_shown(False)
    click_card(desk, "triaged", 1)
    desk.window.details._wanted = 0
    desk.window.dispatcher.run("toggle_details")
    assert desk.panel.shown[-1] == 2


def test_a_command_can_be_wanted_on_what_is_not_selected(desk):
    click_card(desk, "triaged", 0)
    desk.window.dispatcher.run_on("escalation.acknowledge", (9,))
    assert desk.commands.ran == [("escalation.acknowledge", (9,))]


def test_done_work_is_told_with_a_way_back(desk):
    desk.window.escalations.take_work(Done((1,), (7,), "Note on ESC-2026-0001"))
    assert desk.window.toast.text == "Note on ESC-2026-0001"
    desk.bot.mouseClick(desk.window.toast.button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.undoing.asked == [(7,)]
    assert desk.window.toast.text == "Undone: Note on ESC-2026-0001"


def test_the_menu_names_the_step_that_undo_takes_back(desk):
    desk.window.escalations.take_work(Done((1,), (7,), "Note on ESC-2026-0001"))
    desk.settle()
    assert desk.stage.actions["undo"].text() == "Undo Note on ESC-2026-0001"
    desk.do("undo")
    assert desk.stage.actions["redo"].text() == "Redo Note on ESC-2026-0001"


def test_a_refusal_stays_in_sight_until_it_is_put_away(desk):
    desk.stage.runner.error_raised.emit(DeskError("The database is full.", hint="Make room."), None)
    assert desk.window.banners.texts() == ["The database is full. Make room."]


def test_control_j_goes_to_the_most_urgent_unacknowledged_clock_from_any_page(desk):
    desk.window.pages.go_to("page.intake")
    desk.do("jump_urgent")
    assert desk.window.pages.current_id == "page.board"
    assert desk.window.board.selected_ids() == (2,)
    assert desk.panel.shown[-1] == 2


def test_f6_goes_round_all_panes_and_back(desk):
    desk.window.details.set_shown(True)
    view = click_card(desk, "triaged", 0)
    seen = []
    for _ in range(5):
        desk.do("next_pane")
        seen.append(QApplication.focusWidget())
    assert len(set(map(id, seen))) == 5
    assert seen[-1] is view


def test_a_theme_is_taken_and_remembered(desk):
    desk.do("view.theme_dark")
    assert desk.stage.theme.name == "dark"
    assert desk.settings.kept["theme"] == "dark"
    assert desk.stage.actions["view.theme_dark"].isChecked()


def test_density_is_taken_and_remembered(desk):
    desk.do("view.comfortable")
    assert desk.window.board.cards.look.density == "comfortable"
    assert desk.settings.kept["density"] == "comfortable"


def test_single_letters_can_be_switched_off(desk):
    desk.do("view.single_letters")
    view = click_card(desk, "triaged", 0)
    desk.bot.keyClick(view, Key.Key_A)
    desk.bot.keyClick(view, Key.Key_J)
    assert (desk.commands.ran, desk.window.board.selected_ids()) == ([], (1,))
    assert desk.settings.kept["letter_keys"] is False


def test_question_mark_shows_the_keys_of_what_exists(desk):
    view = click_card(desk, "triaged", 0)
    desk.bot.keyClick(view, "?")
    sheet = desk.window.findChild(ShortcutSheet)
    lines = {words: keys for _, words, keys in sheet.lines()}
    assert sheet.isVisible()
    assert lines["Acknowledge"] == "A"
    assert "Import" not in lines
    sheet.close()


def test_quitting_while_clocks_run_out_says_how_many_and_stays_unless_told(desk):
    desk.window.close()
    question = desk.window.leaving.question
    assert desk.window.isVisible()
    assert question.informativeText() == "1 clock will breach in the next hour."
    assert question.defaultButton().text() == "Cancel"
    question.findChild(QAbstractButton, "cancel").click()
    assert desk.window.isVisible()


def test_quit_means_quit(desk):
    desk.window.close()
    with desk.bot.waitSignal(desk.window.closing):
        desk.window.leaving.question.findChild(QAbstractButton, "quit").click()
    assert not desk.window.isVisible()


def test_with_nothing_due_it_closes_without_a_word(open_window):
    desk = open_window(a_row(1, due_min=300))
    with desk.bot.waitSignal(desk.window.closing):
        desk.window.close()


def test_page_panel_and_size_come_back_after_a_restart(open_window):
    state = FakeState()
    first = open_window(a_row(1, due_min=300), state=state, size=(1200, 760))
    first.window.details.set_shown(False)
    first.window.pages.go_to("page.intake")
    first.window.close()
    first.settle()
    assert json.loads(state.kept["window"])["page"] == "page.intake"
    second = open_window(a_row(1, due_min=300), state=state, size=(1200, 760))
    assert second.window.pages.current_id == "page.intake"
    assert second.window.details.isHidden()


def test_damaged_state_is_no_reason_not_to_open(open_window):
    state = FakeState()
    state.kept["window"] = '{"geometry": 3, "page": "page.nowhere"'
    assert open_window(state=state).window.pages.current_id == "page.board"


def test_the_sidebar_shows_pictures_alone_where_there_is_little_room(open_window):
    desk = open_window(a_row(1), size=(1024, 768))
    assert desk.window.width() == 1024
    assert desk.window.side.width() < 60
    assert desk.window.side.button("page.intake").accessibleName() == "Intake"


def test_the_clock_of_the_screen_stands_still_while_the_window_is_hidden(desk):
    assert desk.stage.heartbeat.is_running
    desk.window.hide()
    assert not desk.stage.heartbeat.is_running


def test_the_next_deadline_is_told_at_the_bottom(desk):
    desk.stage.heartbeat.slowly_ticked.emit(desk.stage.heartbeat.now_us())
    assert desk.window.status.text("deadline").endswith("ESC-2026-0001 contain")


def test_everything_a_person_can_use_has_a_name_of_its_own(desk):
    desk.window.details.set_shown(True)
    click_card(desk, "triaged", 0)
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    widgets = [w for kind in kinds for w in desk.window.findChildren(kind) if w.isVisible()]
    names = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in widgets]
    assert all(names)
    assert sorted(names) == sorted(set(names))


def test_a_page_is_made_when_somebody_goes_there(desk):
    made = []

    def make():
        made.append(QLineEdit())
        return made[-1]

    desk.window.pages.add_later("page.import", make)
    before = len(made)
    desk.do("page.import")
    desk.do("page.board")
    desk.do("page.import")
    assert (before, made) == (0, [desk.window.pages.current])


def test_a_fault_from_before_the_window_has_its_parts_is_told_once_it_has_them(stage, clock, qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_error(DeskError("The log cannot be read."))
    desk = a_window(stage, clock, qtbot, (), FakeState(), window)
    assert desk.window.banners.texts() == ["The log cannot be read."]
