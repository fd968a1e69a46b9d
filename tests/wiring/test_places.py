"""Mailboxes and folders as they are set up on screen, with a real mail server and passwords in a file."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from desktop.adapters.secrets import Secrets
from desktop.domain.clock import SystemClock
from desktop.domain.errors import DeskError
from desktop.domain.events import MessagesKept
from desktop.domain.person import Actor, Person, Role
from desktop.domain.source import Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.worker import Worker
from desktop.ui.signals import calls
from desktop.ui.signals.ports import SignalsServices
from desktop.wiring.listening import Listening
from desktop.wiring.places import DeskPlaces
from desktop.wiring.watch_gate import WatchGate
from tests.conftest import _require
from tests.domain.mails import a_mail
from tests.support.dovecot import PASSWORD, PROGRAM, Dovecot

MAIL = Source(7, "support", "Support", SourceKind.MAIL)
_PATIENCE_S = 30


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk.open(tmp_path / "desk.sqlite3", tmp_path / "backups", SystemClock())
    yield made
    made.close()


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture
def listening(desk: Desk, worker: Worker, tmp_path: Path) -> Iterator[Listening]:
    made = Listening(desk, worker.submit, tmp_path, lambda: None)
    made.begin()
    yield made
    made.close()
    worker.close()


@pytest.fixture
def places(desk: Desk, worker: Worker, tmp_path: Path) -> DeskPlaces:
    secrets = Secrets(tmp_path, "desk", lambda: None)
    return DeskPlaces(secrets, WatchGate(desk, secrets, worker.submit))


def test_a_password_is_kept_said_and_forgotten(places: DeskPlaces):
    assert places.password_note(MAIL) == ""
    places.keep_password(MAIL, "horse")
    assert "which only you may read" in places.password_note(MAIL)
    places.forget(MAIL)
    assert places.password_note(MAIL) == ""


def test_another_program_finds_where_the_password_is(places: DeskPlaces, desk: Desk, tmp_path: Path):
    places.keep_password(MAIL, "horse")
    secrets = Secrets(tmp_path, "desk", lambda: None)
    later = DeskPlaces(secrets, WatchGate(desk, secrets, lambda *_: Future()))
    assert "which only you may read" in later.password_note(MAIL)


@pytest.mark.parametrize(
    ("kind", "options", "field"),
    [
        (SourceKind.MAIL, {"user": "desk"}, "host"),
        (SourceKind.MAIL, {"host": "x", "user": "desk", "ca_file": "/nowhere.pem"}, "ca_file"),
        (SourceKind.FOLDER, {}, "folder"),
        (SourceKind.FOLDER, {"folder": "drop"}, "folder"),
        (SourceKind.FOLDER, {"folder": "/nowhere/at/all"}, "folder"),
        (SourceKind.FOLDER, {"folder": "/tmp", "done_folder": "/nowhere/at/all"}, "done_folder"),
        (SourceKind.FOLDER, {"folder": "/tmp", "pattern": "*.xlsx"}, "pattern"),
    ],
)
def test_what_cannot_be_watched_is_named(
    places: DeskPlaces, kind: SourceKind, options: dict[str, object], field: str
):
    with pytest.raises(DeskError) as fault:
        places.check(Source(0, "", "x", kind, options=options))
    assert fault.value.field == field


def test_without_a_password_no_mailbox_is_looked_into(places: DeskPlaces):
    with pytest.raises(DeskError, match="no password"):
        places.look_into(MAIL, "")


def test_a_mailbox_set_up_on_screen_is_read_and_its_mail_becomes_a_signal(
    desk: Desk, listening: Listening, worker: Worker
):
    _require(PROGRAM, "openssl")
    lead = Actor("Leo Marsh", None, frozenset({Role.LEAD}))
    person = desk.person.create(Person(0, "Ada Quist", "AQ", roles=lead.roles), lead)
    desk.person.set_operator(person.id)
    kept: Future[None] = Future()
    desk.bus.subscribe(MessagesKept, lambda event: kept.done() or kept.set_result(None))
    with Dovecot() as server:
        server.put(a_mail())
        services = _services(desk, listening)
        source = Source(0, "", "Support", SourceKind.MAIL, options=server.plain_place())
        assert "1 unread" in services.places.look_into(source, PASSWORD)
        made = worker.submit(calls.save, services, source, PASSWORD).result(_PATIENCE_S).source
        kept.result(_PATIENCE_S)
        desk.signal.process()
        assert [each.signal.title for each in desk.signal.recent()] == ["The shop is down"]
        assert PASSWORD.encode() not in desk.store.path.read_bytes()
        listening.watches._end()
    assert made.last_error == ""


def _services(desk: Desk, listening: Listening) -> SignalsServices:
    return SignalsServices(
        signals=desk.signal,
        sources=desk.source,
        tokens=listening,
        listener=listening,
        places=DeskPlaces(listening.secrets, listening.watches),
        separator_of=lambda head: ",",
        people=desk.person,
        policy=desk.policy,
        customers=desk.customer,
        search=desk.search,
        clock=desk.clock,
    )
