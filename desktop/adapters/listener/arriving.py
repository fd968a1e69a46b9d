"""A request as it comes in; its body is taken in whole or not at all."""

import asyncio
import re

from desktop.adapters.listener.asgi import IS_ARRIVING, Receive, Scope
from desktop.adapters.listener.refusal import Refusal
from desktop.domain.source import LARGEST_BODY
from desktop.domain.wording import one_line

_TOO_LARGE = "The body is larger than 1 MiB: send fewer alerts at once."
_PORT = re.compile(r":\d{1,5}$")
_LONGEST_TYPE, _LONGEST_SENDER = 100, 200
#: So much of a refused body is listened to, so that its sender comes to hear the answer.
_LARGEST_DISCARDED = 16 * LARGEST_BODY


class HungUp(Exception):
    """The sender has gone before the request was here."""


class Arrival:
    """A request of which nothing is known to be here but its head."""

    def __init__(self, scope: Scope, receive: Receive, patience_s: float) -> None:
        self._scope = scope
        self._receive = receive
        self._patience_s = patience_s
        self._lines: dict[bytes, bytes] = dict(scope["headers"])
        self._is_whole = False
        self.method: str = scope["method"]
        self.path: str = scope["path"]

    def line(self, name: bytes) -> bytes:
        """A header's value as it came, the last of that name; empty for none. Names are in small letters."""
        return self._lines.get(name, b"")

    def text(self, name: bytes) -> str:
        """A header's value as one clean line."""
        value = self._lines.get(name, b"").decode("latin-1")
        return value if value.isprintable() else one_line(value)

    @property
    def host(self) -> str:
        """By which name the sender calls this machine, without the port, in small letters."""
        return _PORT.sub("", self.text(b"host").lower())

    @property
    def media_type(self) -> str:
        """What the sender calls the form of the body."""
        return self.text(b"content-type")[:_LONGEST_TYPE]

    @property
    def sender(self) -> str:
        """Which program sends, and from where."""
        client = self._scope.get("client")
        parts = (self.text(b"user-agent")[:_LONGEST_SENDER], str(client[0]) if client else "")
        return " at ".join(part for part in parts if part)

    async def whole_body(self) -> bytes:
        """The body, byte for byte.

        Raises: Refusal for one that is too large, packed, or not here in time; HungUp.
        """
        length = self.line(b"content-length")
        if length and (not length.isdigit() or len(length) > 10 or int(length) > LARGEST_BODY):
            raise Refusal(413, _TOO_LARGE)
        if self.text(b"content-encoding").lower() not in ("", "identity"):
            raise Refusal(415, "The body is packed: send it as plain JSON, without Content-Encoding.")
        is_arriving = self._scope.get("state", {}).get(IS_ARRIVING)
        if is_arriving is not None and not is_arriving():
            return await self._gathered()
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
        if self._is_whole or self.line(b"expect"):
            return
        left = _LARGEST_DISCARDED
        try:
            async with asyncio.timeout(self._patience_s):
                while left > 0 and not self._is_whole:
                    left -= len(await self._piece())
        except (TimeoutError, HungUp):
            return

    async def _gathered(self) -> bytes:
        first = await self._piece()
        if self._is_whole and len(first) <= LARGEST_BODY:
            return first
        body = bytearray(first)
        while True:
            if len(body) > LARGEST_BODY:
                raise Refusal(413, _TOO_LARGE)
            if self._is_whole:
                return bytes(body)
            body += await self._piece()

    async def _piece(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self._is_whole = True
            raise HungUp
        self._is_whole = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        return piece
