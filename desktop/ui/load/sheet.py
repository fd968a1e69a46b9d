"""The load of one person: week by week with the parts of the index, and when the pages came."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.domain.burden import WeekBurden
from desktop.services.load import PersonLoad
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.load import words
from desktop.ui.load.heat_map import HeatMap
from desktop.ui.surroundings import Surroundings

_MOST_WEEKS = 5
_HourRow = tuple[str, Sequence[int]]


class HourTable(QTableView):
    """The heat-map as a table: the same figures for a screen reader, and to copy from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns: tuple[Column[_HourRow], ...] = (
            Column("Day", lambda row: row[0]),
            *(_hour_column(hour) for hour in range(24)),
        )
        self.rows: RowsModel[_HourRow] = RowsModel(columns, self)
        self.setModel(self.rows)
        self.setAccessibleName("Pages by hour and weekday, as a table")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setMinimumSectionSize(16)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_hours(self, hours: Sequence[Sequence[int]]) -> None:
        """Show these counts."""
        self.rows.set_rows(tuple(zip(words.DAYS, hours, strict=True)))
        rows = sum(self.rowHeight(row) for row in range(7))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + bar + 4)


class LoadSheet(QWidget):
    """All about one person."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "heading", wrap=True)
        self.zone = Label("", "secondary", wrap=True)
        self.index = Label("", wrap=True)
        self.index.let_select()
        self.index.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        columns: tuple[Column[WeekBurden], ...] = (
            Column("Week of", words.week_words),
            Column("Pages", lambda week: str(week.pages), align_right=True, width=66),
            Column("At night", lambda week: str(week.night_pages), align_right=True, width=76),
            Column("Weekend", lambda week: str(week.weekend_pages), align_right=True, width=80),
            Column("Torn away", lambda week: str(week.interruptions), align_right=True, width=88),
            Column(
                "On call", lambda week: f"{words.number(week.hours_on_call)} h", align_right=True, width=80
            ),
            Column("Days in a row", lambda week: str(week.days_in_a_row), align_right=True, width=108),
            Column("Index", lambda week: words.number(week.index), align_right=True, width=70),
        )
        self.weeks: RowTable[WeekBurden] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=words.index_words, strong=(0, 7)),
            around.theme,
            "Weeks",
            key=lambda week: week.week,
            stretch=0,
            spare=(4, 3),
        )
        self.weeks.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.map = HeatMap(around.theme)
        self.table = HourTable()
        self.table.hide()
        self.summary = Label("", wrap=True)
        self.read_out = Label("", "strong", wrap=True)
        self.twin_button = Button("View as table", keys="Ctrl+T")
        self._lay_out()
        around.actions.give_page_letters_to(self.weeks)
        self.weeks.picked.connect(self._follow)
        self.map.read.connect(self.read_out.setText)
        self.twin_button.clicked.connect(self.toggle_table)

    def show_load(self, load: PersonLoad | None, name: str) -> None:
        """Show a person's; None is somebody whose weeks were all quiet."""
        self.title.setText(name)
        weeks = load.weeks[::-1] if load is not None else ()
        self.weeks.setVisible(bool(weeks))
        self.weeks.show_rows(weeks)
        self.weeks.fit_height(_MOST_WEEKS)
        for widget in (self._map_box, self.index):
            widget.setVisible(bool(weeks))
        if load is None or not weeks:
            self.zone.setText("Nothing in this time: neither on call nor paged.")
            return
        self.zone.setText(f"Nights, weekends and hours are those of {load.person.zone}.")
        summary = words.map_summary(load)
        self.summary.setText(summary)
        self.map.show_hours(load.hours, summary)
        self.table.show_hours(load.hours)
        self.read_out.setText(self.map.sentence())

    def toggle_table(self) -> None:
        """The map as a table, or the table as a map."""
        is_table = self.table.isHidden()
        self.table.setVisible(is_table)
        self.map.setVisible(not is_table)
        self.read_out.setVisible(not is_table)
        self.twin_button.set_text("View as map" if is_table else "View as table")
        self._scroll_area.reveal(self._map_box)

    def _follow(self) -> None:
        week = next(iter(self.weeks.selected()), None)
        self.index.setText(words.index_words(week) if week is not None else "")

    def _lay_out(self) -> None:
        self._map_box = QWidget()
        below = QVBoxLayout(self._map_box)
        below.setContentsMargins(0, 8, 0, 0)
        below.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Label("When the pages came", "strong"))
        head.addStretch(1)
        head.addWidget(self.twin_button)
        below.addLayout(head)
        for widget in (self.summary, self.map, self.table, self.read_out):
            below.addWidget(widget)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        for part in (self.title, self.zone, self.weeks, self.index, self._map_box):
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll_area = ScrollColumn(inner)
        whole.addWidget(self._scroll_area)


def _hour_column(hour: int) -> Column[_HourRow]:
    night = "\nnight" if words.is_night(hour) else ""
    return Column(f"{hour:02}{night}", lambda row: str(row[1][hour]), align_right=True)


def _no_step(_week: WeekBurden) -> tuple[str, int]:
    return "", -1
