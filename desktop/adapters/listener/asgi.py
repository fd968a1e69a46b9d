"""What passes between the listener and its server (asgi.readthedocs.io, "HTTP & WebSocket", version 2.3)."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
#: Under this name a scope's state holds whether more of the request is still to come, if the server tells.
IS_ARRIVING = "is_arriving"
