"""The form of a command: the keyboard leads through it, and nothing typed in it is lost."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.escalation.occasion import Asked
from desktop.ui.kit.ask_field import AskField
from desktop.ui.kit.digit_list import DigitList
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.prompt import Prompt
from desktop.ui.kit.scale import ScaleField
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.suggest import SuggestField


class CommandPrompt(Prompt):
    """Goes on to the next field once a digit has chosen; a picked owner is taken at once."""

    def __init__(self, asked: Asked, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(asked.title, asked.fields, asked.verb, text=asked.text, about=about, parent=parent)
        self.about = about
        self.text = asked.text
        self._order = [self.widget(part.key) for part in asked.fields]
        self.is_busy = False
        for widget in self._order:
            if isinstance(widget, DigitList):
                widget.picked.connect(self._advance)
            elif isinstance(widget, ScaleField | Segments):
                widget.chosen.connect(self._follow_guide)
                widget.chosen.connect(self._advance)
            elif isinstance(widget, PickField):
                widget.picked.connect(self._picked)
        self._initial = dict(self.answers()) if asked.changes_only else {}
        for key, value in asked.typed.items():
            fill(self.widget(key), value)
        for key in asked.hidden:
            self.row(key).set_visible(False)
        self._guide = asked.guide
        self._follow_guide()
        self._is_quick = asked.fields[0].key == "owner"
        self.setMinimumWidth(440)

    def accept(self) -> None:
        picks = [each for each in self._order if isinstance(each, PickField)]
        unclear = next((each for each in picks if each.is_unclear), None)
        if unclear is not None:
            self.set_error("Choose one from the list, or clear the field.", self._key_of(unclear))
        elif not self.is_busy:
            super().accept()

    def changes(self, answers: Mapping[str, str]) -> dict[str, str]:
        """The answers to hand on: all of them, or those that differ from what the form began with."""
        return {key: value for key, value in answers.items() if self._initial.get(key) != value}

    def set_busy(self, is_busy: bool) -> None:
        """While the answers are on their way nothing is sent again."""
        self.is_busy = is_busy

    def show_refusal(self, error: DeskError) -> None:
        """Say what the desk has against it, beside the field concerned; nothing typed is lost."""
        self.set_busy(False)
        if error.field in self.answers():
            self.row(error.field).set_visible(True)
        self.set_error(str(error), error.field)

    def say_changed(self, who: str) -> None:
        """Somebody else changed the escalation while this was open."""
        self.set_error(f"Changed meanwhile by {who}. What you typed is kept; look again before you go on.")

    def has_answers(self) -> bool:
        """Whether anything is typed or chosen."""
        return any(answer.strip() for answer in self.changes(self.answers()).values())

    def typed(self) -> dict[str, str]:
        """What to fill in when the same is asked for again: the answers, and what only stands for one."""
        changes = self.changes(self.answers())
        fields = {key: self.widget(key) for key in changes}
        return changes | {key: each.kept() for key, each in fields.items() if isinstance(each, AskField)}

    def restore(self, typed: Mapping[str, str]) -> None:
        """Put back what was picked in fields that ask the desk; the others were made with it."""
        for key, widget in self._widgets.items():
            if isinstance(widget, AskField) and typed.get(key):
                widget.restore(typed[key])

    def _follow_guide(self) -> None:
        guide = self._guide
        if guide is not None:
            hint = guide.hints.get(self.answers()[guide.source], "")
            self.row(guide.target).set_hint(hint)
            self.row(guide.target).set_visible(bool(hint))

    def _key_of(self, widget: QWidget) -> str:
        return next(key for key in self.answers() if self.widget(key) is widget)

    def _picked(self) -> None:
        if self._is_quick:
            self.accept()
        else:
            self._advance()

    def _advance(self) -> None:
        sender = self.sender()
        for at, widget in enumerate(self._order[:-1]):
            if widget is sender:
                self._order[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
                return


def fill(widget: QWidget, value: str) -> None:
    """Put a text into a field that takes text."""
    if isinstance(widget, SuggestField):
        return  # what is typed into it stands for something only once that is picked
    if isinstance(widget, QLineEdit):
        widget.setText(value)
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(value)
