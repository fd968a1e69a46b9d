"""The page of the load: one's own; for leads everybody's, by name; and the sums of all."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import DeskError
from desktop.services.load import PersonLoad, TeamWeek
from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import save_file_dialog
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.saved_line import SavedLine
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.tabs import Tabs
from desktop.ui.load import words
from desktop.ui.load.ports import LoadFound, ReadsLoad
from desktop.ui.load.sheet import LoadSheet
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_WEEKS = (4, 8, 13, 26, 52)
_USUAL = 8
_ALL = 0


class LoadPage(QWidget):
    """What being on call costs whom; nobody is ranked.

    Signals:
        message_requested: (str)
    """

    title = "Load"
    message_requested = Signal(str)

    def __init__(self, reads: ReadsLoad, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._around = around
        self._found = LoadFound()
        self.period = QComboBox()
        self.period.setAccessibleName("Weeks shown")
        for weeks in _WEEKS:
            self.period.addItem(f"{weeks} weeks", weeks)
        self.period.setCurrentIndex(_WEEKS.index(_USUAL))
        self.people: RowTable[PersonLoad] = self._made_people(around)
        self.sheet = LoadSheet(around)
        self.team: RowTable[TeamWeek] = self._made_team(around)
        self.note = Label("", "secondary", wrap=True)
        self.export_button = Button("Save the sums as CSV…")
        self.saved = SavedLine(around.icons)
        self.tabs = Tabs("Whose load")
        self._stack = QStackedWidget()
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "load",
            "Nothing to add up",
            "Nobody was on call or paged in these weeks, as far as the desk knows.",
        )
        self._lay_out()
        self.period.activated.connect(self._choose)
        self.people.picked.connect(self._follow)
        self.export_button.clicked.connect(self._ask_where)
        self.saved.failed.connect(self.message_requested)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """Nothing: it is there to be read."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def focus_first(self) -> None:
        """Take the focus where reading begins."""
        if self._stack.currentIndex():
            (self.team if self._found.team else self.tabs).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        is_lead = self.people.isVisibleTo(self)
        first = self.people if is_lead else self.sheet.weeks
        (first if first.isVisibleTo(self) else self.period).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        if self.isVisible():
            work = partial(self._reads.found, int(self.period.currentData()))
            self._around.runner.run(work, self._show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.sheet.toggle_table()
        else:
            super().keyPressEvent(event)

    def _show(self, found: LoadFound) -> None:
        is_first = not self._found.loads
        self._found = found
        self._people_box.setVisible(found.is_lead and len(found.loads) > 1)
        self.people.show_rows(found.loads)
        if is_first and found.operator is not None:
            own = [load.person.id for load in found.loads]
            if found.operator.id in own:
                self.people.selectRow(own.index(found.operator.id))
        self.note.setText(
            "You see everybody's load because you lead; each of them sees their own."
            if found.is_lead
            else "Only you and the leads see this."
        )
        self.team.setVisible(bool(found.team))
        self.empty.setVisible(not found.team)
        self.team.show_rows(found.team[::-1])
        self.export_button.setEnabled(bool(found.team))
        self._follow()
        if is_first:
            self.focus_first()

    def _follow(self) -> None:
        chosen = next(iter(self.people.selected()), None)
        load = chosen or next(iter(self._found.loads), None)
        operator = self._found.operator
        if load is not None:
            is_own = operator is not None and load.person.id == operator.id
            self.sheet.show_load(load, f"{load.person.name}{' (you)' if is_own else ''}")
        else:
            self.sheet.show_load(None, operator.name if operator is not None else "Nobody works at this desk")

    def _choose(self, _at: int) -> None:
        self.refresh()

    def _ask_where(self) -> None:
        dialog = save_file_dialog(self, "Save the sums", "load.csv", "CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _save(self, target: str) -> None:
        work = partial(self._reads.export, int(self.period.currentData()), Path(target))
        self._around.runner.run(work, self._saved, self._refuse, owner=self)

    def _saved(self, file: Path) -> None:
        self.saved.show_file(file, "It has sums only: no names, nobody is ranked.")

    def _refuse(self, error: DeskError) -> None:
        self.message_requested.emit(str(error))

    def _made_people(self, around: Surroundings) -> RowTable[PersonLoad]:
        columns: tuple[Column[PersonLoad], ...] = (
            Column("Person", lambda load: load.person.name),
            Column("Index this week", _index_now, width=120, align_right=True),
        )
        table: RowTable[PersonLoad] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=_said, second=_second, strong=(0,)),
            around.theme,
            "People",
            key=lambda load: load.person.id,
            stretch=0,
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(table)
        return table

    def _made_team(self, around: Surroundings) -> RowTable[TeamWeek]:
        columns: tuple[Column[TeamWeek], ...] = (
            Column("Everybody, week of", words.week_words),
            Column("People", lambda week: str(week.people), align_right=True, width=76),
            Column("Pages", _of_team("pages"), align_right=True, width=70),
            Column("At night", _of_team("night_pages"), align_right=True, width=80),
            Column("Weekend", _of_team("weekend_pages"), align_right=True, width=80),
            Column("On call", _of_team("hours_on_call", " h"), align_right=True, width=90),
            Column("Index", _of_team("index"), align_right=True, width=80),
        )
        table: RowTable[TeamWeek] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=_team_said, second=_team_second),
            around.theme,
            "Sums of everybody",
            key=lambda week: week.week,
            stretch=0,
            spare=(4,),
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        return table

    def _lay_out(self) -> None:
        self._people_box = QWidget()
        left = QVBoxLayout(self._people_box)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.people)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._people_box)
        split.addWidget(self.sheet)
        split.setStretchFactor(1, 1)
        split.setSizes([320, 900])
        sums = QWidget()
        column = QVBoxLayout(sums)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame()
        head.setProperty("part", "filters")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(Label("Sums of everybody, without names: anybody may see them.", "secondary"), 1)
        line.addWidget(self.export_button)
        column.addWidget(head)
        column.addWidget(self.team, 1)
        column.addWidget(self.empty, 1)
        own = QWidget()
        whole = QVBoxLayout(own)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(split, 1)
        self.note.setContentsMargins(16, 8, 16, 8)
        whole.addWidget(self.note)
        for name, tab in (("By person", own), ("Everybody together", sums)):
            self.tabs.addTab(name)
            self._stack.addWidget(tab)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._people_box.hide()
        stand_below(self, PageHead(self.title, self.tabs, self.period), self._stack, self.saved)


def _index_now(load: PersonLoad) -> str:
    return words.number(load.weeks[-1].index) if load.weeks else "–"


def _second(load: PersonLoad, column: int) -> str:
    if column:
        return ""
    pages = sum(week.pages for week in load.weeks)
    return f"{counted(pages, 'page')} in {counted(len(load.weeks), 'week')}" if load.weeks else "All quiet"


def _said(load: PersonLoad) -> str:
    return f"{load.person.name}, {_second(load, 0)}, index this week {_index_now(load)}"


def _of_team(name: str, unit: str = "") -> Callable[[TeamWeek], str]:
    def said(week: TeamWeek) -> str:
        return f"{words.number(getattr(week, name))}{unit}" if week.is_shown else "–"

    return said


def _team_second(week: TeamWeek, column: int) -> str:
    return "" if column or week.is_shown else "Fewer than three people: sums would tell of each"


def _team_said(week: TeamWeek) -> str:
    if not week.is_shown:
        return f"Week of {words.day_of(week)}: fewer than three people, no sums."
    return (
        f"Week of {words.day_of(week)}: {counted(week.people, 'person', 'people')},"
        f" {counted(week.pages, 'page')}, {week.night_pages} at night, index {words.number(week.index)}."
    )


def _no_step(_row: object) -> tuple[str, int]:
    return "", -1
