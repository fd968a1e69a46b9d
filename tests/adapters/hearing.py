"""A desk that listens on a free port of the loopback, one source of each kind; and how tests speak to it."""

import http.client
import json
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Self

from db.queries import message as messages
from desktop.adapters.listener.ack import AckRoom
from desktop.adapters.listener.book import KnownSource
from desktop.adapters.listener.listener import Listener
from desktop.adapters.listener.room import Room
from desktop.domain.clock import Clock, ManualClock
from desktop.domain.person import Actor, Role
from desktop.domain.source import Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.page_ack import PageAcks
from desktop.services.page_queue import PATH as ACK_PATH
from desktop.services.receiving import GroupWriter
from desktop.wiring.calendars import add_calendars
from tests.factories import MONDAY

LEAD = Actor("Leo Marsh", None, frozenset({Role.LEAD}))
PUSHED = tuple(kind for kind in SourceKind if kind.is_pushed)
TOKENS = {kind: f"{place:02}{kind.value:f<30}" for place, kind in enumerate(PUSHED)}
#: Patience with slow senders, in seconds, that no healthy one needs.
PATIENCE_S = 0.3


class Heard(NamedTuple):
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Hearing:
    """The desk, its listener and its tokens; also the listener's book."""

    def __init__(self, path: Path, clock: Clock | None = None, **settings: Any) -> None:
        self.clock = clock or ManualClock(MONDAY)
        self.desk = Desk.open(path, path.parent / "backups", self.clock)
        self.sources = {source.kind: source for source in self.desk.source.all()}
        for kind in PUSHED:
            if kind not in self.sources:
                self.sources[kind] = self.desk.source.add(
                    Source(0, "", kind.word, kind, rate_per_s=10_000), LEAD
                )
        self.tokens = dict(TOKENS)
        self.noted: list[tuple[int, str]] = []
        self.writer = GroupWriter(self.desk.receiving)
        settings.setdefault("note", lambda source_id, sentence: self.noted.append((source_id, sentence)))
        settings.setdefault("rooms", self._rooms())
        self.listener = Listener(
            "127.0.0.1",
            settings.pop("port", 0),
            book=self,
            submit=settings.pop("submit", self.writer.submit),
            clock=self.clock,
            **settings,
        )

    def _rooms(self) -> dict[str, Room]:
        """Links of pages and calendars, answered from the desk's own store."""
        desk = self.desk
        acks = PageAcks(store=desk.store, clock=self.clock, acknowledge=desk.alarm.acknowledge)
        rooms = {ACK_PATH: AckRoom(acks.look, acks.acknowledge).room()}
        add_calendars(rooms, desk)
        return rooms

    def __enter__(self) -> Self:
        self.listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.stop()
        self.writer.close()
        self.desk.close()

    def known(self) -> tuple[KnownSource, ...]:
        return tuple(KnownSource(self.sources[kind], self.tokens[kind]) for kind in PUSHED)

    def change(self, kind: SourceKind, **values: Any) -> None:
        """Change what is known of a source."""
        self.sources[kind] = replace(self.sources[kind], **values)
        self.listener.reread()

    @property
    def port(self) -> int:
        return self.listener.state.port

    def send(
        self,
        path: str,
        body: bytes | None = None,
        method: str = "POST",
        kind: SourceKind | None = None,
        **headers: str,
    ) -> Heard:
        """One request on a connection of its own, with the token of that kind of source."""
        lines = {name.replace("_", "-"): value for name, value in headers.items()}
        if kind is not None:
            lines["Authorization"] = f"Bearer {self.tokens[kind]}"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, body, lines)
            answer = connection.getresponse()
            return Heard(answer.status, dict(answer.headers), answer.read())

    def alert(self, body: bytes, **headers: str) -> Heard:
        """One message of Alertmanager."""
        return self.send("/v1/alertmanager", body, kind=SourceKind.ALERTMANAGER, **headers)

    def event(self, event: Mapping[str, Any], path: str = "/v2/enqueue") -> Heard:
        """One event of PagerDuty's API, with the source's routing key unless it brings another."""
        whole = {"routing_key": self.tokens[SourceKind.PAGERDUTY]} | dict(event)
        return self.send(path, json.dumps(whole).encode())

    def raw(self, *pieces: bytes) -> bytes:
        """Bytes as they are; all that is answered until the desk hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            for piece in pieces:
                connection.sendall(piece)
            heard = b""
            while piece := connection.recv(65536):
                heard += piece
            return heard

    def kept(self) -> list[bytes]:
        """The bodies that wait to be read, in order."""
        with self.desk.store.read() as session:
            return [row.body for row in messages.waiting(session, 100_000)]

    def count(self) -> int:
        """How many messages were ever kept."""
        with self.desk.store.read() as session:
            return int(session.sql("SELECT count(*) FROM message").fetchone()[0])


def an_alert(name: str = "PaymentDown", status: str = "firing", **more: Any) -> bytes:
    """A message of Alertmanager with one alert."""
    alert = {"status": status, "labels": {"alertname": name}, "annotations": {"summary": f"{name}!"}}
    return json.dumps({"version": "4", "status": status, "alerts": [alert]} | more).encode()


def a_trigger(**more: Any) -> dict[str, Any]:
    """An event that opens."""
    payload = {"summary": "Orders stop at payment", "source": "pay-1", "severity": "critical"}
    return {"event_action": "trigger", "payload": payload} | more
