"""Pages are fetched from a real server, and only within bounds; and only from hosts that were allowed."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desktop.adapters.fetching import fetch
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.link_host import checked_host
from desktop.services.links import LinkService
from tests.fixtures_desk import CommandDesk
from tests.services.signal_desk import SignalDesk


class _Pages(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        leads_to = {"/near": "/page", "/far": "http://localhost:1/page", "/round": "/round"}.get(self.path)
        if self.path == "/never":
            self.server.stopped.wait(20)  # type: ignore[attr-defined]
            return
        self.send_response(302 if leads_to else 404 if self.path == "/none" else 200)
        if leads_to:
            self.send_header("Location", leads_to)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if not leads_to:
            self.wfile.write(b"x" * 2000 if self.path == "/large" else b"<script>alert(1)</script>")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a server on the loopback."""
    _Pages.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.stopped = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.stopped.set()  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def desk(commands: CommandDesk) -> SignalDesk:
    return SignalDesk(commands)


@pytest.fixture
def service(desk: SignalDesk) -> LinkService:
    return LinkService(store=desk.store, clock=desk.clock, escalations=desk.base.commands, fetch=fetch)


def test_a_page_is_bytes(site: str):
    assert fetch(f"{site}/page").data == b"<script>alert(1)</script>"


def test_a_redirect_within_the_host_is_followed(site: str):
    assert fetch(f"{site}/near").url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "said"), [("far", "another place"), ("round", "circles"), ("none", "answers 404")]
)
def test_what_leads_nowhere_is_said(site: str, path: str, said: str):
    with pytest.raises(DeskError, match=said):
        fetch(f"{site}/{path}")


def test_a_page_too_large_is_refused(site: str):
    with pytest.raises(DeskError, match="larger"):
        fetch(f"{site}/large", largest=1000)


def test_a_host_that_does_not_answer_is_given_up(site: str):
    with pytest.raises(DeskError, match="took longer"):
        fetch(f"{site}/never", within_s=0.2)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b", "https://u:p@a/b", "https://", "x"])
def test_only_plain_web_addresses_are_fetched(url: str):
    with pytest.raises(DeskError):
        fetch(url)


def test_a_host_is_kept_without_its_usual_port():
    assert checked_host("https://Grafana.Example.org:443/d/1") == "grafana.example.org"


def test_nothing_is_asked_of_a_host_that_was_not_allowed(service: LinkService, desk: SignalDesk, site: str):
    kept = desk.send("db")
    with pytest.raises(DeskError, match="not among the hosts"):
        service.fetch(f"{site}/page", kept.escalation_id or 0, desk.coordinator)
    assert _Pages.asked == []


def test_what_an_allowed_host_gives_becomes_evidence_as_text(
    service: LinkService, desk: SignalDesk, site: str
):
    kept = desk.send("db")
    service.allow(site, desk.lead)
    service.fetch(f"{site}/page", kept.escalation_id or 0, desk.coordinator)
    with desk.store.read() as session:
        row = session.sql("SELECT name, media_type FROM evidence ORDER BY id DESC").fetchone()
    assert row == (f"{site[7:].replace(':', '-')} page.txt", "text/plain")


def test_an_address_that_confirms_is_never_followed(service: LinkService, desk: SignalDesk, site: str):
    url = f"{site}/?Action=ConfirmSubscription&Token=1"
    kept = desk.send("db", SubscribeURL=url)
    service.allow(site, desk.lead)
    with pytest.raises(DeskError, match="confirm"):
        service.fetch(url, kept.escalation_id or 0, desk.coordinator)
    assert _Pages.asked == []


def test_a_host_forbidden_again_is_asked_no_more(service: LinkService, desk: SignalDesk):
    service.allow("grafana.example.org", desk.lead)
    service.forbid("grafana.example.org", desk.lead)
    assert service.allowed() == ()


def test_not_everybody_may_allow_a_host(service: LinkService, desk: SignalDesk):
    with pytest.raises(NotAllowed):
        service.allow("grafana.example.org", desk.base.senior)
