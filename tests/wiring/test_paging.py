"""Pages of a whole desk: nothing of it runs until somebody has a channel, and in a drill it never does."""

import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from desktop.adapters.secrets import Secrets
from desktop.domain.clock import SystemClock
from desktop.domain.intake import Intake
from desktop.domain.person import Person, Role
from desktop.services.desk import SET_UP, Desk
from desktop.services.worker import Worker
from desktop.wiring.listening import Listening
from desktop.wiring.paging import Pages
from tests.factories import a_customer_row
from tests.services.alarm_desk import LEAD, P1
from tests.services.paging_desk import a_token
from tests.support.receivers import WebhookServer
from tests.wiring.test_listening import free_port

SECRET = "s3cr3t-pass"


class Whole:
    """A desk with its worker, listener and pages, as a window wires them."""

    def __init__(self, folder, *, is_real=True) -> None:
        self.folder = folder
        self.desk = Desk.open(folder / "desk.sqlite3", folder / "backups", SystemClock())
        self.worker = Worker()
        self.listening = Listening(self.desk, self.worker.submit, folder, lambda: None)
        self.secrets = self.listening.secrets
        rooms = self.listening.rooms
        self.pages = Pages(self.desk, lambda: self.secrets, self.worker, is_real=is_real, rooms=rooms)
        self.maya = self.desk.person.ensure_first_person("Maya Chen")
        self.leo = self.desk.person.create(Person(0, "Leo Park", "", roles=frozenset({Role.ON_CALL})), LEAD)
        self.pages.start()
        self.settle()

    def settle(self):
        self.worker.submit(lambda: None).result(30)

    def listen(self):
        port = free_port()
        self.desk.settings.set("page_address", f"http://127.0.0.1:{port}")
        self.worker.submit(self.listening.turn, on=True, port=port).result(30)

    def alarm(self):
        """Something that Leo is paged about."""
        with self.desk.store.begin() as session:
            customer_id = a_customer_row(session, "Acme")
        self.desk.policy.ensure_default(SET_UP)
        intake = Intake(customer_id=customer_id, title="Checkout fails", owner_id=self.leo.id, **P1)
        opened = self.desk.escalations.escalation.open(intake, LEAD)
        self.worker.submit(self.desk.alarm.sweep).result(30)
        return opened.id

    def state(self, escalation_id):
        with self.desk.store.read() as session:
            row = session.sql("SELECT acknowledged_by FROM escalation WHERE id = ?", (escalation_id,))
            return row.fetchone()[0]

    def outbox(self):
        with self.desk.store.read() as session:
            return session.sql("SELECT channel, state FROM outbox WHERE channel <> 'desktop'").fetchall()

    def close(self):
        self.pages.stop()
        self.listening.close()
        self.worker.close()
        self.desk.close()


@pytest.fixture
def whole(tmp_path):
    made = Whole(tmp_path)
    yield made
    made.close()


@pytest.fixture
def hook():
    with WebhookServer() as server:
        yield server


def test_a_desk_where_nobody_has_a_channel_loads_nothing_of_it():
    code = (
        "import sys, pathlib, tempfile\n"
        "from tests.wiring.test_paging import Whole\n"
        "names = ('desktop.adapters.page_pump', 'desktop.services.page_queue', 'desktop.services.pager')\n"
        "names = ('apprise', 'desktop.adapters.paging', *names)\n"
        "for name in names: sys.modules.pop(name, None)\n"
        "whole = Whole(pathlib.Path(tempfile.mkdtemp())); whole.alarm(); whole.close()\n"
        "print([name for name in names if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_first_channel_starts_it_and_the_page_arrives(whole, hook):
    whole.pages.service().add(whole.leo.id, hook.url(SECRET), LEAD)
    whole.settle()
    whole.alarm()
    hook.wait_for_tries(1)
    assert hook.posts[0]["title"] == "New: Checkout fails"


def test_whoever_follows_the_link_acknowledges(whole, hook):
    whole.listen()
    whole.pages.service().add(whole.leo.id, hook.url(SECRET), LEAD)
    whole.settle()
    escalation_id = whole.alarm()
    hook.wait_for_tries(1)
    link = next(line for line in hook.posts[0]["message"].split() if "/v1/ack/" in line)
    with urllib.request.urlopen(link, timeout=20) as looked:
        assert b"<button>Acknowledge</button>" in looked.read()
    assert whole.state(escalation_id) is None
    with urllib.request.urlopen(urllib.request.Request(link, method="POST"), timeout=20) as pressed:
        assert pressed.status == 200
    assert whole.state(escalation_id) == "Leo Park"
    with pytest.raises(urllib.error.HTTPError, match="410"):
        urllib.request.urlopen(urllib.request.Request(link, method="POST"), timeout=20)
    assert a_token(link)


def test_without_a_listener_no_link_is_promised(whole, hook):
    whole.pages.service().add(whole.leo.id, hook.url(SECRET), LEAD)
    whole.settle()
    whole.alarm()
    hook.wait_for_tries(1)
    assert hook.posts[0]["message"].endswith("Acknowledge it at the desk.")


def test_a_drill_pages_nobody_whatever_is_in_its_database(tmp_path, hook):
    drill = Whole(tmp_path, is_real=False)
    drill.pages.service().add(drill.leo.id, hook.url(SECRET), LEAD)
    drill.settle()
    drill.alarm()
    rows = drill.outbox()
    drill.close()
    assert (rows, hook.tries) == ([], 0)


def test_channels_of_another_program_on_the_same_database_are_noticed(whole, hook):
    other = Secrets(whole.folder, f"escalation-desk {whole.desk.store.path}", lambda: None)
    seen = whole.desk.store.revision()
    with whole.desk.store.begin() as session:
        other.put("channel.other", hook.url(SECRET))
        session.sql(
            "INSERT INTO channel (person_id, kind, label, position, secret_name, revision)"
            " VALUES (?, 'webhook', 'Theirs', 1, 'channel.other', ?)",
            (whole.leo.id, session.revision()),
        )
    whole.desk.notice_others(seen)
    whole.settle()
    whole.alarm()
    hook.wait_for_tries(1)
    assert len(hook.posts) == 1


def test_what_was_on_its_way_when_it_closed_is_known_afterwards(tmp_path, hook):
    whole = Whole(tmp_path)
    whole.pages.service().add(whole.leo.id, hook.url(SECRET), LEAD)
    whole.settle()
    whole.alarm()
    hook.wait_for_tries(1)
    whole.pages.stop()
    whole.settle()
    rows = whole.outbox()
    whole.close()
    assert rows == [("webhook", "sent")]


def test_no_secret_is_in_any_file_of_the_desk_but_the_one_for_secrets(whole, hook):
    hook.answers = ["503"]
    whole.pages.service().add(whole.leo.id, hook.url(SECRET), LEAD)
    whole.settle()
    whole.alarm()
    hook.wait_for_tries(1)
    whole.pages.stop()
    whole.settle()
    holding = {
        path.name
        for path in whole.folder.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    }
    assert holding == {"secrets.json"}
