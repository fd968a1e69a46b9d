"""The alarms page: what stands, what is snoozed, what was missed, and how noisy the desk is."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.escalation import Done
from desktop.services.alarm_view import AlarmView
from desktop.services.health import AlertHealth
from desktop.ui.alarm import calls
from desktop.ui.alarm.calls import AlarmPageServices
from desktop.ui.alarm.health_tab import HealthTab
from desktop.ui.alarm.tabs import MissedTab, OpenTab, SnoozedTab
from desktop.ui.alarm_answers import AlarmAnswers
from desktop.ui.alarm_controls import AlarmControls
from desktop.ui.alarm_feed import AlarmFeed
from desktop.ui.kit.button import Button
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings

_OPEN, _SNOOZED, _MISSED, _HEALTH = range(4)
_TITLES = ("Open", "Snoozed", "Missed while away", "Alert health")


class AlarmPage(QWidget):
    """Four tabs; the one in sight is kept up to date.

    Signals:
        open_escalation_requested: (int)
        action_requested: (str action id, int escalation_id) something that asks for more.
        work_done: (tuple of Done) to be undone as one step.
        message_requested: (str) for the toast.
        states_changed: what can be done now may be another thing.
    """

    title = "Alarms"
    open_escalation_requested = Signal(int)
    action_requested = Signal(str, int)
    work_done = Signal(object)
    message_requested = Signal(str)
    states_changed = Signal()

    def __init__(
        self,
        services: AlarmPageServices,
        around: Surroundings,
        feed: AlarmFeed,
        answers: AlarmAnswers,
        controls: AlarmControls,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = around.runner
        self._clock = around.clock
        self._feed = feed
        self._answers = answers
        self._controls = controls
        self.tabs = Tabs("Kinds of alarms")
        for title in _TITLES:
            self.tabs.addTab(title)
        self.silence_button = Button("Silence for 10 min")
        self.open = OpenTab(around.theme, around.icons, around.clock.now)
        self.snoozed = SnoozedTab(around.theme, around.icons, around.clock.now)
        self.missed = MissedTab(around.theme, around.icons, around.clock.now)
        self.health = HealthTab(around.theme)
        self._stack = QStackedWidget()
        for tab in (self.open, self.snoozed, self.missed, self.health):
            self._stack.addWidget(tab)
        stand_below(self, PageHead("Alarms", self.tabs, self.silence_button), self._stack)
        self._connect()
        around.heartbeat.slowly_ticked.connect(self._tick)
        for table in (self.open.table, self.snoozed.table, self.missed.table):
            around.actions.give_letters_to(table)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.silence_button.clicked.connect(self._controls.toggle_silence)
        self._controls.silence_changed.connect(self._show_silence)
        self._feed.alarms_changed.connect(self._show_alarms)
        self._answers.answered.connect(self._refresh)
        self.health.period_chosen.connect(self._refresh)
        self.open.acknowledge_requested.connect(self._answers.acknowledge)
        self.open.snooze_requested.connect(self._answers.snooze)
        self.open.action_requested.connect(self.action_requested)
        self.snoozed.end_requested.connect(self._end_snooze)
        for tab in (self.open, self.snoozed, self.missed):
            tab.open_requested.connect(self.open_escalation_requested)
            tab.table.picked.connect(self.states_changed)
            tab.counted.connect(self._show_count)
        self._show_silence()
        self._show_alarms(self._feed.current)

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out."""
        return {
            "escalation.open": self._open,
            "escalation.acknowledge": self.open.acknowledge,
            "escalation.snooze": self.open.snooze_longer,
            "escalation.end_snooze": self.snoozed.end,
        }

    def why_not(self, action_id: str) -> str:
        """Why one cannot be done now."""
        at = self._stack.currentIndex()
        tab = (self.open, self.snoozed, self.missed, None)[at]
        wanted = {
            "escalation.acknowledge": _OPEN,
            "escalation.snooze": _OPEN,
            "escalation.end_snooze": _SNOOZED,
        }
        if action_id not in self.handles():
            return ""
        if wanted.get(action_id, at) != at or tab is None:
            return "This is done on another tab."
        return "" if tab.ids() else "Select an alarm first."

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.open, self.snoozed, self.missed, self.health)[self._stack.currentIndex()].focus_first()

    # -- what is shown
    def refresh(self) -> None:
        """Something about alarms or snoozes has changed."""
        if self.isVisible():
            self._refresh()

    def show_missed(self) -> None:
        """Show the digest: its notification was clicked."""
        self.tabs.setCurrentIndex(_MISSED)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _show_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._refresh()
        self.states_changed.emit()

    def _refresh(self) -> None:
        services, at = self._services, self._stack.currentIndex()
        self._runner.run(partial(calls.lists, services), self._show_lists, owner=self)
        if at == _HEALTH:
            health = partial(calls.health, services, self.health.days, self.health.is_mine)
            self._runner.run(health, self._show_health, owner=self)

    def _show_lists(self, lists: calls.Lists) -> None:
        self.snoozed.show_rows(lists.snoozed)
        self.missed.show_digests(lists.missed, lists.held)
        self.open.show_next(lists.next_at)

    def _show_alarms(self, views: tuple[AlarmView, ...]) -> None:
        self.open.show_rows(views)
        self.refresh()

    def _show_health(self, health: AlertHealth) -> None:
        self.health.show_health(health)

    def _show_silence(self) -> None:
        sentence = self._controls.silence_sentence
        self.silence_button.set_text("Sound again" if sentence else "Silence for 10 min")
        self.silence_button.setToolTip(sentence)

    def _tick(self, _now_us: int) -> None:
        if self.isVisible():
            self.open.model.refresh_texts()
            self.snoozed.model.refresh_texts()

    def _show_count(self, count: int) -> None:
        at = (self.open, self.snoozed, self.missed).index(self.sender())
        self.tabs.setTabText(at, f"{_TITLES[at]}  {count}" if count else _TITLES[at])

    # -- wishes
    def _open(self) -> None:
        tab = (self.open, self.snoozed, self.missed)[min(self._stack.currentIndex(), _MISSED)]
        tab.open_current()

    def _end_snooze(self, escalation_id: int) -> None:
        work = partial(calls.end_snooze, self._services, escalation_id)
        self._runner.run(work, self._note_end, owner=self)

    def _note_end(self, done: Done) -> None:
        self.work_done.emit((done,))
        self._refresh()
