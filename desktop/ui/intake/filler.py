"""Fills the form from what is pasted or dropped: messages, longer texts, files."""

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.ui.intake.asking import organisation_name, read_files
from desktop.ui.intake.content import Content
from desktop.ui.intake.mail import filled_in, spread
from desktop.ui.intake.ports import Desk
from desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop.domain.email_text import EmailText


class Filled(NamedTuple):
    """What a paste makes of the form, and a sentence that says so."""

    content: Content
    sentence: str


class Filler(QObject):
    """Reads on the worker; the form goes on in the meantime.

    Signals:
        text_read: (str text, EmailText or None) what a pasted text is.
        customer_guessed: (str name) the only customer whom the sender's address fits.
        pieces_read: (tuple of Piece) files with their bytes.
        failed: (DeskError) a file that cannot be read.
    """

    text_read = Signal(str, object)
    customer_guessed = Signal(str)
    pieces_read = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner

    def read_text(self, text: str) -> None:
        """Find out what a pasted text is."""
        self._runner.run(partial(_read, text), self._take_text, owner=self)

    def read_files(self, found: Any) -> None:  # noqa: ANN401 a signal's object
        """Read what was dropped."""
        work = partial(read_files, tuple(found))
        self._runner.run(work, self.pieces_read.emit, self.failed.emit, owner=self)

    def guess_customer(self, mail: "EmailText") -> None:
        """Look for the customer whom the sender's address names."""
        if mail.organisation:
            work = partial(organisation_name, self._desk, mail.organisation)
            self._runner.run(work, self._take_name, owner=self)

    def _take_text(self, read: "tuple[str, EmailText | None]") -> None:
        self.text_read.emit(*read)

    def _take_name(self, name: str) -> None:
        if name:
            self.customer_guessed.emit(name)


def fill(content: Content, text: str, mail: "EmailText | None") -> Filled:
    """What a text that was read makes of the form."""
    return Filled(*(filled_in(content, mail, text) if mail is not None else spread(content, text)))


def _read(text: str) -> "tuple[str, EmailText | None]":
    from desktop.domain.email_text import read_email  # the mail library has no place in the start

    return text, read_email(text)
