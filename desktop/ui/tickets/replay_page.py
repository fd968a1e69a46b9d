"""The replay page: a log of a past month, judged by our policy, or watched as a live board."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.services.replay import Played
from desktop.services.replay_report import ReplayReport
from desktop.ui.kit.button import Button
from desktop.ui.kit.drop import DropArea
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class ReplayWish:
    """Which log to replay, of which days, its dates in which zone; empty texts are found out."""

    file: Path
    start: str = ""
    end: str = ""
    zone: str = ""


class ReplayRun(Protocol):
    """A replay as fast as this computer can; every call is for the worker."""

    def advance(self, most: int) -> Played:
        """Do the next deeds."""
        ...

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1."""
        ...

    def report(self) -> ReplayReport:
        """How the desk fared."""
        ...

    def close(self) -> None:
        """Throw the replayed desk away; safe to repeat."""
        ...


class ReplaysLogs(Protocol):
    """Opens replays."""

    def open(self, wish: ReplayWish) -> ReplayRun:
        """Read a log and make a desk for it; on the worker.

        Raises: DeskError.
        """
        ...


class ReplayPage(QWidget):
    """Choose a log, then have the report or watch it.

    Signals:
        watch_requested: (ReplayWish) open a window on the replayed desk.
        message_requested: (str) for the toast.
    """

    title = "Replay"
    watch_requested = Signal(object)
    message_requested = Signal(str)

    def __init__(self, services: ReplaysLogs, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = around.runner
        self._path: Path | None = None
        self._run: ReplayRun | None = None
        self.drop = DropArea(
            "Drop a log of ticket events here, such as incidents_events.csv",
            title="Choose a log of ticket events",
            filters="Tables (*.csv *.tsv *.xlsx);;All files (*)",
        )
        self.file = Label("No log chosen yet.", "strong")
        self.start = QLineEdit()
        self.end = QLineEdit()
        self.zone = QLineEdit()
        self.error = Label("", "danger", wrap=True)
        self.meter = Meter(around.theme)
        self.progress = Label("", "secondary")
        self.stop = Button("Stop")
        self.report = QPlainTextEdit()
        self.judge = Button("Make the report", "primary")
        self.watch = Button("Watch it live")
        self._lay_out()
        self._connect()
        self._refresh()

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions carried out here."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Nothing stands in the way."""
        return ""

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        (self.drop if self._path is None else self.judge).setFocus(Qt.FocusReason.OtherFocusReason)

    def open_file(self, path: Path) -> None:
        """Choose this log."""
        self._path = path
        self.file.setText(path.name)
        self.error.setText("")
        self._refresh()
        self.judge.setFocus()

    def wish(self) -> ReplayWish | None:
        """What is asked for; None before a log was chosen."""
        if self._path is None:
            return None
        return ReplayWish(
            self._path, self.start.text().strip(), self.end.text().strip(), self.zone.text().strip()
        )

    def _take(self, found: object) -> None:
        for piece in found if isinstance(found, tuple) else ():
            if isinstance(piece, Path):
                self.open_file(piece)
                return

    def _begin(self) -> None:
        wish = self.wish()
        if wish is None or self._run is not None:
            return
        self.error.setText("")
        self.report.setPlainText("")
        self._show_busy("Reading the log…")
        self._runner.run(partial(self._services.open, wish), self._opened, self._failed, owner=self)

    def _opened(self, run: ReplayRun) -> None:
        self._run = run
        self._advance()

    def _advance(self) -> None:
        if self._run is not None:
            self._runner.run(partial(self._run.advance, _AT_ONCE), self._advanced, self._failed, owner=self)

    def _advanced(self, played: Played) -> None:
        run = self._run
        if run is None:
            return
        share = run.share
        self.meter.set_share(share, f"{share:.0%}")
        self.progress.setText(f"{share:.0%} · {counted(played.opened, 'ticket')}")
        if share < 1.0 and self.stop.isEnabled():
            self._advance()
        else:
            self._runner.run(run.report, self._show_report, self._failed, owner=self)

    def _show_report(self, report: ReplayReport) -> None:
        self.report.setPlainText("\n".join(report.lines()))
        self._close()
        self.message_requested.emit("The report is ready.")

    def _failed(self, error: DeskError) -> None:
        self.error.setText(str(error))
        self._close()

    def _close(self) -> None:
        if self._run is not None:
            self._runner.run(self._run.close, owner=self)
        self._run = None
        self._busy.hide()
        self._refresh()

    def _stop(self) -> None:
        self.stop.setEnabled(False)

    def _watch(self) -> None:
        wish = self.wish()
        if wish is not None:
            self.watch_requested.emit(wish)

    def _show_busy(self, words: str) -> None:
        self.progress.setText(words)
        self.meter.set_share(0.0, words)
        self.stop.setEnabled(True)
        self._busy.show()
        self.judge.setEnabled(False)

    def _refresh(self) -> None:
        self.judge.setEnabled(self._path is not None and self._run is None)
        self.watch.setEnabled(self._path is not None)
        self.error.setVisible(bool(self.error.text()))

    def _lay_out(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(20)
        for words, field, hint in (
            ("From", self.start, "A day such as 2016-03-01, or empty."),
            ("To", self.end, "The first day left out, or empty."),
            ("Time zone", self.zone, "Where dates do not say theirs."),
        ):
            row = FormRows()
            row.add_row(words, field, hint)
            days.addWidget(row, 1)
        self._busy = QWidget()
        busy = QHBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.setSpacing(12)
        busy.addWidget(self.meter, 1)
        busy.addWidget(self.progress)
        busy.addWidget(self.stop)
        self._busy.hide()
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setPlaceholderText(
            "Every ticket of the log is opened, assigned, paused and resolved as it was, on a desk of its own"
            " under our policy. The report says what would have been kept, beside what the log says itself."
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.watch)
        buttons.addWidget(self.judge)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(20, 16, 20, 12)
        inner.setSpacing(12)
        inner.addWidget(self.drop)
        inner.addWidget(self.file)
        inner.addLayout(days)
        inner.addLayout(buttons)
        inner.addWidget(self.error)
        inner.addWidget(self._busy)
        inner.addWidget(self.report, 1)
        stand_below(self, PageHead("Replay a past month"), body)

    def _connect(self) -> None:
        self.drop.dropped.connect(self._take)
        self.judge.clicked.connect(self._begin)
        self.watch.clicked.connect(self._watch)
        self.stop.clicked.connect(self._stop)
