"""The settings page: people, customers, appearance, alarms, database, policy, ladder, sending, tone."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.alarm_controls import AlarmControls
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs
from desktop.ui.settings.alarm_tab import AlarmTab
from desktop.ui.settings.appearance_tab import AppearanceTab
from desktop.ui.settings.customers_tab import CustomersTab
from desktop.ui.settings.database_tab import DatabaseTab
from desktop.ui.settings.keeper import SettingsKeeper
from desktop.ui.settings.ladder_tab import LadderTab
from desktop.ui.settings.people_tab import PeopleTab
from desktop.ui.settings.policy_tab import PolicyTab
from desktop.ui.settings.ports import SettingsServices
from desktop.ui.settings.sending_tab import SendingTab
from desktop.ui.settings.tone_tab import ToneTab
from desktop.ui.surroundings import Surroundings

_TITLES = ("People", "Customers", "Look", "Alarms", "Database", "Policy", "Ladder")
_SENDING, _TONE = "Sending", "Tone"
_READING = (PeopleTab, CustomersTab, DatabaseTab, PolicyTab, LadderTab, SendingTab, ToneTab)
PEOPLE, CUSTOMERS, APPEARANCE, ALARMS, DATABASE, POLICY, LADDER = range(7)


class SettingsPage(QWidget):
    """Up to nine tabs; whatever is changed is kept and in force at once, but for words, which are versions.

    Signals:
        setting_changed: (str key, value) follow it.
        operator_changed: somebody else works here from now on.
        restore_requested: (Path) put this backup, which is sound, in the database's place.
        sample_load_requested, sample_remove_requested: open the sample desk; leave and delete it.
        page_requested: the person asked by menu for something that shows here; bring this page forward.
        message_requested: (str) for the toast.
        work_told: (Done, str) a customer was changed, and the sentence that says so.
    """

    title = "Settings"
    setting_changed = Signal(str, object)
    operator_changed = Signal()
    restore_requested = Signal(object)
    sample_load_requested = Signal()
    sample_remove_requested = Signal()
    page_requested = Signal()
    message_requested = Signal(str)
    work_told = Signal(object, str)

    def __init__(
        self,
        services: SettingsServices,
        around: Surroundings,
        controls: AlarmControls,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_sample = services.is_sample
        self.keeper = SettingsKeeper(services.settings, around.runner, self)
        self.people = PeopleTab(services, around, self.keeper)
        self.customers = CustomersTab(services, around)
        self.appearance = AppearanceTab(self.keeper)
        self.alarms = AlarmTab(self.keeper, controls, around.theme)
        self.database = DatabaseTab(services, around)
        self.policy = PolicyTab(services, around)
        self.ladder = LadderTab(services.ladder, around)
        self.tabs = Tabs("Kinds of settings")
        self._stack = QStackedWidget()
        self._all: list[QWidget] = [
            self.people,
            self.customers,
            self.appearance,
            self.alarms,
            self.database,
            self.policy,
            self.ladder,
        ]
        titles = [*_TITLES, *self._added(services, around)]
        for title, tab in zip(titles, self._all, strict=True):
            self.tabs.addTab(title)
            self._stack.addWidget(tab)
        stand_below(self, PageHead("Settings", self.tabs), self._stack)
        self._connect()

    def _added(self, services: SettingsServices, around: Surroundings) -> list[str]:
        """The tabs that not every desk has; gives their titles."""
        titles: list[str] = []
        if services.sending is not None:
            self.sending = SendingTab(services.sending, around)
            self._all.append(self.sending)
            titles.append(_SENDING)
        if services.tone is not None:
            self.tone = ToneTab(services.tone, around)
            self.tone.message_requested.connect(self.message_requested)
            self._all.append(self.tone)
            titles.append(_TONE)
        return titles

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.keeper.setting_changed.connect(self.setting_changed)
        self.people.operator_changed.connect(self.operator_changed)
        self.database.restore_requested.connect(self.restore_requested)
        self.database.sample_load_requested.connect(self.sample_load_requested)
        self.database.sample_remove_requested.connect(self.sample_remove_requested)
        self.customers.work_told.connect(self.work_told)
        for tab in (self.people, self.database, self.policy, self.ladder):
            tab.message_requested.connect(self.message_requested)

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """Nothing that is particular to this page: see `window_handles`."""
        return {}

    def window_handles(self) -> Mapping[str, Callable[[], None]]:
        """Actions carried out here whatever page is in sight."""
        sample = (
            {"remove_sample": self.sample_remove_requested.emit}
            if self._is_sample
            else {"load_sample": self.sample_load_requested.emit}
        )
        return {
            "customers": self._show_customers,
            "back_up": self._back_up,
            "verify_audit": self._verify,
            **sample,
        }

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        tab = self._all[self._stack.currentIndex()]
        tab.focus_first()  # type: ignore[attr-defined] # every tab has it

    def show_tab(self, at: int) -> None:
        """Show one of PEOPLE, CUSTOMERS, APPEARANCE, ALARMS, DATABASE, POLICY, LADDER."""
        self.tabs.setCurrentIndex(at)

    def refresh(self) -> None:
        """People, policy or settings were changed elsewhere."""
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _show_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._refresh()

    def _refresh(self) -> None:
        tab = self._all[self._stack.currentIndex()]
        if isinstance(tab, _READING):
            tab.refresh()
        elif isinstance(tab, AppearanceTab):
            tab.show_settings()
        elif isinstance(tab, AlarmTab):
            tab.show_state()

    def _show_customers(self) -> None:
        self.page_requested.emit()
        self.show_tab(CUSTOMERS)
        self.customers.focus_first()

    def _back_up(self) -> None:
        self.database.back_up()

    def _verify(self) -> None:
        self.page_requested.emit()
        self.show_tab(DATABASE)
        self.database.verify()
