"""Setting up a drill: filled in with what is likely, started by one key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.drill_record import RunMode, Seat
from desktop.domain.errors import NotAllowed
from desktop.domain.person import Role
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_shipped import ensure_shipped
from desktop.ui.drill.briefing import SeatTicks
from desktop.ui.drill.start import StartPane
from desktop.wiring.drills import DeskDrills
from tests.ui.drill.library_stand import stand, words_of

__all__ = ["stand"]
CHARGED = "drl-charged-again"


class Setting:
    """Somebody who sets up a drill."""

    def __init__(self, stand, mode=RunMode.TABLE):
        self.stand = stand
        drills = DeskDrills(stand.desk)
        drills.library()
        self.pane = StartPane(stand.around)
        stand.show(self.pane)
        self.pane.show_sheet(drills.sheet(CHARGED), mode)
        self.wanted = stand.heard(self.pane.wanted)

    @property
    def wish(self):
        self.pane.submit()
        return self.wanted[-1][0]


@pytest.fixture
def setting(stand):
    return Setting(stand)


def test_control_enter_starts_it_as_it_stands(setting, qtbot):
    qtbot.keyClick(setting.pane, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wish = setting.wanted[0][0]
    assert (wish.slug, wish.mode, wish.practice, wish.goes_on) == (CHARGED, RunMode.TABLE, False, True)


def test_every_seat_has_a_name_or_goes_by_its_title(setting):
    setting.pane.seats.names["lead"].set_value("Leo Marsh")
    seats = {seat.role: seat for seat in setting.wish.seats}
    assert seats["lead"].name == "Leo Marsh"
    assert seats["lead"].person_id is not None
    assert seats["triage"].name == "Support triage"
    assert seats["triage"].person_id is None


def test_a_name_that_nobody_at_the_desk_has_may_be_typed(setting):
    setting.pane.seats.names["lead"].setEditText("Guest from Oslo")
    assert "Guest from Oslo" in {seat.name for seat in setting.wish.seats}


def test_who_is_here_is_kept_with_the_time_and_who_is_missing_is_counted(setting):
    setting.pane.seats.here["lead"].click()
    assert "4 of 6 have not answered" in setting.pane.missing.text()
    seats = {seat.role: seat for seat in setting.wish.seats}
    assert seats["lead"].checked_at == setting.stand.around.clock.now()
    assert seats["triage"].checked_at is None


def test_the_deck_is_shown_in_its_order_and_another_seed_shuffles_it(setting):
    setting.pane.seed.setText("7")
    before = setting.pane.deck.text()
    setting.pane.shuffle.click()
    assert setting.pane.seed.text() == "8"
    assert setting.wish.seed == 8
    assert "Drawn in this order" in before


def test_alone_is_practice_and_one_person_sits_everywhere(stand):
    setting = Setting(stand, RunMode.SOLO)
    wish = setting.wish
    assert wish.practice
    assert len({seat.name for seat in wish.seats}) == 1
    assert not setting.pane.seat_box.isVisible()


def test_practice_may_be_chosen_at_a_table_too(setting):
    setting.pane.kind.button("practice").click()
    assert setting.wish.practice


def test_the_sheet_says_the_rules_and_the_stop_phrase(setting):
    words = words_of(setting.pane.sheet)
    assert "Say “No duff”: the drill ends at once." in words
    assert "Nothing leaves this computer" in words


def test_briefing_first_does_not_let_the_clock_run(setting):
    setting.pane.brief.click()
    assert not setting.wanted[-1][0].goes_on


def test_escape_leaves(setting, qtbot):
    left = setting.stand.heard(setting.pane.left)
    qtbot.keyClick(setting.pane, Qt.Key.Key_Escape)
    assert left == [()]


def test_while_it_is_made_ready_nobody_starts_it_twice(setting):
    setting.pane.set_busy("Getting ready …")
    setting.pane.submit()
    assert setting.wanted == []


def test_a_seat_that_answers_is_ticked_once(stand):
    ticks = stand.show(SeatTicks())
    ticks.show_seats((Seat("lead", "Escalation lead", "Leo Marsh"),))
    answered = stand.heard(ticks.ticked)
    ticks.boxes["lead"].click()
    ticks.show_seats((Seat("lead", "Escalation lead", "Leo Marsh", checked_at=stand.around.clock.now()),))
    assert answered == [("lead",)]
    assert not ticks.boxes["lead"].isEnabled()


def test_a_playbook_that_has_gone_on_since_is_told(stand):
    drills = DeskDrills(stand.desk)
    drills.library()
    service = PlaybookService(store=stand.desk.store, clock=stand.desk.clock, bus=stand.desk.bus)
    ensure_shipped(service)
    lead = stand.real.base.actor(Role.LEAD)
    row = next(row for row in service.all() if row.slug == "charged-twice")
    draft = service.begin(row.id, lead)
    service.save(row.id, replace(draft.content, purpose="Another purpose."), lead, edition=draft.edition)
    service.publish(row.id, lead, change_note="Clearer", answers=())
    setting = Setting(stand)
    assert "is at version 2; this drill was written for 1" in setting.pane.about.text()


def test_who_may_not_run_drills_is_told_why_and_loses_nothing(setting):
    setting.pane.set_busy("Getting ready …")
    setting.pane.set_busy("")
    setting.pane.refuse(NotAllowed("Only a trainer or a lead may run drills."))
    assert setting.pane.fault.isVisible()
    assert setting.pane.start.isEnabled()
