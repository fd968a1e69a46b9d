"""uvicorn, fitted into a thread of the desk: no idle wake-ups, no endless waiting for slow senders."""

import asyncio
import socket
from collections.abc import Callable

import uvicorn

from desktop.adapters.listener.application import Application
from desktop.adapters.listener.patience import PatientProtocol

#: More connections than this are answered 503; the most that bodies can take is as many MiB.
MOST_CONNECTIONS = 128
_KEEP_ALIVE_S = 75
_LEAVE_S = 2
_ARRIVE_S = 0.01


class Server(uvicorn.Server):
    """Serves until told to stop; between requests nothing runs."""

    def __init__(self, app: Application, patience_s: float, when_up: Callable[[], None]) -> None:
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
        for server in self.servers:
            server.close()
        await asyncio.sleep(_ARRIVE_S)  # who was just let in is then known, and gets hung up on

    def call(self, work: Callable[[], None]) -> None:
        """Do something on the loop, from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(work)

    def stop(self) -> None:
        """Let `run` end once the answers that are under way are out, from any thread."""
        self.call(self._leave.set)
