"""The screens beside the board, made one after the other once the desk is open."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import paths
from desktop.domain.clock import SystemClock
from desktop.options import WindowOptions
from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.escalation.commands import EscalationCommands
from desktop.ui.escalation.panel import DetailPanel
from desktop.ui.intake.page import IntakePage
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow
from desktop.wiring.badges import Badges
from desktop.wiring.deliveries import Deliveries
from desktop.wiring.office import Office
from desktop.wiring.signals_screens import SignalsScreens
from desktop.wiring.status import Status
from desktop.wiring.switching import Switching

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.domain.link_host import Fetched
    from desktop.ui.alarm.page import AlarmPage
    from desktop.ui.presentation.mode import Presentation
    from desktop.ui.roster.page import RosterPage
    from desktop.ui.rules.page import RulesPage
    from desktop.ui.theme import Theme
    from desktop.ui.tickets.page import ImportPage
    from desktop.ui.tickets.replay_page import ReplayPage, ReplayWish
    from desktop.wiring.hearing import Hearing
    from desktop.wiring.ports import Refreshes

_PAUSE_MS = 12  # what a screen asks for first comes back, and is shown, before the next is made


class Screens(QObject):
    """Makes each screen in a turn of the event loop of its own, so that none holds up the window.

    Signals:
        made: all of them are there.
        beside_requested: (WindowOptions) open that in another window; this desk goes on.
    """

    made = Signal()
    beside_requested = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        around: Surroundings,
        bridge: Bridge,
        options: WindowOptions,
        hearing: "Hearing | None",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._hearing = hearing
        self._options = options
        self._desk = desk
        self._around = around
        self._bridge = bridge
        self._steps: list[Callable[[], None]] = [
            self._make_details,
            self._make_commands,
            self._announce_signals,
            self._make_intake,
            self._add_intake,
            self._make_deliveries,
            self._make_switching,
            self._announce_presentation,
            self._announce_alarms,
            self._make_office,
            self._announce_rules,
            self._announce_roster,
            self._announce_handoffs,
            self._announce_writing,
            self._announce_drills,
            self._announce_tickets,
            self._connect_bridge,
        ]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._take_step)

    def make(self) -> None:
        """Make them all; `made` tells when they are there."""
        self._timer.start()

    def start(self) -> None:
        """Alarms may come from now on."""
        self.deliveries.start()
        self.status.start()
        self._window.state.restore_page()
        self.office.start()

    @property
    def showing_operator(self) -> "tuple[Refreshes, ...]":
        """Everything that says who works at the desk."""
        return self.details, self.commands, self.office, self.status

    def start_apart(self) -> None:
        """The desk of a drill is watched by its director: what it raises is shown here, and nowhere else."""
        self.deliveries.start_apart()
        self.status.refresh()

    def close(self) -> None:
        """The window is closed."""
        self._timer.stop()
        deliveries = getattr(self, "deliveries", None)
        if deliveries is not None:
            deliveries.close()
        drills = getattr(self, "drills", None)
        if drills is not None:
            drills.close()

    def _take_step(self) -> None:
        self._steps.pop(0)()
        if self._steps:
            self._timer.start()
        else:
            self.made.emit()

    def _make_details(self) -> None:
        self.details = DetailPanel(
            self._desk,
            runner=self._around.runner,
            theme=self._around.theme,
            icons=self._around.icons,
            heartbeat=self._around.heartbeat,
            viewing_folder=paths.cache_dir() / "evidence",
            keys_of=self._around.actions.first_key,
            fetch=_fetch if self._hearing is not None else None,
        )
        self._window.escalations.set_details(self.details, self.details)

    def _make_commands(self) -> None:
        self.commands = EscalationCommands(
            self._desk,
            window=self._window,
            runner=self._around.runner,
            heartbeat=self._around.heartbeat,
            row_of=self._window.board.rows.get,
        )
        self._window.escalations.set_commands(self.commands)
        self.commands.message_requested.connect(self._window.telling.say)
        self.commands.states_changed.connect(self._window.dispatcher.refresh_soon)
        self.details.states_read.connect(self.commands.notice_shown)
        self.commands.refresh()

    def _announce_signals(self) -> None:
        self.signals = SignalsScreens(self._desk, self._window, self._around, self._bridge, self._hearing)

    def _make_intake(self) -> None:
        """At the start, though few pages are: who presses its key types at once, and nothing may be lost."""
        self.intake = IntakePage(self._desk, self._around)

    def _add_intake(self) -> None:
        self._window.pages.add("page.intake", self.intake)
        self._window.dispatcher.add_handlers({"new_escalation": self._new_escalation})
        self.intake.leave_requested.connect(self._leave_intake)

    def _made_alarms(self) -> "AlarmPage":
        from desktop.ui.alarm.calls import AlarmPageServices
        from desktop.ui.alarm.page import AlarmPage  # seldom visited: its tabs take room in memory

        services = AlarmPageServices(
            alarms=self._desk.alarm,
            digests=self._desk.digest,
            health=self._desk.health,
            snooze=self._desk.escalations.snooze,
            people=self._desk.person,
        )
        deliveries = self.deliveries
        page = AlarmPage(services, self._around, deliveries.feed, deliveries.answers, deliveries.controls)
        page.action_requested.connect(self._act_on_alarm)
        return page

    def _announce_alarms(self) -> None:
        self._window.pages.add_later("page.alarms", self._made_alarms)

    def _make_office(self) -> None:
        controls = self.deliveries.controls
        secrets = self._hearing.secrets if self._hearing is not None else None
        self.office = Office(self._window, self._desk, self._around, controls, self._options, secrets)
        self.office.settings_changed.connect(self.deliveries.follow_settings)

    def _announce_rules(self) -> None:
        self._window.pages.add_later("page.rules", self._made_rules)

    def _made_rules(self) -> "RulesPage":
        from desktop.wiring.rules_screens import rules_page  # the page is large, and seldom visited

        return rules_page(self._desk, self._around, self._bridge)

    def _announce_handoffs(self) -> None:
        from desktop.wiring.handoff_screens import HandoffScreens  # what it shows is made when visited
        from desktop.wiring.load_screens import announce_load

        self.handoffs = HandoffScreens(self._desk, self._window, self._around, self._bridge)
        announce_load(self._desk, self._window, self._around)

    def _announce_writing(self) -> None:
        from desktop.wiring.writing import Writing  # what it shows is made when visited

        is_real = self._hearing is not None and not self.office.is_sample
        secrets = self._hearing.secrets if self._hearing is not None else None
        self.writing = Writing(
            self._desk,
            self._window,
            self._around,
            self._bridge,
            self.details,
            secrets=secrets,
            is_real=is_real,
        )
        self.commands.message_wanted.connect(self.writing.compose.write)

    def _announce_drills(self) -> None:
        """A desk of the past or of a drill has none of its own."""
        if self._hearing is None:
            if self._options.replay is not None:
                self._window.menus.menu("Drill").menuAction().setVisible(False)
            return
        from desktop.wiring.drill_screens import DrillScreens  # what it shows is made when visited

        self.drills = DrillScreens(self._desk, self._window, self._around, self._bridge)
        self.drills.beside_requested.connect(self.beside_requested)

    def _announce_roster(self) -> None:
        self._window.pages.add_later("page.roster", self._made_roster)

    def _made_roster(self) -> "RosterPage":
        from desktop.wiring.roster_screens import roster_page  # as large, and its services with it

        return roster_page(self._desk, self._around, self._bridge, self._hearing)

    def _announce_tickets(self) -> None:
        """Seldom visited and large: made when somebody goes there; a drill has none of them."""
        if self._options.drill is not None:
            return
        self._window.pages.add_later("page.import", self._made_imports)
        self._window.pages.add_later("page.replay", self._made_replays)
        self._window.dispatcher.add_handlers(
            {
                "import_file": partial(self._window.pages.go_to, "page.import"),
                "replay_file": partial(self._window.pages.go_to, "page.replay"),
            }
        )

    def _made_imports(self) -> "ImportPage":
        from desktop.ui.tickets.page import ImportPage  # reading tables of all kinds takes room in memory
        from desktop.wiring.tickets import DeskImports

        page = ImportPage(DeskImports(self._desk), self._around)
        page.board_wanted.connect(self._leave_intake)
        return page

    def _made_replays(self) -> "ReplayPage":
        from desktop.ui.tickets.replay_page import ReplayPage  # as above
        from desktop.wiring.replays import ReplayDesk

        page = ReplayPage(ReplayDesk(SystemClock()), self._around)
        page.watch_requested.connect(self._watch)
        return page

    def _watch(self, wish: "ReplayWish") -> None:
        options = WindowOptions(replay=wish.file, start=wish.start, end=wish.end, zone=wish.zone)
        self.beside_requested.emit(options)

    def _make_deliveries(self) -> None:
        is_apart = bool(self._desk.settings.current.drill_mark)
        self.deliveries = Deliveries(self._desk, self._window, self._around, self._bridge, is_apart=is_apart)

    def _make_switching(self) -> None:
        self.switching = Switching(self._desk, self._window, self._around, self._bridge)
        self.deliveries.tray.stop_requested.connect(self.switching.ask)

    def _announce_presentation(self) -> None:
        self._presentation: Presentation | None = None
        #: Makes what stands at the top of the presentation, where the desk is not the person's own.
        self.room_head: Callable[[Theme], QWidget] | None = None
        self._window.dispatcher.add_handlers({"presentation": self._present})

    def _present(self) -> None:
        from desktop.ui.presentation.mode import Presentation  # seldom wanted

        if self._presentation is None:
            window, deliveries = self._window, self.deliveries
            self._presentation = Presentation(
                window, window.board, self._around, deliveries.pump, deliveries.banners
            )
            self._presentation.make_head = self.room_head
            window.closing.connect(self._presentation.leave)
            self._presentation.open_requested.connect(window.escalations.open)
            self._presentation.message_requested.connect(window.telling.say)
        self._presentation.toggle()

    def _connect_bridge(self) -> None:
        self.status = Status(self._desk, self._window, self._around, self._bridge)
        self.badges = Badges(self._desk, self._window, self._around, self._bridge)
        self.office.settings_changed.connect(self.status.refresh)
        for changed in (
            self._bridge.channels_changed,
            self._bridge.roster_changed,
            self._bridge.contacts_changed,
        ):
            changed.connect(self.office.refresh)
        for changed in (self._bridge.people_changed, self._bridge.policy_changed):
            changed.connect(self.office.refresh)
            changed.connect(self.details.refresh)
            changed.connect(self.commands.refresh)
        for refresh in (self.office.refresh, self.details.refresh, self._window.board.refresh):
            self._bridge.customers_changed.connect(refresh)
        self._bridge.escalations_changed.connect(self.details.notice_changed)
        self._bridge.escalations_changed.connect(self.commands.notice_changed)
        self._bridge.alarms_changed.connect(self.details.refresh)

    def _new_escalation(self) -> None:
        self._window.pages.go_to("page.intake")

    def _leave_intake(self) -> None:
        self._window.pages.go_to("page.board")

    def _act_on_alarm(self, action_id: str, escalation_id: int) -> None:
        self._window.escalations.open(escalation_id)
        self._window.dispatcher.run(action_id)


def _fetch(url: str) -> "Fetched":
    """What an address gives; a desk of the past asks nobody."""
    from desktop.adapters.fetching import fetch  # seldom wanted, and it brings the network along

    return fetch(url)
