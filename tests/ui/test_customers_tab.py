"""Customers in the settings, over a real desk: by keys and by clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.person import Actor, Person, Role
from desktop.services.desk import Desk
from desktop.ui.settings.customers_tab import CustomersTab
from tests.factories import an_intake
from tests.ui.alarm_support import alarming
from tests.ui.settings_support import settings_services

K = Qt.Key
LEAD = Actor("Set-up", None, frozenset({Role.LEAD, Role.COORDINATOR}))


@pytest.fixture
def desk(tmp_path, store, clock):
    made = Desk.over(store, tmp_path / "backups", clock)
    ada = made.person.create(Person(0, "Ada Quist", "", roles=frozenset({Role.LEAD})), LEAD)
    made.person.set_operator(ada.id)
    made.customer.create("Northwind", LEAD, tier="enterprise", revenue=2_000_000)
    made.customer.create("North Wind Ltd", LEAD, tier="standard", revenue=0, region="UK")
    made.customer.create("Fennel & Rye", LEAD, tier="growth")
    made.escalations.escalation.open(an_intake(), LEAD)
    return made


@pytest.fixture
def parts(qapp, clock):
    made = alarming(clock)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot, desk, parts, tmp_path):
    services = settings_services(desk, tmp_path)
    made = CustomersTab(services, parts.around)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.refresh()
    settle(qtbot, parts)
    made.focus_first()
    return made


def settle(qtbot, parts):
    qtbot.waitUntil(lambda: not parts.around.runner.pending)


def press(qtbot, *keys):
    """Words are typed and keys pressed where the focus is."""
    for key in keys:
        where = QApplication.focusWidget()
        qtbot.keyClicks(where, key) if isinstance(key, str) else qtbot.keyClick(where, key)


def shown(tab):
    model = tab.list.table.model()
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def names(tab):
    return [row[0] for row in shown(tab)]


def choose(tab, name):
    tab.list.table.selectRow(names(tab).index(name))


def test_the_list_says_what_is_known_and_what_is_open(tab):
    assert shown(tab) == [
        ["Fennel & Rye", "Growth", "not known", "–", "–"],
        ["North Wind Ltd", "Standard", "0 EUR", "UK", "–"],
        ["Northwind", "Enterprise", "2 M EUR", "–", "1"],
    ]


def test_it_is_found_as_one_types(qtbot, tab):
    press(qtbot, "nort")
    assert names(tab) == ["North Wind Ltd", "Northwind"]
    assert tab.list.count.text() == "2 of 3"
    press(qtbot, K.Key_Escape)
    assert len(names(tab)) == 3


def test_by_keys_alone_a_customer_is_found_and_changed(qtbot, desk, parts, tab):
    press(qtbot, "fenn", K.Key_Return)
    assert tab.form.isVisible()
    tab.form.contacts.setFocus()
    press(qtbot, "Ann Lee, ann@example.org", K.Key_Return)
    settle(qtbot, parts)
    assert desk.customer.find("Fennel & Rye").contacts == "Ann Lee, ann@example.org"
    assert tab.list.isVisible()


def test_one_who_is_not_found_is_added_under_that_name(qtbot, desk, parts, tab):
    press(qtbot, "Tailspin Toys")
    assert tab.list.empty.isVisible()
    tab.list.new_button.click()
    assert tab.form.name.text() == "Tailspin Toys"
    tab.form.tier.button("strategic").click()
    tab.form.revenue.setText("4.2 M")
    tab.form.zone.setText("Europe/Rome")
    with qtbot.waitSignal(tab.work_told) as told:
        tab.form.keep_button.click()
    added = desk.customer.find("Tailspin Toys")
    assert (added.tier, added.revenue, added.zone) == ("strategic", 4_200_000, "Europe/Rome")
    assert told.args[1] == "Added Tailspin Toys"


def test_before_bands_change_the_form_says_so_and_saves_at_the_second_wish(qtbot, desk, parts, tab):
    choose(tab, "Northwind")
    tab.list.edit_button.click()
    tab.form.tier.button("standard").click()
    tab.form.revenue.setText("0")
    tab.form.keep()
    settle(qtbot, parts)
    assert tab.form.foresight.text() == "1 of 1 open escalation changes band: ESC-2026-0001 P2 to P3."
    assert desk.customer.find("Northwind").tier == "enterprise"
    with qtbot.waitSignal(tab.work_told) as told:
        tab.form.keep()
    assert told.args[1] == "Saved Northwind, 1 escalation re-scored"
    assert desk.customer.find("Northwind").tier == "standard"


def test_the_foresight_comes_by_itself_while_one_chooses(qtbot, parts, tab):
    choose(tab, "Northwind")
    tab.list.edit()
    tab.form.tier.button("strategic").click()
    qtbot.waitUntil(lambda: tab.form.foresight.isVisible())
    assert tab.form.foresight.text() == "1 of 1 open escalation gets another score; none changes band."


def test_what_changes_no_band_is_kept_at_once(qtbot, desk, parts, tab):
    choose(tab, "Northwind")
    tab.list.edit()
    tab.form.tier.button("strategic").click()
    with qtbot.waitSignal(tab.work_told):
        tab.form.keep()
    assert desk.customer.find("Northwind").tier == "strategic"


def test_what_is_done_can_be_undone(qtbot, desk, parts, tab):
    choose(tab, "Fennel & Rye")
    with qtbot.waitSignal(tab.work_told) as told:
        tab.list.put_away()
    desk.escalations.undoing.undo(told.args[0].seqs, LEAD)
    assert desk.customer.find("Fennel & Rye").archived_at is None


def test_a_faulty_amount_is_told_beside_its_field(qtbot, desk, parts, tab):
    choose(tab, "Fennel & Rye")
    tab.list.edit()
    tab.form.revenue.setText("a lot")
    tab.form.keep()
    assert "not an amount" in tab.form._rows["revenue"].error
    assert tab.form.revenue.text() == "a lot"
    assert desk.customer.find("Fennel & Rye").revenue is None


@pytest.mark.parametrize(("field", "text"), [("name", "northwind"), ("zone", "Nowhere")])
def test_what_the_desk_refuses_is_told_beside_its_field(qtbot, parts, tab, field, text):
    choose(tab, "Fennel & Rye")
    tab.list.edit()
    getattr(tab.form, field).setText(text)
    tab.form.keep()
    settle(qtbot, parts)
    assert tab.form._rows[field].error
    assert tab.form.isVisible()


def test_del_archives_and_the_same_key_brings_back(qtbot, desk, parts, tab):
    choose(tab, "Fennel & Rye")
    tab.list.table.setFocus()
    press(qtbot, K.Key_Delete)
    settle(qtbot, parts)
    assert "Fennel & Rye" not in names(tab)
    tab.list.archived.click()
    choose(tab, "Fennel & Rye")
    assert tab.list.archive_button.accessibleName() == "Bring back"
    tab.list.table.setFocus()
    press(qtbot, K.Key_Delete)
    settle(qtbot, parts)
    assert desk.customer.find("Fennel & Rye").archived_at is None


def test_one_with_something_open_is_not_archived_and_says_why(qtbot, desk, parts, tab):
    choose(tab, "Northwind")
    tab.list.archive_button.click()
    settle(qtbot, parts)
    assert tab.list.refusal.text().startswith("Northwind has 1 open escalation.")


def test_a_duplicate_is_merged_by_keys(qtbot, desk, parts, tab):
    choose(tab, "Northwind")
    tab.list.merge_button.click()
    press(qtbot, "north w", K.Key_Return)
    settle(qtbot, parts)
    assert tab.merging.foresight.text() == "1 of 1 open escalation changes band: ESC-2026-0001 P2 to P3."
    with qtbot.waitSignal(tab.work_told) as told:
        press(qtbot, K.Key_Return)
    assert told.args[1] == "Merged into North Wind Ltd, 1 escalation re-scored"
    settle(qtbot, parts)
    assert names(tab) == ["Fennel & Rye", "North Wind Ltd"]


def test_a_merge_wants_to_know_into_whom(qtbot, tab):
    choose(tab, "Northwind")
    tab.list.merge()
    tab.merging.merge_button.click()
    assert tab.merging.row.error == "Choose the customer that stays."


def test_tab_goes_through_the_form_in_the_order_it_is_read(qtbot, tab):
    choose(tab, "Northwind")
    tab.list.edit()
    press(qtbot, K.Key_Tab, K.Key_Left, K.Key_Left)
    assert tab.form.tier.value() == "standard"
    press(qtbot, K.Key_Tab)
    assert tab.form.revenue.hasFocus()


def test_saving_what_was_not_changed_just_closes(qtbot, parts, tab):
    choose(tab, "Northwind")
    tab.list.edit()
    press(qtbot, K.Key_Return)
    settle(qtbot, parts)
    assert tab.list.isVisible()


def test_esc_leaves_everything_as_it_was(qtbot, desk, parts, tab):
    choose(tab, "Fennel & Rye")
    tab.list.edit()
    press(qtbot, " changed", K.Key_Escape)
    assert tab.list.isVisible()
    assert desk.customer.find("Fennel & Rye changed") is None


def test_whoever_may_not_is_told_who_may(qtbot, desk, parts, tab):
    onno = desk.person.create(Person(0, "Onno Kay", "", roles=frozenset({Role.ON_CALL})), LEAD)
    desk.person.set_operator(onno.id)
    tab.refresh()
    settle(qtbot, parts)
    choose(tab, "Fennel & Rye")
    tab.list.edit()
    assert tab.form.isHidden()
    assert "Ask a coordinator or a lead" in tab.list.refusal.text()


def test_a_name_full_of_signs_is_shown_as_text(qtbot, desk, parts, tab):
    desk.customer.create("<b>Bold</b> & \u202eco", LEAD)
    tab.refresh()
    settle(qtbot, parts)
    choose(tab, next(name for name in names(tab) if "Bold" in name))
    tab.list.edit()
    assert tab.form.name.text().startswith("<b>Bold</b> &")
