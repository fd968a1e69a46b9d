import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.escalation import State
from desktop.domain.person import Role
from desktop.ui.escalation.commands import EscalationCommands

K = Qt.Key


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 768)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def commands_of(window, around, real_desk, qtbot):
    made = EscalationCommands(
        real_desk, window=window, runner=around.runner, heartbeat=around.heartbeat, row_of=lambda _id: None
    )
    made.refresh()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return made


@pytest.fixture
def opened(real_desk):
    return real_desk.base.open()


def run(commands_of, qtbot, around, name, *ids):
    commands_of.run(f"escalation.{name}", ids)
    qtbot.waitUntil(lambda: around.runner.pending == 0)


def press(qtbot, keys):
    """Keys where the focus is: letters as they are, others as Qt names them."""
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str):
            qtbot.keyClicks(widget, key)
        else:
            qtbot.keyClick(widget, key)


def test_what_asks_nothing_is_done_at_once(commands_of, opened, real_desk, qtbot, around):
    with qtbot.waitSignal(commands_of.work_done) as done:
        run(commands_of, qtbot, around, "acknowledge", opened.id)
    assert real_desk.base.get(opened.id).state is State.ACKNOWLEDGED
    assert done.args[0][0].label == f"Acknowledgement of {opened.number}"


def test_an_owner_is_assigned_by_typing_part_of_a_name(commands_of, opened, real_desk, qtbot, around):
    run(commands_of, qtbot, around, "assign", opened.id)
    press(qtbot, ["sana", K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    assert real_desk.base.get(opened.id).owner_id == real_desk.base.staff[Role.SENIOR_ENGINEER].id


def test_a_snooze_takes_two_digits_and_enter(commands_of, opened, real_desk, qtbot, around):
    real_desk.escalations.transition.acknowledge(opened.id, real_desk.base.coordinator)
    run(commands_of, qtbot, around, "snooze", opened.id)
    press(qtbot, ["1", "2", K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    until = real_desk.base.get(opened.id).snoozed_until
    assert (until - real_desk.clock.now()).total_seconds() == 600


def test_a_severity_takes_a_digit_a_reason_and_enter(commands_of, opened, real_desk, qtbot, around):
    run(commands_of, qtbot, around, "severity", opened.id)
    press(qtbot, ["1", "all of Europe", K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    assert real_desk.base.get(opened.id).severity == 1


def test_what_the_desk_has_against_it_stands_beside_the_field(commands_of, opened, real_desk, qtbot, around):
    run(commands_of, qtbot, around, "severity", opened.id)
    press(qtbot, ["2", "as before", K.Key_Return])
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert "SEV2 already" in commands_of.prompt.row("severity").error
    assert commands_of.prompt.answers()["reason"] == "as before"


def test_a_missing_reason_is_named_and_nothing_is_sent(commands_of, opened, real_desk, qtbot, around):
    run(commands_of, qtbot, around, "standard", opened.id)
    press(qtbot, [K.Key_Return])
    assert commands_of.prompt.row("reason").error == "Why is needed."
    assert real_desk.base.get(opened.id).state is State.NEW


def test_what_was_typed_and_put_away_comes_back(commands_of, opened, qtbot, around):
    run(commands_of, qtbot, around, "note", opened.id)
    press(qtbot, ["half a thought", K.Key_Escape])
    assert commands_of.prompt is None
    run(commands_of, qtbot, around, "note", opened.id)
    assert commands_of.prompt.answers()["text"] == "half a thought"


def test_somebody_elses_escalation_is_acknowledged_with_a_note(commands_of, opened, real_desk, qtbot, around):
    owner = real_desk.base.staff[Role.ON_CALL]
    real_desk.escalations.ownership.assign(opened.id, owner.id, real_desk.base.coordinator)
    run(commands_of, qtbot, around, "acknowledge", opened.id)
    press(qtbot, ["he is on the train", K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    assert real_desk.base.get(opened.id).state is State.ACKNOWLEDGED


def with_alarms(real_desk, *owners):
    """Escalations, acknowledged and owned, whose containment is overdue: an alarm of it stands."""
    by = real_desk.base.coordinator
    opened = [real_desk.base.open() for _ in owners]
    for each, owner in zip(opened, owners, strict=True):
        real_desk.escalations.ownership.assign(each.id, real_desk.base.staff[owner].id, by)
        real_desk.escalations.transition.acknowledge(each.id, by, "seen")
    real_desk.clock.forward(hours=30)
    real_desk.alarm.sweep()
    assert all(real_desk.alarm.alarms_of(each.id) for each in opened)
    return opened


def test_alarms_of_what_is_acknowledged_are_acknowledged_without_an_undo(
    commands_of, real_desk, qtbot, around
):
    (mine,) = with_alarms(real_desk, Role.COORDINATOR)
    with qtbot.waitSignal(commands_of.work_done) as done:
        run(commands_of, qtbot, around, "acknowledge", mine.id)
    assert real_desk.alarm.alarms_of(mine.id) == ()
    assert (done.args[0][0].undo, done.args[0][0].label.split(" of ")[-1]) == (False, mine.number)


def test_alarms_of_somebody_elses_ask_for_a_note_and_say_why(commands_of, real_desk, qtbot, around):
    (theirs,) = with_alarms(real_desk, Role.ON_CALL)
    run(commands_of, qtbot, around, "acknowledge", theirs.id)
    assert "belongs to somebody else" in commands_of.prompt.text
    press(qtbot, ["he sleeps", K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    assert real_desk.alarm.alarms_of(theirs.id) == ()


def test_of_many_alarms_those_of_others_ask_for_one_note_for_all(commands_of, real_desk, qtbot, around):
    cards = with_alarms(real_desk, Role.COORDINATOR, Role.ON_CALL, Role.ON_CALL)
    run(commands_of, qtbot, around, "acknowledge", *(each.id for each in cards))
    press(qtbot, ["both asleep", K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    assert not any(real_desk.alarm.alarms_of(each.id) for each in cards)


def test_where_nothing_is_left_to_acknowledge_that_is_said(commands_of, opened, real_desk, qtbot, around):
    real_desk.escalations.transition.acknowledge(opened.id, real_desk.base.coordinator)
    with qtbot.waitSignal(commands_of.message_requested) as said:
        run(commands_of, qtbot, around, "acknowledge", opened.id)
    assert "acknowledged already" in said.args[0]


def test_of_many_those_that_refuse_are_named_and_the_others_done(
    commands_of, opened, real_desk, qtbot, around
):
    other = real_desk.base.open()
    real_desk.escalations.transition.acknowledge(other.id, real_desk.base.coordinator)
    with qtbot.waitSignal(commands_of.work_done) as done:
        run(commands_of, qtbot, around, "acknowledge", opened.id, other.id)
    assert [each.escalation_id for each in done.args[0]] == [opened.id]
    assert other.number in commands_of._popover.content.text


def test_a_change_by_another_is_told_while_the_form_is_open(commands_of, opened, real_desk, qtbot, around):
    run(commands_of, qtbot, around, "note", opened.id)
    press(qtbot, ["my words"])
    real_desk.escalations.escalation.note(opened.id, "theirs", real_desk.base.lead)
    commands_of.notice_changed({opened.id})
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert "Changed meanwhile by Leo Marsh" in commands_of.prompt._error.text()
    assert commands_of.prompt.answers()["text"] == "my words"


def test_one_action_on_one_escalation_only_says_so_for_many(commands_of):
    assert commands_of.why_not("escalation.edit", (1, 2)) == "Choose a single escalation for this."
    assert commands_of.why_not("escalation.acknowledge", ()) == "Choose an escalation first."


def test_evidence_is_split_off_by_ticking_it(commands_of, real_desk, qtbot, around):
    from desktop.domain.intake import NewEvidence

    opened = real_desk.base.open(evidence=(NewEvidence("a.log", b"x"), NewEvidence("b.log", b"y")))
    run(commands_of, qtbot, around, "split", opened.id)
    press(qtbot, [K.Key_Space, K.Key_Tab, K.Key_Tab, "The other problem", K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    assert [piece.name for piece in real_desk.evidence.all(opened.id)] == ["b.log"]


def test_merging_finds_the_other_one_by_its_words(commands_of, opened, real_desk, qtbot, around):
    other = real_desk.base.open(title="Warehouse scanners freeze")
    run(commands_of, qtbot, around, "merge", opened.id)
    field = commands_of.prompt.widget("into_id")
    press(qtbot, ["scanners"])
    qtbot.waitUntil(lambda: field.is_open)
    press(qtbot, [K.Key_Return, K.Key_Return])
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    assert real_desk.base.get(opened.id).merged_into_id == other.id


@pytest.mark.parametrize(
    "name", ["resolve", "contain", "close", "reopen", "pause", "override", "record_update", "answered"]
)
def test_each_form_names_its_button_with_a_verb_and_leaves_with_escape(
    commands_of, opened, qtbot, around, name
):
    run(commands_of, qtbot, around, name, opened.id)
    assert commands_of.prompt is not None
    press(qtbot, [K.Key_Escape])
    assert commands_of.prompt is None


def test_an_edit_sends_only_what_was_changed(commands_of, real_desk, qtbot, around):
    opened = real_desk.base.open(title="t" * 5000, description="non\u00a0breaking", reporter="Rita")
    run(commands_of, qtbot, around, "edit", opened.id)
    commands_of.prompt.widget("next_step").setText("call the bank")
    commands_of.prompt.accept()
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    after = real_desk.base.get(opened.id)
    assert (after.next_step, after.title, after.description) == (
        "call the bank",
        "t" * 5000,
        "non\u00a0breaking",
    )


def test_an_edit_put_away_comes_back_over_what_is_there_now(commands_of, opened, real_desk, qtbot, around):
    run(commands_of, qtbot, around, "edit", opened.id)
    commands_of.prompt.widget("team").setText("Payments")
    press(qtbot, [K.Key_Escape])
    real_desk.escalations.escalation.edit(opened.id, {"title": "New title"}, real_desk.base.coordinator)
    run(commands_of, qtbot, around, "edit", opened.id)
    answers = commands_of.prompt.answers()
    assert (answers["team"], answers["title"]) == ("Payments", "New title")


def test_classifying_many_leaves_alone_what_is_not_chosen(commands_of, real_desk, qtbot, around):
    ids = [real_desk.base.open(business_impact=impact).id for impact in (2, 5)]
    run(commands_of, qtbot, around, "classify", *ids)
    commands_of.prompt.widget("reputational_risk").segments.button("4").click()
    commands_of.prompt.accept()
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    after = [real_desk.base.get(each) for each in ids]
    assert [(each.business_impact, each.reputational_risk, each.severity) for each in after] == [
        (2, 4, 2),
        (5, 4, 2),
    ]


def test_a_form_says_which_escalation_it_is_about(commands_of, opened, real_desk, qtbot, around):
    run(commands_of, qtbot, around, "note", opened.id)
    short = opened.number.replace("-2026-", "-")
    assert commands_of.prompt.about == f"{short}  {real_desk.base.get(opened.id).title}"


def test_a_form_stands_below_what_is_told_above_the_pages(window, commands_of, opened, qtbot, around):
    column = QVBoxLayout(window)
    column.addSpacing(200)
    column.addWidget(QStackedWidget(), 1)
    column.activate()
    run(commands_of, qtbot, around, "note", opened.id)
    assert commands_of._popover.y() > 200


def test_an_override_tells_of_the_chosen_scale_alone(commands_of, opened, qtbot, around):
    run(commands_of, qtbot, around, "override", opened.id)
    row, what = commands_of.prompt.row("value"), commands_of.prompt.widget("what")
    assert row.note == "A number from 0 to 100."
    what.button("priority").click()
    assert row.note == "P1, P2, P3 or P4."


def test_an_edit_may_give_it_to_another_customer_and_scores_it_anew(commands_of, real_desk, qtbot, around):
    opened = real_desk.base.open()
    before = real_desk.base.get(opened.id)
    other = real_desk.customer.create("Aldermoor", real_desk.base.lead, tier="standard")
    run(commands_of, qtbot, around, "edit", opened.id)
    field = commands_of.prompt.widget("customer_id")
    field.setFocus()
    field.selectAll()
    press(qtbot, ["alderm"])
    qtbot.waitUntil(lambda: field.is_open)
    press(qtbot, [K.Key_Return])
    commands_of.prompt.accept()
    qtbot.waitUntil(lambda: commands_of.prompt is None)
    after = real_desk.base.get(opened.id)
    assert after.customer_id == other.id
    assert after.score < before.score


def test_an_edit_put_away_comes_back_with_the_customer_that_was_picked(commands_of, real_desk, qtbot, around):
    opened = real_desk.base.open()
    other = real_desk.customer.create("Aldermoor", real_desk.base.lead, tier="standard")
    run(commands_of, qtbot, around, "edit", opened.id)
    field = commands_of.prompt.widget("customer_id")
    field.setFocus()
    field.selectAll()
    press(qtbot, ["alderm"])
    qtbot.waitUntil(lambda: field.is_open)
    press(qtbot, [K.Key_Return, K.Key_Escape])
    assert commands_of.prompt is None
    run(commands_of, qtbot, around, "edit", opened.id)
    field = commands_of.prompt.widget("customer_id")
    assert (field.text(), field.value()) == ("Aldermoor", str(other.id))
