"""What stands, what is snoozed, what was missed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.digest import Digest
from desktop.domain.snooze import SnoozeLoad
from desktop.services.alarm_view import AlarmView, SnoozeView
from desktop.ui.alarm import rows
from desktop.ui.alarm.rows import Missed
from desktop.ui.alarm.tab import TableTab
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.text import counted, moment
from desktop.ui.theme import Theme

Now = Callable[[], datetime]


class OpenTab(TableTab[AlarmView]):
    """Alarms that stand, the worst first.

    Signals:
        acknowledge_requested, snooze_requested: (int escalation_id) for each selected one.
        action_requested: (str action id, int escalation_id) something that asks for more.
    """

    acknowledge_requested = Signal(int)
    snooze_requested = Signal(int)
    action_requested = Signal(str, int)

    def __init__(self, theme: Theme, icons: Icons, now: Now, parent: QWidget | None = None) -> None:
        self._now = now
        self.model = TwoLineModel(
            rows.alarm_columns(now),
            step=_alarm_step,
            sentence=rows.alarm_sentence,
            second=rows.alarm_second(now),
        )
        self.acknowledge_button = Button("Acknowledge", "primary", keys="A")
        self.snooze_button = Button("Snooze 15 min")
        self.longer_button = Button("Snooze…", keys="H")
        self.open_button = Button("Open", keys="Enter")
        buttons = (self.acknowledge_button, self.snooze_button, self.longer_button, self.open_button)
        table = RowTable(self.model, theme, "Alarms that stand", key=_alarm_key, spare=(4, 5))
        super().__init__(table, icons, buttons, parent)
        self.acknowledge_button.clicked.connect(self.acknowledge)
        self.snooze_button.clicked.connect(self.snooze)
        self.longer_button.clicked.connect(self.snooze_longer)
        self.open_button.clicked.connect(self.open_current)

    def show_alarms(self, views: Sequence[AlarmView], next_at: datetime | None) -> None:
        """Those that stand, and when a clock comes to its next step."""
        self.show_next(next_at)
        self.show_rows(views)

    def show_next(self, next_at: datetime | None) -> None:
        """Say when a clock comes to its next step, where no alarm stands."""
        text = f"The next clock comes to a step {moment(next_at, self._now())}." if next_at else ""
        self.empty.show_state(
            "success",
            "No alarm stands.",
            f"{text} Clocks that need somebody appear here by themselves.".strip(),
        )

    def refresh_buttons(self) -> None:
        super().refresh_buttons()
        row = self.table.current()
        chosen = self.table.selected()
        if len(chosen) > 1:
            self.hint.setText(f"{counted(len(chosen), 'alarm')} selected")
        else:
            self.hint.setText(f"What to do: {row.act}" if row is not None and row.act else "")

    def acknowledge(self) -> None:
        """The selected ones have been seen."""
        for escalation_id in self.ids():
            self.acknowledge_requested.emit(escalation_id)

    def snooze(self) -> None:
        """The selected ones come again in a quarter of an hour."""
        for escalation_id in self.ids():
            self.snooze_requested.emit(escalation_id)

    def snooze_longer(self) -> None:
        """Ask how long, and why."""
        for escalation_id in self.ids()[:1]:
            self.action_requested.emit("escalation.snooze", escalation_id)


_RETURN = "Each returns by itself when its time is over."


class SnoozedTab(TableTab[SnoozeView]):
    """Alarms that are held back, the first to return leads.

    Signals:
        end_requested: (int escalation_id) let it alarm again now.
    """

    end_requested = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, now: Now, parent: QWidget | None = None) -> None:
        self.model = TwoLineModel(
            rows.snooze_columns(now),
            step=_snooze_step,
            sentence=rows.snooze_sentence,
            second=rows.snooze_second,
        )
        self.end_button = Button("End the snooze")
        self.open_button = Button("Open", keys="Enter")
        table = RowTable(self.model, theme, "Snoozed escalations", key=_snooze_key, spare=(3,))
        super().__init__(table, icons, (self.end_button, self.open_button), parent)
        self.end_button.clicked.connect(self.end)
        self.open_button.clicked.connect(self.open_current)
        self.empty.show_state(
            "snooze", "Nothing is snoozed.", "A snooze has an end and a reason, and returns by itself."
        )
        self.hint.setText(_RETURN)

    def show_snoozes(self, views: Sequence[SnoozeView], load: SnoozeLoad) -> None:
        """What is held back; with a warning where that is more than anybody keeps in mind."""
        words = f"{counted(load.desk, 'escalation')} held back, {load.mine} by you. {_RETURN}"
        self.hint.setText(words if load.desk else _RETURN)
        self.hint.set_role("warning" if load.is_mine_many or load.is_desk_many else "secondary")
        self.show_rows(views)

    def end(self) -> None:
        """Let the selected ones alarm again."""
        for escalation_id in self.ids():
            self.end_requested.emit(escalation_id)


class MissedTab(TableTab[Missed]):
    """What was told late within the last day: while nobody was there, or in quiet hours."""

    def __init__(self, theme: Theme, icons: Icons, now: Now, parent: QWidget | None = None) -> None:
        self.model = TwoLineModel(
            rows.missed_columns(now),
            step=_missed_step,
            sentence=rows.missed_sentence,
            second=rows.missed_second,
        )
        self.open_button = Button("Open", keys="Enter")
        table = RowTable(self.model, theme, "Missed while away", key=_missed_key, spare=(4, 2))
        super().__init__(table, icons, (self.open_button,), parent)
        self.open_button.clicked.connect(self.open_current)
        self.empty.show_state(
            "clock", "Nothing was missed.", "Every alarm of the last day was told at its time."
        )

    def show_digests(self, missed: Digest | None, held: Digest | None) -> None:
        """Both digests as one list, what needs somebody first."""
        lines = [Missed(line, "nobody was here") for line in (missed.lines if missed else ())]
        lines += [Missed(line, "held back") for line in (held.lines if held else ())]
        lines.sort(key=_needs_nobody)
        self.hint.setText(". ".join(digest.body for digest in (missed, held) if digest is not None))
        self.show_rows(lines)

    def escalation_id(self, row: Missed) -> int:
        return row.line.escalation_id


def _needs_nobody(row: Missed) -> bool:
    return not row.line.needs_person


def _alarm_step(row: AlarmView) -> tuple[str, int]:
    return rows.step_of(row.occasion)


def _snooze_step(_row: SnoozeView) -> tuple[str, int]:
    return "none.accent", -1


def _missed_step(row: Missed) -> tuple[str, int]:
    return rows.step_of(row.line.occasion)


def _alarm_key(row: AlarmView) -> object:
    return row.id


def _snooze_key(row: SnoozeView) -> object:
    return row.escalation_id


def _missed_key(row: Missed) -> object:
    return row.line.escalation_id, row.line.occasion, row.line.due_us
