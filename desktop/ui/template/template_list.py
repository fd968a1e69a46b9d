"""Templates as a list, and the filters above it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QWidget

from desktop.domain.template import ListedTemplate
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.template.words import AUDIENCES, MEDIA, STAGE_WORDS, place_words, version_words

_ALL = ""
_WIDEST = 220


class TemplateFilters(QFrame):
    """Which templates are listed: by audience, stage and channel.

    Signals:
        changed: others from now on.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self.audience = _choice("Audience", "All audiences", AUDIENCES)
        self.stage = _choice("Stage", "All stages", STAGE_WORDS)
        self.medium = _choice("Channel", "All channels", MEDIA)
        self.new_button = Button("New template…")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        for choice in (self.audience, self.stage, self.medium):
            choice.setMaximumWidth(_WIDEST)
            choice.activated.connect(self._tell)
            line.addWidget(choice)
        line.addStretch(1)
        line.addWidget(self.new_button)

    def fits(self, row: ListedTemplate) -> bool:
        """Whether a template is listed."""
        place = row.place
        pairs = ((self.audience, place.audience), (self.stage, place.stage), (self.medium, place.medium))
        return all(choice.value() in (_ALL, None, str(value)) for choice, value in pairs)

    def clear(self) -> None:
        """List them all."""
        for choice in (self.audience, self.stage, self.medium):
            choice.set_value(_ALL)

    def _tell(self, _at: int) -> None:
        self.changed.emit()


def made_table(around: Surroundings) -> RowTable[ListedTemplate]:
    """The list itself."""
    columns: tuple[Column[ListedTemplate], ...] = (
        Column("Template", _stage, width=180),
        Column("Version", version_words, width=92),
    )
    table: RowTable[ListedTemplate] = RowTable(
        TwoLineModel(columns, step=_no_step, sentence=_sentence, second=_second, strong=(0,)),
        around.theme,
        "Templates",
        key=_id,
        stretch=0,
    )
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    around.actions.give_page_letters_to(table)
    return table


def _choice(name: str, all_of_them: str, choices: Mapping[Any, str]) -> Choice:
    choice = Choice(name, least=10)
    choice.offer([(_ALL, all_of_them), *((str(key), words) for key, words in choices.items())])
    choice.set_value(_ALL)
    return choice


def _stage(row: ListedTemplate) -> str:
    return f"{STAGE_WORDS[row.place.stage]}, {MEDIA[row.place.medium]}"


def _second(row: ListedTemplate, column: int) -> str:
    if column:
        return "no longer used" if row.is_retired else ""
    return AUDIENCES[row.place.audience]


def _sentence(row: ListedTemplate) -> str:
    return f"{place_words(row.place)}, {version_words(row) or 'not published'}"


def _id(row: ListedTemplate) -> object:
    return row.id


def _no_step(_row: ListedTemplate) -> tuple[str, int]:
    return "", -1
