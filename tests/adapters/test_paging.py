"""Addresses of channels: which kind they are, what of them may be seen, and what a failure means."""

import logging
import socket
import subprocess
import sys

import pytest

from desktop.adapters.paging import ApprisePost, without_calls
from desktop.domain.errors import DeskError
from tests.support.receivers import MailServer, WebhookServer

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general"
TWILIO = "twilio://AC735c307c62944b5a:e29dfbcebf390dee@12222222222/15551234567"


@pytest.fixture
def post():
    return ApprisePost()


@pytest.mark.parametrize(
    ("url", "kind", "shown"),
    [
        (
            "jsons://user:secret@hooks.example.org/secret?+X-Key=secret",
            "webhook",
            "JSON to hooks.example.org",
        ),
        ("xml://hooks.example.org/secret", "webhook", "XML to hooks.example.org"),
        ("mailtos://u:secret@example.org?to=bo@example.org", "mail", "E-Mail to bo@example.org"),
        (SLACK, "chat", "Slack"),
        (TWILIO, "sms", "Twilio"),
    ],
)
def test_an_address_is_known_by_its_kind_and_shows_no_secret(post, url, kind, shown):
    seen = post.look(url)
    assert (seen.kind, seen.shown) == (kind, shown)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "There is no address."),
        ("secret nonsense", "This is no address that a page can be sent to."),
        ("nowhere://secret", "This is no address that a page can be sent to."),
        (
            "mailto://u:secret@example.org?to=a@example.org,b@example.org",
            "This address reaches several at once.",
        ),
        ("mailto://u:secret@example.org?to=nobody", "This mail address has no recipient."),
        ("syslog://local7", "This shows something on this computer only."),
        ("json://host/secret\n", "There is no address."),
    ],
)
def test_what_cannot_be_used_is_refused_without_being_quoted(post, url, said):
    with pytest.raises(DeskError) as fault:
        post.look(url)
    assert fault.value.message == said
    assert "secret" not in str(fault.value)


@pytest.mark.parametrize(
    ("answer", "why", "is_temporary", "is_unsure"),
    [
        ("401", "The server answered 401.", False, False),
        ("429", "The server answered 429.", True, False),
        ("502", "The server answered 502.", True, False),
        ("drop", "The connection broke; nobody knows whether it arrived.", False, True),
    ],
)
def test_what_a_webhook_answers_is_understood(post, answer, why, is_temporary, is_unsure):
    with WebhookServer() as server:
        server.answers = [answer]
        outcome = post.send(server.url(), "Title", "Text")
    assert (outcome.why, outcome.is_temporary, outcome.is_unsure) == (why, is_temporary, is_unsure)


@pytest.mark.parametrize(
    ("answer", "why", "is_temporary"),
    [("550 nobody", "The mail server said 550.", False), ("451 later", "The mail server said 451.", True)],
)
def test_what_a_mail_server_answers_is_understood(post, answer, why, is_temporary):
    with MailServer() as server:
        server.answers = [answer]
        outcome = post.send(server.url(), "Title", "Text")
    assert (outcome.why, outcome.is_temporary, outcome.is_unsure) == (why, is_temporary, False)


@pytest.mark.parametrize(
    "url", ["json://127.0.0.1:9/x", "mailto://127.0.0.1:9?from=a@example.org&to=b@example.org"]
)
def test_a_server_that_is_not_there_may_be_tried_again(post, url):
    outcome = post.send(url, "Title", "Text")
    assert (outcome.why, outcome.is_temporary) == ("The server could not be reached.", True)


def test_a_server_that_says_nothing_leaves_it_unsure(post):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        outcome = post.send(f"json://127.0.0.1:{port}/x", "Title", "Text")
    assert (outcome.is_sent, outcome.is_unsure) == (False, True)


def test_an_address_that_asks_for_repeats_or_calls_failure_success_is_not_obeyed(post):
    with WebhookServer() as server:
        server.answers = ["503"] * 5
        outcome = post.send(f"{server.url()}?retry=3&optional=yes", "Title", "Text")
        assert (outcome.is_sent, server.tries) == (False, 1)


def test_an_address_that_is_damaged_meanwhile_is_a_failure_and_no_fault(post):
    assert post.send("nonsense", "Title", "Text").why == "The address of the channel cannot be used any more."


def test_nothing_the_library_says_reaches_the_log(post, caplog):
    caplog.set_level(logging.NOTSET)
    with WebhookServer() as server:
        post.send(server.url("s3cr3t-pass"), "Title", "Text")
    assert "s3cr3t-pass" not in caplog.text


def test_the_library_is_imported_with_the_first_page_only():
    code = "import sys, desktop.adapters.page_pump, desktop.adapters.paging; print('apprise' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_mail_is_plain_text_in_which_markup_is_only_words(post):
    with MailServer() as server:
        post.send(server.url(), "Breached: <b>x</b>", "One <img src=x>\n\nAcknowledge: http://desk/v1/ack/t")
    (mail,) = server.mails
    assert (mail.get_content_type(), mail["Subject"]) == ("text/plain", "Breached: <b>x</b>")
    assert mail.get_content().splitlines() == ["One <img src=x>", "", "Acknowledge: http://desk/v1/ack/t"]


def test_what_a_customer_typed_calls_nobody_in_a_chat():
    said = without_calls("@everyone <!channel> a@b.org")
    assert "@everyone" not in said
    assert "<!channel>" not in said
