"""Pages in a window: it sends them while somebody has a channel, and loads nothing of it before."""

import subprocess
import sys
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.adapters.paging import ApprisePost
from desktop.adapters.secrets import Secrets, system_keyring
from desktop.domain.person import Actor, Role
from desktop.services.desk import Desk
from desktop.services.paging import PagingService
from tests.support.full_desk import NoonClock, full_desk
from tests.support.real_window import real_window
from tests.support.receivers import WebhookServer

LEAD = Actor("Leo Marsh", None, frozenset({Role.LEAD}))
_QUIET = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.domain.clock import SystemClock
from tests.support.real_window import real_window
app = QApplication(sys.argv)
with real_window(Path(sys.argv[1]), SystemClock()):
    print(*sorted(set(sys.modules) & {"apprise", "desktop.adapters.page_pump", "desktop.ui.settings.page"}))
"""


@pytest.fixture
def database(tmp_path):
    return full_desk(tmp_path / "desk.sqlite3", alarming=False)


def ask_for_a_test(database, url):
    """Somebody gets a channel, and a test of it waits to be sent."""
    secrets = Secrets(database.parent, f"escalation-desk {database}", system_keyring)
    with closing(Desk.open(database, database.parent / "backups", NoonClock())) as desk:
        paging = PagingService(
            store=desk.store, clock=desk.clock, bus=desk.bus, secrets=secrets, looker=ApprisePost()
        )
        paging.test(paging.add(desk.person.find("Sana Ito").id, url, LEAD).id, LEAD)


def test_a_window_sends_what_waits(qapp, database):
    with WebhookServer() as hook:
        ask_for_a_test(database, hook.url())
        with real_window(database, NoonClock()) as window:
            window.until(lambda: hook.posts, "the test page")
            window.until(lambda: window.rows("SELECT 1 FROM channel WHERE test_state = 'sent'"), "its result")
        assert [post["title"] for post in hook.posts] == ["Test page"]


def test_nothing_of_it_is_loaded_while_nobody_has_a_channel(database):
    run = subprocess.run(
        [sys.executable, "-c", _QUIET, str(database)], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.split() == []


def test_a_channel_is_added_and_tested_in_the_window(qapp, database):
    with WebhookServer() as hook, real_window(database, NoonClock()) as window:
        window.window.pages.go_to("page.settings")
        window.settle()
        people = window.window.pages.current.people
        people.edit()
        people.channels.add()
        QTest.keyClicks(people.channels.form.url, hook.url())
        QTest.keyClick(people.channels.form.url, Qt.Key.Key_Return)
        window.settle()
        assert hook.url() not in window.texts()
        people.channels.list.test_button.click()
        window.until(lambda: "was taken over" in people.channels.list.standing.text(), "the result")
        assert [post["title"] for post in hook.posts] == ["Test page"]
