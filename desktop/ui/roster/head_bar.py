"""Above the plan: which rota, which week or month, in which zone, and what can be done."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.roster.period import MONTH, WEEK, Period

ALL = 0
PLAN, TABLE = "plan", "table"


class HeadBar(QFrame):
    """Choices in one line, deeds in the next; both go on below where there is no room.

    Signals:
        schedule_chosen: another rota, or all.
        period_asked: (int) so many periods later; 0 is now.
        unit_chosen, zone_chosen, view_chosen: another week or month, zone, plan or table.
        asked: (str action) do it.
    """

    schedule_chosen = Signal()
    period_asked = Signal(int)
    unit_chosen = Signal()
    zone_chosen = Signal()
    view_chosen = Signal()
    asked = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self.schedule, self.zone = Choice("Rota", least=14), Choice("Times in", least=14)
        self.unit = Segments(((WEEK, "Week"), (MONTH, "Month")), "Period", even=False)
        self.view = Segments(((PLAN, "Plan"), (TABLE, "Table")), "Show as", even=False)
        self.unit.set_value(WEEK)
        self.view.set_value(PLAN)
        self.before = IconButton(icons, "chevron_left", "Earlier")
        self.after = IconButton(icons, "chevron_right", "Later")
        self.now = Button("Now", keys="Home")
        self.title = Label("", "heading")
        self.buttons = {
            "roster.override": Button("Change…", "primary", keys="O"),
            "roster.take": Button("Take…", keys="T"),
            "roster.swap": Button("Swap…", keys="S"),
            "roster.leave": Button("Time off…", keys="L"),
            "roster.cancel": Button("Cancel the change…", keys="Del"),
            "roster.edit": Button("Edit the rota…"),
            "roster.new": Button("New rota…"),
            "roster.calendar": Button("Calendar…"),
        }
        for action, button in self.buttons.items():
            button.setObjectName(action)
            button.clicked.connect(self._ask)
        self._lay_out()
        self._connect()

    def offer(self, schedules: Sequence[tuple[int, str]], zones: Sequence[str]) -> None:
        """The rotas there are, and zones to show times in; what is chosen stays while it can."""
        several = [(ALL, "All rotas")] if len(schedules) > 1 else []
        self.schedule.offer([*several, *schedules])
        for field in (self.schedule, self.zone):
            field.blockSignals(True)
        self.zone.offer([(zone, zone) for zone in dict.fromkeys(zones)])
        for field in (self.schedule, self.zone):
            field.blockSignals(False)

    @property
    def schedule_id(self) -> int:
        """The rota that is chosen; 0 for all."""
        return int(str(self.schedule.value() or ALL))

    @property
    def zone_chosen_now(self) -> ZoneInfo:
        """The zone that is chosen."""
        return ZoneInfo(str(self.zone.value() or "UTC"))

    def show_period(self, period: Period, words: str) -> None:
        """Say which week or month is in sight; `words` tell the zone."""
        self.title.setText(period.title())
        self.zone.setToolTip(words)

    def _lay_out(self) -> None:
        choices = FlowLayout(spacing=8)
        period = QWidget()
        line = QHBoxLayout(period)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for part in (self.before, self.now, self.after, self.title):
            line.addWidget(part)
        for widget in (self.schedule, period, self.unit, self.view, self.zone):
            choices.addWidget(widget)
        deeds = FlowLayout(spacing=6)
        for button in self.buttons.values():
            deeds.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(choices)
        column.addLayout(deeds)

    def _connect(self) -> None:
        self.schedule.currentIndexChanged.connect(self._tell_schedule)
        self.zone.currentIndexChanged.connect(self._tell_zone)
        self.unit.chosen.connect(self._tell_unit)
        self.view.chosen.connect(self._tell_view)
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        self.now.clicked.connect(self._go_now)

    def _ask(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.asked.emit(sender.objectName())

    def _tell_schedule(self, _at: int) -> None:
        self.schedule_chosen.emit()

    def _tell_zone(self, _at: int) -> None:
        self.zone_chosen.emit()

    def _tell_unit(self, _key: str) -> None:
        self.unit_chosen.emit()

    def _tell_view(self, _key: str) -> None:
        self.view_chosen.emit()

    def _go_before(self) -> None:
        self.period_asked.emit(-1)

    def _go_after(self) -> None:
        self.period_asked.emit(1)

    def _go_now(self) -> None:
        self.period_asked.emit(0)
