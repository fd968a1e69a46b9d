"""Saving what a run came to: the report, the papers of the drill, the register of gaps."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.drill.written_line import WrittenLine
from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import save_file_dialog
from desktop.ui.surroundings import Surroundings

_FORMATS = (
    ("Word", "docx"), ("PDF", "pdf"), ("Markdown", "md"), ("Web page", "html"), ("Excel", "xlsx"),
    ("JSON", "json"),
)  # fmt: skip
_FILTERS = ";;".join(f"{name} (*.{ending})" for name, ending in _FORMATS)
_KINDS = (
    ("report", "After-action report…", "after-action"),
    ("pack", "Exercise pack, a folder…", "pack"),
    ("gaps", "Gap register…", "gap-register"),
)
ALL = ("report", "pack", "gaps")

Export = Callable[[int, str, Path], Sequence[str]]


class Written(NamedTuple):
    """What was written where, and what there is to say about it."""

    target: Path
    notes: tuple[str, ...]


class SaveButton(Button):
    """A button with a menu of what can be saved; asks where and writes it on the worker.

    Signals:
        failed: (str) it could not be written, or not be shown.
    """

    failed = Signal(str)

    def __init__(
        self,
        export: Export,
        around: Surroundings,
        kinds: Sequence[str] = ALL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Save as…", parent=parent)
        self._export = export
        self._around = around
        self._run_id = 0
        self._slug = ""
        self._kind = ""
        self.line = WrittenLine(around.icons)
        self.choices = QMenu(self)
        for key, title, _ in (each for each in _KINDS if each[0] in kinds):
            action = QAction(title, self)
            action.setObjectName(key)
            action.triggered.connect(self._ask_where)
            self.choices.addAction(action)
        self.setMenu(self.choices)
        self.line.failed.connect(self.failed)

    def show_run(self, run_id: int, slug: str) -> None:
        """What is saved is of this run."""
        self._run_id, self._slug = run_id, slug
        self.setEnabled(bool(run_id))

    def save(self, kind: str, target: Path) -> None:
        """Write one of them there."""
        work = partial(_written, self._export, self._run_id, kind, target)
        self._around.runner.run(work, self._saved, self._refuse, owner=self)

    def _ask_where(self) -> None:
        sender = self.sender()
        if not isinstance(sender, QAction):
            return
        self._kind, title = sender.objectName(), sender.text()
        stem = next(stem for key, _, stem in _KINDS if key == self._kind)
        name = f"DRILL_{self._slug}_run-{self._run_id}_{stem}.docx" if self._run_id else f"{stem}.docx"
        dialog = save_file_dialog(self.window(), title.rstrip("…"), name, _FILTERS)
        dialog.setDefaultSuffix("docx")
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, target: str) -> None:
        self.save(self._kind, Path(target))

    def _saved(self, written: Written) -> None:
        self.line.show_written(written.target, written.notes)

    def _refuse(self, error: DeskError) -> None:
        self.failed.emit(str(error))


def _written(export: Export, run_id: int, kind: str, target: Path) -> Written:
    notes = tuple(export(run_id, kind, target))
    return Written(target.with_suffix("") if kind == "pack" else target, notes)
