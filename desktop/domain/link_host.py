"""From which hosts the program may fetch what a signal links to."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from desktop.domain.errors import DeskError

LARGEST_PAGE = 5 * 1024 * 1024
_PORTS = {"http": 80, "https": 443}
_HINT = "Write it as it stands in the address, such as grafana.example.org."


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """A host, with its port where that is not the usual one, and who allowed it."""

    host: str
    allowed_at: datetime
    allowed_by: str


class Fetched(NamedTuple):
    """What an address gave; `url` after redirects within its host."""

    url: str
    media_type: str
    data: bytes


def host_of(url: str) -> str:
    """The host that an address asks, as it is allowed: in lower case, with a port that is not the usual one.

    Raises: DeskError for what is no plain web address.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        name = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
    except ValueError:
        raise DeskError("This is no web address.", field="url") from None
    if parts.scheme not in _PORTS or not name or parts.username is not None or parts.password is not None:
        raise DeskError(
            "Only plain web addresses are fetched.", field="url", hint="It begins with https:// or http://."
        )
    name = f"[{name}]" if ":" in name else name
    return name if port in (None, _PORTS[parts.scheme]) else f"{name}:{port}"


def checked_host(text: str) -> str:
    """A host as it is kept.

    Raises: DeskError.
    """
    text = text.strip()
    try:
        found = host_of(text if "://" in text else f"https://{text}")
    except DeskError:
        found = ""
    if not found or any(sign in found for sign in " *%\\<>\"'"):
        raise DeskError(f"{text or 'Nothing'} is no host.", field="host", hint=_HINT)
    return found
