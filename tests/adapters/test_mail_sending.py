"""Mail by SMTP: real servers get exactly what was written, and every way to fail is told apart."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.mail_sending import MailPost, built
from desktop.domain.mail_account import Mail, MailAccount, Security
from tests.support.smtp import PASSWORD, USER, Certificate, CutServer, SmtpServer

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MAIL = Mail(
    recipient="jo@example.org",
    to=(("Jo Rey", "jo@example.org"), ("Ops", "ops@example.org")),
    subject="[ESC-2026-0001] Orders stop at payment: we are investigating",
    body="Since 09:00 UTC orders stop at payment.\n\n.\nNext: größer {{ref}} <b>\n",
    message_id="<7.abc@desk.example.org>",
    at=AT,
    thread=("<5.abc@desk.example.org>", "<6.abc@desk.example.org>"),
)


def an_account(port, security=Security.NONE, **fields):
    defaults = {"host": "localhost", "from_address": "desk@desk.example.org", "from_name": "Escalation Desk"}
    return MailAccount(**(defaults | {"port": port, "security": security} | fields))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def post(certificate):
    return MailPost(certificate.trust, step_s=10)


@pytest.mark.parametrize("tls", [False, True], ids=["starttls", "tls"])
def test_a_server_gets_exactly_what_was_written_once_and_encrypted(certificate, post, tls):
    security = Security.TLS if tls else Security.STARTTLS
    with SmtpServer(certificate, tls=tls, needs_sign_in=not tls) as server:
        assert post.send(an_account(server.port, security, user="" if tls else USER), PASSWORD, MAIL).is_sent
        (mail,) = server.wait_for(1)
        assert server.envelopes[0][:2] == ("desk@desk.example.org", ["jo@example.org"])
    assert mail["Subject"] == MAIL.subject
    assert mail.get_content().replace("\r\n", "\n") == MAIL.body
    assert tls or server.was_encrypted == [True]


def test_the_head_names_sender_recipients_time_and_thread():
    account = an_account(25, reply_to="support@example.org")
    head = built(account, MAIL).decode().partition("\r\n\r\n")[0].split("\r\n")
    assert "From: Escalation Desk <desk@desk.example.org>" in head
    assert "To: Jo Rey <jo@example.org>, Ops <ops@example.org>" in head
    assert "Date: Tue, 24 Nov 2026 09:30:00 +0000" in head
    assert "Message-ID: <7.abc@desk.example.org>" in head
    assert "Reply-To: support@example.org" in head
    assert "In-Reply-To: <6.abc@desk.example.org>" in head
    assert "References: <5.abc@desk.example.org> <6.abc@desk.example.org>" in head
    assert 'Content-Type: text/plain; charset="utf-8"' in head
    assert not any(line.startswith("List-") for line in head)


HOSTILE = st.text(max_size=300) | st.sampled_from(
    [
        "x\r\nBcc: all@example.org",
        "x\n\nbody",
        "=?utf-8?q?=0ABcc:_x?=",
        "\u202eevil",
        "a" * 10_000,
        "\x00\x07",
    ]
)


@given(subject=HOSTILE, name=HOSTILE)
def test_nothing_that_people_wrote_begins_a_line_of_the_head(subject, name):
    mail = replace(MAIL, subject=subject, to=((name, "jo@example.org"),))
    try:
        head = built(an_account(25), mail).partition(b"\r\n\r\n")[0]
    except ValueError:
        return  # refused as a whole, which sends nothing
    names = {line.partition(b":")[0].lower() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")}
    assert names == {
        *(b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to", b"references"),
        *(b"mime-version", b"content-type", b"content-transfer-encoding"),
    }


def test_a_recipient_that_is_no_address_gets_nothing(post):
    outcome = post.send(an_account(1), "", replace(MAIL, recipient="jo@example.org\r\nRCPT TO:<x@y>"))
    assert not outcome.is_sent
    assert not outcome.is_temporary


def test_a_server_that_offers_no_encryption_gets_nothing(post):
    with SmtpServer() as server:
        outcome = post.send(an_account(server.port, Security.STARTTLS), "", MAIL)
        assert (outcome.is_sent, outcome.is_temporary, server.mails) == (False, False, [])
    assert "no encryption" in outcome.why


def test_a_certificate_that_is_not_trusted_ends_it_before_the_password(certificate):
    post = MailPost(ssl.create_default_context)
    with SmtpServer(certificate, tls=True) as server:
        outcome = post.send(an_account(server.port, Security.TLS, user=USER), PASSWORD, MAIL)
        assert server.mails == []
    assert "certificate" in outcome.why


def test_a_certificate_of_another_name_is_not_trusted(certificate, post):
    with SmtpServer(certificate) as server:
        account = an_account(server.port, Security.STARTTLS, host="127.0.0.2")
        outcome = post.send(account, "", MAIL)
    assert not outcome.is_sent


def test_without_encryption_only_this_computer_gets_mail(post):
    outcome = post.send(an_account(25, host="smtp.example.org"), "", MAIL)
    assert outcome.why == "Without encryption mail goes only to a server on this computer."


def test_a_wrong_password_is_told_and_not_tried_again(certificate, post):
    with SmtpServer(certificate, needs_sign_in=True) as server:
        outcome = post.send(an_account(server.port, Security.STARTTLS, user=USER), "wrong", MAIL)
    assert outcome.why == "The mail server refused the sign-in."
    assert not outcome.is_temporary


@pytest.mark.parametrize(("code", "temporary"), [("450 later", True), ("550 nobody", False)])
def test_a_refused_recipient_is_told_by_its_code(post, code, temporary):
    with SmtpServer() as server:
        server.answers = [code]
        outcome = post.send(an_account(server.port), "", MAIL)
        assert (outcome.is_sent, outcome.is_temporary, outcome.is_unsure) == (False, temporary, False)
        assert server.mails == []


@pytest.mark.parametrize(("code", "temporary"), [("451 later", True), ("554 spam", False)])
def test_a_refused_text_is_certainly_not_delivered(post, code, temporary):
    with SmtpServer() as server:
        server.data_answers = [code]
        outcome = post.send(an_account(server.port), "", MAIL)
    assert (outcome.is_sent, outcome.is_temporary, outcome.is_unsure) == (False, temporary, False)


@pytest.mark.parametrize("at", ["greeting", "data", "text"])
def test_a_connection_cut_before_the_end_of_the_text_may_be_tried_again(post, at):
    long = replace(MAIL, body="x" * 16_000_000)  # more than buffers take: it is noticed while it is sent
    with CutServer(at) as server:
        outcome = post.send(an_account(server.port), "", long)
        assert (outcome.is_sent, outcome.is_temporary, outcome.is_unsure) == (False, True, False)
        assert server.taken == 0


@pytest.mark.parametrize("at", ["dot", "silent"])
def test_a_connection_cut_after_the_text_leaves_it_uncertain(certificate, at):
    with CutServer(at) as server:
        outcome = MailPost(certificate.trust, step_s=1).send(an_account(server.port), "", MAIL)
        assert outcome.is_unsure
        assert not outcome.is_temporary
        assert server.taken == 1


def test_trying_out_signs_in_and_sends_nothing(certificate, post):
    with SmtpServer(certificate, needs_sign_in=True) as server:
        account = an_account(server.port, Security.STARTTLS, user=USER)
        assert post.try_out(account, PASSWORD).is_sent
        assert not post.try_out(account, "wrong").is_sent
        assert server.mails == []


def test_a_server_that_is_not_there_may_be_later(post):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    outcome = post.send(an_account(port), "", MAIL)
    assert outcome.is_temporary
    assert "could not be reached" in outcome.why
