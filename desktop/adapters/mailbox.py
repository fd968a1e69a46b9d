"""Watches a mailbox in a thread of its own and hands over each mail once, byte for byte."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future

from imapclient.exceptions import IMAPClientError, LoginError

from desktop.adapters.mailbox_place import MailboxPlace, sentence_of
from desktop.adapters.mailbox_session import MailboxSession
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.signal_mail import reference_of, sender_of
from desktop.domain.source import MAIL_TYPE, NewMessage, Source

_RETRY_S = 5.0
_LONGEST_RETRY_S = 300.0
_KEEP_S = 60.0
_LEAVE_S = 10.0


class MailboxWatch:
    """Takes what comes into a mailbox. A mail is marked as read only once it is on the disk here.

    What is taken a second time is known by its Message-ID, so a lost connection or a folder numbered anew
    (UIDVALIDITY, RFC 9051 2.3.1.1) doubles nothing.
    """

    def __init__(
        self,
        source: Source,
        secret: str,
        submit: Callable[[NewMessage], "Future[int]"],
        clock: Clock,
        told: Callable[[str], None],
        *,
        retry_s: float = _RETRY_S,
    ) -> None:
        """`told` is given a sentence when something goes wrong, and an empty one when it works again."""
        self._source = source
        self._secret = secret
        self._submit = submit
        self._clock = clock
        self._told = told
        self._retry_s = retry_s
        self._said: str | None = None
        self._is_ended = threading.Event()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._watch, name=f"mailbox {source.key}", daemon=True)
        self._session: MailboxSession | None = None
        self._seat: tuple[int, int] = (0, 0)
        self._done: set[int] = set()
        self._remains = ""  # what a person should know of a mail, however well all others go

    def start(self) -> None:
        """Watch from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more; safe to repeat. What was handed over is kept."""
        if self._is_ended.is_set():
            return
        self._is_ended.set()
        self._wake.send(b"!")
        if self._thread.is_alive():
            self._thread.join(1.0)
        session = self._session
        if session is not None and self._thread.is_alive():
            session.break_off()
            self._thread.join(_LEAVE_S)
        if not self._thread.is_alive():
            self._wake.close()
            self._woken.close()

    def _watch(self) -> None:
        wait_s = self._retry_s
        while not self._is_ended.is_set():
            began_s = self._clock.monotonic()
            try:
                self._live()
            except (OSError, IMAPClientError, DeskError) as fault:
                if self._is_ended.is_set():
                    return
                self._say(self._sentence(fault))
                if self._clock.monotonic() - began_s > _LONGEST_RETRY_S:
                    wait_s = self._retry_s  # it had worked for a while
                if isinstance(fault, LoginError):
                    wait_s = max(wait_s, 12 * self._retry_s)  # too many tries lock a mailbox
                self._is_ended.wait(wait_s)
                wait_s = min(2 * wait_s, _LONGEST_RETRY_S)

    def _live(self) -> None:
        """One connection from its beginning to its end."""
        place = MailboxPlace.from_options(self._source.options)
        session = MailboxSession(place, self._secret)
        self._session = session
        try:
            if self._seat[0] != session.validity:
                self._seat = (session.validity, session.next_uid)
                self._done.clear()
            while not self._is_ended.is_set():
                self._take_all(session)
                session.wait(self._woken)
        finally:
            self._session = None
            session.close()

    def _take_all(self, session: MailboxSession) -> None:
        while found := [uid for uid in session.find(self._seat[1]) if uid not in self._done]:
            for uid in found:
                if self._is_ended.is_set():
                    return
                self._take(session, uid)
            self._seat = (session.validity, max(self._seat[1], found[-1] + 1))
        self._say(self._remains)

    def _take(self, session: MailboxSession, uid: int) -> None:
        """Hand a mail over and mark it; for one that cannot be kept the others do not wait."""
        body, is_whole = session.fetch(uid)
        self._done.add(uid)
        if not body:
            return
        message = NewMessage(
            self._source.id, body, self._clock.now(), MAIL_TYPE, sender_of(body), reference_of(body)
        )
        try:
            self._submit(message).result(_KEEP_S)
        except StoreError:
            self._done.discard(uid)
            raise
        except TimeoutError:
            self._done.discard(uid)
            raise StoreError("The desk could not keep a mail in time.", hint="It is tried again.") from None
        except DeskError as fault:
            self._remains = f"A mail was left in the mailbox: {fault}"
            return
        session.mark_seen(uid)
        if not is_whole:
            self._remains = f"Of a mail too large to keep only the head was taken: {message.reference[:100]}"

    def _sentence(self, fault: Exception) -> str:
        try:
            place = MailboxPlace.from_options(self._source.options)
        except DeskError as wrong:
            return str(wrong)
        return sentence_of(fault, place)

    def _say(self, sentence: str) -> None:
        if sentence != self._said:
            self._said = sentence
            self._told(sentence)
