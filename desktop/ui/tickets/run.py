"""One import or trial under way, batch by batch on the worker."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import DeskError
from desktop.domain.ticket_mapping import TicketMapping
from desktop.services.importing import ImportReport
from desktop.ui.tasks import TaskRunner
from desktop.ui.tickets.ports import FoundTable, ImportsTickets, Job


class ImportRun(QObject):
    """Runs one job at a time; between two batches the worker does what else is wanted of it.

    Signals:
        progressed: (ImportReport, float share)
        ended: (ImportReport) all of it, or stopped.
        failed: (str) it cannot go on, and why.
    """

    progressed = Signal(object, float)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, services: ImportsTickets, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._job: Job | None = None
        self._is_starting = False
        self.is_dry = True

    @property
    def is_under_way(self) -> bool:
        """Whether there is a job."""
        return self._is_starting or self._job is not None

    @property
    def is_writing(self) -> bool:
        """Whether rows are being kept now."""
        return self.is_under_way and not self.is_dry

    def begin(self, table: FoundTable, mapping: TicketMapping, *, dry: bool, add_people: bool) -> None:
        """Start; the trial before, if there is one, is dropped."""
        self._job = None
        self.is_dry = dry
        self._is_starting = True
        work = partial(self._services.start, table, mapping, dry=dry, add_people=add_people)
        self._runner.run(work, self._started, self._fail, owner=self)

    def stop(self) -> None:
        """Take no more rows; what was kept stays."""
        if self._job is not None:
            self._job.cancel()

    def drop(self) -> None:
        """Nobody wants to know what comes of the trial."""
        if self.is_dry:
            self._job = None
            self._is_starting = False

    def _started(self, job: Job) -> None:
        if self._is_starting:
            self._is_starting = False
            self._job = job
            self._step()

    def _step(self) -> None:
        if self._job is not None:
            self._runner.run(self._job.step, self._stepped, self._fail, owner=self)

    def _stepped(self, report: ImportReport) -> None:
        job = self._job
        if job is None or job.report is not report:
            return  # of a trial that was dropped
        if report.done or report.cancelled:
            self._job = None
            self.ended.emit(report)
        else:
            self.progressed.emit(report, job.share)
            self._step()

    def _fail(self, error: DeskError) -> None:
        self._job = None
        self._is_starting = False
        self.failed.emit(str(error))
