"""The forms of the editor: conditions drawn, times, effects, decisions, names and lists."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.drill_condition import All, AnyOf, Elapsed, Is, Not
from desktop.domain.drill_scenario import After, Effect
from desktop.domain.drill_timeline import timeline
from desktop.ui.drill.editor_mapping import read_value, value_words
from desktop.ui.drill.editor_tab import stops_of
from desktop.ui.drill.editor_words import read_moment, read_span, span_words
from tests.ui.drill.editor_stand import ALT, CONTROL, SHIFT, Stand


@pytest.fixture
def stand(stage, qtbot):
    return Stand(stage, qtbot)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("10 min", 600), ("1h 30m", 5400), ("1 h 30 min", 5400), ("90s", 90), ("45", 2700), ("-1 d", -86_400),
        ("2 hours and 5 minutes", 7500), ("soon", None), ("", None), ("1h 3", None), ("12:30", None),
    ],
)  # fmt: skip
def test_lengths_are_read_as_people_say_them(typed, seconds):
    assert read_span(typed) == seconds


@pytest.mark.parametrize("seconds", [0, 59, 60, 3600, 5400, 90_061, -600])
def test_what_is_shown_of_a_length_is_read_as_the_same(seconds):
    assert read_span(span_words(seconds)) == seconds


def test_a_point_of_time_needs_its_zone():
    assert read_moment("2026-03-02 16:10 +01:00").isoformat() == "2026-03-02T16:10:00+01:00"
    assert read_moment("2026-03-02 16:10") is None


@pytest.mark.parametrize("value", ["0", 12, True, False, ["a", "b"], {"a": [1]}, "plain, words"])
def test_values_of_fields_keep_their_kind(value):
    assert read_value(value_words(value), value) == value


def test_everything_that_takes_the_focus_says_what_it_is(stand):
    QApplication.sendPostedEvents()
    nameless = []
    for name in stand.names():
        stand.page(name)
        if name == "Injects":
            stand.inject("I04")
        QApplication.sendPostedEvents()
        nameless += [(name, stop) for stop in stops_of(stand.editor) if not stop.accessibleName().strip()]
    assert nameless == []


# -- conditions
def conditions(stand, name="I05B"):
    at = stand.inject(name)
    return stand.form.condition, lambda: stand.scenario.injects[at].when


def test_a_condition_is_shown_as_a_row_and_in_words(stand):
    field, _ = conditions(stand)
    (row,) = field.rows.values()
    assert row.kind.currentText() == "Decision"
    assert row.ref.currentText().startswith("D1")
    assert "D1 is wait" in field.said.text()


def test_another_outcome_is_ticked(stand):
    field, when = conditions(stand)
    chips = field.rows[()].words.chips
    next(chip for key, chip in chips.items() if key != "wait").click()
    assert len(when().words) == 2


def test_a_condition_is_joined_and_the_group_turned_to_any(stand):
    field, when = conditions(stand)
    stand.press(field.add)
    assert isinstance(when(), All)
    field.groups[()].join.setCurrentIndex(1)
    assert isinstance(when(), AnyOf)
    assert len(field.rows) == 2


def test_the_contrary_is_asked_for_and_taken_back(stand):
    field, when = conditions(stand)
    before = when()
    stand.press(field.rows[()].not_button)
    assert when() == Not(before)
    stand.press(field.groups[()].open)
    assert when() == before


def test_the_time_of_the_drill_is_asked_for(stand):
    field, when = conditions(stand)
    stand.pick(field.rows[()].kind, "Time of the drill")
    stand.write(field.rows[()].least, "30 min")
    assert when() == Elapsed(1800)
    stand.write(field.rows[()].most, "1 h")
    assert when() == Elapsed(1800, 3600)


def test_whether_an_expected_action_was_met_is_asked_for(stand):
    field, when = conditions(stand)
    stand.pick(field.rows[()].kind, "Expected action")
    stand.pick(field.rows[()].ref, "E04")
    assert when() == Is("expectation", "E04", ("met",))


def test_groups_go_no_deeper_than_conditions_may(stand):
    field, _ = conditions(stand)
    for _ in range(4):
        (row,) = field.rows.values()
        row.not_button.click()
    (row,) = field.rows.values()
    assert not row.not_button.isEnabled()
    assert not row.group_button.isEnabled()


def test_a_removed_condition_leaves_a_place_to_begin_anew(stand):
    field, when = conditions(stand)
    stand.press(field.rows[()].remove_button)
    assert when() is None
    assert any("needs its condition" in line for line in stand.faults())
    stand.press(field.add)
    assert when() is not None


# -- times, effects, decisions
def test_an_inject_hangs_on_the_promise_of_the_team(stand):
    at = stand.inject("I10")
    time = stand.form.time
    stand.pick(time.kind, "After an expected action")
    stand.pick(time.ref, "E08")
    stand.pick(time.field, "the team itself promised")
    stand.write(time.delay, "20 min")
    assert stand.scenario.injects[at].at_s is None
    assert stand.scenario.injects[at].after == After("expectation", "E08", "next_update_at", 1200)


def test_a_time_that_hung_on_something_becomes_plain_again(stand):
    at = stand.inject("I08")
    stand.pick(stand.form.time.kind, "At a time")
    assert (stand.scenario.injects[at].at_s, stand.scenario.injects[at].after) == (57 * 60, None)


def test_an_effect_is_chosen_and_put_off(stand):
    at = stand.inject("I12")
    effects = stand.form.effects
    before = len(stand.scenario.injects[at].effects)
    stand.press(effects.add)
    stand.pick(effects.boxes[-1].kind, "Release withheld data")
    stand.write(effects.boxes[-1].delay, "5 min")
    assert len(stand.scenario.injects[at].effects) == before + 1
    assert stand.scenario.injects[at].effects[-1] == Effect("release_data", "finance_export", 300)


def test_a_decision_is_added_with_its_default(stand):
    at = stand.inject("I12")
    decision = stand.form.decision
    stand.press(decision.add)
    stand.write(decision.form.fields["question"], "Who is told first?")
    stand.write(decision.options.rows[0].fields[1], "Those it hurts")
    stand.pick(decision.form.fields["default"], "Those it hurts")
    made = stand.scenario.injects[at].decision
    assert (made.id, made.question, made.default) == ("D3", "Who is told first?", "option1")


def test_an_option_that_is_renamed_stays_the_default(stand):
    at = stand.inject("I04")
    options = stand.form.decision.options
    old = stand.scenario.injects[at].decision.default
    row = next(row for row in options.rows if row.fields[0].text() == old)
    stand.write(row.fields[0], "later")
    stand.key(Qt.Key.Key_Tab)
    assert stand.scenario.injects[at].decision.default == "later"
    assert stand.faults() == []


def test_a_decision_goes_with_what_asked_for_it(stand):
    stand.inject("I04")
    stand.form.decision.remove.click()
    assert not any("there is no decision" in line.lower() for line in stand.faults())


def test_what_must_not_happen_has_no_deadline(stand):
    at = stand.inject("I01")
    what = stand.form.expect.form.what
    what.fields["negative"].click()
    one = stand.scenario.injects[at].expect[0]
    assert (one.negative, one.deadline_s) == (True, 0)
    assert not what.fields["deadline"].isVisible()
    what.fields["negative"].click()
    assert stand.scenario.injects[at].expect[0].deadline_s == 600


def test_a_check_is_read_from_what_is_chosen(stand):
    at = stand.inject("I09")
    checks = stand.form.expect.form.checks
    stand.press(checks.add)
    row = checks.rows[-1]
    stand.write(row.fields[0], "Nothing blames anybody")
    stand.pick(row.fields[2].first, "Words are clean")
    stand.pick(row.fields[2].second, "blame")
    assert stand.scenario.injects[at].expect[0].checks[-1].auto == "lint:blame"


def test_a_gap_is_chosen_by_its_category(stand):
    at = stand.inject("I12")
    gap = stand.form.expect.form.after.fields["gap"]
    stand.pick(gap.first, "Handoff quality")
    stand.pick(gap.second, "HQ5")
    assert stand.scenario.injects[at].expect[0].gap.code == "HQ5"


# -- names, variables, lists
def test_a_seat_that_is_renamed_keeps_all_that_is_sent_to_it(stand):
    seats = stand.page("Clock and seats").blocks[1]
    row = next(row for row in seats.rows if row.fields[0].text() == "lead")
    stand.write(row.fields[0], "chief")
    stand.key(Qt.Key.Key_Return)
    assert stand.faults() == []
    assert any("chief" in each.to for each in stand.scenario.injects)


def test_a_name_that_is_taken_is_refused_beside_it(stand):
    seats = stand.page("Clock and seats").blocks[1]
    stand.write(seats.rows[0].fields[0], "lead")
    stand.key(Qt.Key.Key_Return)
    assert "There is “lead” already" in seats.rows[0].error.text()


def test_variables_tell_where_they_are_used(stand):
    field = stand.page("Phases and words").blocks[1]
    assert "Used in" in field.lines[0].used.text()
    stand.press(field.add)
    assert field.lines[-1].used.text().startswith("Not used yet")


def test_braces_offer_the_variables(stand):
    stand.inject("I12")
    field = stand.form.read.fields["body"]
    stand.write(field, "For {{cus")
    help_ = next(child for child in field.children() if hasattr(child, "completer"))
    assert help_.is_open
    assert help_.names() == ["customer_a", "customer_b"]
    stand.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "For {{customer_a}}"
    assert stand.faults() == []


def test_lines_are_moved_by_keyboard(stand):
    objectives = stand.page("Goals").blocks[0]
    first = stand.scenario.objectives[0]
    stand.tab_to(objectives.rows[0].fields[1])
    stand.key(Qt.Key.Key_Down, ALT)
    assert stand.scenario.objectives[1] == first


# -- injects, timeline, checks
def test_an_inject_is_copied_moved_and_removed_by_keyboard(stand):
    at = stand.inject("I04")
    view = stand.body.injects.list.view
    view.setFocus()
    stand.key(Qt.Key.Key_D, CONTROL | SHIFT)
    assert stand.scenario.injects[at + 1].id == "I13"
    stand.key(Qt.Key.Key_Up, ALT)
    assert stand.scenario.injects[at].id == "I13"
    stand.key(Qt.Key.Key_Delete)
    assert stand.scenario.injects[at].id == "I04"
    assert stand.faults() == []


def test_the_arrows_of_the_timeline_go_from_inject_to_inject(stand):
    line = stand.body.timeline
    line.setFocus()
    stand.key(Qt.Key.Key_Home)
    stand.key(Qt.Key.Key_Right)
    assert stand.body.injects.list.at() == 1
    assert "I02, 0:06" in line.accessibleDescription()


def test_a_click_on_the_timeline_chooses_the_inject(stand):
    line = stand.body.timeline
    mark = timeline(stand.scenario).marks[3]
    stand.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.place_of(mark).toPoint() + QPoint(1, 1))
    assert stand.form.how.fields["id"].text() == mark.id


def test_the_timeline_stands_any_scenario(stand):
    for path, value in (
        (("phases",), None), (("injects",), []), (("clock", "duration"), "0m"),
    ):  # fmt: skip
        stand.editor.pen.put(path, value if value is not None else [])
        assert not stand.body.timeline.grab().isNull()


def test_a_fault_leads_to_its_field(stand):
    stand.editor.pen.put(("injects", 5, "expect", 0, "role"), "nobody")
    stand.page("About")
    stand.faults()
    stand.body.checks.view.setFocus()
    stand.key(Qt.Key.Key_Down)
    stand.key(Qt.Key.Key_Return)
    assert stand.body.page is stand.body.injects
    assert QApplication.focusWidget() is stand.form.expect.form.what.fields["role"]


def test_words_that_give_the_drill_away_are_told(stand):
    stand.editor.pen.put(("injects", 0, "body"), "The root cause is the worker.")
    assert any("gives the drill away" in line for line in stand.faults())


def test_a_branch_that_nothing_reaches_is_told(stand):
    at = stand.inject("I05B")
    stand.editor.pen.put(
        ("injects", at, "when"), {"all": [{"decision": "D1", "is": ["wait"]}, {"elapsed": {"max": "1m"}}]}
    )
    assert any("can never be reached" in line for line in stand.faults())
