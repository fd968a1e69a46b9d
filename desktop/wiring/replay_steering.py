"""The bar over a replayed desk, and its report as a page of the window."""

from PySide6.QtCore import QObject

from desktop.domain.clock import SystemClock
from desktop.services.replay import ReplayPlayer
from desktop.services.replay_report import ReplayReport
from desktop.ui.surroundings import Surroundings
from desktop.ui.tickets.replay_bar import ReplayBar, ReplayDrive
from desktop.ui.tickets.report_view import ReportView
from desktop.ui.window import MainWindow


class ReplaySteering(QObject):
    """Joins the replay to its window."""

    def __init__(self, player: ReplayPlayer, window: MainWindow, around: Surroundings, name: str) -> None:
        super().__init__(window)
        self._window = window
        self.drive = ReplayDrive(player, around.runner, SystemClock(), self)
        self.bar = ReplayBar(self.drive, around, name)
        self.view = ReportView(window)
        window.telling.put_below_top(self.bar)
        window.setWindowTitle(f"Replay of {name} — Escalation Desk")
        self.bar.report_requested.connect(self.drive.ask_report)
        self.drive.reported.connect(self._show_report)
        self.drive.failed.connect(window.telling.say)
        self.drive.moved.connect(window.board.refresh)

    def _show_report(self, report: ReplayReport) -> None:
        self.view.show_lines(report.lines())
