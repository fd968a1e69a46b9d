"""The stand-up over a real desk: the lead leads through it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.instant import to_us
from desktop.domain.person import Role
from desktop.domain.timeline import EventKind
from desktop.services.settings import SettingsService
from desktop.services.standup import StandUp
from desktop.ui.standup.page import StandupPage
from desktop.wiring.standups import DeskStandups


def settle(around, qtbot):
    qtbot.waitUntil(lambda: around.runner.pending == 0)


@pytest.fixture
def base(real_desk):
    real_desk.act_as(Role.LEAD)
    return real_desk.base


@pytest.fixture
def owned(base):
    """Opens escalations of Onno's."""

    def opened(count=1):
        return [base.open(owner_id=base.on_call.person_id).id for _ in range(count)]

    return opened


@pytest.fixture
def open_page(real_desk, base, around, qtbot):
    desk = SimpleNamespace(
        store=base.store,
        clock=base.clock,
        escalations=base.commands,
        person=real_desk.person,
        draft=real_desk.draft,
        settings=SettingsService(store=base.store),
    )

    def opened(*, start=True):
        page = StandupPage(DeskStandups(desk), around)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        settle(around, qtbot)
        if start:
            page.start()
            settle(around, qtbot)
        return page

    return opened


def press(page, around, qtbot, *keys):
    for key in keys:
        qtbot.keyClick(page.list, key)
    settle(around, qtbot)


def test_before_it_begins_the_page_says_what_it_is_for(open_page):
    page = open_page(start=False)
    assert page.empty.isVisible()
    assert "owner by owner" in page.empty.sentence


def test_it_begins_with_the_first_owner_and_their_timer_runs(open_page, owned, base):
    owned(1)
    page = open_page()
    assert page.bar.name.text() == "Onno Kay"
    assert StandUp(cases=base.commands.cases).running().running.owner_id == base.on_call.person_id


def test_the_arrow_to_the_right_goes_to_the_next_owner(open_page, owned, base, around, qtbot):
    base.open(owner_id=base.coordinator.person_id)
    owned(1)
    page = open_page()
    assert page.bar.name.text() == "Cora Lind"
    press(page, around, qtbot, Qt.Key.Key_Right)
    assert page.bar.name.text() == "Onno Kay"
    press(page, around, qtbot, Qt.Key.Key_Left)
    assert page.bar.name.text() == "Cora Lind"


def test_after_the_last_owner_it_is_over(open_page, owned, base, around, qtbot):
    owned(1)
    page = open_page()
    press(page, around, qtbot, Qt.Key.Key_Right)
    assert StandUp(cases=base.commands.cases).running() is None
    assert page.empty.isVisible()


def test_the_timer_tells_the_time_of_the_turn_and_when_it_is_over(open_page, owned, base, around):
    owned(1)
    page = open_page()
    base.clock.forward(timedelta(seconds=65))
    around.heartbeat.ticked.emit(to_us(base.clock.now()))
    assert page.bar.timer.text() == "1:05"
    base.clock.forward(timedelta(seconds=65))
    around.heartbeat.ticked.emit(to_us(base.clock.now()))
    assert page.bar.of.text() == "over by 0:10"


def test_space_stops_the_timer(open_page, owned, base, around, qtbot):
    owned(1)
    page = open_page()
    press(page, around, qtbot, Qt.Key.Key_Space)
    assert StandUp(cases=base.commands.cases).running().running is None


def test_typing_begins_a_note_that_enter_puts_on_the_timeline(open_page, owned, base, around, qtbot):
    (escalation_id,) = owned(1)
    page = open_page()
    qtbot.keyClicks(page.list, "W")
    qtbot.keyClicks(page.note.field, "ait for Northwind")
    qtbot.keyClick(page.note.field, Qt.Key.Key_Return)
    settle(around, qtbot)
    notes = [event for event in base.events(escalation_id) if event.kind == EventKind.NOTE_ADDED]
    assert [event.body["note"] for event in notes] == ["Wait for Northwind"]
    assert page.note.field.text() == ""


def test_half_a_note_survives_a_crash_and_the_way_to_another_row(open_page, owned, around, qtbot):
    owned(2)
    page = open_page()
    qtbot.keyClicks(page.list, "H")
    qtbot.keyClicks(page.note.field, "alf")
    qtbot.keyClick(page.note.field, Qt.Key.Key_Down)
    assert page.note.field.text() == ""
    settle(around, qtbot)
    again = open_page(start=False)
    assert again.note.field.text() == "Half"


def test_what_is_stuck_is_said_in_words(open_page, owned, base, around):
    owned(1)
    base.clock.forward(timedelta(hours=6))
    page = open_page()
    assert "Stuck: nothing for" in page.list.rows.data(page.list.currentIndex())


def test_another_desk_that_goes_on_is_followed(open_page, owned, base, around, qtbot):
    base.open(owner_id=base.coordinator.person_id)
    owned(1)
    page = open_page()
    service = StandUp(cases=base.commands.cases)
    base.clock.forward(timedelta(seconds=5))
    service.begin_turn(service.running().id, base.on_call.person_id, base.coordinator)
    page.refresh()
    settle(around, qtbot)
    assert page.bar.name.text() == "Onno Kay"
