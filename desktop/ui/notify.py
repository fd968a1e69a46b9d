"""Delivers what waits in the outbox: to the desktop, or into the window where that is the better place."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import DeskError
from desktop.services.outbox import DESKTOP, WINDOW, OutboxItem
from desktop.services.settings import Settings
from desktop.ui.alarm_answers import AlarmAnswers
from desktop.ui.notice import ACKNOWLEDGE, BUTTONS, DEFAULT, SNOOZE, Notice, Notifier
from desktop.ui.sound import Sounder
from desktop.ui.tasks import TaskRunner

_CHANNELS = (DESKTOP, WINDOW)
_AT_ONCE = 20
# Rows that failed for a time, and those of other programs on the same desk, come without a word.
_LOOK_AGAIN_MS = 15_000
_TEST = "test"
_ESCALATION = "escalation:"


class Outbox(Protocol):
    """What waits to be shown, and what became of it."""

    def claim(self, channels: Sequence[str] = ..., limit: int = ...) -> tuple[OutboxItem, ...]:
        """What is to be shown now."""
        ...

    def delivered(self, row_id: int, detail: str = "") -> None:
        """It is on screen."""
        ...

    def confirmed(self, row_id: int, detail: str = "") -> None:
        """The person has dealt with it."""
        ...

    def failed(self, row_id: int, why: str, temporary: bool = False) -> None:
        """It could not be shown."""
        ...

    def taken_back(self) -> tuple[str, ...]:
        """What is on screen and no longer true."""
        ...


class Preferences(Protocol):
    """How the person wants to be told."""

    @property
    def current(self) -> Settings:
        """The settings now."""
        ...


class DeliveryPump(QObject):
    """Shows each notification once and tells the outbox what became of it.

    While the window has the focus nothing leaves it. `notifiers` are tried in their order; `has_focus` says
    whether the person is looking at the window.

    Signals:
        item_shown: (OutboxItem) to be shown in the window.
        withdrawn: (str key) what the window shows under this key is no longer true.
        open_requested: (int escalation_id, str activation token) show the window with this escalation.
        list_requested: (str activation token) show the window with the list of alarms.
        test_answered: (bool arrived, str sentence) what became of a test notification.
        state_changed: `state_sentence` is another.
        attention_wanted: something is in the window and nobody looks at it: flash its task bar entry.
    """

    item_shown = Signal(object)
    withdrawn = Signal(str)
    open_requested = Signal(int, str)
    list_requested = Signal(str)
    test_answered = Signal(bool, str)
    state_changed = Signal()
    attention_wanted = Signal()

    def __init__(
        self,
        *,
        outbox: Outbox,
        answers: AlarmAnswers,
        notifiers: Sequence[Notifier],
        preferences: Preferences,
        runner: TaskRunner,
        sounder: Sounder,
        has_focus: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._answers = answers
        self._notifiers = tuple(notifiers)
        self._preferences = preferences
        self._runner = runner
        self._sounder = sounder
        self._has_focus = has_focus
        self._is_claiming = False
        self._is_asked_again = False
        self._is_running = False
        self._is_held = False
        self._held_chimes = self.held = 0
        self._trouble = ""
        self._under_way: dict[int, OutboxItem] = {}
        self._rows: dict[str, int] = {}
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(_LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self.claim_soon)
        for notifier in self._notifiers:
            notifier.shown.connect(self._note_shown)
            notifier.refused.connect(self._note_refused)
            notifier.acted.connect(self._act)
            notifier.gone.connect(self._note_gone)
            notifier.state_changed.connect(self._note_state)
        answers.answered.connect(sounder.stop)

    # -- life
    def start(self) -> None:
        """Deliver from now on."""
        self._is_running = True
        for notifier in self._notifiers:
            notifier.start()
        self.claim_soon()

    def close(self) -> None:
        """Deliver nothing more."""
        self._is_running = False
        self._look_again.stop()
        self._sounder.stop()
        for notifier in self._notifiers:
            notifier.close()

    def hold_back(self, is_held: bool) -> None:
        """While held, nothing leaves the window or sounds; let go, it chimes once. `held` counts it."""
        if not is_held and self._held_chimes and self._preferences.current.sound:
            self._sounder.play(1)
        self._is_held, self._held_chimes, self.held = is_held, 0, 0

    def state_sentence(self) -> str:
        """How the desktop is told, honestly, for Settings and the status bar."""
        return f"Desktop notifications: {self._state()}"

    def refresh_state(self) -> None:
        """A setting changed."""
        self.state_changed.emit()

    # -- fetching
    def claim_soon(self) -> None:
        """Something waits in the outbox, or what is on screen may no longer be true."""
        if not self._is_running or not all(notifier.is_settled for notifier in self._notifiers):
            return  # they say so when they know
        if self._is_claiming:
            self._is_asked_again = True
            return
        self._is_claiming, self._is_asked_again = True, False
        self._look_again.start()
        self._runner.run(partial(_fetch, self._outbox), self._take, self._fail, owner=self)

    def _take(self, fetched: tuple[tuple[OutboxItem, ...], tuple[str, ...]]) -> None:
        self._is_claiming = False
        items, gone = fetched
        self._set_trouble("")
        for key in gone:
            self._withdraw(key)
        for item in items:
            self._deliver(item)
        if self._is_asked_again or len(items) == _AT_ONCE:
            self.claim_soon()

    def _fail(self, error: DeskError) -> None:
        self._is_claiming = False
        self._set_trouble(error.message)

    def _withdraw(self, key: str) -> None:
        self._rows.pop(key, None)
        for notifier in self._notifiers:
            notifier.withdraw(key)
        self.withdrawn.emit(key)

    # -- showing
    def _deliver(self, item: OutboxItem) -> None:
        notifier = self._available()
        is_test = item.reason == _TEST
        if self._is_held and not is_test:
            self.held += 1
            self._show_in_window(item, "window, when the presentation has ended")
        elif item.channel == WINDOW:
            self._show_in_window(item, "window")
        elif self._has_focus() and not is_test:
            self._show_in_window(item, "window, which has the focus")
        elif not self._preferences.current.desktop_notifications and not is_test:
            self._show_in_window(item, "window; desktop notifications are switched off")
        elif notifier is None:
            self._report(partial(self._outbox.failed, item.id, f"Desktop notifications are {self._state()}."))
        else:
            self._under_way[item.id] = item
            notifier.show(self._notice(item, notifier))

    def _notice(self, item: OutboxItem, notifier: Notifier) -> Notice:
        chimes = item.sound if self._preferences.current.sound else 0
        if chimes and not notifier.plays_sound:
            self._sounder.play(chimes)
        buttons = BUTTONS if item.can_acknowledge else ()
        return Notice(item.id, item.replaces, item.title, item.body, item.urgency, chimes, buttons)

    def _show_in_window(self, item: OutboxItem, where: str) -> None:
        if self._is_held:
            self._held_chimes += item.sound
        elif self._preferences.current.sound:
            self._sounder.play(item.sound)
        for notifier in self._notifiers:
            notifier.withdraw(item.replaces)  # what it says there is old news now
        self.item_shown.emit(item)
        if not self._is_held and not self._has_focus():
            self.attention_wanted.emit()
        if item.reason == _TEST:
            self.test_answered.emit(False, f"Shown in the window only: {self._state()}.")
        self._report(partial(self._outbox.delivered, item.id, where))

    def _note_shown(self, row_id: int, where: str) -> None:
        item = self._under_way.pop(row_id, None)
        if item is None:
            return
        self._rows[item.replaces] = row_id
        if item.reason == _TEST:
            self.test_answered.emit(True, f"Arrived: {where} shows it on the desktop.")
        self._report(partial(self._outbox.delivered, row_id, where))

    def _note_refused(self, row_id: int, why: str, temporary: bool) -> None:
        item = self._under_way.pop(row_id, None)
        if item is not None and item.reason == _TEST:
            self.test_answered.emit(False, f"It did not arrive: {why}.")
        self._report(partial(self._outbox.failed, row_id, why, temporary))

    # -- answers
    def _act(self, key: str, action: str, token: str) -> None:
        row_id = self._rows.pop(key, None)
        if row_id is not None:
            self._report(partial(self._outbox.confirmed, row_id, action))
        escalation_id = _escalation_of(key)
        if escalation_id is None:
            self.list_requested.emit(token)
        elif action == ACKNOWLEDGE:
            self._answers.acknowledge(escalation_id)
        elif action == SNOOZE:
            self._answers.snooze(escalation_id)
        elif action == DEFAULT:
            self.open_requested.emit(escalation_id, token)
        for notifier in self._notifiers:
            notifier.withdraw(key)

    def _note_gone(self, key: str, by_person: bool) -> None:
        row_id = self._rows.pop(key, None)
        if row_id is not None and by_person:
            self._report(partial(self._outbox.confirmed, row_id, "closed by the person"))

    # -- state
    def _note_state(self) -> None:
        self.state_changed.emit()
        self.claim_soon()

    def _available(self) -> Notifier | None:
        return next((notifier for notifier in self._notifiers if notifier.is_available), None)

    def _state(self) -> str:
        if self._trouble:
            return f"not available: {self._trouble}"
        if not self._preferences.current.desktop_notifications:
            return "switched off; alarms are shown in the window only"
        working = self._available()
        if working is not None:
            return working.state
        states = [notifier.state for notifier in self._notifiers] or ["not available"]
        return f"{states[0]}; alarms are shown in the window only"

    def _set_trouble(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self.state_changed.emit()

    def _report(self, report: Callable[[], None]) -> None:
        self._runner.run(report, owner=self)


def _fetch(outbox: Outbox) -> tuple[tuple[OutboxItem, ...], tuple[str, ...]]:
    gone = outbox.taken_back()
    return outbox.claim(_CHANNELS, _AT_ONCE), gone


def _escalation_of(key: str) -> int | None:
    number = key.removeprefix(_ESCALATION)
    return int(number) if key.startswith(_ESCALATION) and number.isdecimal() else None
