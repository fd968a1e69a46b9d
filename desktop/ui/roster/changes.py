"""Opens the forms of the roster over the page, previews what is written in them, carries it out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.popover import Popover
from desktop.ui.roster.wishes import Outcome, Wish
from desktop.ui.tasks import TaskRunner


class Changes(QObject):
    """One form at a time.

    Signals:
        done: (Outcome) it was carried out.
        refused: (DeskError) it was not, and no form is open to say why.
    """

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, page: QWidget, runner: TaskRunner) -> None:
        super().__init__(page)
        self._runner = runner
        self._popover = Popover(page)
        self._popover.closed.connect(self._forget)
        self._wish: Wish | None = None
        self._serial = 0

    @property
    def wish(self) -> Wish | None:
        """What is thought over now."""
        return self._wish

    def open(self, wish: Wish, anchor: QRect | None = None) -> None:
        """Show its form."""
        self._popover.close_popover()
        self._wish = wish
        form = wish.form
        form.edited.connect(self._look)
        form.accepted.connect(self._do)
        form.cancelled.connect(self._popover.close_popover)
        self._popover.show_at(form, anchor)
        self._look()

    def close(self) -> None:
        """Put the form away."""
        self._popover.close_popover()

    def run(
        self, work: Callable[[], object], sentence: str, undo: Callable[[], object] | None = None
    ) -> None:
        """Carry something out that needs no form."""
        self._runner.run(partial(_outcome, work, sentence, undo), self._tell, self._refuse, owner=self)

    def _look(self) -> None:
        wish = self._wish
        if wish is None:
            return
        self._serial += 1
        try:
            work = wish.look()
        except DeskError as error:  # nothing is wrong yet: something is missing
            wish.form.preview.setText(str(error))
            return
        self._runner.run(partial(_numbered, work, self._serial), self._show, self._fail, owner=self)

    def _show(self, answer: tuple[int, object]) -> None:
        serial, found = answer
        if self._wish is not None and serial == self._serial:
            self._wish.form.show_preview(self._wish.words(found))

    def _fail(self, error: DeskError) -> None:
        if self._wish is not None:
            self._wish.form.show_error(error)

    def _do(self) -> None:
        wish = self._wish
        if wish is None:
            return
        self._serial += 1  # a preview under way comes too late
        try:
            work = wish.do()
        except DeskError as error:
            wish.form.show_error(error)
            return
        self._runner.run(partial(_of, wish, work), self._tell_done, self._fail, owner=self)

    def _tell_done(self, answer: tuple[Wish, object]) -> None:
        wish, result = answer
        outcome = wish.done(result)
        if wish is self._wish:
            self._popover.close_popover()
        self.done.emit(outcome)

    def _tell(self, outcome: Outcome) -> None:
        self.done.emit(outcome)

    def _refuse(self, error: DeskError) -> None:
        self.refused.emit(error)

    def _forget(self) -> None:
        self._wish = None


def _numbered(work: Callable[[], object], serial: int) -> tuple[int, object]:
    return serial, work()


def _of(wish: Wish, work: Callable[[], object]) -> tuple[Wish, object]:
    return wish, work()


def _outcome(work: Callable[[], object], sentence: str, undo: Callable[[], object] | None) -> Outcome:
    work()
    return Outcome(sentence, undo)
