"""Whom to call, over a real desk: both answers side by side, and the assignment that follows."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from desktop.domain.person import Role
from desktop.ui.escalation.commands import EscalationCommands
from desktop.ui.escalation.head_menu import ActionsMenu
from desktop.ui.escalation.whom_words import rota_line, standing, suggestion_line
from tests.services.call_desk import Calling


@pytest.fixture
def calling(real_desk):
    return Calling(real_desk.base)


@pytest.fixture
def pair(calling):
    """Ana is on call now, Ben tomorrow; Cid the day after."""
    ids = calling.person("Ana"), calling.person("Ben"), calling.person("Cid")
    calling.scheduled(*ids)
    return ids


@pytest.fixture
def asker(qtbot, around, real_desk):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1024, 768)
    with qtbot.waitExposed(window):
        window.show()
    return EscalationCommands(
        real_desk,
        window=window,
        runner=around.runner,
        heartbeat=around.heartbeat,
        row_of={}.get,
    )


@pytest.fixture
def listing(asker, qtbot, around, calling, pair):
    """What is shown while Ana was paged at night, so that Ben is suggested."""
    calling.paged(pair[0], timedelta(hours=calling.now.hour - 3))
    return shown(asker, qtbot, around, calling)


def shown(asker, qtbot, around, calling):
    asker.run("escalation.whom", (calling.id,))
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return asker._whom.popover.content


def mark(listing, name):
    row = next(i for i, one in enumerate(listing.model.rows) if one.person.name == name)
    listing.table.setCurrentIndex(listing.model.index(row, 0))


def assigned(asker, qtbot, press):
    with qtbot.waitSignal(asker.work_done):
        press()


def last_event(calling):
    return next(
        event for event in reversed(calling.desk.events(calling.id)) if event.kind.startswith("escalation.")
    )


def test_the_rotas_answer_stands_above_the_suggestion(calling, pair):
    calling.paged(pair[0], timedelta(hours=calling.now.hour - 3))
    whom = calling.ask()
    assert rota_line(whom).startswith("By the rota: Ana (Rota, primary, until ")
    assert suggestion_line(whom).startswith("Suggested: Ben, the least tired")
    assert [standing(one, whom) for one in whom.order] == ["Suggested", "Possible", "By the rota"]


def test_where_both_agree_it_says_so(calling, pair):
    whom = calling.ask()
    assert suggestion_line(whom) == "Suggested: Ana too. You decide."
    assert standing(whom.order[0], whom) == "By the rota, suggested"


def test_the_suggested_one_is_marked_with_the_reasons(listing):
    assert listing.chosen.person.name == "Ben"
    assert listing.assign.text() == "Assign to Ben"
    assert "Ben was not paged in the last seven days." in listing.reasons.text()


def test_beside_the_name_the_reasons_go_without_it(listing):
    assert listing.model.index(0, 2).data() == "Was not paged in the last seven days."


def test_nothing_lies_above_anything_else(listing):
    assert listing.reasons.geometry().top() >= listing.table.geometry().bottom()
    assert listing.height() >= listing.layout().totalHeightForWidth(listing.width())


def test_following_the_rota_keeps_no_note(asker, qtbot, calling, listing, pair):
    mark(listing, "Ana")
    assert not listing.reason.isEnabled()
    assigned(asker, qtbot, listing.assign.click)
    assert calling.desk.get(calling.id).owner_id == pair[0]
    assert not last_event(calling).body.get("note")


def test_following_the_suggestion_keeps_whom_it_passed_over(asker, qtbot, calling, listing, pair):
    assigned(asker, qtbot, listing.assign.click)
    assert calling.desk.get(calling.id).owner_id == pair[1]
    assert last_event(calling).body["note"] == "instead of Ana, who is on call: suggested as better rested"


def test_the_reason_given_is_kept(asker, qtbot, calling, listing):
    listing.reason.setText("knows this system")
    assigned(asker, qtbot, listing.assign.click)
    assert last_event(calling).body["note"] == "instead of Ana, who is on call: knows this system"


def test_against_both_answers_a_reason_is_asked_for_first(asker, qtbot, calling, listing, pair):
    mark(listing, "Cid")
    listing.assign.click()
    assert listing.why.text() == "Say why Cid: neither the rota nor the suggestion names them."
    assert calling.desk.get(calling.id).owner_id is None
    qtbot.keyClicks(listing.reason, "asked for it")
    assert listing.why.text() == "Why not by the rota"
    assigned(asker, qtbot, lambda: qtbot.keyClick(listing.reason, Qt.Key.Key_Return))
    assert calling.desk.get(calling.id).owner_id == pair[2]


def test_where_the_rotas_own_is_away_the_note_says_that(asker, qtbot, around, calling, pair):
    calling.channel(pair[1])
    listing = shown(asker, qtbot, around, calling)
    assigned(asker, qtbot, listing.assign.click)
    assert last_event(calling).body["note"].endswith("on call: No working channel reaches Ana.")


def test_whoever_owns_it_already_is_not_assigned_again(asker, qtbot, around, calling, pair, real_desk):
    real_desk.escalations.ownership.assign(calling.id, pair[0], calling.desk.coordinator)
    listing = shown(asker, qtbot, around, calling)
    mark(listing, "Ana")
    assert not listing.assign.isEnabled()
    assert listing.assign.toolTip() == "Ana owns it already."


def test_enter_in_the_list_assigns_nothing(qtbot, calling, listing):
    qtbot.keyClick(listing.table, Qt.Key.Key_Return)
    assert calling.desk.get(calling.id).owner_id is None
    assert listing.focusWidget() is listing.reason


def test_close_puts_it_away(qtbot, asker, listing):
    listing.close_.click()
    assert asker._whom.popover.isHidden()


def test_where_nobody_takes_calls_it_says_what_to_do(asker, qtbot, around, calling):
    listing = shown(asker, qtbot, around, calling)
    assert listing.table.isHidden()
    assert listing.assign.isHidden()
    assert rota_line(listing._whom) == "By the rota: no rota says who is on call for Payments."
    assert "Settings" in suggestion_line(listing._whom)


def test_it_is_asked_about_one_escalation_at_a_time(asker):
    assert asker.why_not("escalation.whom", (1, 2)) == "Choose a single escalation for this."


def test_who_may_not_assign_is_told_who_may(asker, qtbot, around, calling, real_desk):
    person = real_desk.act_as(Role.ON_CALL)
    states = real_desk.escalations.details.details(calling.id, person.actor()).actions
    asker.notice_shown(calling.id, states)
    assert asker.why_not("escalation.whom", (calling.id,)).startswith("Only a coordinator or a lead")


def test_in_the_menu_of_the_panel_it_is_barred_as_assigning_is(qtbot, calling, real_desk):
    person = real_desk.act_as(Role.ON_CALL)
    menu = ActionsMenu(lambda _: "")
    qtbot.addWidget(menu)
    menu.set_states(real_desk.escalations.details.details(calling.id, person.actor()).actions, can_move=True)
    assert not menu.entry("escalation.whom").isEnabled()
