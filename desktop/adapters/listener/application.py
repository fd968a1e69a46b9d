"""The listener's paths and answers; what goes wrong is answered with a sentence that names the field."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection

from desktop.adapters.listener.answer import Answer, json_answer
from desktop.adapters.listener.arriving import Arrival, HungUp
from desktop.adapters.listener.asgi import Receive, Scope, Send
from desktop.adapters.listener.receiving import Receiver, event_problem
from desktop.adapters.listener.refusal import Refusal, later
from desktop.adapters.listener.room import Room, Rooms, room_of
from desktop.domain.errors import StoreError
from desktop.domain.source import SourceKind

_log = logging.getLogger(__name__)

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
PATHS = {
    "/v1/alertmanager": SourceKind.ALERTMANAGER,
    "/v1/grafana": SourceKind.GRAFANA,
    "/v1/zendesk": SourceKind.ZENDESK,
    "/v1/jira": SourceKind.JIRA,
    "/v1/zammad": SourceKind.ZAMMAD,
    "/v1/freshdesk": SourceKind.FRESHDESK,
    "/v1/signal": SourceKind.GENERIC,
}
#: So many may be in rooms at once; each takes a thread for a moment.
_MOST_GUESTS = 8
_RETRY_S = 5
EVENT_PATHS = ("/v2/enqueue", "/v2/change/enqueue")

#: Told of a source and what is wrong with what it sends; an empty sentence: nothing any more.
Tell = Callable[[int, str], None]


class Application:
    """What is answered to each request, counted by status. It redirects nobody and admits no other origin."""

    def __init__(
        self,
        *,
        receiver: Receiver,
        document: bytes,
        hosts: Collection[str],
        tell: Tell,
        patience_s: float,
        rooms: Rooms | None = None,
    ) -> None:
        self._receiver = receiver
        self._document = document
        self._hosts = LOOPBACK_NAMES | {host.lower() for host in hosts}
        self._tell = tell
        self._patience_s = patience_s
        self._rooms: Rooms = {} if rooms is None else rooms
        self._guests = 0
        self._paths: dict[str, tuple[str, Callable[[Arrival], Awaitable[Answer]]]] = {
            **dict.fromkeys(PATHS, ("POST", self._alert)),
            **dict.fromkeys(EVENT_PATHS, ("POST", self._event)),
            "/healthz": ("GET", self._health),
            "/openapi.json": ("GET", self._openapi),
        }
        self.answered: Counter[int] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        arrival = Arrival(scope, receive, self._patience_s)
        try:
            answer = await self._answer(arrival)
        except HungUp:
            _log.info("somebody hung up before the request was here")
            return
        self.answered[answer.status] += 1
        if _log.isEnabledFor(logging.INFO):  # known paths only: a query or a header may hold a token
            path = arrival.path if arrival.path in self._paths else self._hidden(arrival.path)
            _log.info("%s %s %d", path, answer.who, answer.status)
        await answer.send(send, head_only=arrival.method == "HEAD")

    def _hidden(self, path: str) -> str:
        """A path without what may be a token."""
        found = room_of(self._rooms, path)
        return f"{found[0]}…" if found is not None else "another path"

    async def _answer(self, arrival: Arrival) -> Answer:
        try:
            found = room_of(self._rooms, arrival.path)
            if found is not None and arrival.path not in self._paths:
                return await self._visit(arrival, *found)
            return await self._place(arrival)(arrival)
        except Refusal as refusal:
            await arrival.discard()
            if refusal.source_id:
                self._tell(refusal.source_id, refusal.sentence)
            is_event = arrival.path in EVENT_PATHS
            content = event_problem(refusal) if is_event else refusal.problem()
            return json_answer(refusal.status, content, refusal.headers)

    async def _visit(self, arrival: Arrival, begin: str, room: Room) -> Answer:
        self._check_host(arrival)
        if arrival.method not in room.methods:
            allowed = ", ".join(room.methods)
            raise Refusal(405, f"Send {allowed} to this path.", headers={"Allow": allowed})
        if self._guests >= _MOST_GUESTS:
            raise later(429, "Too many at once: try again.", 1)
        await arrival.discard()
        self._guests += 1
        try:
            return await room.answer(arrival.method, arrival.path[len(begin) :])
        except StoreError as error:
            raise later(503, f"Not done, try again: {error.message}", _RETRY_S) from error
        finally:
            self._guests -= 1

    def _check_host(self, arrival: Arrival) -> None:
        if arrival.host not in self._hosts:  # a web page may send here under a name of its own
            raise Refusal(421, "This machine is not called that here: add the name to the desk's settings.")

    def _place(self, arrival: Arrival) -> Callable[[Arrival], Awaitable[Answer]]:
        self._check_host(arrival)
        method, place = self._paths.get(arrival.path, ("", None))
        if place is None:
            raise Refusal(404, "There is nothing at this path. GET /openapi.json lists the paths.")
        if arrival.method != method:
            raise Refusal(405, f"Send {method} to this path.", headers={"Allow": method})
        return place

    async def _alert(self, arrival: Arrival) -> Answer:
        visitor, content = await self._receiver.alert(arrival, PATHS[arrival.path])
        self._tell(visitor.source.id, "")
        return json_answer(200, content, who=visitor.source.key)

    async def _event(self, arrival: Arrival) -> Answer:
        visitor, content = await self._receiver.event(arrival)
        self._tell(visitor.source.id, "")
        return json_answer(202, content, who=visitor.source.key)

    async def _health(self, arrival: Arrival) -> Answer:
        return Answer(200, b'{"status":"ok"}')

    async def _openapi(self, arrival: Arrival) -> Answer:
        return Answer(200, self._document)
