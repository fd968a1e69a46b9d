"""What holds for all messages: where the desk is reached, its call and its chat."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings
from desktop.ui.template.ports import KeepsTemplates, Standing

_WIDEST = 760


class StandingTab(QWidget):
    """A form of one line for each; kept by its button.

    Signals:
        message_requested: (str) what was done.
    """

    message_requested = Signal(str)

    def __init__(self, keeps: KeepsTemplates, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._kept: dict[str, str] = {}
        self.fields: dict[str, QLineEdit] = {}
        self._form: dict[str, FormRow] = {}
        self._rows = FormRows()
        self.save = Button("Keep these", "primary", keys="Enter")
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        section = Section()
        section.body.addWidget(
            Label(
                "Written once for the desk; what is written for one escalation counts there instead.",
                "secondary",
                wrap=True,
            )
        )
        section.body.addWidget(self._rows)
        section.body.addWidget(self.fault)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        section.body.addLayout(foot)
        section.setMaximumWidth(_WIDEST)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(section)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ScrollColumn(inner))
        self.save.clicked.connect(self._save)

    def focus_first(self) -> None:
        """Take the focus where writing begins."""
        first = next(iter(self.fields.values()), None)
        (first or self.save).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read them anew; what was typed and not kept stays."""
        if self.isVisible():
            self._around.runner.run(self._keeps.standing, self._show, owner=self)

    def _show(self, found: tuple[Standing, ...]) -> None:
        is_first = not self.fields
        for each in found:
            field = self.fields.get(each.name)
            if field is None:
                field = self.fields[each.name] = QLineEdit()
                field.setMaxLength(500)
                field.returnPressed.connect(self._save)
                self._form[each.name] = self._rows.add_row(each.label, field, each.hint)
            if field.text() == self._kept.get(each.name, ""):
                field.setText(each.text)
            self._kept[each.name] = each.text
            self._form[each.name].set_hint(f"{each.hint}. {each.by}" if each.by else each.hint)
        if is_first and self.save.hasFocus():
            self.focus_first()

    def _save(self) -> None:
        words = {
            name: field.text() for name, field in self.fields.items() if field.text() != self._kept.get(name)
        }
        if words:
            work = partial(_kept, self._keeps, words)
            self._around.runner.run(work, self._saved, self._refuse, owner=self)

    def _saved(self, words: Mapping[str, str]) -> None:
        self._kept |= words
        self.fault.hide()
        self.message_requested.emit("Kept: messages say it from now on.")
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        self.fault.setText(f"{error}{f' {error.hint}' if error.hint else ''}")
        self.fault.show()


def _kept(keeps: KeepsTemplates, words: Mapping[str, str]) -> Mapping[str, str]:
    keeps.set_standing(words)
    return words
