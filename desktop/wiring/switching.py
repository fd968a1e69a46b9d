"""The kill switch between the desk and its window: state, banners, status line, stop and resume."""

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject

from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.services.automation import AutomationState
from desktop.services.desk import Desk
from desktop.ui.automation_bar import AutomationBar
from desktop.ui.automation_words import (
    halt_words,
    maintenance_words,
    storm_words,
    tripped_words,
)
from desktop.ui.bridge import Bridge
from desktop.ui.raising import come_forward
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

_STOP, _RESUME = "automation.stop", "automation.resume"
_STORMS, _TRIPPED, _MAINTENANCE = "storms", "tripped", "maintenance"
_PAGES = {_STORMS: "page.signals", _TRIPPED: "page.rules", _MAINTENANCE: "page.rules"}
_TABS = {_TRIPPED: 0, _MAINTENANCE: 2}
_WORDS = {_STORMS: "Show the sources", _TRIPPED: "Show the rules", _MAINTENANCE: "Show it"}
_TONES = {_MAINTENANCE: "info"}
_AT_ONCE = 100


@runtime_checkable
class HasTabs(Protocol):
    """A page with tabs."""

    def show_tab(self, at: int) -> None:
        """Show one of them."""
        ...


class Switching(QObject):
    """Shows on every page that automation is stopped or held back, and carries out what people want of it."""

    def __init__(self, desk: Desk, window: MainWindow, around: Surroundings, bridge: Bridge) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._around = around
        self._state = AutomationState()
        self._told: dict[str, str] = {}
        self.bar = AutomationBar(around.icons, around.announcer)
        window.telling.put_below_top(self.bar)
        self.bar.stop_requested.connect(self._stop)
        self.bar.resume_requested.connect(self._resume)
        self.bar.list_requested.connect(self._show_waiting)
        window.banners.pressed.connect(self._press)
        window.dispatcher.add_handlers({_STOP: self.bar.ask_reason, _RESUME: self.bar.ask_resume})
        for changed in (
            bridge.switch_turned,
            bridge.signals_decided,
            bridge.sources_changed,
            bridge.rules_changed,
            bridge.maintenance_changed,
        ):
            changed.connect(self.refresh)
        around.heartbeat.slowly_ticked.connect(self._tell_time)
        bridge.escalations_changed.connect(self._notice_others)
        self._tell_states()
        self.refresh()

    def refresh(self) -> None:
        """Ask how it goes."""
        self._around.runner.run(self._desk.automation.state, self._show, owner=self)

    def ask(self) -> None:
        """Automation is to stop, somebody says outside the window."""
        come_forward(self._window)
        self._window.dispatcher.run(_STOP)

    def _show(self, state: AutomationState) -> None:
        self._state = state
        self._tell_time()
        self._tell_states()
        self._tell(_STORMS, storm_words(state.storms) if state.storms else "")
        self._tell(_TRIPPED, tripped_words(state.tripped) if state.tripped else "")
        self._tell(_MAINTENANCE, maintenance_words(state.maintenance) if state.maintenance else "")

    def _tell_time(self, _now_us: int = 0) -> None:
        stopped, now = self._state.stopped, self._around.clock.now()
        self.bar.show_state(self._state, now)
        tip = halt_words(stopped, now) if stopped is not None else ""
        words = "■ Automation stopped" if stopped is not None else ""
        self._window.status.say("switch", words, is_bad=True, tip=tip)

    def _tell_states(self) -> None:
        is_stopped = self._state.stopped is not None
        self._window.dispatcher.set_reason(_STOP, "Automation is stopped already." if is_stopped else "")
        self._window.dispatcher.set_reason(_RESUME, "" if is_stopped else "Automation runs.")

    def _tell(self, key: str, words: str) -> None:
        """What was put away comes back only when it says something else."""
        if self._told.get(key, "") == words:
            return
        self._told[key] = words
        if words:
            self._window.banners.show_banner(key, words, _TONES.get(key, "warning"), [(key, _WORDS[key])])
        else:
            self._window.banners.withdraw(key)

    def _notice_others(self, ids: frozenset[int]) -> None:
        """Nothing that has a number changed: another program wrote."""
        if not ids:
            self.refresh()

    def _press(self, banner: str, _button: str) -> None:
        if banner in _PAGES:
            self._go_to(_PAGES[banner])
        if banner in _TABS:
            page = self._window.pages.page(_PAGES[banner])
            if isinstance(page, HasTabs):
                page.show_tab(_TABS[banner])

    def _show_waiting(self) -> None:
        self._go_to("page.signals")

    def _go_to(self, page: str) -> None:
        self._window.pages.go_to(page if page in self._window.pages.ids else "page.board")

    def _stop(self, reason: str) -> None:
        self._around.runner.run(
            partial(_stop, self._desk, reason), self._stopped, self._refuse_stop, owner=self
        )

    def _stopped(self, _done: object) -> None:
        self._window.telling.say("Automation is stopped")
        self.refresh()

    def _refuse_stop(self, error: DeskError) -> None:
        self.bar.refuse(str(error))

    def _resume(self, decides: bool) -> None:
        work = partial(_resume, self._desk, decides=decides)
        self._around.runner.run(work, self._resumed, owner=self)

    def _resumed(self, waiting: tuple[int, ...]) -> None:
        self.refresh()
        if waiting:
            self._decide_some(waiting, len(waiting), 0)
        else:
            self._window.telling.say("Automation goes on")

    def _decide_some(self, left: tuple[int, ...], count: int, opened: int) -> None:
        """Some at a time: what people ask of the worker comes between."""
        self._around.runner.run(
            partial(_decide, self._desk, left[:_AT_ONCE]),
            partial(self._decided, left[_AT_ONCE:], count, opened),
            owner=self,
        )

    def _decided(self, left: tuple[int, ...], count: int, opened: int, more: int) -> None:
        if left:
            self._decide_some(left, count, opened + more)
        else:
            self._window.telling.say(
                f"Automation goes on; of {count} that waited, {opened + more} were opened"
            )
            self.refresh()


def _stop(desk: Desk, reason: str) -> None:
    desk.switch.stop(reason, operator_of(desk))


def _resume(desk: Desk, *, decides: bool) -> tuple[int, ...]:
    """Let automation go on; gives the signals that are to be decided about now."""
    desk.switch.resume(operator_of(desk))
    return desk.automation.held_by_stop() if decides else ()


def _decide(desk: Desk, ids: tuple[int, ...]) -> int:
    """Let the rules decide about some; gives how many were opened."""
    from desktop.services.signals import Release  # imported when there is something to decide

    return desk.signal.release(ids, operator_of(desk), Release.DECIDE).opened


def operator_of(desk: Desk) -> Actor:
    """Whoever works at this desk.

    Raises: DeskError before anybody has said who that is.
    """
    operator = desk.person.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Say so under Settings.")
    return operator.actor()
