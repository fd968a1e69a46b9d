"""A request as it comes in; its body is taken in whole or not at all."""

import asyncio
import re

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope

from desktop.adapters.listener.refusal import Refusal
from desktop.domain.source import LARGEST_BODY
from desktop.domain.wording import one_line

_TOO_LARGE = "The body is larger than 1 MiB: send fewer alerts at once."
_PORT = re.compile(r":\d{1,5}$")
_LONGEST_TYPE, _LONGEST_SENDER = 100, 200
#: So much of a refused body is listened to, so that its sender comes to hear the answer.
_LARGEST_DISCARDED = 16 * LARGEST_BODY


class Arrival(Request):
    """A request of which nothing is known to be here but its head."""

    def __init__(self, scope: Scope, receive: Receive, patience_s: float) -> None:
        super().__init__(scope, receive)
        self._patience_s = patience_s
        self._is_whole = False

    @property
    def path(self) -> str:
        """Where it was sent to."""
        return str(self.scope["path"])

    @property
    def host(self) -> str:
        """By which name the sender calls this machine, without the port, in small letters."""
        return _PORT.sub("", self.headers.get("host", "").strip().lower())

    @property
    def media_type(self) -> str:
        """What the sender calls the form of the body."""
        return one_line(self.headers.get("content-type", ""))[:_LONGEST_TYPE]

    @property
    def sender(self) -> str:
        """Which program sends, and from where."""
        program = one_line(self.headers.get("user-agent", ""))
        address = self.client.host if self.client else ""
        return " at ".join(part for part in (program[:_LONGEST_SENDER], address) if part)

    async def whole_body(self) -> bytes:
        """The body, byte for byte.

        Raises: Refusal for one that is too large, packed, or not here in time; ClientDisconnect.
        """
        length = self.headers.get("content-length", "0")  # the protocol has let digits through only
        if len(length) > 10 or int(length) > LARGEST_BODY:
            raise Refusal(413, _TOO_LARGE)
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            raise Refusal(415, "The body is packed: send it as plain JSON, without Content-Encoding.")
        try:
            async with asyncio.timeout(self._patience_s):
                return await self._gathered()
        except TimeoutError:
            self._is_whole = True  # it is not, but nobody waits for it any more
            sentence = f"The body was not here in whole after {self._patience_s:g} seconds."
            raise Refusal(408, sentence, headers={"Connection": "close"}) from None

    async def discard(self) -> None:
        """Listen to what is left of the body without keeping it, within bounds.

        Answering at once would reset the connection under a sender that is still talking.
        """
        if self._is_whole or "expect" in self.headers:
            return
        left = _LARGEST_DISCARDED
        try:
            async with asyncio.timeout(self._patience_s):
                while left > 0 and not self._is_whole:
                    left -= len(await self._piece())
        except (TimeoutError, ClientDisconnect):
            return

    async def _gathered(self) -> bytes:
        first = await self._piece()
        if self._is_whole and len(first) <= LARGEST_BODY:
            return first
        body = bytearray(first)
        while not self._is_whole:
            body += await self._piece()
            if len(body) > LARGEST_BODY:
                raise Refusal(413, _TOO_LARGE)
        return bytes(body)

    async def _piece(self) -> bytes:
        message = await self.receive()
        if message["type"] == "http.disconnect":
            self._is_whole = True
            raise ClientDisconnect
        self._is_whole = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        return piece
