"""The account mail leaves by: checked, kept without its password, and changed by leads alone."""

from dataclasses import replace

import pytest

from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.mail_account import MailAccount, Security
from desktop.domain.person import Role
from tests.factories import an_actor
from tests.services.alarm_desk import LEAD
from tests.services.letter_desk import LetterDesk

ACCOUNT = MailAccount("smtp.example.org", 587, Security.STARTTLS, "desk", "desk@example.org", "The desk")


@pytest.fixture
def desk(store, clock):
    return LetterDesk(store, clock)


def test_what_is_kept_is_read_again_and_the_password_is_elsewhere(desk, database_path):
    desk.account.keep(ACCOUNT, LEAD, "s3cr3t-pass")
    assert desk.account.current() == ACCOUNT
    assert desk.account.password() == "s3cr3t-pass"
    desk.store.close()
    assert b"s3cr3t-pass" not in database_path.read_bytes()


def test_a_password_is_never_given_to_another_server(desk):
    desk.account.keep(ACCOUNT, LEAD, "s3cr3t-pass")
    with pytest.raises(DeskError) as caught:
        desk.account.keep(replace(ACCOUNT, host="evil.example.net"), LEAD)
    assert caught.value.field == "password"
    assert desk.account.current() == ACCOUNT


def test_another_name_of_the_sender_needs_no_password(desk):
    desk.account.keep(ACCOUNT, LEAD, "s3cr3t-pass")
    desk.account.keep(replace(ACCOUNT, from_name="Escalations"), LEAD)
    assert desk.account.password() == "s3cr3t-pass"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": "smtp.example.org/x"}, "host"),
        ({"host": ""}, "host"),
        ({"port": 0}, "port"),
        ({"security": Security.NONE}, "security"),
        ({"from_address": "desk"}, "from_address"),
        ({"reply_to": "a@b.org\nBcc: c@d.org"}, "reply_to"),
    ],
)
def test_what_cannot_work_is_refused_by_its_field(desk, change, field):
    with pytest.raises(DeskError) as caught:
        desk.account.keep(replace(ACCOUNT, **change), LEAD, "x")
    assert caught.value.field == field


def test_a_server_on_this_computer_may_do_without_encryption(desk):
    local = MailAccount("127.0.0.1", 2525, Security.NONE, "", "desk@example.org")
    assert desk.account.keep(local, LEAD) == local


def test_only_a_lead_changes_it(desk):
    with pytest.raises(NotAllowed):
        desk.account.keep(ACCOUNT, an_actor(Role.COORDINATOR), "x")
