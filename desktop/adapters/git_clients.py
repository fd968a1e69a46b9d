"""How a Git repository is reached: a folder, https with a token, ssh with the keys of this system."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from dulwich.client import (
    GitClient,
    HttpGitClient,
    HTTPProxyUnauthorized,
    HTTPUnauthorized,
    LocalGitClient,
    SSHGitClient,
    SubprocessSSHVendor,
)
from dulwich.errors import GitProtocolError, NotGitRepository
from dulwich.protocol import Protocol

from desktop.domain.playbook_sync import Reached, Remote, Transport, reached

Heard = Callable[[int, str], None]

_ANY_USER = "git"
_ALIVE_S = 5


def client_for(remote: Remote, secret: str, within_s: float, heard: Heard) -> GitClient:
    """What speaks with a repository; to be closed at the end. The token goes to that host only.

    `heard` is told how many bytes came or went, all the time, and may end it by raising.

    Raises: DeskError for an address that cannot be meant.
    """
    place = reached(remote.address)
    if place.transport is Transport.FOLDER:
        return LocalGitClient()
    if place.transport is Transport.SSH:
        return _by_ssh(place, within_s, heard)
    return _Http(
        _origin(remote.address),
        heard,
        timeout=within_s,
        username=(remote.user or _ANY_USER) if secret else None,
        password=secret or None,
    )


class _Http(HttpGitClient):
    """Tells what it reads, which the library does not, and lets go of its connections at the end."""

    def __init__(self, base_url: str, heard: Heard, **more: Any) -> None:  # noqa: ANN401 - the library's own
        super().__init__(base_url, **more)
        self._heard = heard

    def _http_request(self, *words: Any, **more: Any) -> Any:  # noqa: ANN401 - the library's own
        answer, read = super()._http_request(*words, **(more | {"raise_for_status": False}))
        if answer.status == 200:
            return answer, partial(self._read, read)
        answer.close()  # the library forgets to where it refuses
        raise _refusal(answer.status, self.get_url(""))

    def _read(self, read: Callable[[int], bytes], count: int) -> bytes:
        data = read(count)
        self._heard(len(data), "read")
        return data

    def close(self) -> None:
        """Safe to repeat."""
        self.pool_manager.clear()


def _refusal(status: int, url: str) -> Exception:
    if status == 401:
        return HTTPUnauthorized(None, url)
    if status == 407:
        return HTTPProxyUnauthorized(None, url)
    if status == 404:
        return NotGitRepository()
    return GitProtocolError(f"it answers {status}")


class _Ssh(SSHGitClient):
    """Ends the connection it began, whatever came of it."""

    _begun: Protocol | None = None

    def _connect(self, *words: Any, **more: Any) -> Any:  # noqa: ANN401 - the library's own
        made = super()._connect(*words, **more)
        self._begun = made[0]
        return made

    def close(self) -> None:
        """Safe to repeat."""
        begun, self._begun = self._begun, None
        if begun is not None:
            with suppress(OSError, ValueError):
                begun.close()


def _by_ssh(place: Reached, within_s: float, heard: Heard) -> SSHGitClient:
    """Nobody can answer questions of ssh here, so it asks none; a dead connection is given up."""
    count = max(1, round(within_s / _ALIVE_S))
    options = f"-o BatchMode=yes -o ConnectTimeout={max(1, round(within_s))}"
    alive = f"-o ServerAliveInterval={_ALIVE_S} -o ServerAliveCountMax={count}"
    return _Ssh(
        place.host,
        port=place.port or None,
        username=place.user or None,
        vendor=SubprocessSSHVendor(),
        report_activity=heard,
        ssh_command=f"ssh {options} {alive}",
    )


def _origin(address: str) -> str:
    begin, _, rest = address.strip().partition("://")
    return f"{begin}://{rest.partition('/')[0]}/"
