"""Rotas written on the page: what is typed is kept, faults stand where they are, versions come back."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.person import Role
from desktop.domain.team import Team
from desktop.services.team import TeamService
from tests.ui.roster_support import WEEKS, RosterStand

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stand(real_desk, around, qtbot):
    real_desk.act_as(Role.LEAD)
    return RosterStand(real_desk, around, qtbot)


@pytest.fixture
def editor(stand):
    """The editor of a rota with one layer of three kinds of entries."""
    cora, leo, sana = (str(stand.id_of(role)) for role in (Role.COORDINATOR, Role.LEAD, Role.SENIOR_ENGINEER))
    people = [[cora, leo], [], {"people": [sana], "from": "2026-12-01", "to": "2027-03-31"}]
    hours = [
        {"days": ["mon", "tue"], "from": "20:00", "to": "08:00"},
        {"from": "00:00", "to": "24:00", "holidays": "DE", "only": True},
    ]
    stand.rota(every={"unit": "day", "count": [4, 3]}, people=people, restrict=hours, zone="Europe/Berlin")
    page = stand.open()
    page.do("roster.edit")
    stand.settle()
    return page.rotas.editor


def save(stand):
    stand.press(Key.Key_Return, held=CONTROL)


def the_rota(stand):
    return stand.roster.schedules()[0]


def test_what_is_shown_and_not_changed_is_the_same_document(stand, editor):
    assert editor.written().document == the_rota(stand).document


def test_saving_nothing_new_says_so(stand, editor):
    save(stand)
    assert "Nothing was changed" in editor.error.text()
    assert the_rota(stand).version == 1


def test_a_turn_typed_by_first_names_is_kept_by_person(stand, editor):
    card = editor.cards[0]
    card.turns[1].names.setText("theo, onno")
    save(stand)
    ids = [str(stand.id_of(Role.TRAINER)), str(stand.id_of(Role.ON_CALL))]
    assert the_rota(stand).document["layers"][0]["people"][1] == ids


def test_a_name_that_nobody_has_is_told_at_its_layer(stand, editor):
    editor.cards[0].turns[0].names.setText("Nemo")
    save(stand)
    assert "nobody at the desk is called Nemo" in editor.cards[0].error.text()
    assert editor.cards[0].turns[0].names.property("faulty")


def test_a_fault_is_told_at_the_layer_it_is_in(stand, editor):
    editor.add_layer_button.click()
    editor.cards[0].name.setText("Top")
    editor.cards[1].hours[0].starts.setText("25:00")
    save(stand)
    assert editor.cards[0].error.text() == ""
    assert "25:00" in editor.cards[1].error.text()


def test_the_top_card_is_the_last_layer(stand, editor):
    editor.add_layer_button.click()
    editor.cards[0].name.setText("Top")
    assert [layer["name"] for layer in editor.written().document["layers"]] == ["Days", "Top"]
    editor.cards[0].down_button.click()
    assert [layer["name"] for layer in editor.written().document["layers"]] == ["Top", "Days"]


def test_enter_goes_on_to_the_next_turn_and_control_moves_it(stand, editor):
    card = editor.cards[0]
    card.turns[2].names.setFocus()
    stand.press(Key.Key_Return)
    stand.type("Theo")
    stand.press(Key.Key_Return)  # takes what is suggested
    assert card.turns[3].names.text() == "Theo Wynn"
    stand.press(Key.Key_Up, held=CONTROL)
    assert card.turns[2].names.text() == "Theo Wynn"


def test_the_preview_says_who_would_move(stand, editor):
    editor.cards[0].turns[0].names.setText("theo")
    editor._try()
    stand.settle()
    assert "Theo Wynn" in editor.trial.moved.text()
    assert editor.trial.view.rows


def test_what_is_not_saved_is_told_of_once(stand, editor):
    editor.cards[0].turns[0].names.setText("theo")
    stand.press(Key.Key_Escape)
    assert editor.isVisible()
    assert "not saved yet" in editor.error.text()
    stand.press(Key.Key_Escape)
    assert not editor.isVisible()


def test_a_version_comes_back_after_what_it_moves_was_shown(stand, editor):
    editor.cards[0].turns[0].names.setText("theo")
    editor.note.setText("Theo alone")
    save(stand)
    stand.page.do("roster.edit")
    stand.settle()
    editor.versions_button.click()
    stand.settle()
    stand.page.rotas.versions.buttons[1].click()
    stand.settle()
    assert "Theo Wynn loses" in editor.trial.moved.text()
    editor.save_button.click()
    stand.settle()
    assert (the_rota(stand).version, the_rota(stand).note) == (3, "As version 1 again")


def test_a_saved_version_can_be_taken_back(stand, editor):
    before = the_rota(stand).document
    editor.cards[0].turns[0].names.setText("theo")
    save(stand)
    assert the_rota(stand).document != before
    stand.page.says.undo_button.click()
    stand.settle()
    assert the_rota(stand).document == before


def test_a_rota_put_away_counts_no_more(stand, editor):
    editor.put_away_button.click()
    stand.settle()
    assert stand.roster.schedules() == ()
    assert stand.page.start.isVisible()


def test_a_rota_of_one_person_a_week_is_there_in_two_steps(stand):
    page = stand.open()
    page.start.ways["weekly"].click()
    stand.settle()
    save(stand)
    (state,) = stand.roster.schedules()
    assert state.name == "One person a week"
    assert state.document["layers"][0]["every"] == WEEKS


def test_the_sun_is_followed_by_teams_from_the_east(stand):
    base = stand.real.base
    teams = TeamService(store=base.store, clock=base.clock, bus=base.bus)
    for name, zone in (("London", "Europe/London"), ("Austin", "America/Chicago"), ("Osaka", "Asia/Tokyo")):
        teams.keep(Team(0, name, zone), base.lead)
    page = stand.open()
    page.start.ways["sun"].click()
    stand.settle()
    save(stand)
    (state,) = stand.roster.schedules()
    layers = state.document["layers"]
    assert [layer["name"] for layer in layers] == ["Osaka", "London", "Austin"]
    assert [layer["restrict"][0]["from"] for layer in layers] == ["00:00", "08:00", "16:00"]


def test_day_and_night_leave_no_gap(stand):
    page = stand.open()
    page.start.ways["nights"].click()
    stand.settle()
    assert "Coverage 100%" in page.rotas.editor.trial.quality.text()


def test_a_rota_without_a_name_is_refused_beside_the_name(stand):
    page = stand.open()
    page.start.build_button.click()
    stand.settle()
    page.rotas.editor.cards[0].turns[0].names.setText("theo")
    save(stand)
    assert "no name" in page.rotas.editor._rows["name"].error
