"""The listener's paths and answers; what goes wrong is answered with a sentence that names the field."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from desktop.adapters.listener.arriving import Arrival
from desktop.adapters.listener.door import Visitor
from desktop.adapters.listener.receiving import Receiver, event_problem
from desktop.adapters.listener.refusal import Refusal, unknown_path, wrong_method
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
EVENT_PATHS = ("/v2/enqueue", "/v2/change/enqueue")

_KNOWN = frozenset({*PATHS, *EVENT_PATHS, "/healthz", "/openapi.json"})

Answer = Callable[[Arrival], Awaitable[Response]]
#: Told of a source and what is wrong with what it sends; an empty sentence: nothing any more.
Tell = Callable[[int, str], None]


class Application:
    """What is answered to each request, counted by status."""

    def __init__(
        self, *, receiver: Receiver, document: bytes, hosts: Collection[str], tell: Tell, patience_s: float
    ) -> None:
        self._receiver = receiver
        self._document = document
        self._hosts = LOOPBACK_NAMES | {host.lower() for host in hosts}
        self._tell = tell
        self._patience_s = patience_s
        self.answered: Counter[int] = Counter()

    def asgi(self) -> Starlette:
        """The application for a server; it sends nobody elsewhere and tells browsers of no other origin."""
        made = Starlette(
            routes=[
                *(Route(path, self._endpoint(self._alert, "POST")) for path in PATHS),
                *(Route(path, self._endpoint(self._event, "POST")) for path in EVENT_PATHS),
                Route("/healthz", self._endpoint(self._health, "GET")),
                Route("/openapi.json", self._endpoint(self._openapi, "GET")),
            ],
            exception_handlers={404: self._unknown},
        )
        made.router.redirect_slashes = False
        return made

    def _endpoint(self, answer: Answer, method: str) -> "_Endpoint":
        return _Endpoint(self, answer, method)

    async def _alert(self, arrival: Arrival) -> Response:
        visitor, content = await self._receiver.alert(arrival, PATHS[arrival.path])
        return self._taken(arrival, visitor, JSONResponse(content))

    async def _event(self, arrival: Arrival) -> Response:
        visitor, content = await self._receiver.event(arrival)
        return self._taken(arrival, visitor, JSONResponse(content, 202))

    async def _health(self, arrival: Arrival) -> Response:
        return self.answer(arrival, Response(b'{"status":"ok"}', media_type="application/json"))

    async def _openapi(self, arrival: Arrival) -> Response:
        return self.answer(arrival, Response(self._document, media_type="application/json"))

    async def _unknown(self, request: Request, fault: Exception) -> Response:
        arrival = self.arrival(request.scope, request.receive)
        return await self.refuse(arrival, self.misdirected(arrival) or unknown_path())

    def arrival(self, scope: Scope, receive: Receive) -> Arrival:
        """A request that begins."""
        return Arrival(scope, receive, self._patience_s)

    def misdirected(self, arrival: Arrival) -> Refusal | None:
        """Why a request was not meant for this desk: a web page may send here under a name of its own."""
        if arrival.host in self._hosts:
            return None
        return Refusal(421, "This machine is not called that here: add the name to the desk's settings.")

    async def refuse(self, arrival: Arrival, refusal: Refusal) -> Response:
        """The answer to a request that is not taken, in the form of its path."""
        await arrival.discard()
        if refusal.source_id:
            self._tell(refusal.source_id, refusal.sentence)
        content: object = {"error": refusal.sentence, "field": refusal.field}
        if arrival.path in EVENT_PATHS:
            content = event_problem(refusal)
        return self.answer(arrival, JSONResponse(content, refusal.status, refusal.headers))

    def answer(self, arrival: Arrival, response: Response, who: str = "nobody") -> Response:
        """Count and log an answer. The log names known paths only: a query or a header may hold a token."""
        self.answered[response.status_code] += 1
        if _log.isEnabledFor(logging.INFO):
            path = arrival.path if arrival.path in _KNOWN else "another path"
            _log.info("%s %s %d", path, who, response.status_code)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _taken(self, arrival: Arrival, visitor: Visitor, response: Response) -> Response:
        self._tell(visitor.source.id, "")
        return self.answer(arrival, response, visitor.source.key)


class _Endpoint:
    """One path: it answers every method, and takes one."""

    def __init__(self, application: Application, answer: Answer, method: str) -> None:
        self._application = application
        self._answer = answer
        self._method = method

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        arrival = self._application.arrival(scope, receive)
        try:
            response = await self._respond(arrival)
        except ClientDisconnect:
            _log.info("somebody hung up before the body was here")
            return
        await response(scope, receive, send)

    async def _respond(self, arrival: Arrival) -> Response:
        refusal = self._application.misdirected(arrival)
        if refusal is None and arrival.method != self._method:
            refusal = wrong_method(self._method)
        if refusal is not None:
            return await self._application.refuse(arrival, refusal)
        try:
            return await self._answer(arrival)
        except Refusal as raised:
            return await self._application.refuse(arrival, raised)
