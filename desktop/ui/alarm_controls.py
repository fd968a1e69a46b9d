"""Silence and the test notification: the same wherever they are asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.clock import Clock
from desktop.domain.instant import to_us
from desktop.services.outbox import silence_span
from desktop.ui.notify import DeliveryPump
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import clock_time

# Longer than the outbox lets a notification wait for its delivery.
_PATIENCE_MS = 12_000


class Silences(Protocol):
    """The outbox, as far as sound and tests go."""

    def silence(self, until: datetime | None) -> None:
        """No sound until then."""
        ...

    def silenced_until(self) -> datetime | None:
        """Until when there is none."""
        ...

    def test(self) -> int:
        """Puts a test notification in."""
        ...


class AlarmControls(QObject):
    """Silences the desk for ten minutes, lets it sound again, and sends a test notification.

    Signals:
        silence_changed: sounds are silenced, or no longer; see `silenced_until` and `silence_sentence`.
        test_started: a test is on its way.
        test_answered: (bool arrived, str sentence) what became of it.
        message_requested: (str) what was done, for the toast.
    """

    silence_changed = Signal()
    test_started = Signal()
    test_answered = Signal(bool, str)
    message_requested = Signal(str)

    def __init__(
        self,
        *,
        outbox: Silences,
        pump: DeliveryPump,
        clock: Clock,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._clock = clock
        self._runner = runner
        self._until: datetime | None = None
        self._is_testing = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        self.pump = pump
        pump.test_answered.connect(self._answer)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out, whatever page is in sight."""
        return {"alarms.silence": self.toggle_silence, "alarms.send_test": self.send_test}

    def start(self) -> None:
        """Find out whether sounds are silenced."""
        self._runner.run(self._outbox.silenced_until, self._note_silence, owner=self)

    @property
    def silenced_until(self) -> datetime | None:
        """Until when there is no sound; None while there is."""
        return self._until if self._until is not None and self._until > self._clock.now() else None

    @property
    def silence_sentence(self) -> str:
        """For the status bar; empty while sounds are on."""
        until = self.silenced_until
        return f"Sounds silenced until {clock_time(until)}" if until is not None else ""

    def toggle_silence(self) -> None:
        """Silence the sounds for ten minutes, or let them sound again."""
        until = None if self.silenced_until is not None else self._clock.now() + silence_span()
        self._runner.run(partial(_silence, self._outbox, until), self._silence, owner=self)

    def send_test(self) -> None:
        """Send a test notification; `test_answered` says what became of it."""
        if not self._is_testing:
            self._is_testing = True
            self._patience.start()
            self.test_started.emit()
            self._runner.run(self._outbox.test, self._fetch_test, owner=self)

    def tick(self, _now_us: int) -> None:
        """A silence may have ended."""
        if self._until is not None and to_us(self._until) <= to_us(self._clock.now()):
            self._until = None
            self.silence_changed.emit()

    def close(self) -> None:
        """Wait for nothing more."""
        self._patience.stop()

    def _silence(self, until: datetime | None) -> None:
        self._note_silence(until)
        self.message_requested.emit(self.silence_sentence or "Sounds are on again")

    def _note_silence(self, until: datetime | None) -> None:
        self._until = until
        self.silence_changed.emit()

    def _fetch_test(self, _row_id: int) -> None:
        self.pump.claim_soon()

    def _answer(self, arrived: bool, sentence: str) -> None:
        self._is_testing = False
        self._patience.stop()
        self.test_answered.emit(arrived, sentence)
        self.message_requested.emit(f"Test notification: {sentence}")

    def _give_up(self) -> None:
        self._answer(False, "It did not arrive: the notification service does not answer.")


def _silence(outbox: Silences, until: datetime | None) -> datetime | None:
    outbox.silence(until)
    return until
