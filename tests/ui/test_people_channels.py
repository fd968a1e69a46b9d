"""People with teams, hours and channels on the settings page, over a real desk."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.person import Person, Role
from desktop.domain.team import Team
from desktop.domain.time_off import TimeOff
from desktop.services.desk import Desk
from desktop.services.page_queue import PageQueue
from desktop.services.roster import RosterService
from desktop.services.team import TeamService
from desktop.services.time_off import TimeOffService
from desktop.ui.first_run import FirstAnswers, keep_answers
from desktop.ui.kit.dialogs import Question
from desktop.ui.settings.keeper import SettingsKeeper
from desktop.ui.settings.people_tab import PeopleTab
from tests.ui.alarm_support import alarming
from tests.ui.settings_support import settings_services

MAIL = "mailtos://leo:s3cret@smtp.example.org?to=leo@example.org"
HOOK = "jsons://hooks.example.org/t0ken"


@pytest.fixture
def desk(tmp_path, store, clock):
    made = Desk.over(store, tmp_path / "backups", clock)
    keep_answers(made.person, made.settings, FirstAnswers("Ada Quist", "Europe/Berlin"))
    leo = Person(0, "Leo Park", "LP", team="Payments", roles=frozenset({Role.ON_CALL}))
    made.person.create(leo, made.person.operator().actor())
    return made


@pytest.fixture
def parts(qapp, clock):
    made = alarming(clock)
    yield made
    made.close()


@pytest.fixture
def services(desk, tmp_path):
    return settings_services(desk, tmp_path)


def keeper_of(services, parts):
    return SettingsKeeper(services.settings, parts.around.runner)


@pytest.fixture
def tab(qtbot, parts, services):
    made = PeopleTab(services, parts.around, keeper_of(services, parts))
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    made.refresh()
    settle(qtbot, parts)
    return made


def settle(qtbot, parts):
    qtbot.waitUntil(lambda: not parts.around.runner.pending)


def open_leo(qtbot, parts, tab):
    tab.table.selectRow(1)
    tab.edit()
    settle(qtbot, parts)


def add_channel(qtbot, parts, tab, url, name):
    tab.channels.add_button.click()
    qtbot.keyClicks(tab.channels.form.url, url)
    qtbot.keyClicks(tab.channels.form.label, name)
    qtbot.keyClick(tab.channels.form.label, Qt.Key.Key_Return)
    settle(qtbot, parts)


def shown(table):
    model = table.model()
    return [[model.index(at, i).data() for i in range(model.columnCount())] for at in range(model.rowCount())]


# -- channels
def test_an_address_is_typed_once_and_then_masked(qtbot, parts, tab):
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, MAIL, "Work mail")
    ((label, goes_to, tested, success),) = shown(tab.channels.list.table)
    assert (label, tested, success) == ("Work mail", "Not tested", "never")
    assert "s3cret" not in goes_to
    assert "leo@example.org" in goes_to
    assert tab.channels.form.url.text() == ""


def test_it_is_said_where_the_address_is_kept(qtbot, parts, tab):
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, MAIL, "Work mail")
    assert "Work mail is saved." in tab.channels.note.text()
    assert "secrets.json" in tab.channels.note.text().replace("\u200b", "")


def test_an_address_that_cannot_be_used_is_refused_beside_its_field(qtbot, parts, tab):
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, "nothing-of-use", "Work mail")
    assert "mailto" in tab.channels.form._rows["url"].error
    assert tab.channels.form.isVisible()


def test_channels_are_put_in_another_order_by_keys(qtbot, parts, tab):
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, MAIL, "Mail")
    add_channel(qtbot, parts, tab, HOOK, "Hook")
    table = tab.channels.list.table
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, parts)
    assert [row[0] for row in shown(table)] == ["Hook", "Mail"]
    assert table.current().label == "Hook"


def test_a_channel_is_switched_off_by_space(qtbot, parts, tab):
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, MAIL, "Mail")
    qtbot.keyClick(tab.channels.list.table, Qt.Key.Key_Space)
    settle(qtbot, parts)
    assert shown(tab.channels.list.table)[0][2] == "Switched off"
    assert not tab.channels.list.test_button.isEnabled()


@pytest.mark.parametrize(("answer", "left"), [("keep", ["Mail"]), ("remove", [])])
def test_a_channel_is_removed_once_the_person_is_sure(qtbot, parts, tab, answer, left):
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, MAIL, "Mail")
    tab.channels.list.remove_button.click()
    (question,) = tab.channels.findChildren(Question)
    next(button for button in question.buttons() if button.objectName() == answer).click()
    settle(qtbot, parts)
    assert [row[0] for row in shown(tab.channels.list.table)] == left


@pytest.mark.parametrize(
    ("works", "state", "said"), [(True, "Taken over", "Ask Leo Park"), (False, "Failed", "answered 503")]
)
def test_the_result_of_a_test_is_told_as_it_is(qtbot, desk, clock, parts, tab, works, state, said):
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, MAIL, "Mail")
    tab.channels.list.test_button.click()
    settle(qtbot, parts)
    assert shown(tab.channels.list.table)[0][2] == "On its way…"
    carry(desk, clock, works=works)
    tab.channels.refresh()
    settle(qtbot, parts)
    assert shown(tab.channels.list.table)[0][2] == state
    assert said in tab.channels.list.standing.text()


def carry(desk, clock, *, works):
    """What the pump would do with the page that waits."""
    queue = PageQueue(
        store=desk.store,
        clock=clock,
        bus=desk.bus,
        outbox=desk.outbox,
        desk="desk",
        link_base=str,
        reads_mail=bool,
    )
    (page,) = queue.claim(9)
    if works:
        queue.sent(page)
    else:
        queue.failed(page, "The server answered 503.", temporary=False)


def test_at_the_sample_desk_nothing_is_tested_and_that_is_said(qtbot, desk, parts, tmp_path):
    silent = settings_services(desk, tmp_path, silent="Nothing leaves this desk.")
    tab = PeopleTab(silent, parts.around, keeper_of(silent, parts))
    qtbot.addWidget(tab)
    tab.show()
    tab.refresh()
    settle(qtbot, parts)
    open_leo(qtbot, parts, tab)
    add_channel(qtbot, parts, tab, MAIL, "Mail")
    tab.channels.list.test_button.click()
    settle(qtbot, parts)
    assert "Nothing leaves this desk." in tab.channels.error.text()
    assert shown(tab.channels.list.table)[0][2] == "Not tested"


# -- the list
def test_whoever_may_be_paged_and_has_no_channel_is_marked(qtbot, desk, parts, services, tab):
    assert shown(tab.table)[1][4] == "No working channel"
    assert tab.model.data(tab.model.index(1, 0), Qt.ItemDataRole.UserRole + 1) == ("text.warning", -1)
    services.channels.add(desk.person.find("Leo Park").id, MAIL, "")
    tab.refresh()
    settle(qtbot, parts)
    assert shown(tab.table)[1][4] == "Mail"
    assert tab.model.data(tab.model.index(1, 0), Qt.ItemDataRole.UserRole + 1) == ("", -1)


def test_a_channel_whose_test_failed_does_not_count_as_one_that_works(qtbot, desk, parts, services, tab):
    kept = services.channels.add(desk.person.find("Leo Park").id, MAIL, "")
    with desk.store.begin() as session:
        session.sql("UPDATE channel SET test_state = ? WHERE id = ?", ("failed", kept.channel.id))
    tab.refresh()
    settle(qtbot, parts)
    assert shown(tab.table)[1][4] == "No working channel"


# -- the form
def test_phone_and_working_hours_are_kept(qtbot, desk, parts, tab):
    open_leo(qtbot, parts, tab)
    tab.form.phone.setText("+49 30 1234")
    tab.form.hours.setText("mon-fri 9-17:30")
    qtbot.keyClick(tab.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, parts)
    leo = desk.person.find("Leo Park")
    assert leo.phone == "+49 30 1234"
    open_leo(qtbot, parts, tab)
    assert tab.form.hours.text() == "mon–fri 09:00–17:30"


def test_hours_that_cannot_be_read_are_refused_beside_their_field(qtbot, parts, tab):
    open_leo(qtbot, parts, tab)
    tab.form.hours.setText("whenever")
    tab.form.keep_button.click()
    assert "mon–fri" in tab.form._rows["working_hours"].error


def on_call_for_a_week(desk, clock, person):
    by = desk.person.operator().actor()
    document = {
        "zone": "UTC",
        "layers": [
            {
                "name": "primary",
                "start": f"{clock.now():%Y-%m-%dT%H:%M}",
                "every": {"unit": "week", "count": 1},
                "people": [[str(person.id)]],
            }
        ],
    }
    RosterService(store=desk.store, clock=clock, bus=desk.bus).create("Nights", "Payments", document, by)


def test_whoever_leaves_is_told_which_shifts_would_have_nobody(qtbot, desk, clock, parts, tab):
    on_call_for_a_week(desk, clock, desk.person.find("Leo Park"))
    open_leo(qtbot, parts, tab)
    tab.form.active.click()
    settle(qtbot, parts)
    words = tab.form.leaving.words.text()
    assert "Leo Park is on call" in words
    assert "nobody would be there instead" in words
    assert "Nights" in words


def test_a_rota_keeps_whoever_it_counts_on(qtbot, desk, clock, parts, tab):
    on_call_for_a_week(desk, clock, desk.person.find("Leo Park"))
    open_leo(qtbot, parts, tab)
    tab.form.active.click()
    tab.form.keep_button.click()
    settle(qtbot, parts)
    assert "Take them out of the rota first" in tab.form._rows["active"].error
    assert desk.person.find("Leo Park").active


def test_the_accounts_of_whoever_leaves_are_handed_over(qtbot, desk, parts, tab):
    ada, leo = desk.person.find("Ada Quist"), desk.person.find("Leo Park")
    desk.customer.create("Northwind", ada.actor(), account_owner_id=leo.id)
    open_leo(qtbot, parts, tab)
    tab.form.active.click()
    settle(qtbot, parts)
    assert "Northwind" in tab.form.leaving.accounts.text()
    tab.form.leaving.to.set_value(ada.id)
    tab.form.leaving.button.click()
    settle(qtbot, parts)
    assert desk.customer.find("Northwind").account_owner_id == ada.id
    assert not tab.form.leaving.accounts.isVisible()


# -- now
def test_the_list_says_who_is_on_call_now(qtbot, desk, clock, parts, tab):
    on_call_for_a_week(desk, clock, desk.person.find("Leo Park"))
    tab.refresh()
    settle(qtbot, parts)
    assert shown(tab.table)[1][3] == "On call"


def no_calendar(*_what):
    """No file is read here."""
    return ()


def test_the_list_says_who_is_away(qtbot, desk, clock, parts, tab):
    leo, now, a_day = desk.person.find("Leo Park"), clock.now(), timedelta(days=1)
    leave = TimeOffService(store=desk.store, clock=clock, bus=desk.bus, read=no_calendar)
    leave.add(TimeOff(0, leo.id, now - a_day, now + a_day, "Leave"), desk.person.operator().actor())
    tab.refresh()
    settle(qtbot, parts)
    assert shown(tab.table)[1][3] == "Away"


# -- teams
def test_a_team_is_described_with_its_lead_and_hours(qtbot, desk, parts, tab):
    assert shown(tab.teams.table)[0][:2] == ["Payments", "1 person"]
    tab.teams.new_button.click()
    form = tab.teams.form
    qtbot.keyClicks(form.name, "Search")
    form.zone.setText("America/Chicago")
    form.hours.setText("mon–fri 8–16")
    form.lead.set_value(desk.person.find("Leo Park").id)
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    settle(qtbot, parts)
    assert shown(tab.teams.table)[1] == ["Search", "0 people", "America/Chicago", "no rota"]
    assert tab.teams.form.isHidden()


def test_a_team_that_is_in_use_is_not_removed_and_says_why(qtbot, desk, parts, tab):
    by = desk.person.operator().actor()
    TeamService(store=desk.store, clock=desk.clock, bus=desk.bus).keep(Team(0, "Payments"), by)
    tab.refresh()
    settle(qtbot, parts)
    tab.teams.table.selectRow(0)
    qtbot.keyClick(tab.teams.table, Qt.Key.Key_Delete)
    settle(qtbot, parts)
    assert "in use" in tab.teams.error.text()


def test_a_mistake_in_a_team_is_told_beside_its_field(qtbot, parts, tab):
    tab.teams.new_button.click()
    tab.teams.form.name.setText("Search")
    tab.teams.form.zone.setText("Nowhere")
    tab.teams.form.keep_button.click()
    settle(qtbot, parts)
    assert "Nowhere" in tab.teams.form._rows["zone"].error


def test_results_of_drills_by_seat_are_switched_off_for_the_whole_desk(tab, services, parts, qtbot):
    assert tab.drill_seats.box.isChecked()
    tab.drill_seats.box.click()
    settle(qtbot, parts)
    assert services.settings.current.drill_seats is False
