"""uvicorn, fitted into a thread of the desk: no idle wake-ups, no endless waiting for slow senders."""

import asyncio
import socket
from collections.abc import Callable

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

#: More connections than this are answered 503; the most that bodies can take is as many MiB.
MOST_CONNECTIONS = 128
_KEEP_ALIVE_S = 75
_LEAVE_S = 2
_LARGEST_HEAD = 32_768


class PatientProtocol(H11Protocol):
    """Hangs up where a request is not here in whole after a time, however slowly it drips.

    An idle connection is uvicorn's to close.
    """

    patience_s = 12.0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by the loop."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Called when an answer is out."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        super().connection_lost(exc)
        self._stop_watching()

    def _watch(self) -> None:
        state = self.conn.their_state
        is_head_missing = state is h11.IDLE and self.timeout_keep_alive_task is None
        if not (is_head_missing or state is h11.SEND_BODY):
            self._stop_watching()
        elif self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(self.patience_s, self.transport.close)

    def _stop_watching(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Server(uvicorn.Server):
    """Serves until told to stop; between requests nothing runs."""

    def __init__(self, app: ASGIApp, patience_s: float, when_up: Callable[[], None]) -> None:
        protocol = type("Protocol", (PatientProtocol,), {"patience_s": patience_s})
        super().__init__(
            uvicorn.Config(
                app,
                http=protocol,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                limit_concurrency=MOST_CONNECTIONS,
                timeout_keep_alive=_KEEP_ALIVE_S,
                timeout_graceful_shutdown=_LEAVE_S,
                h11_max_incomplete_event_size=_LARGEST_HEAD,
            )
        )
        self._when_up = when_up
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leave = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by `run`."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self._when_up()

    async def main_loop(self) -> None:
        """Called by `run`."""
        await self._leave.wait()

    def call(self, work: Callable[[], None]) -> None:
        """Do something on the loop, from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(work)

    def stop(self) -> None:
        """Let `run` end once the answers that are under way are out, from any thread."""
        self.call(self._leave.set)
