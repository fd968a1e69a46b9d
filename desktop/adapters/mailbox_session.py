"""One connection to a mailbox: what is new in it, taken whole, and the wait for more."""

import select
import socket
import time
from collections.abc import Callable
from typing import Any

from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError

from desktop.adapters.mailbox_place import TLS, MailboxPlace
from desktop.domain.errors import DeskError
from desktop.domain.source import LARGEST_MAIL

_ANSWER_S = 30.0
POLL_S = 60.0
#: After so much waiting the mailbox is looked through again, whatever its server has told or not.
_IDLE_S = 120.0


class MailboxSession:
    """Logged in, with the folder selected. The caller closes it, and may break it off from another thread."""

    def __init__(self, place: MailboxPlace, secret: str, *, answer_s: float = _ANSWER_S) -> None:
        """Raises: OSError, IMAPClientError, DeskError."""
        self._poll_s = place.poll_s
        trust = place.trust()
        is_tls = place.security == TLS
        self._client = IMAPClient(
            place.host, place.port, ssl=is_tls, ssl_context=trust if is_tls else None, timeout=answer_s
        )
        try:
            if not is_tls:
                self._client.starttls(trust)
            self._client.login(place.user, secret)
            self.can_idle = bool(self._client.has_capability("IDLE"))
            self._select(place.folder)
        except BaseException:
            self.close()
            raise

    def _select(self, folder: str) -> None:
        try:
            found: dict[bytes, Any] = self._client.select_folder(folder)
        except IMAPClientError as fault:
            raise DeskError(
                f"The mailbox has no folder {folder} that can be read.",
                field="folder",
                hint="Check its name; most have INBOX.",
            ) from fault
        self.validity = int(found.get(b"UIDVALIDITY", 0))
        self.next_uid = int(found.get(b"UIDNEXT", 0))
        self.count = int(found.get(b"EXISTS", 0))

    def find(self, since_uid: int) -> list[int]:
        """What nobody has read, and what came from this UID on whoever has read it; in its order."""
        found = set(self._client.search("UNSEEN"))
        if since_uid:
            found |= {uid for uid in self._client.search(["UID", f"{since_uid}:*"]) if uid >= since_uid}
        return sorted(found)

    def fetch(self, uid: int) -> tuple[bytes, bool]:
        """A mail as it came, or with false its head alone where it is too large; empty when it is gone."""
        size = int(self._client.fetch([uid], ["RFC822.SIZE"]).get(uid, {}).get(b"RFC822.SIZE", 0))
        part = "BODY.PEEK[]" if size <= LARGEST_MAIL else "BODY.PEEK[HEADER]"
        answer = self._client.fetch([uid], [part]).get(uid, {})
        body = next((bytes(value) for key, value in answer.items() if key.startswith(b"BODY[")), b"")
        return body, size <= LARGEST_MAIL

    def mark_seen(self, uid: int) -> None:
        """Let everybody see that it was taken."""
        self._client.add_flags([uid], [SEEN], silent=True)

    def wait(self, wake: socket.socket) -> None:
        """Until there may be something new, or something can be read from `wake`."""
        if self._poll_s or not self.can_idle:
            select.select([wake], [], [], self._poll_s or POLL_S)
            self._client.noop()
            return
        self._client.idle()
        try:
            self._wait_idle(wake)
        finally:
            self._client.idle_done()

    def _wait_idle(self, wake: socket.socket) -> None:
        end_s = time.monotonic() + _IDLE_S
        ready = self._client.socket()
        pending: Callable[[], int] = getattr(ready, "pending", lambda: 0)
        while (left_s := end_s - time.monotonic()) > 0:
            heard = [ready] if pending() else select.select([ready, wake], [], [], left_s)[0]
            if wake in heard:
                return
            if heard:
                told = self._client.idle_check(timeout=0)
                if not told or any(map(_is_news, told)):
                    return  # nothing to read though there is something: the end, which the next command meets

    def break_off(self) -> None:
        """End whatever it waits for; for another thread."""
        try:
            self._client.socket().shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended already

    def close(self) -> None:
        """Leave; safe in any state."""
        try:
            self._client.shutdown()
        except (OSError, IMAPClientError, AttributeError):
            return


def _is_news(told: tuple[Any, ...]) -> bool:
    return len(told) > 1 and (told[1] in (b"EXISTS", b"RECENT") or told[0] == b"BYE")
