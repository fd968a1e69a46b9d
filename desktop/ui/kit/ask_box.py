"""One small form over a page at a time; what was typed into it is kept until it was used."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.popover import Popover
from desktop.ui.kit.prompt import Prompt, PromptField

_WIDTH = 520


class AskBox(QObject):
    """Asks for what is missing. Esc puts the form away; asked again, it shows what was typed.

    Signals:
        answered: (str key, dict[str, str] answers) the person wants it done; the form stays until `close`.
    """

    answered = Signal(str, dict)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._popover = Popover(page)
        self._popover.closed.connect(self._keep)
        self._prompt: Prompt | None = None
        self._key = ""
        self._about: object = None
        self._typed: dict[tuple[str, object], Mapping[str, str]] = {}

    @property
    def prompt(self) -> Prompt | None:
        """The form that is open."""
        return self._prompt

    def ask(
        self,
        key: str,
        title: str,
        fields: Sequence[PromptField],
        verb: str,
        *,
        concerns: object = None,
        text: str = "",
        about: str = "",
        anchor: QRect | None = None,
    ) -> None:
        """Show the form; `concerns` tells one occasion from another, each has a draft of its own."""
        self._popover.close_popover()
        typed = self._typed.get((key, concerns), {})
        fields = [
            replace(field, value=typed[field.key]) if field.key in typed and field.make is None else field
            for field in fields
        ]
        prompt = Prompt(title, fields, verb, text=text, about=about)
        prompt.setMinimumWidth(_WIDTH)
        prompt.accepted.connect(self._answer)
        prompt.cancelled.connect(self._popover.close_popover)
        self._prompt, self._key, self._about = prompt, key, concerns
        self._popover.show_at(prompt, anchor)

    def fail(self, error: DeskError) -> None:
        """It could not be done: say so in the form, which stays as it is."""
        if self._prompt is not None:
            self._prompt.set_error(str(error), error.field)

    def close(self) -> None:
        """It is done: put the form away with what was typed."""
        place = (self._key, self._about)
        self._popover.close_popover()
        self._typed.pop(place, None)

    def _answer(self, answers: dict[str, str]) -> None:
        self.answered.emit(self._key, answers)

    def _keep(self) -> None:
        prompt, self._prompt = self._prompt, None
        if prompt is not None:
            self._typed[self._key, self._about] = prompt.answers()
