"""What is done to scenarios as a whole, asked for where words are needed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.drill.ports import FileRead, KeepsScenarios, Opened
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.dialogs import open_file_dialog, open_folder_dialog, save_file_dialog
from desktop.ui.kit.prompt import PromptField
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_FILES = "Drill scenarios (*.drill.yaml *.yaml *.yml *.json);;All files (*)"
_ENDINGS = {
    "msel-csv": ("-msel.csv", "Tables (*.csv)"),
    "msel-xlsx": ("-msel.xlsx", "Spreadsheets (*.xlsx)"),
    "yaml": (".drill.yaml", "Drill scenarios (*.drill.yaml)"),
}


class LibraryDeeds(QObject):
    """Begins, takes in, writes out, discards and retires.

    Signals:
        begun: (str slug) there is a draft to write.
        done: (str) what was done.
        saved: (tuple of Path) what was written.
        faulty: (FileRead) a file that cannot be played as it is.
        refused: (DeskError) what could not be done without a form that says so.
    """

    begun = Signal(str)
    done = Signal(str)
    saved = Signal(object)
    faulty = Signal(object)
    refused = Signal(object)

    def __init__(self, keeps: KeepsScenarios, around: Surroundings, page: QWidget) -> None:
        super().__init__(page)
        self._keeps = keeps
        self._page = page
        self._run = around.runner.run
        self._slug = ""
        self._form = ""
        self._path = Path()
        self.ask = AskBox(page)
        self.ask.answered.connect(self._answer)

    def ask_new(self) -> None:
        """What is the new one called?"""
        fields = [PromptField("title", "Title", hint="What happens, as the players will read it.")]
        self.ask.ask("new", "New scenario", fields, "Begin draft")

    def ask_discard(self, opened: Opened) -> None:
        """Is the draft to be thrown away?"""
        self._slug = opened.row.slug
        text = (
            "What was written is gone; what is published stays in use."
            if opened.row.published
            else "Nothing of it was published: the scenario goes with the draft."
        )
        self.ask.ask("discard", "Discard the draft?", [], "Discard draft", concerns=self._slug, text=text)

    def ask_retire(self, opened: Opened) -> None:
        """Why is it played no more?"""
        self._slug = opened.row.slug
        text = "It is no longer offered, and the wheel does not draw it. Its runs and versions stay."
        fields = [PromptField("reason", "Why", "text")]
        title = f"Retire “{opened.row.title}”"
        self.ask.ask("retire", title, fields, "Retire", concerns=self._slug, text=text)

    def bring_back(self, opened: Opened) -> None:
        """Use it again."""
        work = partial(self._keeps.bring_back, opened.row.slug)
        self._run(partial(_done, work, "The scenario is in use again."), self._tell, self._refuse, owner=self)

    def begin(self, opened: Opened, from_version: int = 0) -> None:
        """Write on it: on the draft there is, or on a new one."""
        if opened.draft is not None:
            self.begun.emit(opened.row.slug)
            return
        work = partial(self._keeps.begin, opened.row.slug, from_version)
        self._run(work, self._begun, self._refuse, owner=self)

    def ask_file(self) -> None:
        """Which file is to be taken in?"""
        dialog = open_file_dialog(self._page, "Import a drill scenario", _FILES)
        dialog.fileSelected.connect(self.read_file)
        dialog.open()

    def read_file(self, path: str) -> None:
        """Take a file in; one with faults is shown first."""
        self._path = Path(path)
        self.read_again()

    def read_again(self) -> None:
        """Read the file once more."""
        self._run(partial(self._keeps.read_file, self._path), self._show_read, self._refuse, owner=self)

    def take_in(self, text: str) -> None:
        """Keep a text as a draft."""
        self._run(partial(self._keeps.take_in, text), self._begun, self._refuse, owner=self)

    def ask_target(self, opened: Opened, form: str) -> None:
        """Where is it to be written?"""
        self._slug, self._form = opened.row.slug, form
        if form in _ENDINGS:
            ending, filters = _ENDINGS[form]
            dialog = save_file_dialog(
                self._page, "Export the scenario", f"{opened.row.slug}{ending}", filters
            )
        else:
            dialog = open_folder_dialog(self._page, "A folder for the papers")
        dialog.fileSelected.connect(self.write_to)
        dialog.open()

    def write_to(self, path: str) -> None:
        """Write it there, in the form that was chosen."""
        work = partial(self._keeps.export, self._slug, self._form, Path(path))
        self._run(work, self._written, self._refuse, owner=self)

    def _written(self, paths: tuple[Path, ...]) -> None:
        self.saved.emit(paths)
        self.done.emit(f"{counted(len(paths), 'file')} written.")

    def _show_read(self, read: FileRead) -> None:
        if any(not fault.is_warning for fault in read.faults):
            self.faulty.emit(read)
        else:
            self.take_in(read.text)

    def _answer(self, key: str, answers: dict[str, str]) -> None:
        keeps, fail = self._keeps, self.ask.fail
        if key == "new":
            self._run(partial(keeps.create, answers["title"]), self._begun, fail, owner=self)
        elif key == "discard":
            self._finish(partial(keeps.discard, self._slug), "The draft is discarded.")
        elif key == "retire":
            self._finish(partial(keeps.retire, self._slug, answers["reason"]), "The scenario is retired.")

    def _begun(self, slug: str) -> None:
        self.ask.close()
        self.begun.emit(slug)

    def _finish(self, work: Callable[[], object], sentence: str) -> None:
        self._run(partial(_done, work, sentence), self._tell, self.ask.fail, owner=self)

    def _tell(self, sentence: str) -> None:
        self.ask.close()
        self.done.emit(sentence)

    def _refuse(self, error: object) -> None:
        self.refused.emit(error)


def _done(work: Callable[[], object], sentence: str) -> str:
    work()
    return sentence
