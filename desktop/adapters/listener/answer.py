"""What a request is answered."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.adapters.listener.asgi import Send

_JSON = (b"content-type", b"application/json")


class Answer(NamedTuple):
    """A status and a JSON document; `who` is the source's key, for the log."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    who: str = "nobody"

    async def send(self, send: Send) -> None:
        """Give it to the server."""
        length = (b"content-length", b"%d" % len(self.body))
        head = {
            "type": "http.response.start",
            "status": self.status,
            "headers": [_JSON, length, *self.headers],
        }
        await send(head)
        await send({"type": "http.response.body", "body": self.body})


def json_answer(
    status: int, content: Mapping[str, Any], headers: Mapping[str, str] | None = None, who: str = "nobody"
) -> Answer:
    """An answer that says this."""
    lines = tuple((name.lower().encode(), value.encode()) for name, value in (headers or {}).items())
    return Answer(status, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"), lines, who)
