"""Ada looks at what arrived: she has a graph fetched, links a child, and tries a new rule in the sandbox."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desktop.domain.clock import SystemClock
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.rules import RuleService
from tests.journeys.person import COLLEAGUE, PersonAtDesk

pytestmark = pytest.mark.journey

_MAPPING = {"title": "title", "key": "title"}


class _Graph(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<b>98 % full</b>")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a server that has graphs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Graph)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def signals_come(person: PersonAtDesk, *bodies: dict[str, str]) -> None:
    """A source sends these before the program is started."""
    with closing(Desk.open(person.database, person.database.parent / "b", SystemClock())) as desk:
        new = Source(0, "", "Probe", SourceKind.GENERIC, customer_id=1, mapping=_MAPPING)
        probe = desk.source.add(new, COLLEAGUE)
        for body in bodies:
            data = json.dumps(body).encode()
            desk.receiving.keep([NewMessage(probe.id, data, desk.clock.now())])
            desk.signal.process()


def press_button(person: PersonAtDesk, words: str) -> None:
    person.desktop.wait_until(lambda: person.ask("click", words), f"button {words!r}")


def test_a_graph_is_fetched_once_its_host_is_allowed(person: PersonAtDesk, site: str):
    signals_come(person, {"title": "Disk is full", "graph_url": f"{site}/disk"})
    person.start()
    person.ask("open", 1)
    person.wait_to_see("Disk is full")
    person.ask("tab", 1)
    person.ask("reveal", "Links and logs named in messages")
    press_button(person, "Fetch…")
    press_button(person, "Allow and fetch")
    kept = "SELECT c.data FROM evidence e JOIN content c ON c.sha256 = e.sha256 WHERE e.name LIKE '%disk.txt'"
    person.desktop.wait_until(lambda: person.rows(kept) == [(b"<b>98 % full</b>",)], "the page as evidence")
    assert person.rows("SELECT count(*) FROM allowed_host") == [(1,)]


def test_a_child_is_linked_and_taken_back(person: PersonAtDesk):
    signals_come(person, {"title": "Disk of db is full"}, {"title": "Disk of web is full"})
    parent = "SELECT parent_id FROM escalation ORDER BY id"
    person.start()
    person.ask("open", 2)
    person.wait_to_see("Disk of web is full")
    person.press("ctrl+k")
    person.type("show similar")
    person.press("Return")
    press_button(person, "Make child of ESC-")
    person.desktop.wait_until(lambda: person.rows(parent) == [(None,), (1,)], "a child")
    person.wait_to_see("which announces for it")
    person.press("ctrl+z")
    person.desktop.wait_until(lambda: person.rows(parent) == [(None,), (None,)], "none again")


def test_a_new_rule_is_tried_on_what_came(person: PersonAtDesk):
    signals_come(person, {"title": "Disk of db is full"}, {"title": "Cards fail"})
    with closing(Desk.open(person.database, person.database.parent / "b", SystemClock())) as desk:
        rules = RuleService(store=desk.store, clock=desk.clock, bus=desk.bus, policy=desk.policy)
        condition = {"field": "title", "operator": "contains", "value": "Disk"}
        quiet = {"kind": "suppress", "value": "known"}
        rules.add({"name": "Disks", "conditions": {"all": [condition]}, "actions": [quiet]}, COLLEAGUE)
    person.start()
    person.press("ctrl+7")
    person.wait_to_see("Cards fail")
    person.ask("tab", 3)
    press_button(person, "Replay in sandbox")
    person.wait_to_see("1 signal of 2 differ")
    assert person.rows("SELECT count(*) FROM signal") == [(2,)]
