"""The register of gaps and its actions, by what a trainer and a lead do there."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_gap_deeds import GapDeed
from desktop.domain.drill_record import ActionKind, ActionState
from desktop.domain.person import Role
from desktop.ui.drill.gaps import ACTIONS, HEAT, PARETO, REGISTER, GapsTab
from desktop.wiring.drill_gaps import DeskGaps
from tests.ui.drill.after_stand import Played, no_export

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def played(real_desk):
    return Played(real_desk)


@pytest.fixture
def open_tab(played, around, qtbot):
    """Opens the tab as whoever works at the desk sees it."""

    def opened() -> GapsTab:
        tab = GapsTab(DeskGaps(played.desk), no_export, around)
        qtbot.addWidget(tab)
        tab.resize(1280, 800)
        with qtbot.waitExposed(tab):
            tab.show()
        tab.activateWindow()
        settle(around, qtbot)
        return tab

    return opened


@pytest.fixture
def tab(open_tab, played):
    """The register after one run."""
    played.run()
    return open_tab()


def settle(around, qtbot):
    qtbot.waitUntil(lambda: around.runner.pending == 0)


def press(button, around, qtbot):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(around, qtbot)


def choose(tab, code):
    """Choose the gap of a code."""
    rows = tab.register.table.model().rows
    tab.register.table.selectRow(next(at for at, gap in enumerate(rows) if gap.code == code))


def fill(tab, around, qtbot, **answers):
    """Type into the form that is open and have it done."""
    prompt = tab.asking.box.prompt
    for key, text in answers.items():
        widget = prompt.widget(key)
        if hasattr(widget, "setPlainText"):
            widget.setPlainText(text)
        elif hasattr(widget, "findData"):
            widget.setCurrentIndex(widget.findData(text))
        else:
            widget.selectAll()
            qtbot.keyClicks(widget, text)
    prompt.accept()
    settle(around, qtbot)


def do(tab, deed, around, qtbot):
    press(tab.register.sheet.buttons[deed], around, qtbot)


def gap_of(tab, code):
    return next(gap for gap in tab.found.gaps if gap.code == code)


def in_two_weeks(real_desk) -> str:
    return (real_desk.clock.now().date() + timedelta(days=14)).isoformat()


def test_without_gaps_it_says_where_they_come_from(open_tab):
    assert open_tab().register.pane.empty.sentence.startswith("No gap is known Gaps come from drills")


def test_a_gap_goes_from_proposed_to_an_owner_with_a_day(tab, around, qtbot, real_desk):
    choose(tab, "HQ3")
    do(tab, GapDeed.CONFIRM, around, qtbot)
    do(tab, GapDeed.ACCEPT, around, qtbot)
    fill(tab, around, qtbot, owner="Onno Kay", due=in_two_weeks(real_desk))
    gap = gap_of(tab, "HQ3")
    assert (gap.state, gap.owner, gap.due) == (
        GapState.ACCEPTED,
        "Onno Kay",
        real_desk.clock.now().date() + timedelta(days=14),
    )


def test_an_owner_is_one_person_who_works_here(tab, around, qtbot):
    choose(tab, "HQ3")
    do(tab, GapDeed.CONFIRM, around, qtbot)
    do(tab, GapDeed.ACCEPT, around, qtbot)
    fill(tab, around, qtbot, owner="the whole team")
    assert tab.asking.box.prompt.row("owner").error


@pytest.mark.parametrize(("due", "said"), [("soon", "is no day"), ("2020-01-01", "This day is over")])
def test_a_due_day_is_a_day_to_come(tab, around, qtbot, due, said):
    choose(tab, "HQ3")
    do(tab, GapDeed.CONFIRM, around, qtbot)
    do(tab, GapDeed.ACCEPT, around, qtbot)
    fill(tab, around, qtbot, owner="Onno Kay", due=due)
    assert said in tab.asking.box.prompt.row("due").error


def test_nobody_closes_a_gap_by_saying_so(tab):
    choose(tab, "HQ3")
    close = tab.register.sheet.buttons[GapDeed.CLOSE]
    assert not close.isEnabled()
    assert "later drill that exercises it and passes" in tab.register.sheet.reason.text()


def test_a_lead_waives_in_writing_and_closes(open_tab, played, real_desk, around, qtbot):
    run = played.run()
    lead = real_desk.base.lead
    gap_id = played.gap(run.id, "HQ3")
    played.gaps.confirm(gap_id, lead)
    played.gaps.accept(gap_id, lead, owner_id=1, due=date.fromisoformat(in_two_weeks(real_desk)))
    real_desk.act_as(Role.LEAD)
    tab = open_tab()
    choose(tab, "HQ3")
    do(tab, GapDeed.WAIVE, around, qtbot)
    fill(tab, around, qtbot, text="The team is dissolved in December")
    assert "Without a drill: The team is dissolved" in tab.register.sheet.about.text()
    do(tab, GapDeed.CLOSE, around, qtbot)
    assert gap_of(tab, "HQ3").state is GapState.CLOSED


def test_a_trainer_is_not_offered_to_waive(tab, around, qtbot):
    choose(tab, "HQ3")
    assert not tab.register.sheet.buttons[GapDeed.WAIVE].isVisible()


def test_what_came_again_says_how_often(open_tab, played):
    for _ in range(3):
        played.run()
    tab = open_tab()
    assert "3rd time" in tab.register.sheet.state.text


def test_filters_say_what_they_hide(open_tab, played, around, qtbot):
    played.run(team="Billing")
    played.run(team="Payments")
    tab = open_tab()
    team = tab.register.filter.team
    team.set_value("Payments")
    team.activated.emit(team.currentIndex())
    assert {gap.team for gap in tab.register.table.model().rows} == {"Payments"}
    assert tab.register.filter.count.text() == "7 gaps, 7 hidden"
    press(tab.register.filter.clear, around, qtbot)
    assert len(tab.register.table.model().rows) == 14


def test_the_drill_that_exercises_a_gap_is_one_press_away(tab, played, qtbot):
    choose(tab, "HQ3")
    with qtbot.waitSignal(tab.drill_requested) as wanted:
        qtbot.mouseClick(tab.register.sheet.drill, Qt.MouseButton.LeftButton)
    assert wanted.args == [played.slug]


def test_who_is_no_trainer_only_reads(open_tab, played, real_desk):
    played.run()
    real_desk.act_as(Role.ON_CALL)
    tab = open_tab()
    assert "Only a trainer or a lead" in tab.why_not.text()
    assert not any(button.isVisible() for button in tab.register.sheet.buttons.values())


def test_linking_makes_an_action_where_there_is_none(tab, around, qtbot, real_desk):
    choose(tab, "DA5")
    do(tab, GapDeed.CONFIRM, around, qtbot)
    do(tab, GapDeed.ACCEPT, around, qtbot)
    fill(tab, around, qtbot, owner="Onno Kay", due=in_two_weeks(real_desk))
    do(tab, GapDeed.LINK, around, qtbot)
    fill(tab, around, qtbot, action="new")
    fill(tab, around, qtbot, text="Show the tier in the form", kind="prevent")
    gap = gap_of(tab, "DA5")
    assert gap.state is GapState.ACTION_LINKED
    assert [each.text for each in tab.found.actions] == ["Show the tier in the form"]


def test_vague_words_are_told_while_they_are_typed(tab, around, qtbot):
    tab.tabs.setCurrentIndex(ACTIONS)
    press(tab.actions_pane.pane.empty.button, around, qtbot)
    prompt = tab.asking.box.prompt
    prompt.widget("text").setPlainText("Improve the handoff")
    assert "“improve” has no end" in prompt.row("text").note
    prompt.widget("text").setPlainText("Improve the handoff so that all five parts are filled")
    assert "no end" not in prompt.row("text").note


@pytest.fixture
def action(played, real_desk):
    """An action of the trainer, who works at the desk."""
    trainer = real_desk.base.staff[Role.TRAINER]
    due = real_desk.clock.now().date() + timedelta(days=10)
    return played.actions.create("Show the tier", ActionKind.PREVENT, trainer.id, due, played.drills.trainer)


def test_whoever_did_it_does_not_verify_it(open_tab, action, played, around, qtbot):
    tab = open_tab()
    tab.tabs.setCurrentIndex(ACTIONS)
    pane = tab.actions_pane
    press(pane.buttons["accept"], around, qtbot)
    press(pane.buttons["finish"], around, qtbot)
    fill(tab, around, qtbot, text="Form version 12")
    assert played.actions.action(action.id).state is ActionState.DONE
    assert not pane.buttons["verify"].isEnabled()
    assert "somebody else than its owner" in pane.why_not.text()


def test_somebody_else_verifies_it(open_tab, action, played, real_desk, around, qtbot):
    by = played.drills.trainer
    played.actions.set_state(action.id, ActionState.ACCEPTED, by)
    played.actions.done(action.id, by, "Form version 12")
    real_desk.act_as(Role.LEAD)
    tab = open_tab()
    tab.tabs.setCurrentIndex(ACTIONS)
    press(tab.actions_pane.buttons["verify"], around, qtbot)
    assert played.actions.action(action.id).state is ActionState.VERIFIED
    assert tab.actions_pane.pane.is_empty


def test_an_action_is_handed_on_to_one_other_person(open_tab, action, played, around, qtbot):
    tab = open_tab()
    tab.tabs.setCurrentIndex(ACTIONS)
    press(tab.actions_pane.buttons["hand_on"], around, qtbot)
    fill(tab, around, qtbot, owner="Onno Kay")
    assert played.actions.action(action.id).owner == "Onno Kay"


def test_an_action_is_declined_with_a_reason(open_tab, action, played, around, qtbot):
    tab = open_tab()
    tab.tabs.setCurrentIndex(ACTIONS)
    press(tab.actions_pane.buttons["decline"], around, qtbot)
    fill(tab, around, qtbot, text="The form goes away in spring")
    assert tab.actions_pane.pane.is_empty
    tab.actions_pane.with_settled.click()
    assert "Because The form goes away in spring" in tab.actions_pane.about.text()


def test_an_action_says_its_age_and_that_it_is_overdue(open_tab, action, real_desk):
    tab = open_tab()
    assert "Fresh" in tab.actions_pane.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    real_desk.clock.forward(days=12)
    tab.actions_pane.show_found(tab.found)
    assert tab.actions_pane.count.text() == "1 action, 1 overdue"


def test_the_heat_map_counts_confirmed_gaps_by_team_and_quarter(open_tab, played, around, qtbot):
    run = played.run(team="Payments")
    played.gaps.confirm(played.gap(run.id, "HQ3"), played.drills.trainer)
    tab = open_tab()
    tab.tabs.setCurrentIndex(HEAT)
    heat = tab.heat.heat
    last = heat.model().columnCount() - 1
    assert [heat.model().index(0, column).data() for column in (0, 1, last)] == [
        "Handoff quality",
        "Payments",
        "1",
    ]
    assert heat.fill_of(0, last) is not None
    qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert tab.tabs.currentIndex() == REGISTER
    assert {gap.category for gap in tab.register.table.model().rows} == {"handoff_quality"}


def test_a_bar_leads_to_its_gaps(open_tab, played, qtbot):
    run = played.run()
    for code in ("HQ3", "DA5"):
        played.gaps.confirm(played.gap(run.id, code), played.drills.trainer)
    tab = open_tab()
    tab.tabs.setCurrentIndex(PARETO)
    assert tab.pareto.summary.text() == "2 codes make 100 % of 2 confirmed gaps."
    qtbot.keyClick(tab.pareto.chart, Qt.Key.Key_Right)
    assert tab.pareto.read_out.text().startswith("HQ3  commitment dropped: 1 gap")
    qtbot.keyClick(tab.pareto.chart, Qt.Key.Key_Return)
    assert {gap.code for gap in tab.register.table.model().rows} == {"HQ3"}


def test_nothing_in_the_register_ranks_people(open_tab, played, real_desk):
    played.run()
    tab = open_tab()
    told = " ".join(
        str(tab.register.table.model().index(row, column).data())
        for row in range(len(tab.register.table.model().rows))
        for column in range(5)
    )
    assert not any(person.name in told for person in real_desk.base.staff.values())
