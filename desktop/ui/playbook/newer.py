"""A newer version was published: what it says otherwise, to be adopted or not."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.playbook_run import Run
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.playbook.use_ports import RunsPlaybooks
from desktop.ui.surroundings import Surroundings


class NewerBanner(QFrame):
    """Says so above the steps, until it is answered.

    Signals:
        answered: (Run, str) the run as it stands now, and the sentence about it.
        refused: (DeskError)
    """

    answered = Signal(object, str)
    refused = Signal(object)

    def __init__(self, keeps: RunsPlaybooks, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._run: Run | None = None
        self._read_for = (0, 0)
        self.setProperty("part", "banner")
        self.setProperty("tone", "info")
        self.sentence = Label("", "strong", wrap=True)
        self.lines = Label("", wrap=True)
        self.see_button = Button("See changes")
        self.adopt_button = Button("Adopt it", "primary")
        self.stay_button = Button("Stay")
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=8)
        for button in (self.see_button, self.adopt_button, self.stay_button):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        for widget in (self.sentence, self.lines, buttons):
            column.addWidget(widget)
        self.lines.hide()
        self.hide()
        self.see_button.clicked.connect(self._toggle)
        self.adopt_button.clicked.connect(self._adopt)
        self.stay_button.clicked.connect(self._stay)

    def show_run(self, run: Run) -> None:
        """Show what there is to say of a run; nothing where it keeps to the newest version."""
        self._run = run
        self.setVisible(bool(run.newer))
        if run.newer and self._read_for != (run.id, run.newer):
            self._read_for = (run.id, run.newer)
            self.lines.hide()
            self.sentence.setText(f"v{run.newer} was published. You keep to {run.label}.")
            self._around.runner.run(partial(self._keeps.changes, run.id), self._show_changes, owner=self)

    def _show_changes(self, said: Sequence[str]) -> None:
        run = self._run
        if run is not None and said:
            self.sentence.setText(
                f"v{run.newest} was published: {said[0] or 'nothing in its steps changed'}."
            )
            self.lines.setText("\n".join(f"•  {line}" for line in said[1:]))
            self.see_button.setVisible(len(said) > 1)

    def _toggle(self) -> None:
        self.lines.setVisible(self.lines.isHidden())
        self.see_button.set_text("See changes" if self.lines.isHidden() else "Hide changes")

    def _adopt(self) -> None:
        if self._run is not None:
            work = partial(_with, partial(self._keeps.adopt, self._run.id), "The newer version is adopted.")
            self._around.runner.run(work, self._answered, self._refuse, owner=self)

    def _stay(self) -> None:
        if self._run is not None:
            work = partial(_with, partial(self._keeps.stay, self._run.id), f"Staying with {self._run.label}.")
            self._around.runner.run(work, self._answered, self._refuse, owner=self)

    def _answered(self, answer: tuple[Run, str]) -> None:
        self.answered.emit(*answer)

    def _refuse(self, error: DeskError) -> None:
        self.refused.emit(error)


def _with(work: "partial[Run]", sentence: str) -> tuple[Run, str]:
    return work(), sentence
