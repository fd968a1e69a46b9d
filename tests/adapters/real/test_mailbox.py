"""A real IMAP server: each mail is taken once and whole, and what goes wrong is said."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue

import pytest

from desktop.adapters.mailbox import MailboxWatch
from desktop.adapters.mailbox_look import look_into
from desktop.domain.clock import SystemClock
from desktop.domain.errors import DeskError
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.receiving import GroupWriter
from tests.conftest import _require
from tests.domain.mails import a_mail
from tests.fixtures_desk import CommandDesk
from tests.services.signal_desk import SignalDesk
from tests.support.dovecot import PASSWORD, PROGRAM, Dovecot

_PATIENCE_S = 30


class Box:
    """A mailbox, a desk that keeps, and watches over it; what they keep and say is awaited."""

    def __init__(self, server: Dovecot, desk: SignalDesk) -> None:
        self.server = server
        self.desk = desk
        self.writer = GroupWriter(desk.receiving)
        self.said: SimpleQueue[str] = SimpleQueue()
        self.kept: SimpleQueue[tuple[NewMessage, int]] = SimpleQueue()
        self.watches: list[MailboxWatch] = []
        self.source = desk.sources.add(Source(0, "", "Support", SourceKind.MAIL), desk.lead)

    def submit(self, message: NewMessage) -> "Future[int]":
        future = self.writer.submit(message)
        future.add_done_callback(lambda done: self.kept.put((message, done.result())))
        return future

    def watch(self, secret: str = PASSWORD, **options: object) -> MailboxWatch:
        """A watch begins."""
        source = Source(
            self.source.id, "support", "Support", SourceKind.MAIL, options=self.server.place(**options)
        )
        watch = MailboxWatch(source, secret, self.submit, SystemClock(), self.said.put, retry_s=0.1)
        self.watches.append(watch)
        watch.start()
        return watch

    def next_kept(self) -> tuple[NewMessage, int]:
        return self.kept.get(timeout=_PATIENCE_S)

    def until_said(self, is_it: Callable[[str], bool]) -> str:
        while not is_it(said := self.said.get(timeout=_PATIENCE_S)):
            pass
        return said

    def close(self) -> None:
        for watch in self.watches:
            watch.stop()
        self.writer.close()


@pytest.fixture(params=[True, False], ids=["idle", "poll"])
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    _require(PROGRAM, "openssl")
    with Dovecot(can_idle=request.param) as server:
        yield server


@pytest.fixture
def box(server: Dovecot, commands: CommandDesk) -> Iterator[Box]:
    box = Box(server, SignalDesk(commands))
    yield box
    box.close()


only_idle = pytest.mark.parametrize("server", [True], ids=["idle"], indirect=True)


def test_mails_are_taken_whole_and_marked(box: Box):
    body = a_mail(files={"dump.bin": bytes(range(256)) * 9000})
    box.server.put(body)
    watch = box.watch()
    message, id_ = box.next_kept()
    assert (message.body, message.reference, message.sender) == (
        body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
        "one@acme.example",
        "ann@acme.example",
    )
    assert id_
    box.until_said(lambda said: said == "")
    watch.stop()
    assert box.server.unseen() == []


@only_idle
def test_a_mail_that_comes_while_watching_is_told_of_at_once(box: Box):
    box.watch()
    box.until_said(lambda said: said == "")
    for id_ in ("a", "b", "c"):
        box.server.put(a_mail(id_=id_))
        assert box.next_kept()[0].reference == id_


@only_idle
def test_a_mail_that_another_program_has_read_first_is_taken(box: Box):
    box.watch()
    box.until_said(lambda said: said == "")
    box.server.put(a_mail(), rb"\Seen")
    assert box.next_kept()[0].reference == "one@acme.example"


@only_idle
def test_a_lost_connection_is_said_and_made_again(box: Box):
    box.watch()
    box.until_said(lambda said: said == "")
    box.server.stop()
    assert "tried again" in box.until_said(bool)
    box.server.start()
    box.until_said(lambda said: said == "")
    box.server.put(a_mail())
    assert box.next_kept()[1]


@only_idle
def test_a_mailbox_numbered_anew_doubles_nothing(box: Box):
    box.server.put(a_mail())
    first = box.watch()
    assert box.next_kept()[1]
    box.until_said(lambda said: said == "")
    box.server.stop()
    box.server.renumber()
    for path in (box.server.folder / "mail" / "cur").iterdir():
        path.rename(box.server.folder / "mail" / "new" / path.name.partition(":")[0])
    box.server.start()
    assert box.next_kept()[1] == 0
    first.stop()
    assert box.server.unseen() == []


@only_idle
def test_a_mail_stays_unread_until_the_desk_has_kept_it(box: Box):
    box.server.put(a_mail())
    never: Future[int] = Future()
    asked: SimpleQueue[NewMessage] = SimpleQueue()

    def submit(message: NewMessage) -> "Future[int]":
        asked.put(message)
        return never

    box.submit = submit  # type: ignore[method-assign]
    box.watch()
    asked.get(timeout=_PATIENCE_S)
    assert len(box.server.unseen()) == 1
    never.set_result(1)
    box.until_said(lambda said: said == "")
    assert box.server.unseen() == []


@only_idle
def test_a_wrong_password_is_said(box: Box):
    box.watch("wrong")
    assert "password" in box.until_said(bool)


@only_idle
def test_an_unknown_host_is_said(box: Box):
    box.watch(host="nowhere.invalid")
    assert "nowhere.invalid" in box.until_said(bool)


@only_idle
def test_a_certificate_nobody_trusts_is_refused(box: Box):
    box.watch(ca_file="")
    assert "not trusted" in box.until_said(bool)


@only_idle
def test_a_certificate_of_another_host_is_refused(box: Box):
    box.watch(host="127.0.0.1")
    assert "not trusted" in box.until_said(bool)


@only_idle
def test_a_folder_that_is_not_there_is_said(box: Box):
    box.watch(folder="Nowhere")
    assert "no folder Nowhere" in box.until_said(bool)


@only_idle
def test_a_mail_the_desk_refuses_stays_unread_and_holds_up_no_other(box: Box):
    keep = box.submit

    def submit(message: NewMessage) -> "Future[int]":
        if message.reference != "bad":
            return keep(message)
        refused: Future[int] = Future()
        refused.set_exception(DeskError("It is no good."))
        return refused

    box.submit = submit  # type: ignore[method-assign]
    box.server.put(a_mail(id_="bad"))
    box.server.put(a_mail(id_="good"))
    box.watch()
    assert box.next_kept()[0].reference == "good"
    assert "left in the mailbox" in box.until_said(bool)
    assert len(box.server.unseen()) == 1


@only_idle
def test_a_mailbox_by_starttls_is_read(box: Box):
    box.server.put(a_mail())
    box.watch(**box.server.plain_place())
    assert box.next_kept()[0].reference == "one@acme.example"


@only_idle
def test_starttls_with_a_certificate_nobody_trusts_is_refused(box: Box):
    box.watch(**box.server.plain_place(ca_file=""))
    assert "not trusted" in box.until_said(bool)


@only_idle
def test_a_mailbox_may_be_looked_at_now_and_then_though_its_server_would_tell(box: Box):
    box.watch(poll_s=1)
    box.until_said(lambda said: said == "")
    box.server.put(a_mail())
    assert box.next_kept()[0].reference == "one@acme.example"


@pytest.mark.parametrize("place", [Dovecot.place, Dovecot.plain_place], ids=["tls", "starttls"])
def test_a_look_says_what_is_there_and_changes_nothing(
    server: Dovecot, place: Callable[[Dovecot], dict[str, object]]
):
    server.put(a_mail())
    said = look_into(place(server), PASSWORD)
    assert said.startswith("It works. INBOX holds 1 mail, 1 unread.")
    assert len(server.unseen()) == 1


@only_idle
@pytest.mark.parametrize(
    ("secret", "other", "words"),
    [
        ("wrong", {}, "password"),
        (PASSWORD, {"folder": "Nowhere"}, "no folder Nowhere"),
        (PASSWORD, {"ca_file": ""}, "not trusted"),
        (PASSWORD, {"host": "nowhere.invalid"}, "no host"),
        (PASSWORD, {"port": 1}, "cannot be reached"),
    ],
)
def test_a_look_says_why_it_cannot_be_read(
    server: Dovecot, secret: str, other: dict[str, object], words: str
):
    with pytest.raises(DeskError, match=words):
        look_into(server.place(**other), secret)


@only_idle
def test_a_look_by_tls_where_starttls_is_spoken_says_what_to_check(server: Dovecot):
    with pytest.raises(DeskError, match="Check port and security"):
        look_into(server.plain_place() | {"security": "tls"}, PASSWORD)
