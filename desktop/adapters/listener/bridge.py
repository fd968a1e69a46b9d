"""Between the listener's loop and the thread that writes: many messages over, many answers back at once."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from desktop.domain.source import NewMessage

Submit = Callable[[NewMessage], "Future[int]"]
_Waiter = asyncio.Future[int]


class Bridge:
    """Waits on the loop until messages are kept.

    What has come in during one turn of the loop goes over together, so that the writer, who takes what is
    there, keeps it with one commit; one wake-up brings back all that is done. To be used on one loop only.
    """

    def __init__(self, submit: Submit) -> None:
        self._submit = submit
        self._going: list[tuple[NewMessage, _Waiter]] = []
        self._done: deque[tuple[_Waiter, Future[int]]] = deque()
        self._is_called = False

    async def keep(self, message: NewMessage) -> int:
        """Give a message to the writer; gives its id once it is kept.

        Raises: whatever the writer says, RuntimeError when it is closed.
        """
        loop = asyncio.get_running_loop()
        waiter: _Waiter = loop.create_future()
        if not self._going:
            loop.call_soon(self._hand_over, loop)
        self._going.append((message, waiter))
        return await waiter

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        going, self._going = self._going, []
        for message, waiter in going:
            try:
                future = self._submit(message)
            except RuntimeError as error:
                waiter.set_exception(error)
            else:
                future.add_done_callback(partial(self._note, loop, waiter))

    def _note(self, loop: asyncio.AbstractEventLoop, waiter: _Waiter, future: "Future[int]") -> None:
        """Called on the writer's thread."""
        self._done.append((waiter, future))
        if not self._is_called:
            self._is_called = True
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._is_called = False  # first: what is noted from here on calls again
        while self._done:
            waiter, future = self._done.popleft()
            if waiter.done():  # its sender is gone
                continue
            error = future.exception()
            if error is None:
                waiter.set_result(future.result())
            else:
                waiter.set_exception(error)
