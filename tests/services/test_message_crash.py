"""A desk that dies between any two steps of a sending has sent all of it or nothing, and never twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.unit_of_work import Session, Store
from desktop.domain.errors import Conflict
from desktop.domain.inert import inert
from desktop.domain.letter import Choice
from desktop.domain.message import Medium, Sent, Stage, Way
from desktop.domain.timeline import EventKind
from tests.fixtures_desk import CommandDesk
from tests.services.message_desk import MessageDesk

_TABLES = (
    "sent_message",
    "outbox",
    "message_recipient",
    "promise",
    "timeline",
    "commitment",
    "message_draft",
)


class Crash(BaseException):
    """The machine stops here."""


class Dying:
    """A session in which the machine stops before a statement."""

    def __init__(self, session: Session, before: int) -> None:
        self._session = session
        self._left = before

    def sql(self, *words: Any) -> Any:
        self._left -= 1
        if self._left == 0:
            raise Crash
        return self._session.sql(*words)

    def revision(self) -> int:
        return self._session.revision()


class DyingStore:
    """A store whose machine stops before a statement of a transaction."""

    def __init__(self, store: Store, before: int) -> None:
        self._store = store
        self._before = before
        self.read, self.revision = store.read, store.revision

    @contextmanager
    def begin(self) -> Iterator[Dying]:
        with self._store.begin() as session:
            yield Dying(session, self._before)


@pytest.fixture
def desk(commands: CommandDesk) -> MessageDesk:
    return MessageDesk(commands)


def counts(desk: MessageDesk) -> list[int]:
    return [desk.count(table) for table in _TABLES]


def test_a_desk_that_dies_anywhere_has_sent_nothing_and_sends_once_after(desk: MessageDesk):
    draft, store, steps = desk.open(), desk.cases.store, 0
    choices = [*desk.mail(), Choice(Medium.PHONE, Way.COPIED)]
    before = counts(desk)
    sent: tuple[Sent, ...] = ()
    while not sent:
        steps += 1
        desk.cases.store = DyingStore(store, steps)  # type: ignore[assignment]
        try:
            sent = desk.sending.send(draft, desk.by, choices)
        except Crash:
            assert counts(desk) == before, f"something was kept before step {steps}"
        finally:
            desk.cases.store = store
    assert steps > 20
    assert (desk.count("sent_message"), desk.count("outbox"), desk.count("message_draft")) == (2, 1, 0)
    with pytest.raises(Conflict):
        desk.sending.send(draft, desk.by, choices)


def test_a_desk_that_dies_while_a_failure_is_noted_notes_it_once_after(desk: MessageDesk):
    sent, store, steps = desk.send(), desk.cases.store, 0
    before = counts(desk)
    while desk.sending.of(desk.id)[0].state == "queued":
        steps += 1
        desk.cases.store = DyingStore(store, steps)  # type: ignore[assignment]
        try:
            desk.sending.undelivered(sent.id, "Refused.")
        except Crash:
            assert counts(desk) == before
        finally:
            desk.cases.store = store
    assert desk.base.kinds(desk.id).count(EventKind.UPDATE_FAILED) == 1
    assert desk.ledger.open() == ()


def test_many_that_press_at_once_send_one(desk: MessageDesk):
    draft = desk.open()
    programs = [desk.another_sending(desk.another()) for _ in range(4)]

    def press(sending: Any) -> int:
        try:
            return len(sending.send(draft, desk.by, desk.mail()))
        except Conflict:
            return 0

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, programs)) == [0, 0, 0, 1]
    assert (desk.count("sent_message"), desk.count("outbox")) == (1, 1)


_HOSTILE = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        [
            "{{ 7*7 }}",
            "{% for x in range(10**9) %}{% endfor %}",
            "{{ ''.__class__.__mro__ }}",
            "<script>alert(1)</script>",
            "=cmd|' /C calc'!A0",
            "a\u202egpj.exe",
            "\r\nBcc: all@example.com",
            "x" * 9_990,
            "%s {0} ${HOME} \\",
        ]
    ),
)


@given(words=_HOSTILE, more=_HOSTILE)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_is_ever_carried_out_and_all_arrive_as_recorded(desk: MessageDesk, words: str, more: str):
    desk.facts.set_fact(desk.id, "impact_plain", f"a{words}z", desk.by)
    desk.facts.set_fact(desk.id, "workaround", f"a{more}z", desk.by)
    draft = desk.open(Stage.INITIAL)
    reasons = dict.fromkeys(range(1, 19), "A test of words")
    sent = desk.sending.send(draft, desk.by, desk.mail(), reasons)[0]
    # Nothing was left out and nothing was added: the words stand there as the fact holds them.
    assert inert(f"a{words}z").rstrip(".") in sent.body
    assert "\n" not in sent.subject
    assert "\u202e" not in sent.body
    with desk.base.store.read() as session:
        left = session.sql("SELECT body FROM outbox ORDER BY id DESC LIMIT 1").fetchone()[0]
    assert left == sent.body
