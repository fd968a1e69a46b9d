"""What a playbook is: its name, what it is for, who keeps it true and for how long."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from desktop.domain.playbook import Content, Tags
from desktop.domain.playbook_check import LONGEST_TITLE, Fault
from desktop.ui.kit.card import Section
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.long_text import LongText
from desktop.ui.playbook.editor_words import read_date
from desktop.ui.playbook.names_field import NamesField, name_line
from desktop.ui.playbook.ports import Choice as Offered
from desktop.ui.playbook.ports import Choices
from desktop.ui.surroundings import Surroundings
from desktop.ui.theme import Theme

_MOST_DAYS = 3650
_NO_DAY = "Write the day as 2026-12-31."


class AboutSection(Section):
    """Title, purpose, people and times.

    Signals:
        edited: something else is written.
    """

    edited = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__("What it is")
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.purpose = LongText("", lines=4)
        self.owner = Choice("Owner", free=True)
        name_line(self.owner)
        self.reviewers = NamesField("Reviewers", around.theme)
        self.templates = NamesField("Templates", around.theme)
        self.days = DaysField()
        self.valid_from, self.valid_until = QLineEdit(), QLineEdit()
        self._dates: dict[str, date | None] = {"valid_from": None, "valid_until": None}
        self._lay_out()
        self._connect()

    def offer(self, choices: Choices) -> None:
        """Who may be named."""
        self.owner.offer([(name, name) for name in choices.people])
        self.reviewers.offer(choices.people)
        self.templates.offer(choices.templates)

    def show_content(self, content: Content) -> None:
        """Write what it says."""
        if self.title.text() != content.title:
            self.title.setText(content.title)
            self.title.setCursorPosition(0)
        if self.purpose.toPlainText() != content.purpose:
            self.purpose.setPlainText(content.purpose)
        self.owner.set_value(content.owner)
        self.reviewers.show_names(content.reviewers)
        self.templates.show_names(content.templates)
        self.days.setValue(content.evergreen_days)
        for key, field in self._day_fields():
            self._dates[key] = day = getattr(content, key)
            field.setText(day.isoformat() if day else "")

    def written(self) -> Content:
        """A content with what stands here and nothing else."""
        return Content(
            title=self.title.text(),
            purpose=self.purpose.toPlainText(),
            owner=str(self.owner.value() or ""),
            reviewers=self.reviewers.names(),
            templates=self.templates.names(),
            evergreen_days=self.days.value(),
            valid_from=self._dates["valid_from"],
            valid_until=self._dates["valid_until"],
        )

    def unread(self) -> tuple[Fault, ...]:
        """What is typed and cannot be read."""
        named = (
            ("valid_from", "Valid from", self._from_row),
            ("valid_until", "Valid until", self._until_row),
        )
        return tuple(Fault(key, f"{words}: {row.error}") for key, words, row in named if row.error)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        people = [self.owner, self.reviewers.entry, *self.reviewers.chips]
        return [self.title, self.purpose, *people, self.days, self.valid_from, self.valid_until]

    def field_of(self, path: str) -> QWidget | None:
        """The field of a path."""
        fields: dict[str, QWidget] = {
            "title": self.title,
            "purpose": self.purpose,
            "owner": self.owner,
            "reviewers": self.reviewers.entry,
            "templates": self.templates.entry,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
        }
        return fields.get(path)

    def _read_days(self) -> None:
        for key, field in self._day_fields():
            row = self._from_row if key == "valid_from" else self._until_row
            try:
                self._dates[key] = read_date(field.text())
            except ValueError:
                row.set_error(_NO_DAY)
            else:
                row.set_error("")
        self.edited.emit()

    def _day_fields(self) -> Sequence[tuple[str, QLineEdit]]:
        return (("valid_from", self.valid_from), ("valid_until", self.valid_until))

    def _connect(self) -> None:
        self.title.textChanged.connect(self.edited)
        self.purpose.textChanged.connect(self.edited)
        self.owner.currentTextChanged.connect(self.edited)
        self.reviewers.edited.connect(self.edited)
        self.templates.edited.connect(self.edited)
        self.days.valueChanged.connect(self.edited)
        for _, field in self._day_fields():
            field.textChanged.connect(self._read_days)

    def _lay_out(self) -> None:
        for _, field in self._day_fields():
            field.setPlaceholderText("2026-12-31")
            field.setMaximumWidth(200)
        rows = FormRows()
        rows.add_row("Title", self.title)
        rows.add_row("Purpose", self.purpose, "What it is for, in a sentence or two.")
        rows.add_row("Owner", self.owner, "Who keeps it true.")
        rows.add_row("Reviewers", self.reviewers, "If some are named, another than the author approves it.")
        rows.add_row("Templates", self.templates, "The texts it works with, by their names.")
        rows.add_row("Look through", self.days)
        self._from_row: FormRow = rows.add_row("Valid from", self.valid_from)
        self._until_row: FormRow = rows.add_row("Valid until", self.valid_until, "Empty: no end.")
        rows.set_label_width(100)
        self.body.addWidget(rows)


class DaysField(QSpinBox):
    """Every how many days it is looked through; the wheel scrolls what is around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, _MOST_DAYS)
        self.setPrefix("every ")
        self.setSuffix(" days")
        self.setSpecialValueText("never")
        self.setMaximumWidth(200)
        for part in (self, self.lineEdit()):
            part.setAccessibleName("Look through every so many days, 0 for never")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ForSection(Section):
    """For which areas, types, tiers and levels; nothing ticked in a row fits everything.

    Signals:
        edited: others are ticked.
    """

    edited = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__("For", "Nothing ticked in a line: for all")
        self.axes = {
            axis: Chips(words, around.theme)
            for axis, words in (
                ("areas", "Areas"),
                ("types", "Types"),
                ("tiers", "Customers"),
                ("levels", "Levels"),
            )
        }
        rows = FormRows()
        rows.set_label_width(100)
        for chips in self.axes.values():
            rows.add_row(chips.name, chips)
            chips.edited.connect(self.edited)
        self.body.addWidget(rows)

    def show_tags(self, tags: Tags, choices: Choices) -> None:
        """Offer the choices and tick these."""
        for axis, chips in self.axes.items():
            chips.show_choices(getattr(choices, axis), getattr(tags, axis))

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [chip for chips in self.axes.values() for chip in chips.chips.values()]

    def tags(self) -> Tags:
        """What is ticked."""
        return Tags(**{axis: chips.ticked() for axis, chips in self.axes.items()})


class Chips(QWidget):
    """Chips to tick. One that is ticked and no longer offered is there until it is unticked.

    Signals:
        edited: others are ticked.
    """

    edited = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.name = name
        self._theme = theme
        self._offered: tuple[Offered, ...] | None = None
        self.chips: dict[str, Chip] = {}
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)

    def show_choices(self, offered: Sequence[Offered], ticked: Sequence[str]) -> None:
        """Offer these, those ticked."""
        known = {key for key, _ in offered}
        wanted = (*offered, *((key, f"{key} (no longer used)") for key in ticked if key not in known))
        if wanted != self._offered:
            self._make(wanted)
        for key, chip in self.chips.items():
            chip.setChecked(key in ticked)

    def ticked(self) -> tuple[str, ...]:
        """The keys that are ticked, in the order they are offered."""
        return tuple(key for key, chip in self.chips.items() if chip.isChecked())

    def _make(self, wanted: tuple[Offered, ...]) -> None:
        self._offered = wanted
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for key, words in wanted:
            chip = self.chips[key] = Chip(words, self._theme)
            chip.setAccessibleName(f"{self.name}: {words}")
            chip.toggled.connect(self.edited)
            self._flow.addWidget(chip)
        self.updateGeometry()
