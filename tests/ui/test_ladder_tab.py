"""The tab of ladders over a real desk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QDateTime, Qt

from desktop.domain.person import Person, Role
from desktop.domain.policy_score import Priority
from desktop.services.desk import Desk
from desktop.services.roster import RosterService
from desktop.ui.first_run import FirstAnswers, keep_answers
from desktop.ui.settings.ladder_tab import LadderTab
from tests.ui.alarm_support import alarming
from tests.ui.settings_support import settings_services

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path, store, clock):
    made = Desk.over(store, tmp_path / "backups", clock)
    keep_answers(made.person, made.settings, FirstAnswers("Ada Quist", "Europe/Berlin"))
    ada = made.person.operator()
    leo = Person(0, "Leo Park", "LP", team="Payments", roles=frozenset({Role.ON_CALL_LEADER}))
    made.person.create(leo, ada.actor())
    made.person.edit(replace(ada, roles=frozenset({Role.COORDINATOR, Role.LEAD})), ada.actor())
    return made


@pytest.fixture
def parts(qapp, clock):
    made = alarming(clock)
    yield made
    made.close()


@pytest.fixture
def services(desk, tmp_path):
    return settings_services(desk, tmp_path)


@pytest.fixture
def tab(qtbot, parts, services):
    made = LadderTab(services.ladder, parts.around)
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    made.refresh()
    settle(qtbot, parts)
    return made


def settle(qtbot, parts):
    qtbot.waitUntil(lambda: not parts.around.runner.pending)


def shown(table):
    model = table.model()
    return [[model.index(at, i).data() for i in range(model.columnCount())] for at in range(model.rowCount())]


def fill(qtbot, parts, tab, *, after, tell):
    form = tab.steps.form
    form.after.setText(after)
    for target in tell:
        form.tell.choice.set_value(target)
        form.tell.add_button.click()
    qtbot.keyClick(form.after, Qt.Key.Key_Return, CTRL)
    settle(qtbot, parts)


def tick(desk, priority=Priority.P1):
    return [(str(step.condition), step.delay, step.targets) for step in desk.policy.active().ladder[priority]]


def test_the_steps_in_force_are_shown_in_words(tab):
    assert shown(tab.steps.table)[:3] == [
        ["acknowledged", "at once", "Owner", "own order", "–"],
        ["acknowledged", "after 5 min", "Coordinator", "own order", "–"],
        ["acknowledged", "after 10 min", "On-call leader", "own order", "3 × every 10 min"],
    ]
    assert tab.unsaved.isHidden()


def test_another_priority_has_its_own_steps(qtbot, parts, tab):
    tab.priority.button("P3").click()
    settle(qtbot, parts)
    assert shown(tab.steps.table)[1][1] == "after 1 h"


def test_a_step_is_added_seen_as_a_difference_and_saved_as_a_new_version(qtbot, desk, parts, tab):
    version = desk.policy.active().version
    tab.steps.add()
    fill(qtbot, parts, tab, after="20 min", tell=["person:Leo Park"])
    assert "New: unless acknowledged, after 20 min: Leo Park" in tab.difference.text()
    assert desk.policy.active().version == version
    with qtbot.waitSignal(tab.message_requested):
        qtbot.keyClick(tab.save_button, Qt.Key.Key_S, CTRL)
    settle(qtbot, parts)
    assert ("acknowledge", timedelta(minutes=20), ("person:Leo Park",)) in tick(desk)
    assert desk.policy.active().version == version + 1
    assert tab.unsaved.isHidden()


def test_a_mistake_is_told_beside_its_field_and_keeps_what_was_typed(qtbot, parts, tab):
    tab.steps.add()
    fill(qtbot, parts, tab, after="soon", tell=["owner"])
    assert tab.steps.form._rows["after"].error
    assert tab.steps.form.after.text() == "soon"
    assert tab.steps.form.isVisible()


def test_a_step_that_tells_nobody_is_refused_beside_whom_it_tells(qtbot, parts, tab):
    tab.steps.add()
    fill(qtbot, parts, tab, after="20 min", tell=[])
    assert tab.steps.form._rows["tell"].error


def test_steps_are_moved_and_removed_by_keys(qtbot, desk, parts, tab):
    tab.steps.table.selectRow(1)
    qtbot.keyClick(tab.steps.table, Qt.Key.Key_Down, CTRL)
    settle(qtbot, parts)
    assert [row[2] for row in shown(tab.steps.table)[:3]] == ["Owner", "On-call leader", "Coordinator"]
    qtbot.keyClick(tab.steps.table, Qt.Key.Key_Delete)
    settle(qtbot, parts)
    tab.save()
    settle(qtbot, parts)
    assert [targets for condition, _, targets in tick(desk) if condition == "acknowledge"] == [
        ("owner",),
        ("role:on-call leader",),
    ]


def test_changes_can_be_discarded(qtbot, parts, tab):
    tab.steps.table.selectRow(0)
    tab.steps.take_out()
    settle(qtbot, parts)
    assert tab.unsaved.isVisible()
    tab.discard_button.click()
    settle(qtbot, parts)
    assert shown(tab.steps.table)[0][2] == "Owner"
    assert tab.unsaved.isHidden()


def test_what_is_not_saved_outlives_a_refresh_and_another_priority(qtbot, parts, tab):
    tab.steps.table.selectRow(0)
    tab.steps.take_out()
    settle(qtbot, parts)
    tab.priority.button("P2").click()
    tab.refresh()
    settle(qtbot, parts)
    tab.priority.button("P1").click()
    settle(qtbot, parts)
    assert shown(tab.steps.table)[0][2] == "Coordinator"
    assert tab.difference.text().startswith("P1. No longer: unless acknowledged, at once: owner")


def test_a_step_that_moved_meanwhile_is_still_the_one_that_is_changed(qtbot, desk, parts, services, tab):
    tab.steps.table.selectRow(2)
    tab.steps.edit()
    rows = services.ladder.found().rows[Priority.P1][1:]
    services.ladder.save({Priority.P1: rows}, desk.policy.active().version)
    tab.refresh()
    settle(qtbot, parts)
    fill(qtbot, parts, tab, after="25 min", tell=[])
    assert [row[1:3] for row in shown(tab.steps.table)[:2]] == [
        ["after 5 min", "Coordinator"],
        ["after 25 min", "On-call leader"],
    ]


def another(qtbot, parts, services):
    """The tab as after a restart of the program."""
    tab = LadderTab(services.ladder, parts.around)
    qtbot.addWidget(tab)
    tab.show()
    tab.refresh()
    settle(qtbot, parts)
    return tab


def test_what_is_not_saved_outlives_the_program(qtbot, parts, services, tab):
    tab.steps.table.selectRow(0)
    tab.steps.take_out()
    settle(qtbot, parts)
    again = another(qtbot, parts, services)
    assert shown(again.steps.table)[0][2] == "Coordinator"
    assert "No longer: unless acknowledged, at once: owner" in again.difference.text()


@pytest.mark.parametrize("way", ["save", "discard"])
def test_what_is_saved_or_discarded_does_not_come_back(qtbot, parts, services, tab, way):
    tab.steps.table.selectRow(0)
    tab.steps.take_out()
    settle(qtbot, parts)
    getattr(tab, way)()
    settle(qtbot, parts)
    assert another(qtbot, parts, services).unsaved.isHidden()


def test_a_draft_that_cannot_be_read_is_left_out(qtbot, desk, parts, services):
    desk.draft.save("ladder", "ladder", {"version": 1, "rows": {"P9": [{"unless": 1}]}})
    assert another(qtbot, parts, services).unsaved.isHidden()


def test_whoever_is_no_lead_sees_why_it_cannot_be_saved(qtbot, desk, parts, tab):
    desk.person.set_operator(desk.person.find("Leo Park").id)
    tab.refresh()
    settle(qtbot, parts)
    tab.steps.table.selectRow(0)
    tab.steps.take_out()
    settle(qtbot, parts)
    assert not tab.save_button.isEnabled()
    assert "only a lead" in tab.unsaved._aside.text()


def test_another_version_that_came_meanwhile_is_not_overwritten(qtbot, desk, parts, services, tab):
    tab.steps.table.selectRow(0)
    tab.steps.take_out()
    settle(qtbot, parts)
    rows = services.ladder.found().rows[Priority.P4][1:]
    services.ladder.save({Priority.P4: rows}, desk.policy.active().version)
    tab.refresh()
    settle(qtbot, parts)
    assert "come into force meanwhile" in tab.error.text()
    before = desk.policy.active().version
    tab.save()
    settle(qtbot, parts)
    assert desk.policy.active().version == before


# -- who would be told
def test_everybody_who_would_be_told_is_listed_with_when_and_how(qtbot, desk, parts, services, tab):
    services.channels.add(desk.person.find("Leo Park").id, "jsons://hooks.example.org/x", "Work phone")
    tab.refresh()
    settle(qtbot, parts)
    rows = [row[1:4] for row in shown(tab.forecast.table)]
    assert ["The alarm", "Ada Quist", "this desk"] in rows
    assert ["Step 2", "Leo Park", "Work phone"] in rows


def test_what_reaches_nobody_is_said_with_its_reason(tab):
    whys = [row[4] for row in shown(tab.forecast.table)]
    assert any("no channel" in why for why in whys)


def test_changed_steps_are_tried_before_they_are_saved(qtbot, parts, tab):
    tab.steps.add()
    fill(qtbot, parts, tab, after="1 min", tell=["person:Ada Quist"])
    assert tab.forecast.state.text().startswith("By the changed ladder.")
    assert ["Step 1", "Ada Quist", "this desk"] in [row[1:4] for row in shown(tab.forecast.table)]


def test_the_instant_can_be_chosen_and_brought_back_to_now(qtbot, clock, parts, tab):
    chosen = clock.now() + timedelta(days=2)
    tab.forecast.at.setDateTime(QDateTime.fromSecsSinceEpoch(int(chosen.timestamp())))
    settle(qtbot, parts)
    assert tab.forecast.instant() == chosen.replace(microsecond=0)
    tab.forecast.now_button.click()
    settle(qtbot, parts)
    assert tab.forecast.instant() == clock.now()


def test_the_owner_is_told_where_there_is_one(qtbot, desk, parts, tab):
    assert "nobody for owner" in shown(tab.forecast.table)[0][4]
    tab.forecast.owner.set_value(desk.person.find("Ada Quist").id)
    settle(qtbot, parts)
    assert "nobody for owner" not in shown(tab.forecast.table)[0][4]


def test_a_dry_run_says_it_in_sentences_and_that_nothing_was_sent(qtbot, desk, parts, tab):
    tab.forecast.run_button.click()
    settle(qtbot, parts)
    assert "Nothing was sent." in tab.forecast.run.text()
    assert "At once: " in tab.forecast.run.text()
    with desk.store.read() as session:
        assert session.sql("SELECT count(*) FROM outbox").fetchone()[0] == 0


def test_a_rota_names_whoever_is_on_call_at_that_time(qtbot, desk, clock, parts, tab):
    leo = desk.person.find("Leo Park")
    layer = {
        "name": "primary",
        "start": f"{clock.now():%Y-%m-%dT%H:%M}",
        "every": {"unit": "week", "count": 1},
        "people": [[str(leo.id)], []],
    }
    roster = RosterService(store=desk.store, clock=clock, bus=desk.bus)
    by = desk.person.operator().actor()
    roster.create("Nights", "Payments", {"zone": "UTC", "layers": [layer]}, by)
    tab.refresh()
    settle(qtbot, parts)
    tab.steps.add()
    fill(qtbot, parts, tab, after="1 min", tell=["rotation:Nights"])
    assert "Leo Park: no channel" in whys(tab)["Step 1"]
    tab.forecast.at.setDateTime(
        QDateTime.fromSecsSinceEpoch(int((clock.now() + timedelta(days=8)).timestamp()))
    )
    settle(qtbot, parts)
    assert "nobody for rotation:Nights" in whys(tab)["Step 1"]


def whys(tab):
    return {row[1]: row[4] for row in shown(tab.forecast.table)}
