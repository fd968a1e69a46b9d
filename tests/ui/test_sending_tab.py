"""The tab of sending over a real desk: the account with its test, and who is written to."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.adapters.mail_sending import MailPost
from desktop.adapters.secrets import Secrets
from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.mail_account import Security
from desktop.domain.person import Role
from desktop.ui.settings.sending_tab import SendingTab
from desktop.wiring.sending_desk import DeskSending
from tests.support.smtp import PASSWORD, USER, Certificate, SmtpServer

CHAT = "json://hook.example.org/secret-token"


def no_keyring():
    """As on a machine without one."""
    return None


class Sending:
    """The tab, opened by somebody of a role."""

    def __init__(self, real_desk, around, qtbot, folder, role, **others) -> None:
        real_desk.act_as(role)
        base = real_desk.base
        desk = SimpleNamespace(
            store=base.store,
            clock=base.clock,
            bus=base.bus,
            person=real_desk.person,
            customer=real_desk.customer,
        )
        self.around, self.qtbot, self.store = around, qtbot, base.store
        self.desk = DeskSending(desk, Secrets(folder, "test", no_keyring), **others)
        self.tab = SendingTab(self.desk, around)
        qtbot.addWidget(self.tab)
        self.tab.resize(1000, 800)
        with qtbot.waitExposed(self.tab):
            self.tab.show()
        self.refresh()

    def refresh(self):
        self.tab.refresh()
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: self.around.runner.pending == 0)

    def fill(self, port, security=Security.STARTTLS, user=USER, password=PASSWORD, **fields):
        card = self.tab.account
        card.security.button(security.value).click()
        texts = {"host": "localhost", "from_address": "desk@example.org", "user": user, "password": password}
        for name, text in (texts | fields).items():
            getattr(card, name).setText(text)
        card.port.setValue(port)
        card.keep_button.click()
        self.settle()


@pytest.fixture
def certificate(tmp_path):
    return Certificate(tmp_path)


@pytest.fixture
def opened(real_desk, around, qtbot, tmp_path):
    def made(role=Role.LEAD, **others):
        return Sending(real_desk, around, qtbot, tmp_path, role, **others)

    return made


def test_a_lead_sets_the_account_up_and_sends_a_test(opened, certificate):
    sending = opened(post=MailPost(certificate.trust, step_s=10))
    with SmtpServer(certificate, needs_sign_in=True) as server:
        sending.fill(server.port)
        assert sending.tab.account.note.text().startswith("Saved.")
        sending.tab.account.test_button.click()
        sending.settle()
        (mail,) = server.wait_for(1)
    assert mail["To"] == "desk@example.org"
    assert "has taken a test mail" in sending.tab.account.note.text()


def test_what_a_server_says_of_the_password_is_told(opened, certificate):
    sending = opened(post=MailPost(certificate.trust, step_s=10))
    with SmtpServer(certificate, needs_sign_in=True) as server:
        sending.fill(server.port, password="wrong")
        sending.tab.account.test_button.click()
        sending.settle()
    assert sending.tab.account.error.text() == "The mail server refused the sign-in."


def test_the_usual_port_follows_the_security(opened):
    sending = opened()
    card = sending.tab.account
    assert card.port.value() == 587
    card.security.button("tls").click()
    assert card.port.value() == 465


def test_a_fault_stands_beside_its_field_and_nothing_is_lost(opened):
    sending = opened()
    sending.fill(25, security=Security.NONE, host="smtp.example.org", user="")
    assert "anybody on the way" in sending.tab.account._rows["security"].error
    assert sending.tab.account.host.text() == "smtp.example.org"


def test_the_password_is_gone_from_the_form_once_it_is_kept(opened):
    sending = opened()
    sending.fill(587)
    assert sending.tab.account.password.text() == ""
    assert "leave it empty to keep it" in sending.tab.account._rows["password"].note


def test_a_coordinator_sees_the_account_and_changes_contacts_only(opened):
    sending = opened(Role.COORDINATOR)
    tab = sending.tab
    assert not tab.account.keep_button.isEnabled()
    assert tab.account.error.text() == "Only a lead changes the mail account."
    assert tab.contacts.add_button.isEnabled()


def test_a_contact_is_added_by_its_form(opened, qtbot):
    sending = opened()
    card = sending.tab.contacts
    card.add_button.click()
    card.form.circle.button(Circle.EXECUTIVE.value).click()
    card.form.name.setText("Vera Boss")
    card.form.address.setText("vera@example.org")
    qtbot.keyClick(card.form.address, Qt.Key.Key_Return)
    sending.settle()
    assert [row.name for row in card.table.model().rows] == ["Vera Boss"]
    assert card.form.isHidden()


def test_a_wrong_address_is_told_beside_its_field(opened, qtbot):
    sending = opened()
    form = sending.tab.contacts.form
    sending.tab.contacts.add_button.click()
    form.circle.button(Circle.EXECUTIVE.value).click()
    form.name.setText("Vera")
    form.address.setText("vera at example.org")
    form.keep()
    sending.settle()
    assert "no mail address" in form._rows["address"].error
    assert form.address.text() == "vera at example.org"


def test_the_address_of_a_chat_is_shown_no_more_once_it_is_kept(opened):
    sending = opened()
    sending.desk.keep_contact(Contact(0, "Room", Circle.ENGINEERS, Reach.CHAT, CHAT))
    sending.refresh()
    sending.tab.contacts.edit()
    form = sending.tab.contacts.form
    assert form.address.text() == ""
    form.name.setText("War room")
    form.keep()
    sending.settle()
    (row,) = sending.tab.contacts.table.model().rows
    assert (row.name, row.address) == ("War room", "JSON to hook.example.org")


def test_addresses_of_a_customers_line_are_taken_over_by_a_click(opened):
    sending = opened()
    with sending.store.begin() as session:
        session.sql("UPDATE customer SET contacts = 'Jo Rey <jo@example.org>, ops@example.org'")
    sending.refresh()
    card = sending.tab.contacts
    assert card.offer.text() == "Northwind names Jo Rey and ops@example.org."
    card.take_button.click()
    sending.settle()
    assert card.note.text() == "2 contacts taken over."
    assert card.take_button.isHidden()


def test_a_removed_contact_is_asked_about_first(opened):
    sending = opened()
    sending.desk.keep_contact(Contact(0, "Vera", Circle.EXECUTIVE, Reach.MAIL, "vera@example.org"))
    sending.refresh()
    sending.tab.contacts._asked = sending.tab.contacts.table.current()
    sending.tab.contacts._remove("remove")
    sending.settle()
    assert not sending.tab.contacts.table.model().rows


def test_a_sample_desk_says_that_nothing_leaves_it_and_sends_no_test(opened):
    sending = opened(silent="This is the sample desk: nothing leaves it.")
    sending.fill(587)
    sending.tab.account.test_button.click()
    sending.settle()
    assert "nothing leaves it" in sending.tab.account.error.text()
    assert not sending.tab.silent.isHidden()
