"""From the desk's events, told on any thread, to Qt signals on the GUI thread, at most four a second."""

from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.events import (
    AlarmsChanged,
    AutomationRunning,
    AutomationStopped,
    ChannelsChanged,
    ContactsChanged,
    CustomersChanged,
    DataImported,
    DrillsChanged,
    EscalationChanged,
    HandoffsChanged,
    MaintenanceChanged,
    MessagesChanged,
    OutboxFilled,
    PeopleChanged,
    PlaybookRunsChanged,
    PlaybooksChanged,
    PolicyChanged,
    RosterChanged,
    RulesChanged,
    SignalsDecided,
    SourcesChanged,
    StandupsChanged,
    SwitchTurned,
    TemplatesChanged,
)

_BATCH_MS = 250


class Cancels(Protocol):
    """A place on the bus."""

    def cancel(self) -> None:
        """Hear no more."""
        ...


class Tells(Protocol):
    """The bus."""

    def subscribe(self, kind: type[Any], handler: Callable[[Any], None], /) -> Cancels:
        """Hear of every event of a type."""
        ...


class Bridge(QObject):
    """Gathers events and tells each kind once in a quarter of a second.

    Signals:
        escalations_changed: (frozenset[int] ids) these were opened or changed.
        alarms_changed: alarms were raised, acknowledged or withdrawn.
        people_changed, customers_changed, policy_changed: others from now on.
        data_imported: very many rows came in.
        outbox_filled: something waits to be told outside.
        signals_decided: signals came and were decided about, or people released some.
        sources_changed, rules_changed, maintenance_changed: others from now on, or held back by a fail-safe.
        handoffs_changed: handoffs were drafted, offered or answered.
        standups_changed: a stand-up began or ended, or somebody's turn came.
        roster_changed: schedules, shifts, swaps, teams or time off are others from now on.
        channels_changed: people can be reached otherwise, or a test of a channel came to its end.
        playbooks_changed, playbook_runs_changed, templates_changed: others from now on.
        messages_changed: drafts, messages, promises or facts for them are others from now on.
        drills_changed: scenarios, runs, gaps or actions are others from now on.
        contacts_changed: who is written to is another from now on.
        switch_turned: automation was stopped by a person, or goes on.
        automation_stopped: (str reason) at once, never gathered.
        automation_running: what had stopped runs again.
    """

    escalations_changed = Signal(object)
    alarms_changed = Signal()
    people_changed = Signal()
    customers_changed = Signal()
    policy_changed = Signal()
    data_imported = Signal()
    outbox_filled = Signal()
    signals_decided = Signal()
    sources_changed = Signal()
    rules_changed = Signal()
    maintenance_changed = Signal()
    handoffs_changed = Signal()
    standups_changed = Signal()
    roster_changed = Signal()
    channels_changed = Signal()
    playbooks_changed = Signal()
    playbook_runs_changed = Signal()
    templates_changed = Signal()
    messages_changed = Signal()
    contacts_changed = Signal()
    drills_changed = Signal()
    switch_turned = Signal()
    automation_stopped = Signal(str)
    automation_running = Signal()
    _arrived = Signal()

    def __init__(self, bus: Tells, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: deque[object] = deque()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_BATCH_MS)
        self._pause.timeout.connect(self._tell)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._plain = {
            AlarmsChanged: self.alarms_changed,
            PeopleChanged: self.people_changed,
            CustomersChanged: self.customers_changed,
            PolicyChanged: self.policy_changed,
            DataImported: self.data_imported,
            OutboxFilled: self.outbox_filled,
            SignalsDecided: self.signals_decided,
            SourcesChanged: self.sources_changed,
            RulesChanged: self.rules_changed,
            MaintenanceChanged: self.maintenance_changed,
            HandoffsChanged: self.handoffs_changed,
            StandupsChanged: self.standups_changed,
            RosterChanged: self.roster_changed,
            ChannelsChanged: self.channels_changed,
            PlaybooksChanged: self.playbooks_changed,
            PlaybookRunsChanged: self.playbook_runs_changed,
            TemplatesChanged: self.templates_changed,
            MessagesChanged: self.messages_changed,
            ContactsChanged: self.contacts_changed,
            DrillsChanged: self.drills_changed,
            SwitchTurned: self.switch_turned,
            AutomationRunning: self.automation_running,
        }
        kinds = (EscalationChanged, AutomationStopped, *self._plain)
        self._places = [bus.subscribe(kind, self._hear) for kind in kinds]

    def close(self) -> None:
        """Hear no more."""
        for place in self._places:
            place.cancel()
        self._pause.stop()

    def _hear(self, event: object) -> None:
        """On the publishing thread: keep it and ring the bell."""
        self._events.append(event)
        self._arrived.emit()

    def _take(self) -> None:
        if not self._pause.isActive():
            self._tell()

    def _tell(self) -> None:
        events = [self._events.popleft() for _ in range(len(self._events))]
        if not events:
            return
        self._pause.start()
        ids = frozenset(i for event in events if isinstance(event, EscalationChanged) for i in event.ids)
        if any(isinstance(event, EscalationChanged) for event in events):
            self.escalations_changed.emit(ids)
        for kind, signal in self._plain.items():
            if any(isinstance(event, kind) for event in events):
                signal.emit()
        for event in events:
            if isinstance(event, AutomationStopped):
                self.automation_stopped.emit(event.reason)
