"""Alarms on their way to the person: banners, desktop notifications, sound, and what they answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.services.alarm_view import AlarmView
from desktop.services.aside import Aside
from desktop.ui.alarm_answers import AlarmAnswers
from desktop.ui.alarm_controls import AlarmControls
from desktop.ui.alarm_feed import AlarmFeed
from desktop.ui.banners import AlarmBanners
from desktop.ui.bridge import Bridge
from desktop.ui.notice import Notifier
from desktop.ui.notify import DeliveryPump
from desktop.ui.notify_tray import TrayNotifier
from desktop.ui.raising import come_forward, flash
from desktop.ui.sound import Sounder
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from desktop.ui.window import MainWindow
from desktop.wiring.notifiers import PROGRAM, notifiers_of

if TYPE_CHECKING:
    from desktop.services.desk import Desk


class Deliveries(QObject):
    """Everything between the desk's alarms and the person's eyes and ears.

    Of a desk that `is_apart` nothing is told outside its window: a drill must not call anybody from real
    work, on this computer neither.
    """

    def __init__(
        self,
        desk: "Desk",
        window: MainWindow,
        around: Surroundings,
        bridge: Bridge,
        *,
        is_apart: bool = False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self.answers = AlarmAnswers(
            alarms=desk.alarm,
            snooze=desk.escalations.snooze,
            people=desk.person,
            clock=around.clock,
            runner=around.runner,
            parent=self,
        )
        notifiers: tuple[Notifier, ...] = ()
        if is_apart:
            self.tray = TrayNotifier(around.icons, PROGRAM, parent=self)
        else:
            service, self.tray = notifiers_of(around.icons, self)
            notifiers = (service, self.tray)
        # What is shown is claimed by a thread that no pause or end of a drill holds up.
        runner = TaskRunner(Aside(), self) if is_apart else around.runner
        self.pump = DeliveryPump(
            outbox=desk.outbox,
            answers=self.answers,
            notifiers=notifiers,
            preferences=desk.settings,
            runner=runner,
            sounder=Sounder(parent=self),
            has_focus=_always if is_apart else window.isActiveWindow,
            parent=self,
        )
        self.controls = AlarmControls(
            outbox=desk.outbox, pump=self.pump, clock=around.clock, runner=around.runner, parent=self
        )
        self.feed = AlarmFeed(desk.alarm, around.runner, self)
        self.banners = AlarmBanners(around.theme, around.icons, around.announcer, is_still=self._is_still)
        self.banners.mark = desk.settings.current.drill_mark
        window.telling.put_below_top(self.banners)
        self._hear(bridge, around)
        self._connect_banners()
        self._connect_pump()

    def start_apart(self) -> None:
        """Show in the window from now on what the desk of a drill has to tell."""
        self.pump.start()
        self.feed.refresh()

    def start(self) -> None:
        """Deliver from now on."""
        self.follow_settings()
        self.controls.start()
        self.pump.start()
        self.feed.refresh()

    def follow_settings(self) -> None:
        """Take the settings as they are now."""
        self.tray.set_wanted(self._desk.settings.current.tray)
        self.pump.refresh_state()

    def close(self) -> None:
        """Deliver nothing more."""
        self.controls.close()
        self.pump.close()

    def _hear(self, bridge: Bridge, around: Surroundings) -> None:
        bridge.outbox_filled.connect(self.pump.claim_soon)
        bridge.alarms_changed.connect(self.pump.claim_soon)
        bridge.alarms_changed.connect(self.feed.refresh)
        bridge.escalations_changed.connect(self._refresh)
        around.heartbeat.ticked.connect(self.banners.tick)
        around.heartbeat.slowly_ticked.connect(self.controls.tick)
        self.feed.alarms_changed.connect(self._show_alarms)
        self.answers.work_done.connect(self._window.escalations.take_work)
        self.answers.work_told.connect(self._window.escalations.take_work)
        self.answers.help_requested.connect(self._help)
        self.controls.message_requested.connect(self._window.telling.say)
        self.controls.silence_changed.connect(self._tell_silence)
        self._window.dispatcher.add_handlers(self.controls.handles())

    def _connect_banners(self) -> None:
        self.banners.acknowledge_requested.connect(self.answers.acknowledge)
        self.banners.snooze_requested.connect(self.answers.snooze)
        self.banners.open_requested.connect(self._window.escalations.open)
        self.banners.list_requested.connect(self._show_list)

    def _connect_pump(self) -> None:
        self.pump.item_shown.connect(self.banners.show_item)
        self.pump.withdrawn.connect(self.banners.withdraw)
        self.pump.open_requested.connect(self._open_from_outside)
        self.pump.list_requested.connect(self._list_from_outside)
        self.pump.attention_wanted.connect(self._flash)
        self.tray.window_requested.connect(self._come)
        self.tray.silence_requested.connect(self.controls.toggle_silence)
        self.tray.quit_requested.connect(self._window.close)

    def _is_still(self) -> bool:
        return self._desk.settings.current.reduce_motion

    def _refresh(self, _ids: frozenset[int]) -> None:
        self.feed.refresh()

    def _show_alarms(self, views: Sequence[AlarmView]) -> None:
        self.banners.show_alarms(views)
        self._window.top.set_alarms(self.feed.count)
        self.tray.set_count(self.feed.count)

    def _help(self, action_id: str, escalation_id: int, why: str) -> None:
        come_forward(self._window)
        self._window.escalations.open(escalation_id)
        if action_id != "escalation.acknowledge":  # its form says why by itself
            self._window.telling.say(why)
        self._window.dispatcher.run_on(action_id, (escalation_id,))

    def _show_list(self) -> None:
        self._window.pages.go_to("page.alarms")

    def _open_from_outside(self, escalation_id: int, token: str) -> None:
        come_forward(self._window, token)
        self._window.escalations.open(escalation_id)

    def _list_from_outside(self, token: str) -> None:
        come_forward(self._window, token)
        self._show_list()

    def _flash(self) -> None:
        flash(self._window)

    def _tell_silence(self) -> None:
        self._window.status.say("sounds", self.controls.silence_sentence)

    def _come(self) -> None:
        come_forward(self._window)


def _always() -> bool:
    return True
