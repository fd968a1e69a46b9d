"""Replay in a sandbox: what the rules of now would make of signals that were kept, beside the desk."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.services.aside import Aside
from desktop.services.sandbox import ReplayDifference, ReplayedSignal, ReplayProgress, ReplayStopped, Sandbox
from desktop.services.source import SourceState
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.signals import sandbox_words as words
from desktop.ui.signals.sandbox_details import SandboxPane
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import counted

_CHOSEN = 0
_DAY = timedelta(days=1)
_WIDEST, _SPARE = 260, 30


class SandboxTab(TablePane[ReplayedSignal]):
    """Chosen signals or a period of one source; the desk goes on meanwhile, and nothing of it is changed.

    Signals:
        message_requested: (str) for the toast.
    """

    message_requested = Signal(str)

    def __init__(self, sandbox: Sandbox, around: Surroundings) -> None:
        self._sandbox = sandbox
        self._now = around.clock.now
        self._ids: tuple[int, ...] = ()
        self._progress: ReplayProgress | None = None
        self.wish = _Wish(around)
        self.model = TwoLineModel(
            words.columns(), step=words.step, sentence=words.sentence, second=words.second, strong=(0, 1, 2)
        )
        self.details = SandboxPane()
        table = RowTable(self.model, around.theme, "Replayed signals", key=words.key, spare=(3,))
        super().__init__(table, self.details, around.icons, (), self.wish)
        # Minutes of a replay are no work for the desk's own worker.
        self.aside = TaskRunner(Aside(), self)
        self.aside.bug_found.connect(around.runner.bug_found)
        self.wish.replay.clicked.connect(self.begin)
        self.wish.stop.clicked.connect(self.stop)
        around.heartbeat.ticked.connect(self._tick)
        table.picked.connect(self._pick)
        self._say_nothing_yet()

    def set_sources(self, states: Sequence[SourceState]) -> None:
        """Whose signals can be replayed."""
        self.wish.set_sources(states)

    def take(self, signal_ids: Sequence[int]) -> None:
        """Offer to replay these, and begin."""
        self._ids = tuple(signal_ids)
        self.wish.offer(len(self._ids))
        if self._ids:
            self.begin()

    def begin(self) -> None:
        """Replay what is chosen."""
        if self._progress is not None:
            return
        progress = self._progress = ReplayProgress()
        self.destroyed.connect(progress.stop)
        source_id = self.wish.source_id
        if source_id == _CHOSEN:
            work = partial(self._sandbox.replay, self._ids, None, progress)
        else:
            since, until = self.wish.period()
            work = partial(self._sandbox.replay_period, source_id, since, until, None, progress)
        self.say_fault("")
        self.wish.show_busy(progress)
        self.aside.run(work, self._show, self._failed, owner=self)

    def stop(self) -> None:
        """End a replay that runs."""
        if self._progress is not None:
            self._progress.stop()
            self.wish.stop.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wish.follow_time(self._now())

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        if self.is_empty:
            self.wish.replay.setFocus()
        else:
            super().focus_first()

    def _show(self, found: ReplayDifference) -> None:
        self._end()
        self.show_rows(words.ordered(found), at=0)
        self.hint.setText(words.summary(found))

    def _failed(self, error: DeskError) -> None:
        self._end()
        if isinstance(error, ReplayStopped):
            self.message_requested.emit(str(error))
        else:
            self.say_fault(str(error))

    def _end(self) -> None:
        self._progress = None
        self.wish.show_idle()

    def _tick(self, _now_us: int) -> None:
        if self._progress is not None:
            self.wish.show_busy(self._progress)

    def _pick(self) -> None:
        self.details.show_row(self.table.current())

    def _say_nothing_yet(self) -> None:
        self.empty.show_state(
            "play",
            "Nothing replayed yet",
            "Decides once more about signals that were kept, by the rules of now and at a desk of its own."
            " What differs comes first; nothing of this desk is changed.",
        )


class _Wish(QFrame):
    """What to replay, and how far it has come."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.setProperty("part", "filters")
        self.source = QComboBox()
        self.source.setAccessibleName("Replay the signals of")
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.source.setMaximumWidth(_WIDEST)
        self.since, self.until = _date_time("From"), _date_time("Until")
        self._given: tuple[QDateTime, QDateTime] | None = None
        self.follow_time(around.clock.now())
        self.replay = Button("Replay in sandbox", "primary")
        self.stop = Button("Stop")
        self.meter = Meter(around.theme)
        self.said = Label("", "secondary")
        self._period = QWidget()
        period = QHBoxLayout(self._period)
        period.setContentsMargins(0, 0, 0, 0)
        period.setSpacing(8)
        for part in (Label("from"), self.since, Label("until"), self.until):
            period.addWidget(part)
        top = FlowLayout(spacing=8)
        for widget in (self.source, self._period, self.replay, self.stop):
            top.addWidget(widget)
        self._busy = QWidget()
        line = QHBoxLayout(self._busy)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.meter, 1)
        line.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._busy)
        self.source.currentIndexChanged.connect(self._follow)
        self.offer(0)
        self.show_idle()

    @property
    def source_id(self) -> int:
        """Whose signals of a period; 0 for those that were chosen."""
        return int(self.source.currentData() or _CHOSEN)

    def period(self) -> tuple[datetime, datetime]:
        """From when until before when."""
        since, until = (
            datetime.fromtimestamp(field.dateTime().toSecsSinceEpoch(), UTC)
            for field in (self.since, self.until)
        )
        return since, until

    def follow_time(self, now: datetime) -> None:
        """The last day, unless a person has said another time."""
        if self._given in (None, (self.since.dateTime(), self.until.dateTime())):
            minute = now + timedelta(minutes=1)  # what came in this very minute is in it
            self.since.setDateTime(QDateTime.fromSecsSinceEpoch(int((now - _DAY).timestamp()) // 60 * 60))
            self.until.setDateTime(QDateTime.fromSecsSinceEpoch(int(minute.timestamp()) // 60 * 60))
            self._given = self.since.dateTime(), self.until.dateTime()

    def set_sources(self, states: Sequence[SourceState]) -> None:
        """Offer these; what is chosen stays."""
        chosen = self.source_id
        self.source.blockSignals(True)
        while self.source.count() > 1:
            self.source.removeItem(1)
        for state in states:
            self.source.addItem(f"All of {state.source.name}", state.source.id)
        if chosen == _CHOSEN and not self._has_chosen and self.source.count() > 1:
            self.source.setCurrentIndex(1)
        else:
            self.source.setCurrentIndex(max(self.source.findData(chosen), 0))
        self.source.blockSignals(False)
        self._follow()

    def offer(self, count: int) -> None:
        """So many signals were chosen in the list."""
        self._has_chosen = count > 0
        said = counted(count, "chosen signal") if count else "No signal chosen"
        if not self.source.count():
            self.source.addItem(said, _CHOSEN)
        self.source.setItemText(0, said)
        if count:
            self.source.setCurrentIndex(0)
        self._follow()

    def show_busy(self, progress: ReplayProgress) -> None:
        """How far it has come."""
        said = (
            f"{progress.done:,} of {counted(progress.total, 'message')}" if progress.total else "Beginning…"
        )
        self.meter.set_share(progress.share, said)
        self.said.setText(said)
        self._busy.show()
        self.replay.setEnabled(False)
        self.stop.setVisible(True)
        self.stop.setEnabled(not progress.is_stopped)

    def show_idle(self) -> None:
        """Nothing runs."""
        had_focus = self.stop.hasFocus()
        self._busy.hide()
        self.stop.hide()
        self._follow()
        if had_focus:
            self.replay.setFocus()

    def _follow(self) -> None:
        is_period = self.source_id != _CHOSEN
        self._period.setVisible(is_period)
        self.replay.setEnabled(not self._busy_now and (is_period or self._has_chosen))

    @property
    def _busy_now(self) -> bool:
        return not self._busy.isHidden()


def _date_time(name: str) -> QDateTimeEdit:
    field = QDateTimeEdit()
    field.setAccessibleName(name)
    field.setCalendarPopup(True)
    field.setDisplayFormat("ddd d MMM yyyy HH:mm")
    field.ensurePolished()
    field.setMinimumWidth(field.sizeHint().width() + _SPARE)  # borders are wide where contrast is high
    return field
