"""What a request is answered."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.adapters.listener.asgi import Send

_JSON = b"application/json"


class Answer(NamedTuple):
    """A status and a document, JSON mostly; `who` is the source's key, for the log."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    who: str = "nobody"
    media_type: bytes = _JSON

    async def send(self, send: Send, *, head_only: bool = False) -> None:
        """Give it to the server."""
        length = (b"content-length", b"%d" % len(self.body))
        head = {
            "type": "http.response.start",
            "status": self.status,
            "headers": [(b"content-type", self.media_type), length, *self.headers],
        }
        await send(head)
        await send({"type": "http.response.body", "body": b"" if head_only else self.body})


def json_answer(
    status: int, content: Mapping[str, Any], headers: Mapping[str, str] | None = None, who: str = "nobody"
) -> Answer:
    """An answer that says this."""
    lines = tuple((name.lower().encode(), value.encode()) for name, value in (headers or {}).items())
    return Answer(status, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"), lines, who)
