"""Files what has reached the players with an escalation of the drill's own desk, as evidence."""

from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.board import BoardRow
from desktop.domain.drill_view import Received
from desktop.domain.escalation import Done
from desktop.domain.intake import NewEvidence
from desktop.services.desk import Desk
from desktop.ui.drill import player_words as words
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line
from desktop.ui.window import MainWindow
from desktop.wiring.switching import operator_of

_MOST = 30
_TITLE_MOST = 60


class DrillFiling(QObject):
    """Asks with which escalation, then files it in the name of whoever acts."""

    def __init__(self, desk: Desk, window: MainWindow, runner: TaskRunner) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._runner = runner
        self._got: Received | None = None
        self._with = ""
        self.menu: QMenu | None = None

    def ask(self, got: Received, button: QWidget) -> None:
        """Offer the open escalations below a button."""
        rows = self._rows()
        if not rows:
            self._window.telling.say("There is no open escalation to file it with: open one first.")
            return
        self._got = got
        self.menu = QMenu(self._window)
        self.menu.setAccessibleName("File with")
        for row in rows:
            title = one_line(row.title[:_TITLE_MOST]).replace("&", "&&")
            self.menu.addAction(f"{row.number} {title}").setData(row.id)
        self.menu.triggered.connect(self._file)
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _rows(self) -> list[BoardRow]:
        """The current card first."""
        rows = self._window.board.rows
        found = [row for lane in rows.lanes if lane != "resolved" for row in rows.rows_of(lane)]
        current = self._window.board.selection.current
        return sorted(found, key=lambda row: row.id != current)[:_MOST]

    def _file(self, action: QAction) -> None:
        if self._got is not None:
            self._with = action.text().partition(" ")[0]
            work = partial(_attached, self._desk, int(action.data()), self._got)
            self._runner.run(work, self._tell, self._window.telling.show_error, owner=self)

    def _tell(self, done: Done) -> None:
        self._window.escalations.take_work(done, f"Filed with {self._with}")


def _attached(desk: Desk, escalation_id: int, got: Received) -> Done:
    piece = NewEvidence(words.file_name(got), words.as_text(got).encode(), "text/plain")
    return desk.escalations.attaching.attach(escalation_id, piece, operator_of(desk))
