"""The alarms page over a desk made by hand."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.digest import Digest
from desktop.domain.policy_alarm import Urgency
from desktop.domain.snooze import SnoozeLoad
from desktop.ui.alarm.calls import AlarmPageServices
from desktop.ui.alarm.page import AlarmPage
from desktop.ui.dispatch import Dispatcher
from tests.factories import MONDAY
from tests.ui.alarm_support import ADA, a_missed_line, a_snooze, alarming, an_alarm


@pytest.fixture
def desk(qapp, clock):
    made = alarming(clock)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk):
    services = AlarmPageServices(
        alarms=desk.desk, digests=desk.desk, health=desk.desk, snooze=desk.desk, people=desk.desk
    )
    made = AlarmPage(services, desk.around, desk.feed, desk.answers, desk.controls)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    return made


def settle(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.around.runner.pending)


def show(qtbot, desk, *views):
    desk.desk.standing = views
    desk.feed.refresh()
    settle(qtbot, desk)


def texts(table, row):
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_an_alarm_says_what_whose_and_how_long(qtbot, desk, page):
    show(qtbot, desk, an_alarm(412))
    row = texts(page.open.table, 0)
    assert row[0] == "Breached"
    assert row[2:4] == ["contain 4 m over", "Amara Okafor"]
    assert row[5] == "Leo Park"


def test_the_clock_goes_on(qtbot, desk, page, clock):
    show(qtbot, desk, an_alarm(412))
    clock.forward(minutes=3)
    assert texts(page.open.table, 0)[2] == "contain 7 m over"


def test_an_escalation_without_a_clock_says_how_long_it_waits(qtbot, desk, page):
    show(qtbot, desk, an_alarm(1, clock_at=None, kind="", raised_at=MONDAY - timedelta(minutes=9)))
    assert texts(page.open.table, 0)[2] == "waits 9 m"


def test_acknowledge_acts_for_the_operator(qtbot, desk, page):
    show(qtbot, desk, an_alarm(412))
    with qtbot.waitSignal(desk.answers.work_done):
        qtbot.mouseClick(page.open.acknowledge_button, Qt.MouseButton.LeftButton)
    assert desk.desk.done == [("acknowledge", 412, ADA.name)]


def test_several_are_acknowledged_at_once(qtbot, desk, page):
    show(qtbot, desk, an_alarm(1), an_alarm(2), an_alarm(3))
    page.open.table.selectAll()
    page.open.acknowledge()
    settle(qtbot, desk)
    assert [done[1] for done in desk.desk.done] == [1, 2, 3]


def test_the_selection_follows_its_alarm_when_others_come(qtbot, desk, page):
    show(qtbot, desk, an_alarm(1), an_alarm(2))
    page.open.table.selectRow(1)
    show(qtbot, desk, an_alarm(9), an_alarm(1), an_alarm(2))
    assert page.open.ids() == (2,)


@pytest.fixture
def keys(qtbot, desk, page):
    """What the window does with keys."""
    dispatcher = Dispatcher(desk.around.actions, tuple, page)
    dispatcher.add_page(page)
    dispatcher.set_current(page)
    page.states_changed.connect(dispatcher.refresh)
    return dispatcher


def test_enter_opens_the_escalation(qtbot, desk, page, keys):
    show(qtbot, desk, an_alarm(412))
    page.focus_first()
    with qtbot.waitSignal(page.open_escalation_requested) as asked:
        qtbot.keyClick(page.open.table, Qt.Key.Key_Return)
    assert asked.args == [412]


def test_the_letter_acknowledges(qtbot, desk, page, keys):
    show(qtbot, desk, an_alarm(412))
    page.focus_first()
    with qtbot.waitSignal(desk.answers.answered):
        qtbot.keyClick(page.open.table, Qt.Key.Key_A)
    assert desk.desk.done == [("acknowledge", 412, ADA.name)]


def test_a_longer_snooze_asks_for_more(qtbot, desk, page):
    show(qtbot, desk, an_alarm(412))
    with qtbot.waitSignal(page.action_requested) as asked:
        page.open.longer_button.click()
    assert asked.args == ["escalation.snooze", 412]


def test_without_alarms_the_page_says_when_the_next_may_come(qtbot, desk, page):
    show(qtbot, desk)
    assert page.open.is_empty
    assert "No alarm stands." in page.open.empty.sentence
    assert "today 11:10" in page.open.empty.sentence


def test_a_quarter_of_an_hour_more_than_is_good_is_warned_of_and_taken(qtbot, desk, page):
    desk.desk.load_of_all = SnoozeLoad(5, 7)
    show(qtbot, desk, an_alarm(412))
    with qtbot.waitSignal(desk.answers.work_told) as told:
        page.open.snooze_button.click()
    assert told.args[1] == "Snooze. You hold back 5 escalations already."
    assert desk.desk.done[0][0] == "snooze"


def test_the_list_of_snoozes_counts_them_and_warns(qtbot, desk, page):
    desk.desk.snoozes = tuple(a_snooze(number, by_id=desk.desk.operator().id) for number in range(20, 25))
    page.tabs.setCurrentIndex(1)
    settle(qtbot, desk)
    assert page.snoozed.hint.text().startswith("5 escalations held back, 5 by you.")
    assert page.snoozed.hint.property("role") == "warning"


def test_snoozes_are_listed_with_the_time_left_and_can_be_ended(qtbot, desk, page):
    desk.desk.snoozes = (a_snooze(20, past_breach_reason="agreed extension"),)
    page.tabs.setCurrentIndex(1)
    settle(qtbot, desk)
    assert texts(page.snoozed.table, 0)[0] == "12 m left"
    assert page.tabs.tabText(1) == "Snoozed  1"
    with qtbot.waitSignal(page.work_done):
        page.snoozed.end_button.click()
    assert desk.desk.done == [("end", 20, ADA.name)]


def test_what_was_missed_is_listed_with_what_needs_somebody_first(qtbot, desk, page):
    late = a_missed_line(30, needs_person=False)
    grave = a_missed_line(31)
    desk.desk.missed = Digest("Missed", "2 alarms late", Urgency.NORMAL, (late,))
    desk.desk.held = Digest("Held", "1 alarm held back", Urgency.NORMAL, (grave,))
    page.show_missed()
    settle(qtbot, desk)
    assert [texts(page.missed.table, row)[4:] for row in (0, 1)] == [
        ["held back", "yes, now"],
        ["nobody was here", "no"],
    ]


def test_alert_health_shows_each_figure_with_its_target(qtbot, desk, page):
    page.tabs.setCurrentIndex(3)
    settle(qtbot, desk)
    assert texts(page.health.table, 1)[:4] == ["Missed", "Of them P1", "8.0 %", "about 5.0 %"]
    assert page.health.verdict.text() == "1 of 2 targets missed"


def test_alert_health_of_one_person_over_thirty_days(qtbot, desk, page):
    page.tabs.setCurrentIndex(3)
    page.health.whose.button("me").click()
    page.health.periods.button("30").click()
    settle(qtbot, desk)
    assert desk.desk.asked_health[-1] == (30, ADA.id)


def test_sounds_are_silenced_and_let_sound_again(qtbot, desk, page):
    page.silence_button.click()
    settle(qtbot, desk)
    assert desk.desk.until == MONDAY + timedelta(minutes=10)
    assert page.silence_button.text() == "Sound again"
    page.silence_button.click()
    settle(qtbot, desk)
    assert desk.desk.until is None


def test_actions_belong_to_their_tab(qtbot, desk, page):
    show(qtbot, desk, an_alarm(412))
    assert page.why_not("escalation.acknowledge") == ""
    assert page.why_not("escalation.end_snooze") == "This is done on another tab."
    page.tabs.setCurrentIndex(1)
    settle(qtbot, desk)
    assert page.why_not("escalation.end_snooze") == "Select an alarm first."


def test_a_narrow_page_keeps_the_titles_readable(qtbot, desk, page):
    show(qtbot, desk, an_alarm(412))
    page.resize(780, 600)
    qtbot.waitUntil(lambda: page.open.table.isColumnHidden(5))
    assert page.open.table.columnWidth(1) >= 200


def test_hostile_titles_are_shown_as_text(qtbot, desk, page):
    show(qtbot, desk, an_alarm(1, title="<b>x</b>" * 1000, owner="\u202eevil"))
    page.grab()
    assert texts(page.open.table, 0)[1].startswith("<b>")


def test_its_models_keep_qts_rules(qtbot, desk, page):
    testers = [QAbstractItemModelTester(tab.table.model()) for tab in (page.open, page.snoozed, page.missed)]
    show(qtbot, desk, an_alarm(1), an_alarm(2))
    show(qtbot, desk, an_alarm(2))
    show(qtbot, desk)
    assert len(testers) == 3


def test_each_row_reads_as_a_sentence(qtbot, desk, page):
    show(qtbot, desk, an_alarm(412))
    said = page.open.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Breached: Checkout")
    assert "Northwind Retail" in said
