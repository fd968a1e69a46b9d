"""Where everything is kept, its backups, whether its history is whole, and the sample desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.dialogs import Question, open_file_dialog
from desktop.ui.kit.label import Label
from desktop.ui.kit.pill import Pill
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.settings.parts import TabColumn
from desktop.ui.settings.ports import BackupFile, SettingsServices, Verified
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, exact, file_size, moment

_TABLE_ROWS = 5
_WHY = {"hand": "made by hand", "daily": "made daily", "migration": "before an update"}


class DatabaseTab(TabColumn):
    """The database with its backups, the audit trail, the sample desk.

    Signals:
        restore_requested: (Path) the person has decided to put this backup in the database's place.
        sample_load_requested, sample_remove_requested: open the sample desk, or leave it and delete it.
        message_requested: (str) what was done.
    """

    restore_requested = Signal(object)
    sample_load_requested = Signal()
    sample_remove_requested = Signal()
    message_requested = Signal(str)

    def __init__(
        self, services: SettingsServices, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = around.runner
        self._clock: Clock = around.clock
        self._wanted: Path | None = None
        self.path = Label("", "strong", wrap=True)
        self.path.let_select()
        self.facts = Label("", "secondary", wrap=True)
        self.back_up_button = Button("Back up now", "primary")
        self.restore_button = Button("Restore…")
        self.file_button = Button("Restore from a file…")
        self.model = TwoLineModel(_columns(around.clock.now), step=_step, sentence=_sentence, strong=(0,))
        self.table = RowTable(self.model, around.theme, "Backups, the newest first", key=_key, stretch=1)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verify_button = Button("Verify the audit trail")
        self.verdict = Pill(around.theme)
        self.verdict.hide()
        self.report = Label(
            "Every event is chained to the one before; this looks through all of them.", wrap=True
        )
        self.sample_button = Button("")
        for card in (self._database_card(), self._backup_card(), self._audit_card(), self._sample_card()):
            self.add(card)
        self.finish()
        self.back_up_button.clicked.connect(self.back_up)
        self.restore_button.clicked.connect(self._ask_chosen)
        self.file_button.clicked.connect(self._choose_file)
        self.table.picked.connect(self._show_chosen)
        self.verify_button.clicked.connect(self.verify)
        self.sample_button.clicked.connect(self._press_sample)

    def refresh(self) -> None:
        """Look at the files anew."""
        self._runner.run(partial(_look, self._services), self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.back_up_button.setFocus()

    # -- backups
    def back_up(self) -> None:
        """Make a backup now."""
        self.back_up_button.setEnabled(False)
        self._runner.run(self._services.backups.make, self._backed_up, self._not_backed_up, owner=self)

    def _backed_up(self, backup: BackupFile) -> None:
        self.back_up_button.setEnabled(True)
        self.message_requested.emit(f"Backed up and verified: {file_size(backup.size)}")
        self.refresh()

    def _not_backed_up(self, error: DeskError) -> None:
        self.back_up_button.setEnabled(True)
        self._runner.error_raised.emit(error, self)

    def _show(self, found: "_Files") -> None:
        self.path.setText(str(found.path))
        newest = moment(found.backups[0].made_at, self._clock.now()) if found.backups else "never"
        self.facts.setText(
            f"{file_size(found.size)} · last backup {newest} · "
            f"{counted(len(found.backups), 'backup')} kept in {found.folder}"
        )
        self.table.show_rows(found.backups)
        self.table.fit_height(_TABLE_ROWS)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.restore_button.setEnabled(bool(self.table.selected()))

    def _ask_chosen(self) -> None:
        for backup in self.table.selected()[:1]:
            self._ask(backup.path, f"The backup of {moment(backup.made_at, self._clock.now())}")

    def _choose_file(self) -> None:
        dialog = open_file_dialog(self, "Restore from a file", "Backups (*.sqlite3 *.db);;All files (*)")
        dialog.fileSelected.connect(self._take_file)
        dialog.open()

    def _take_file(self, name: str) -> None:
        self._ask(Path(name), f"The file {Path(name).name}")

    def _ask(self, path: Path, what: str) -> None:
        self._wanted = path
        question = Question(
            self.window(),
            "Restore this backup?",
            f"{what} takes the place of the database. What is there now is not deleted: it is set aside in "
            "the same folder. The desk closes and opens again.",
            (("restore", "Restore"), ("keep", "Keep the database")),
            safe="keep",
            cancel="keep",
        )
        question.answered.connect(self._answer)
        question.open()

    def _answer(self, key: str) -> None:
        wanted, self._wanted = self._wanted, None
        if key == "restore" and wanted is not None:
            self._runner.run(
                partial(_checked, self._services, wanted), self.restore_requested.emit, owner=self
            )

    # -- the audit trail
    def verify(self) -> None:
        """Look through the whole history."""
        self.verify_button.setEnabled(False)
        self.verdict.hide()
        self.report.setText("Looking through all events…")
        self._runner.run(self._services.audit.verify, self._show_report, self._show_failure, owner=self)

    def _show_report(self, report: Verified) -> None:
        self._say(report.ok, report.sentence)

    def _show_failure(self, error: DeskError) -> None:
        self._say(False, str(error))

    def _say(self, is_whole: bool, sentence: str) -> None:
        self.verify_button.setEnabled(True)
        self.verdict.set_text("Whole" if is_whole else "Not whole", "success" if is_whole else "danger")
        self.verdict.show()
        self.report.setText(f"{sentence} Verified {moment(self._clock.now(), self._clock.now())}.")

    # -- the sample desk
    def _press_sample(self) -> None:
        if self._services.is_sample:
            self.sample_remove_requested.emit()
        else:
            self.sample_load_requested.emit()

    # -- layout
    def _database_card(self) -> Card:
        card = Card("Database")
        card.body.addWidget(self.path)
        card.body.addWidget(self.facts)
        return card

    def _backup_card(self) -> Card:
        card = Card("Backups")
        for button in (self.file_button, self.restore_button, self.back_up_button):
            card.add_to_head(button)
        card.body.addWidget(self.table)
        card.body.addWidget(Label("Made daily and before each update; 14 are kept.", "hint"))
        return card

    def _audit_card(self) -> Card:
        card = Card("Audit trail")
        line = QHBoxLayout()
        line.setSpacing(10)
        for widget in (self.verify_button, self.verdict):
            line.addWidget(widget)
        line.addWidget(self.report, 1)
        card.body.addLayout(line)
        return card

    def _sample_card(self) -> Card:
        card = Card("Sample desk")
        is_sample = self._services.is_sample
        self.sample_button.set_text("Remove the sample desk" if is_sample else "Load the sample desk")
        text = (
            "You are looking at the sample desk. Removing it deletes its file and opens your own desk."
            if is_sample
            else "A made-up desk in a file of its own, to look around and practise. Your own stays untouched."
        )
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.sample_button)
        line.addWidget(Label(text, "secondary", wrap=True), 1)
        card.body.addLayout(line)
        return card


@dataclass(frozen=True, slots=True)
class _Files:
    path: Path
    size: int
    folder: Path
    backups: Sequence[BackupFile]


def _look(services: SettingsServices) -> _Files:
    backups = services.backups
    path = backups.database
    return _Files(path, path.stat().st_size if path.exists() else 0, backups.folder, backups.list())


def _checked(services: SettingsServices, path: Path) -> Path:
    fault = services.backups.verify(path)
    if fault:
        raise DeskError(f"{path.name} cannot be restored: {fault}", hint="Choose another backup.")
    return path


def _columns(now: Callable[[], datetime]) -> tuple[Column[BackupFile], ...]:
    return (
        Column("Made", lambda row: moment(row.made_at, now()), width=170, tip=lambda row: exact(row.made_at)),
        Column("Why", lambda row: _WHY.get(row.why, row.why.replace("-", " "))),
        Column("Size", lambda row: file_size(row.size), align_right=True, width=100),
    )


def _step(_row: BackupFile) -> tuple[str, int]:
    return "", -1


def _sentence(row: BackupFile) -> str:
    return f"Backup of {exact(row.made_at)}, {file_size(row.size)}"


def _key(row: BackupFile) -> object:
    return row.path
