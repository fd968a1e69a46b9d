"""The heat map: a row for each step, a column for each version, redder where it went wrong more often."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop.domain.instant import span_us
from desktop.domain.playbook_heat import Cell, Row
from desktop.ui.kit.table_model import Column, Index, Role, RowsModel
from desktop.ui.text import duration, one_line
from desktop.ui.theme import Theme

#: More versions than these find no room; the newest count.
_MOST_VERSIONS = 5
_STEP, _MEAN = 0, 1


class _HeatModel(RowsModel[Row]):
    """Steps against versions; the background tells the trouble, the words tell the counts."""

    def __init__(self, versions: Sequence[int], theme: Theme, parent: QWidget) -> None:
        columns = [Column[Row]("Step", _step_words), Column[Row]("Mean time", _mean_words)]
        columns += [Column[Row]("All", lambda row: cell_words(row.total))]
        columns += [_of_version(number) for number in versions]
        super().__init__(columns, parent)
        self._versions = tuple(versions)
        self._theme = theme

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row = self.row(index)
        cell = self._cell(row, index.column()) if row is not None else None
        if cell is not None and role == Role.BackgroundRole:
            return heat_colour(self._theme, cell.trouble) if cell.opened else None
        if cell is not None and role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return cell_sentence(cell)
        if role == Role.ToolTipRole and row is not None and index.column() == _STEP:
            return one_line(row.text)
        return super().data(index, role)

    def _cell(self, row: Row, column: int) -> Cell | None:
        if column == _MEAN + 1:
            return row.total
        at = column - _MEAN - 2
        return row.cells.get(self._versions[at]) if 0 <= at < len(self._versions) else None


def _of_version(number: int) -> Column[Row]:
    def words(row: Row) -> str:
        return cell_words(row.cells[number]) if number in row.cells else ""

    return Column(f"v{number}", words)


class HeatTable(QTableView):
    """Shows it; a row at a time can be chosen.

    Signals:
        picked: another row is chosen.
    """

    picked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: _HeatModel = _HeatModel((), theme, self)
        self.setModel(self._shown)
        self.setAccessibleName("What became of the steps")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()

    def show_heat(self, versions: Sequence[int], rows: Sequence[Row]) -> None:
        """Show these, the newest versions first."""
        at = self.currentIndex().row()
        shown = tuple(sorted(versions, reverse=True))[:_MOST_VERSIONS]
        self._shown = _HeatModel(shown, self._theme, self)
        self._shown.set_rows(tuple(rows))
        self.setModel(self._shown)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_STEP, QHeaderView.ResizeMode.Stretch)
        height = self.verticalHeader().defaultSectionSize() * max(len(rows), 1)
        self.setFixedHeight(height + header.sizeHint().height() + 4)
        if 0 <= at < len(rows):
            self.selectRow(at)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.picked.emit()

    def current(self) -> Row | None:
        """The chosen row."""
        return self._shown.row(self.currentIndex())


def heat_colour(theme: Theme, share: float) -> QColor:
    """From the panel's own colour to that of a warning; the words on it stay readable."""
    calm, hot = theme.colour("surface.panel"), theme.colour("surface.danger")
    mix = [
        round(a + (b - a) * share)
        for a, b in zip(calm.getRgb()[:3], hot.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mix)


def cell_words(cell: Cell) -> str:
    """In short: "7 done, 2 skipped"."""
    if not cell.opened:
        return ""
    parts = [f"{cell.done} of {cell.opened}"]
    parts += [
        f"{count} {word}"
        for count, word in ((cell.skipped, "skipped"), (cell.late, "late"), (cell.hints, "unclear"))
        if count
    ]
    return ", ".join(parts)


def cell_sentence(cell: Cell) -> str:
    """In full."""
    return (
        f"Opened {cell.opened}, done {cell.done}, skipped {cell.skipped}, late {cell.late},"
        f" said to be unclear {cell.hints}"
    )


def _step_words(row: Row) -> str:
    return one_line(row.text) + (" (no longer there)" if row.is_gone else "")


def _mean_words(row: Row) -> str:
    return duration(span_us(row.mean)) if row.mean is not None else ""
