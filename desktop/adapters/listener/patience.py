"""uvicorn's protocol with an end to its patience: whoever drips a request is hung up on."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from desktop.adapters.listener.asgi import IS_ARRIVING

#: What a request may say before its body, in bytes; one read of the loop brings up to 256 KiB more.
LARGEST_HEAD = 65_536


class PatientProtocol(HttpToolsProtocol):
    """Closes a connection whose request is not here in whole after `patience_s`, or has an endless head.

    Idle connections between requests are uvicorn's own to close.
    """

    patience_s = 12.0

    _deadline: asyncio.TimerHandle | None = None
    _is_arriving = True
    _is_head = True
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by the loop."""
        super().connection_made(transport)
        self.access_log = False  # it would write down queries, which may hold tokens
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        super().data_received(data)
        if self._is_head:
            self._head_bytes += len(data)
            if self._head_bytes > LARGEST_HEAD:
                self.transport.close()
        self._watch()

    def on_message_begin(self) -> None:
        """Called by the parser at the first byte of a request."""
        super().on_message_begin()
        self.scope["state"][IS_ARRIVING] = self._has_more
        self._is_arriving = self._is_head = True

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        self._is_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self._is_arriving = False
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        super().connection_lost(exc)
        self._is_arriving = False
        self._watch()

    def _has_more(self) -> bool:
        return self._is_arriving

    def _watch(self) -> None:
        if self._is_arriving and self._deadline is None:
            self._deadline = self.loop.call_later(self.patience_s, self.transport.close)
        elif not self._is_arriving and self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
