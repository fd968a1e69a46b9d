"""Fetches a page from one host: nothing of it is run, nothing else is loaded, no cookie and no proxy."""

import socket
import ssl
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import quote, urljoin, urlsplit

from desktop.domain.errors import DeskError
from desktop.domain.link_host import LARGEST_PAGE, Fetched, host_of
from desktop.domain.wording import one_line

_MOST_REDIRECTS = 5
_CHUNK = 65_536
_SAFE = "%/:=&?~#+!$,;'@()*[]"


def fetch(url: str, *, within_s: float = 10.0, largest: int = LARGEST_PAGE) -> Fetched:
    """What an address gives, redirects followed on its own host only; each request within `within_s`.

    Raises: DeskError.
    """
    host = host_of(url)
    for _ in range(_MOST_REDIRECTS + 1):
        found = _ask(url, within_s, largest)
        if isinstance(found, Fetched):
            return found
        is_weaker = url.startswith("https:") and not found.startswith("https:")
        if is_weaker or host_of(found) != host:
            raise DeskError(
                f"{host} leads on to another place, which is not followed.",
                field="url",
                hint=one_line(found)[:300],
            )
        url = found
    raise DeskError(f"{host} leads round in circles.", field="url")


def _ask(url: str, within_s: float, largest: int) -> Fetched | str:
    """What an address gives, or where it leads."""
    parts = urlsplit(url.strip())
    name = (parts.hostname or "").encode("idna").decode()
    made: HTTPConnection = (
        HTTPSConnection(name, parts.port, timeout=within_s, context=ssl.create_default_context())
        if parts.scheme == "https"
        else HTTPConnection(name, parts.port, timeout=within_s)
    )
    is_late = threading.Event()
    timer = threading.Timer(within_s, _hang_up, (made, is_late))
    timer.daemon = True
    timer.start()
    try:
        path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
        made.request("GET", path, headers={"Accept-Encoding": "identity", "User-Agent": "EscalationDesk"})
        return _read(made.getresponse(), url, largest)
    except (OSError, HTTPException, ValueError) as fault:
        if is_late.is_set() or isinstance(fault, TimeoutError):
            raise DeskError(f"{name} took longer than {within_s:g} seconds.", field="url") from None
        said = one_line(str(fault))[:200].rstrip(".")
        raise DeskError(f"{name} could not be asked: {said}.", field="url") from fault
    finally:
        timer.cancel()
        made.close()


def _read(answer: HTTPResponse, url: str, largest: int) -> Fetched | str:
    if answer.status in (301, 302, 303, 307, 308) and (leads_to := answer.getheader("Location")):
        return urljoin(url, leads_to)
    if answer.status != 200:
        raise DeskError(f"The address answers {answer.status}.", field="url", hint="Open it in a browser.")
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > largest:
            raise DeskError(f"The page is larger than {largest // 1_048_576} MiB.", field="url")
    if answer.length:
        raise DeskError("The answer broke off before its end.", field="url", hint="Try again.")
    return Fetched(url, one_line(answer.getheader("Content-Type") or "")[:100], bytes(data))


def _hang_up(made: HTTPConnection, is_late: threading.Event) -> None:
    is_late.set()
    with suppress(OSError, AttributeError):
        made.sock.shutdown(socket.SHUT_RDWR)
