"""The trainer runs a drill from the console: what there is to see, and what keys and buttons do."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.drill_log import Kind
from desktop.domain.drill_record import RunMode
from desktop.domain.errors import DeskError
from desktop.ui.drill.console import Console
from desktop.ui.drill.live import LiveDrill
from tests.domain.drills import charged_twice
from tests.ui.drill.console_stand import MINUTE, SECOND, MemoryDirector

Key = Qt.Key


class Table:
    """A trainer before the console of a drill."""

    def __init__(self, around, qtbot, director, size=(1280, 800)):
        self.around, self.qtbot, self.director = around, qtbot, director
        self.live = LiveDrill(director, around.runner)
        self.console = Console(around)
        qtbot.addWidget(self.console)
        self.console.resize(*size)
        with qtbot.waitActive(self.console):
            self.console.show()
            self.console.activateWindow()
        self.console.show_drill(self.live, "Tess")
        self.beat()
        self.console.focus_first()
        self.desk = self.console.desk

    def beat(self, later_ms=0):
        self.director.later(later_ms)
        self.live.beat()
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: self.around.runner.pending == 0)

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(self.console.focusWidget() or self.console, key, modifier)
            self.settle()

    def type(self, text):
        self.qtbot.keyClicks(self.console.focusWidget(), text)

    def fired(self):
        return [each.body["inject"] for each in self.director.entries(Kind.FIRED)]

    def said(self):
        return " ".join(self.desk.banners.texts())

    def rows(self):
        return [(row.title if row.is_head else row.key) for row in self.desk.list.lines.rows]


@pytest.fixture
def sit_down(stage, qtbot):
    """Begins a drill and sits down before its console."""

    def opened(minutes=0, *, mode=RunMode.TABLE, scenario=None, start=True):
        director = MemoryDirector(scenario or charged_twice(), mode)
        if start:
            director.start("Tess")
            director.later(int(minutes * MINUTE))
        return Table(stage, qtbot, director)

    return opened


def test_without_a_drill_the_console_says_to_choose_one(stage, qtbot):
    console = Console(stage)
    qtbot.addWidget(console)
    console.show()
    assert console.empty.isVisible()
    with qtbot.waitSignal(console.library_requested):
        console.empty.button.click()


def test_the_clock_runs_with_the_drill_and_freezes_with_it(sit_down):
    table = sit_down(1)
    table.beat(5 * SECOND)
    assert table.desk.head.clock.text() == "T+00:01:05"
    table.press(Key.Key_Space)
    table.beat(10 * MINUTE)
    assert table.desk.head.clock.text() == "T+00:01:05"
    assert table.desk.head.state.word == "PAUSED"


def test_space_lets_it_run_on(sit_down):
    table = sit_down(1)
    table.press(Key.Key_Space, Key.Key_Space)
    assert table.desk.head.state.word == "RUNNING"


def test_space_starts_a_drill_that_was_only_briefed(sit_down):
    table = sit_down(start=False)
    assert table.desk.head.state.word == "BRIEFING"
    table.press(Key.Key_Space)
    assert table.desk.head.state.word == "RUNNING"


def test_the_newest_inject_is_shown_as_it_comes(sit_down):
    table = sit_down(1)
    assert table.desk.shown == "I01"
    table.beat(5 * MINUTE)
    assert table.desk.shown == "I02"
    assert "charged us twice" in table.desk.inject.player.body.text()


def test_the_inject_that_the_trainer_picked_stays_until_esc(sit_down):
    table = sit_down(1)
    table.desk.list.choose("I06")
    table.beat(5 * MINUTE)
    assert table.desk.shown == "I06"
    table.press(Key.Key_Escape)
    assert table.desk.shown == "I02"


def test_f_fires_the_next_inject(sit_down):
    table = sit_down(1)
    table.press(Key.Key_F)
    assert table.fired() == ["I01", "I02"]
    assert table.desk.shown == "I02"


def test_f_fires_the_picked_one(sit_down):
    table = sit_down(1)
    table.desk.list.choose("I07")
    table.press(Key.Key_F)
    assert table.fired() == ["I01", "I07"]


def test_i_fires_the_next_whatever_is_picked(sit_down):
    table = sit_down(1)
    table.desk.list.choose("I07")
    table.press(Key.Key_I)
    assert table.fired() == ["I01", "I02"]


def test_k_asks_for_a_reason_and_skips(sit_down):
    table = sit_down(1)
    table.press(Key.Key_K)
    prompt = table.console.wishes.asks.box.prompt
    prompt.accept()
    assert prompt.row("reason").error
    prompt.widget("reason").setText("No time left")
    prompt.accept()
    table.settle()
    assert table.director.entries(Kind.SKIPPED)[0].body == {"inject": "I02", "reason": "No time left"}
    assert table.console.wishes.asks.box.prompt is None


def test_a_digit_ticks_the_expected_action_at_the_current_second(sit_down):
    table = sit_down(1)
    table.beat(7 * SECOND)
    table.press(Key.Key_1)
    (entry,) = table.director.entries(Kind.OBSERVED)
    assert (entry.body["expectation"], entry.sim_ms) == ("E01", MINUTE + 7 * SECOND)


def test_a_digit_with_shift_back_dates_it(sit_down):
    table = sit_down(3)
    table.press(Key.Key_1, modifier=Qt.KeyboardModifier.ShiftModifier)
    prompt = table.console.wishes.asks.box.prompt
    prompt.widget("ago").setText("2:30")
    prompt.accept()
    table.settle()
    (entry,) = table.director.entries(Kind.OBSERVED)
    assert (entry.body["expectation"], entry.body["at_s"], entry.sim_ms) == ("E01", 30, 3 * MINUTE)


def test_p_s_m_u_rate_the_action_that_is_meant(sit_down):
    table = sit_down(1)
    table.press(Key.Key_E, Key.Key_S)
    (entry,) = table.director.entries(Kind.OBSERVED)
    assert (entry.body["expectation"], entry.body["rating"]) == ("E02", "S")


def test_h_shows_the_players_a_hint(sit_down):
    table = sit_down(7)
    table.press(Key.Key_H)
    assert table.director.entries(Kind.HINT)[0].body["expectation"] == "E03"
    assert "Told: Compare the payment times" in table.desk.inject.expects.cards["E03"].hints.text()


def test_the_parts_that_were_seen_are_ticked_by_box(sit_down):
    table = sit_down(15)
    table.desk.inject.expects.cards["E06"].checks.boxes["approver"].click()
    table.settle()
    (entry,) = table.director.entries(Kind.OBSERVED)
    assert (entry.body["expectation"], entry.body["ok"]) == ("E06", ("approver",))


def test_what_must_not_happen_has_its_own_mark(sit_down):
    table = sit_down(55)
    table.desk.list.choose("I10")
    card = table.desk.inject.expects.cards["N01"]
    assert card.tick.text() == "It happened"
    card.tick.click()
    table.settle()
    assert table.director.entries(Kind.OBSERVED)[0].body["violated"] is True
    assert card.tick.text() == "Take back"


def test_a_tick_can_be_taken_back(sit_down):
    table = sit_down(1)
    table.press(Key.Key_1)
    card = table.desk.inject.expects.cards["E01"]
    assert card.line.state == "met"
    card.tick.click()
    table.settle()
    assert table.desk.expectation("E01").state == "open"


def test_fire_and_a_decision_take_three_keys_and_its_words(sit_down):
    table = sit_down(13)
    table.press(Key.Key_F, Key.Key_D)
    table.type("1 accounts run dry tonight")
    table.press(Key.Key_Return)
    (entry,) = table.director.entries("decision.recorded")
    assert entry.sim_ms == 13 * MINUTE
    assert entry.body == {
        "decision": "D1", "option": "stop", "role": "lead", "approver": "Escalation lead",
        "rationale": "accounts run dry tonight",
    }  # fmt: skip


def test_a_decision_without_an_option_is_not_recorded_and_its_words_stay(sit_down):
    table = sit_down(14)
    table.press(Key.Key_D)
    table.type("they talk about it")
    table.press(Key.Key_Return)
    assert not table.director.entries("decision.recorded")
    assert "which option" in table.said()
    assert table.desk.inject.decision.reason.text() == "they talk about it"


def test_where_nothing_is_to_be_decided_the_words_become_a_note(sit_down):
    table = sit_down(1)
    table.press(Key.Key_D)
    prompt = table.console.wishes.asks.box.prompt
    prompt.widget("text").setText("Onno calls the customer")
    prompt.accept()
    table.settle()
    note = table.director.entries(Kind.NOTED)[0].body
    assert (note["text"], note["links"]) == ("Decision: Onno calls the customer", ["I01"])


def test_a_note_becomes_a_gap_by_keys_alone(sit_down):
    table = sit_down(1)
    table.press(Key.Key_N)
    table.type("- nobody knew whom to ask")
    table.press(Key.Key_G, modifier=Qt.KeyboardModifier.ControlModifier)
    table.type("unclear")
    table.press(Key.Key_Down)
    prompt = table.console.wishes.asks.box.prompt
    prompt.widget("code").set_value("DR1")
    prompt.accept()
    table.settle()
    note = table.director.entries(Kind.NOTED)[0].body
    assert (note["text"], note["kind"], note["gap"]) == ("nobody knew whom to ask", "improvement", "DR1")
    assert table.desk.gaps.texts == ["nobody knew whom to ask"]
    assert table.desk.note.text.toPlainText() == ""


def test_the_words_of_a_note_that_was_refused_come_back(sit_down):
    table = sit_down(start=False)
    table.desk.note.begin("Everybody is here")
    table.director.note = refusing
    table.press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert table.desk.note.text.toPlainText() == "Everybody is here"
    assert "disk is full" in table.said()


def refusing(*_said, **_more):
    raise DeskError("The disk is full.")


def test_half_a_decision_keeps_its_inject_in_sight(sit_down):
    table = sit_down(14)
    table.press(Key.Key_D)
    table.type("2 wait")
    table.beat(9 * MINUTE)
    assert table.desk.shown == "I04"
    assert table.desk.inject.decision.reason.text() == "2 wait"


def test_letters_typed_into_a_text_are_text(sit_down):
    table = sit_down(1)
    table.press(Key.Key_N)
    table.type("f k 1 p")
    assert table.fired() == ["I01"]
    assert table.desk.note.text.toPlainText() == "f k 1 p"


def test_shifted_digits_typed_into_a_text_are_text(sit_down):
    table = sit_down(1)
    table.press(Key.Key_N)
    table.type("!")
    assert table.console.wishes.asks.box.prompt is None
    assert table.desk.note.text.toPlainText() == "!"


def test_letters_that_were_switched_off_do_nothing(sit_down, stage):
    table = sit_down(1)
    stage.actions.set_letters_on(False)
    table.press(Key.Key_F, Key.Key_1, Key.Key_I)
    table.press(Key.Key_1, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert table.fired() == ["I01"]
    assert not table.director.entries(Kind.OBSERVED)
    assert table.console.wishes.asks.box.prompt is None


def test_space_on_a_box_ticks_the_box(sit_down):
    table = sit_down(15)
    box = table.desk.inject.expects.cards["E06"].checks.boxes["approver"]
    box.setFocus()
    table.qtbot.keyClick(box, Key.Key_Space)
    table.settle()
    assert table.desk.head.state.word == "RUNNING"
    assert box.isChecked()


def test_what_the_director_refuses_is_said(sit_down):
    table = sit_down(1)
    table.press(Key.Key_C)
    assert "No complication is left" in table.said()


def test_the_speed_that_is_chosen_and_why_it_runs_slower_are_told(sit_down):
    table = sit_down(1)
    table.desk.head.speeds.button("5").click()
    table.settle()
    assert table.desk.head.speeds.value() == "5"
    assert table.desk.head.slow.text() == "runs at ×1: a deadline is open"


def test_a_jump_moves_deadlines_unless_the_trainer_says_otherwise(sit_down):
    table = sit_down(1)
    table.press(Key.Key_J)
    prompt = table.console.wishes.asks.box.prompt
    prompt.widget("to").setText("12:00")
    prompt.widget("deadlines").set_value("missed")
    prompt.accept()
    table.settle()
    assert table.director.entries(Kind.JUMPED)[0].body == {"to_ms": 12 * MINUTE, "deadlines": "missed"}
    assert "behind plan 06:00" in table.desk.head.behind.text()


def test_an_improvised_inject_goes_to_the_players(sit_down):
    table = sit_down(1)
    table.press(Key.Key_X)
    prompt = table.console.wishes.asks.box.prompt
    prompt.widget("body").setPlainText("The press is calling.")
    prompt.accept()
    table.settle()
    assert table.director.entries(Kind.IMPROVISED)[0].body["body"] == "The press is calling."
    assert table.desk.shown == "X1"


def test_an_inject_fired_by_mistake_is_recalled_within_a_minute(sit_down):
    table = sit_down(1)
    table.press(Key.Key_I)
    table.desk.inject.deeds["recall"].click()
    table.settle()
    assert table.director.entries(Kind.RECALLED)[0].body["inject"] == "I02"
    table.press(Key.Key_I)
    table.beat(61 * SECOND)
    assert not table.desk.inject.deeds["recall"].isVisible()


def test_staff_notes_stand_apart_from_what_players_get(sit_down):
    table = sit_down(1)
    assert "transaction ids" in table.desk.inject.staff.notes.text()
    assert "transaction ids" not in table.desk.inject.player.body.text()


def test_to_end_it_is_asked_with_what_is_open(sit_down, qtbot):
    table = sit_down(15)
    table.console.handles()["drill.end"]()
    question = table.console.wishes.ending.question
    assert "1 decision not recorded" in question.informativeText()
    with qtbot.waitSignal(table.console.ended) as told:
        question.findChild(type(question.buttons()[0]), "end").click()
    assert told.args == [7]
    assert table.desk.head.state.word == "ENDED"


def test_the_safe_answer_keeps_the_drill_going(sit_down):
    table = sit_down(15)
    table.console.handles()["drill.end"]()
    question = table.console.wishes.ending.question
    assert question.defaultButton().objectName() == "keep"
    question.defaultButton().click()
    table.settle()
    assert table.desk.head.state.word == "RUNNING"


def test_no_duff_ends_it_without_a_question(sit_down, qtbot):
    table = sit_down(1)
    with qtbot.waitSignal(table.live.stopped_for_real):
        table.desk.head.no_duff.click()
    table.settle()
    assert table.director.stopped


def test_after_the_end_ratings_still_count(sit_down):
    table = sit_down(1)
    table.director.end("Tess")
    table.beat()
    table.press(Key.Key_S)
    assert table.director.entries(Kind.OBSERVED)[0].body["rating"] == "S"
    table.press(Key.Key_F)
    assert "has ended" in table.said()


def test_alone_the_console_only_watches(sit_down):
    table = sit_down(1, mode=RunMode.SOLO)
    table.press(Key.Key_Space, Key.Key_F, Key.Key_1)
    assert table.fired() == ["I01"]
    assert not table.director.entries(Kind.OBSERVED)
    assert not table.desk.note.isVisible()
    assert table.desk.head.buttons["end"].isVisible()


def test_a_scribe_sees_all_that_is_open_with_digits_that_stay(sit_down):
    table = sit_down(11, mode=RunMode.SCRIBE)
    before = dict(table.desk.digits)
    assert set(before) == {"E02", "E03", "E04", "E05"} | ({"E01"} & set(before))
    table.press(Qt.Key(Key.Key_0 + before["E03"]))
    assert table.director.entries(Kind.OBSERVED)[0].body["expectation"] == "E03"
    assert table.desk.digits["E04"] == before["E04"]


def test_two_hundred_injects_are_in_the_list_by_what_they_need(sit_down):
    from tests.ui.drill.console_stand import large

    table = sit_down(2, scenario=large(200))
    rows = table.rows()
    assert rows[0].startswith("Upcoming")
    assert len(rows) == 200 + 2


def test_past_its_planned_end_the_drill_says_so(sit_down):
    table = sit_down(scenario=replace(charged_twice(), pace=replace(charged_twice().pace, duration_s=60)))
    table.beat(3 * MINUTE)
    assert "Past the planned end by 02:00" in table.desk.head.overrun.text()
    assert "Twice the planned time" in table.desk.head.overrun.text()


def test_on_a_low_screen_the_kinds_of_a_note_come_with_the_keyboard(sit_down):
    table = sit_down(1)
    table.console.resize(900, 520)
    assert not table.desk.note.kind.isVisible()
    table.press(Key.Key_N)
    assert table.desk.note.kind.isVisible()
