"""Sends messages to people one after the other, on a thread of its own: first written, first sent."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from desktop.adapters.paging import Outcome
from desktop.domain.clock import Clock
from desktop.domain.contact import Reach
from desktop.domain.errors import DeskError
from desktop.domain.mail_account import Mail, MailAccount
from desktop.services.mail_account import SECRET
from desktop.services.outgoing import Letter

_RETRY_S = 5.0
_log = logging.getLogger(__name__)


class Queue(Protocol):
    """Where messages come from, and where it is said what became of them."""

    def claim(self, limit: int) -> tuple[Letter, ...]:
        """Messages to be sent now."""
        ...

    def next_at(self) -> datetime | None:
        """When the first one waits to be sent."""
        ...

    def sent(self, letter: Letter) -> None:
        """It was taken over."""
        ...

    def failed(self, letter: Letter, why: str, *, temporary: bool) -> None:
        """It was not."""
        ...

    def unsure(self, letter: Letter, why: str) -> None:
        """Nobody knows."""
        ...


class LetterPump:
    """Waits until a message is due, and sends it.

    `mail` sends one by mail, `chat` one by the address of a chat; `secret` gives what is kept under a name.
    """

    def __init__(
        self,
        *,
        queue: Queue,
        mail: Callable[[MailAccount, str, Mail], Outcome],
        chat: Callable[[str, str, str], Outcome],
        secret: Callable[[str], str | None],
        clock: Clock,
    ) -> None:
        self._queue = queue
        self._mail = mail
        self._chat = chat
        self._secret = secret
        self._clock = clock
        self._condition = threading.Condition()
        self._is_poked = False
        self._is_ended = False
        self._thread = threading.Thread(target=self._run, name="letters", daemon=True)

    def start(self) -> None:
        """Send from now on, what waits already first."""
        self._is_poked = True
        self._thread.start()

    def poke(self) -> None:
        """Look now: something may have been put into the outbox."""
        with self._condition:
            self._is_poked = True
            self._condition.notify()

    def stop(self) -> None:
        """Send no more; what is being sent is waited for. Safe to repeat."""
        with self._condition:
            self._is_ended = True
            self._condition.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                wait_s = self._look()
            except DeskError as error:  # the store is busy or full: messages wait in it
                _log.warning("messages cannot be read: %s", error)
                wait_s = _RETRY_S
            except Exception:  # noqa: BLE001 - the outermost loop: a fault must not end all sending
                _log.exception("messages cannot be handed out")
                wait_s = _RETRY_S
            with self._condition:
                if not self._is_poked and not self._is_ended:
                    self._condition.wait(wait_s)
                if self._is_ended:
                    return
                self._is_poked = False

    def _look(self) -> float | None:
        """Send what is due; gives how long there is nothing to do, None for until somebody says so."""
        while not self._is_ended:
            letters = self._queue.claim(1)  # one, so that its time is not spent waiting for others
            if not letters:
                break
            self._carry(letters[0])
        at = self._queue.next_at()
        if at is None:
            return None
        speed: float = getattr(self._clock, "speed", 1.0)
        return max((at - self._clock.now()).total_seconds() / speed, 0.05)

    def _carry(self, letter: Letter) -> None:
        try:
            outcome = self._outcome(letter)
        except Exception as error:  # noqa: BLE001 - as above; without its words, which may quote an address
            _log.error("a message could not be sent: %s", type(error).__name__)
            outcome = Outcome(False, "The desk failed while sending it.", is_unsure=True)
        if outcome.is_sent:
            self._queue.sent(letter)
        elif outcome.is_unsure:
            self._queue.unsure(letter, outcome.why)
        else:
            self._queue.failed(letter, outcome.why, temporary=outcome.is_temporary)

    def _outcome(self, letter: Letter) -> Outcome:
        try:
            return self._by_mail(letter) if letter.reach is Reach.MAIL else self._by_chat(letter)
        except DeskError as error:  # of the keyring: nothing has been sent
            _log.warning("a secret cannot be read: %s", error)
            return Outcome(
                False, "A password cannot be read on this computer: see the log.", is_temporary=True
            )

    def _by_mail(self, letter: Letter) -> Outcome:
        account = letter.account
        if not account.is_set_up:
            return Outcome(False, "No mail account is set up: see Settings, Sending.")
        password = (self._secret(SECRET) or "") if account.user else ""
        if account.user and not password:
            return Outcome(False, "The password of the mail account is not on this computer: type it again.")
        mail = Mail(
            recipient=letter.address,
            to=letter.to,
            subject=letter.subject,
            body=letter.body,
            message_id=letter.message_id,
            at=letter.at,
            thread=letter.thread,
        )
        return self._mail(account, password, mail)

    def _by_chat(self, letter: Letter) -> Outcome:
        if not letter.secret_name:
            return Outcome(False, "The contact was removed.")
        url = self._secret(letter.secret_name)
        if not url:
            return Outcome(False, "The address of the chat is not on this computer: type it again.")
        return self._chat(url, letter.subject, letter.body)
