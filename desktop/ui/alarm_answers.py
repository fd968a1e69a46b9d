"""What a person answers to an alarm, wherever the button was: seen, or later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.person import Actor, Person
from desktop.domain.snooze import SnoozeLoad
from desktop.ui.tasks import TaskRunner

#: As the button on a notification says.
SNOOZE_FOR = timedelta(minutes=15)
REASON = "Snoozed from the alarm"
_SHORTEST = timedelta(minutes=1)


class Acknowledges(Protocol):
    """Takes an acknowledgement."""

    def acknowledge(self, escalation_id: int, by: Actor, note: str = "") -> Done | None:
        """Somebody has seen it."""
        ...


class Snoozes(Protocol):
    """Holds alarms back."""

    def snooze(
        self, escalation_id: int, until: datetime, reason: str, by: Actor, past_breach_reason: str = ""
    ) -> Done:
        """Until a time, for a reason."""
        ...

    def latest(self, escalation_id: int, *, past_breach: bool = False) -> datetime:
        """Until when it may be at most."""
        ...

    def load(self, by: Actor) -> SnoozeLoad:
        """How many are snoozed already."""
        ...


class Operators(Protocol):
    """Who works here."""

    def operator(self) -> Person | None:
        """The person at this desk."""
        ...


class AlarmAnswers(QObject):
    """Acknowledges and snoozes in the name of who works at this desk.

    Signals:
        work_done: (tuple of Done) to be undone as one step.
        work_told: (Done, str) the same, and a sentence that warns.
        answered: (int escalation_id) it was acknowledged or snoozed; sound and pulse stop.
        help_requested: (str action id, int escalation_id, str why) it cannot be done without asking the
            person for more: show the window and run that action on it.
    """

    work_done = Signal(object)
    work_told = Signal(object, str)
    answered = Signal(int)
    help_requested = Signal(str, int, str)

    def __init__(
        self,
        *,
        alarms: Acknowledges,
        snooze: Snoozes,
        people: Operators,
        clock: Clock,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._alarms = alarms
        self._snooze = snooze
        self._people = people
        self._clock = clock
        self._runner = runner

    def acknowledge(self, escalation_id: int) -> None:
        """The operator has seen it."""
        command = partial(_acknowledge, self._alarms, escalation_id)
        self._run("escalation.acknowledge", escalation_id, command)

    def snooze(self, escalation_id: int) -> None:
        """The operator wants to hear of it again in a quarter of an hour, or when it breaches before."""
        command = partial(_snooze, self._snooze, escalation_id, self._clock.now())
        self._run("escalation.snooze", escalation_id, command)

    def _run(self, action: str, escalation_id: int, command: "Callable[[Actor], Answered]") -> None:
        answer = _Answer(self, action, escalation_id)
        work = partial(_as_operator, self._people, command)
        self._runner.run(work, answer.take, answer.fail, owner=answer)


@dataclass(frozen=True, slots=True)
class Warned:
    """What was done, and a sentence that says what to mind about it."""

    done: Done
    sentence: str


Answered = Done | Warned | None


class _Answer(QObject):
    """One answer under way."""

    def __init__(self, answers: AlarmAnswers, action: str, escalation_id: int) -> None:
        super().__init__(answers)
        self._answers = answers
        self._action = action
        self._escalation_id = escalation_id

    def take(self, done: "Answered") -> None:
        """It was done."""
        if isinstance(done, Warned):
            self._answers.work_told.emit(done.done, done.sentence)
        elif done is not None:
            self._answers.work_done.emit((done,))
        self._answers.answered.emit(self._escalation_id)
        self.deleteLater()

    def fail(self, error: DeskError) -> None:
        """It needs more than one press."""
        self._answers.help_requested.emit(self._action, self._escalation_id, str(error))
        self.deleteLater()


def _as_operator(people: Operators, command: "Callable[[Actor], Answered]") -> "Answered":
    operator = people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself in Settings.")
    return command(operator.actor())


def _acknowledge(alarms: Acknowledges, escalation_id: int, by: Actor) -> Done | None:
    return alarms.acknowledge(escalation_id, by)


def _snooze(snoozes: Snoozes, escalation_id: int, now: datetime, by: Actor) -> "Answered":
    warning = snoozes.load(by).warning
    done = _snoozed(snoozes, escalation_id, now, by)
    return Warned(done, f"{done.label}. {warning}") if warning else done


def _snoozed(snoozes: Snoozes, escalation_id: int, now: datetime, by: Actor) -> Done:
    until = now + SNOOZE_FOR
    latest = snoozes.latest(escalation_id)
    # Nearer to the breach than a minute it is no snooze any more: the service says what is missing.
    return snoozes.snooze(
        escalation_id, min(until, latest) if latest - now > _SHORTEST else until, REASON, by
    )
