"""The form of a playbook, section below section."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.playbook import Content
from desktop.domain.playbook_check import Fault
from desktop.domain.playbook_document import tidy
from desktop.ui.kit.card import Section
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.playbook.editor_about import AboutSection, ForSection
from desktop.ui.playbook.editor_decisions import DecisionsSection
from desktop.ui.playbook.editor_examples import ExamplesSection
from desktop.ui.playbook.editor_steps import StepsSection
from desktop.ui.playbook.lines_field import LinesField
from desktop.ui.playbook.ports import Choices
from desktop.ui.surroundings import Surroundings

_LISTS = (("entry", "Begin when"), ("exit", "Done when"), ("do_not", "Do not"))
_PLACE = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")


class EditorBody(ScrollColumn):
    """All of its sections in one column.

    Signals:
        edited: something else is written.
    """

    edited = Signal()

    def __init__(self, around: Surroundings) -> None:
        inner = QWidget()
        super().__init__(inner)
        self._is_filling = False
        self._counts: list[int] = []
        self.about, self.fit = AboutSection(around), ForSection(around)
        self.lists = {key: LinesField(words, around.theme, forbids=key == "do_not") for key, words in _LISTS}
        self.steps, self.decisions = StepsSection(around), DecisionsSection(around)
        self.examples = ExamplesSection(around)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addWidget(self.about)
        column.addWidget(self.fit)
        for key, words in _LISTS:
            section = Section(words, "One in each line")
            section.body.addWidget(self.lists[key])
            column.addWidget(section)
        for below in (self.steps, self.decisions, self.examples):
            column.addWidget(below)
        column.addStretch(1)
        parts: tuple[AboutSection | ForSection | StepsSection | DecisionsSection | ExamplesSection, ...]
        parts = (self.about, self.fit, self.steps, self.decisions, self.examples)
        for part in parts:
            part.edited.connect(self._tell)
        for field in self.lists.values():
            field.edited.connect(self._tell)
        self.decisions.listed.connect(self._offer_decisions)

    def show_content(
        self, content: Content, choices: Choices, known_steps: Iterable[str], known_decisions: Iterable[str]
    ) -> None:
        """Write what it says; `known_…` are ids that nothing new may take."""
        self._is_filling = True
        self.about.offer(choices)
        self.about.show_content(content)
        self.fit.show_tags(content.tags, choices)
        for key, field in self.lists.items():
            field.show_lines(getattr(content, key))
        self.decisions.show_decisions(content.decisions, known_decisions)
        self.steps.offer_decisions(content.decisions)
        self.steps.show_steps(content.steps, known_steps)
        self.examples.show_examples(content.examples)
        self._put_in_order()
        self._is_filling = False

    def offer(self, choices: Choices) -> None:
        """Offer these; what is written stays."""
        self._is_filling = True
        self.about.offer(choices)
        self.fit.show_tags(self.fit.tags(), choices)
        self._is_filling = False

    def content(self) -> Content:
        """What it says."""
        return tidy(
            replace(
                self.about.written(),
                entry=self.lists["entry"].lines(),
                exit=self.lists["exit"].lines(),
                do_not=self.lists["do_not"].lines(),
                tags=self.fit.tags(),
                steps=self.steps.steps(),
                decisions=self.decisions.decisions(),
                examples=self.examples.examples(),
            )
        )

    def unread(self) -> Sequence[Fault]:
        """What is typed and cannot be read; what stood there before is kept."""
        return (*self.about.unread(), *self.steps.unread())

    def go_to(self, path: str) -> None:
        """Take the focus into the field of a path, such as `steps[2].text`."""
        field = self._field_of(path)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, QLineEdit):
            field.end(False)
        self.reveal(field)

    def _field_of(self, path: str) -> QWidget:
        place = _PLACE.match(path)
        if place is not None and place[1] == "steps":
            return self.steps.choose(int(place[2]), place[3] or "text") or self.steps.add_button
        if place is not None and place[1] == "decisions":
            return self.decisions.field_of(int(place[2]))
        buttons = {
            "steps": self.steps.add_button,
            "decisions": self.decisions.add_button,
            "examples": self.examples.add_button,
        }
        return self.lists.get(path) or buttons.get(path) or self.about.field_of(path) or self.about.title

    def _offer_decisions(self) -> None:
        self.steps.offer_decisions(self.decisions.decisions())

    def _stops(self) -> list[QWidget]:
        above = [*self.about.stops(), *self.fit.stops(), *self.lists.values()]
        return [*above, *self.steps.stops(), *self.decisions.stops(), *self.examples.stops()]

    def _put_in_order(self) -> None:
        """What is made while one writes comes last for Qt: let Tab go from top to bottom."""
        for before, after in pairwise(self._stops()):
            QWidget.setTabOrder(before, after)

    def _tell(self) -> None:
        parts = (self.about.reviewers.chips, self.decisions.cards, self.examples.rows)
        counts = [len(part) for part in parts]
        if counts != self._counts:
            self._counts = counts
            self._put_in_order()
        if not self._is_filling:
            self.edited.emit()
