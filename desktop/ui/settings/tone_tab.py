"""The words that messages avoid: lists that are edited, and saved as a version with its reason."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.message_lint_words import LIMITS, LISTS, Phrase, Tone
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.segments import Segments
from desktop.ui.settings.parts import TabColumn
from desktop.ui.settings.tone_ports import KeepsTone, ToneFound, ToneLine
from desktop.ui.settings.tone_words import lines_of, phrases_of
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, moment, one_line

_RELEASES = (("p1", "Priority P1"), ("p1_p2", "P1 and P2"), ("never", "Never"))
_LIMIT_WORDS: Mapping[str, str] = {
    "sentence_words": "Words in a sentence",
    "initial_words": "Words in a first message",
    "sms_signs": "Signs in an SMS",
    "chat_words": "Words in a chat",
}
_LINES = 12
_BY_KEY = {each.key: each for each in LISTS}


class ToneTab(TabColumn):
    """Lists, limits, who releases; what is changed is in force once it is saved.

    Signals:
        message_requested: (str) what was done.
    """

    message_requested = Signal(str)

    def __init__(self, tone: KeepsTone, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = tone
        self._runner = around.runner
        self._now = around.clock.now
        self._found: ToneFound | None = None
        self._lists: dict[str, tuple[Phrase, ...]] = {}
        self._key = LISTS[0].key
        self.list = QComboBox()
        self.list.setAccessibleName("List of words")
        for each in LISTS:
            self.list.addItem(each.title, each.key)
        self.help = Label("", "hint", wrap=True)
        self.words = LongText(lines=_LINES)
        self.words.setAccessibleName("Words of the list, one entry a line")
        self.release = Segments(_RELEASES, "A second person releases messages to customers", even=False)
        self.limits = {name: _number() for name in LIMITS}
        self.version = QComboBox()
        self.version.setAccessibleName("Versions")
        self.restore_button = Button("Begin with this version")
        self.changed = Label("", wrap=True)
        self.note = QLineEdit()
        self.save_button = Button("Save as new version", "primary", keys="Ctrl+S")
        self.discard_button = Button("Discard changes")
        self.fault = Label("", "danger", wrap=True)
        self._lay_out()
        self._connect()
        self._show_changed()

    def refresh(self) -> None:
        """Fetch the rules anew; what is changed and not saved stays."""
        self._runner.run(self._keeps.found, self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.list.setFocus()

    def save(self) -> None:
        """Let what is changed hold from now on."""
        tone = self._typed()
        if self._found is None or tone is None or not self._is_changed():
            return
        work = partial(self._keeps.save, tone, self.note.text(), self._found.number)
        self._runner.run(work, self._saved, self._refuse, owner=self)

    def discard(self) -> None:
        """Back to what is in force."""
        self.note.clear()
        if self._found is not None:
            self._take(self._found.tone)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_S and with_control:
            self.save()
        else:
            super().keyPressEvent(event)

    def _show(self, found: ToneFound) -> None:
        is_kept = self._found is None or not self._is_changed()
        before = self._found
        if is_kept or before is None:
            self._found = found
            self._take(found.tone)
        elif before.number != found.number:
            self._refuse(
                DeskError("The rules were changed meanwhile.", hint="Discard the changes to see them.")
            )
        may = not found.why_not
        for widget in (self.words, self.release, self.note, self.restore_button, *self.limits.values()):
            widget.setEnabled(may)
        self.version.clear()
        for line in found.versions:
            self.version.addItem(self._line(line), line.number)
        if found.why_not:
            self._refuse(DeskError(found.why_not))
        self._show_changed()

    def _take(self, tone: Tone) -> None:
        """Show rules as they are."""
        self._lists = {key: tuple(tone.lists.get(key, ())) for key in _BY_KEY}
        self.release.set_value(tone.two_person_release)
        for name, field in self.limits.items():
            field.blockSignals(True)
            field.setValue(tone.limits.get(name, LIMITS[name]))
            field.blockSignals(False)
        self.fault.hide()
        self._show_list()
        self._show_changed()

    def _typed(self) -> Tone | None:
        if self._found is None:
            return None
        return replace(
            self._found.tone,
            lists=dict(self._lists),
            limits={name: field.value() for name, field in self.limits.items()},
            two_person_release=self.release.value() or self._found.tone.two_person_release,
        )

    def _is_changed(self) -> bool:
        tone, typed = self._found.tone if self._found is not None else None, self._typed()
        if tone is None or typed is None:
            return False
        same = all(tuple(tone.lists.get(key, ())) == typed.lists[key] for key in _BY_KEY)
        limits = {name: tone.limits.get(name, LIMITS[name]) for name in LIMITS}
        return not same or limits != dict(typed.limits) or tone.two_person_release != typed.two_person_release

    def _choose_list(self, at: int) -> None:
        self._key = str(self.list.itemData(at))
        self._show_list()

    def _show_list(self) -> None:
        each = _BY_KEY[self._key]
        self.help.setText(
            f"{each.help} Rule {each.rule}. One entry a line; * stands for any ending."
            + (" Behind → what may stand in its place." if each.has_instead else "")
        )
        self.words.blockSignals(True)
        self.words.setPlainText(lines_of(self._lists.get(self._key, ())))
        self.words.blockSignals(False)

    def _edit(self) -> None:
        self._lists[self._key] = phrases_of(self.words.toPlainText())
        self._show_changed()

    def _note_change(self, _what: object = None) -> None:
        self._show_changed()

    def _show_changed(self) -> None:
        is_changed = self._is_changed()
        self.unsaved.setVisible(is_changed)
        if is_changed and self._found is not None:
            tone = self._found.tone
            names = [
                each.title
                for each in LISTS
                if tuple(tone.lists.get(each.key, ())) != self._lists.get(each.key, ())
            ]
            told = f"{counted(len(names), 'list')}: {', '.join(names)}." if names else "Limits or release."
            self.changed.setText(f"Changed: {told}")

    def _restore(self) -> None:
        number = self.version.currentData()
        if number is not None:
            self._runner.run(partial(self._keeps.version, int(number)), self._take, self._refuse, owner=self)

    def _saved(self, number: int) -> None:
        self.note.clear()
        self._found = None
        self.message_requested.emit(f"Version {number} of the rules of tone is in force.")
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        self.fault.setText(str(error))
        self.fault.show()

    def _line(self, line: ToneLine) -> str:
        if line.at is None:
            return "As shipped"
        when = moment(line.at, self._now())
        return f"Version {line.number}, {when} by {one_line(line.by)}: {one_line(line.note)}"

    def _connect(self) -> None:
        self.list.currentIndexChanged.connect(self._choose_list)
        self.words.textChanged.connect(self._edit)
        self.release.chosen.connect(self._note_change)
        for field in self.limits.values():
            field.valueChanged.connect(self._note_change)
        self.restore_button.clicked.connect(self._restore)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)

    def _lay_out(self) -> None:
        words = Card("Words that messages avoid")
        for widget in (self.list, self.help, self.words):
            words.body.addWidget(widget)
        limits = Card("Limits and release")
        rows = FormRows()
        release = QWidget()
        line = QHBoxLayout(release)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.release)
        line.addStretch(1)
        rows.add_row("Second person", release, "Who writes such a message to a customer cannot release it.")
        for name, field in self.limits.items():
            rows.add_row(_LIMIT_WORDS.get(name, name), field)
        limits.body.addWidget(rows)
        past = Card("Versions")
        row = QHBoxLayout()
        row.addWidget(self.version, 1)
        row.addWidget(self.restore_button)
        past.body.addLayout(row)
        self.unsaved = Card("Changed and not saved")
        why = FormRows()
        why.add_row("Why", self.note, "In a few words; it stays on record.")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.discard_button)
        buttons.addWidget(self.save_button)
        self.unsaved.body.addWidget(self.changed)
        self.unsaved.body.addWidget(why)
        self.unsaved.body.addLayout(buttons)
        self.fault.hide()
        for part in (self.fault, self.unsaved, words, limits, past):
            self.add(part)
        self.finish()


def _number() -> QSpinBox:
    field = QSpinBox()
    field.setRange(1, 100_000)
    field.setMaximumWidth(120)
    return field
