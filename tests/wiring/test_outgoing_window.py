"""Messages in a window: it sends what waits and shows that it arrived; before, nothing of it is loaded."""

import subprocess
import sys
from contextlib import closing

import pytest

from desktop.adapters.paging import ApprisePost
from desktop.adapters.secrets import Secrets, system_keyring
from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.instant import to_us
from desktop.domain.mail_account import MailAccount, Security
from desktop.domain.person import Actor, Role
from desktop.services.contact import ContactService
from desktop.services.desk import Desk
from desktop.services.letters import hand_over
from desktop.services.mail_account import MailAccountService
from desktop.ui.message.ledger import SENT
from tests.factories import a_row
from tests.support.full_desk import NoonClock, full_desk
from tests.support.real_window import real_window
from tests.support.smtp import SmtpServer

LEAD = Actor("Leo Marsh", None, frozenset({Role.LEAD}))
BODY = "We are working on it.\n\nWe write again by Tue 24 Nov 2026, 15:00 UTC."
_QUIET = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.domain.clock import SystemClock
from tests.support.real_window import real_window
app = QApplication(sys.argv)
with real_window(Path(sys.argv[1]), SystemClock()):
    names = {"smtplib", "jinja2", "apprise", "desktop.adapters.letter_pump", "desktop.services.outgoing",
             "desktop.ui.message.ledger", "desktop.ui.message.panel_tab", "desktop.wiring.ledger"}
    print(*sorted(set(sys.modules) & names))
"""


@pytest.fixture
def database(tmp_path):
    return full_desk(tmp_path / "desk.sqlite3", alarming=False)


def send(database, port):
    """A message to a customer waits to leave by a server of this computer."""
    secrets = Secrets(database.parent, f"escalation-desk {database}", system_keyring)
    with closing(Desk.open(database, database.parent / "backups", NoonClock())) as desk:
        parts = {"store": desk.store, "clock": desk.clock, "bus": desk.bus, "secrets": secrets}
        account = MailAccount("127.0.0.1", port, Security.NONE, "", "desk@example.org", "The desk")
        MailAccountService(**parts).keep(account, LEAD)
        with desk.store.read() as session:
            row = session.sql("SELECT id, customer_id FROM escalation ORDER BY id LIMIT 1").fetchone()
        contact = Contact(0, "Jo Rey", Circle.CUSTOMER, Reach.MAIL, "jo@example.org", row[1])
        jo = ContactService(**parts, looker=ApprisePost()).add(contact, LEAD)
        now_us = to_us(desk.clock.now())
        with desk.store.begin() as session:
            facts = {"stage": "initial", "medium": "email", "way": "mail", "subject": "Update", "body": BODY}
            keys = {"send_key": "x", "batch": "x", "by_name": "Ada", "hash": "0", "state": "queued"}
            sent_id = a_row(
                session,
                "sent_message",
                escalation_id=row[0],
                audience="customer",
                sent_at=now_us,
                state_at=now_us,
                **facts,
                **keys,
            )
            hand_over(
                session,
                sent_id=sent_id,
                escalation_id=row[0],
                contacts=[jo],
                subject="Update",
                body=BODY,
                at_us=now_us,
            )


def test_a_window_sends_what_waits_and_shows_that_it_arrived(qapp, database):
    with SmtpServer() as server:
        send(database, server.port)
        with real_window(database, NoonClock()) as window:
            window.until(lambda: window.rows("SELECT 1 FROM sent_message WHERE state = 'sent'"), "its end")
            window.window.pages.go_to("page.message")
            page = window.window.pages.current
            page.show_tab(SENT)
            window.until(lambda: page.sent.table.model().rows, "the list")
            assert "Sent" in window.texts()
            assert page.sent.sheet.text.toPlainText() == BODY
        assert [mail.get_content().replace("\r\n", "\n") for mail in server.mails] == [f"{BODY}\n"]


def test_nothing_of_it_is_loaded_while_nothing_waits(database):
    run = subprocess.run(
        [sys.executable, "-c", _QUIET, str(database)], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.split() == []
