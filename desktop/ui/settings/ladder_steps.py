"""The steps of one ladder: listed, added, changed, moved, removed; nothing of it is kept here."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.services.ladder_editing import Choices, LadderRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.settings import ladder_rows
from desktop.ui.settings.keyed_table import KeyedTable
from desktop.ui.settings.ladder_form import StepForm
from desktop.ui.surroundings import Surroundings

_TABLE_ROWS = 12
Placed = tuple[int, LadderRow]


class StepList(QWidget):
    """Table and buttons; in their place, while a step is filled in, its form.

    Signals:
        changed: (tuple[LadderRow, ...], int) the steps as they are wanted, and the row that was touched.
    """

    changed = Signal(object, int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LadderRow, ...] = ()
        self._choices = Choices(())
        self._names: ladder_rows.Names = {}
        self._edited: LadderRow | None = None
        model = TwoLineModel(self._columns(), step=_step, sentence=self._sentence, strong=(2,))
        self.table: KeyedTable[Placed] = KeyedTable(
            model, around.theme, "Steps", key=_key, stretch=2, spare=(4, 3)
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.add_button = Button("Add step…")
        self.edit_button = Button("Edit step", keys="Enter")
        self.up_button = Button("Tell earlier", keys="Ctrl+Up")
        self.down_button = Button("Tell later", keys="Ctrl+Down")
        self.remove_button = Button("Remove step", keys="Del")
        self.none = Label("Nobody is told beyond the alarm itself.", "secondary", wrap=True)
        self.form = StepForm()
        self.form.hide()
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, spacing=8)
        for button in (
            self.add_button,
            self.edit_button,
            self.up_button,
            self.down_button,
            self.remove_button,
        ):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.none, self.table, self._buttons, self.form):
            column.addWidget(widget)
        self._connect()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.edit_button.clicked.connect(self.edit)
        self.up_button.clicked.connect(self._shift_up)
        self.down_button.clicked.connect(self._shift_down)
        self.remove_button.clicked.connect(self.take_out)
        self.table.opened.connect(self.edit)
        self.table.moved.connect(self.shift)
        self.table.removed.connect(self.take_out)
        self.table.picked.connect(self._follow_table)
        self.form.keep_requested.connect(self._take_over)
        self.form.cancelled.connect(self.close_form)

    def show_steps(self, rows: Sequence[LadderRow], choices: Choices, at: int | None = None) -> None:
        """Show these; `at` becomes the current one."""
        self._rows, self._choices, self._names = tuple(rows), choices, dict(choices.targets)
        self.table.show_rows(list(enumerate(self._rows)))
        self.table.fit_height(_TABLE_ROWS)
        if self._rows and at is not None:
            self.table.selectRow(min(at, len(self._rows) - 1))
        self._show_parts()

    def refuse(self, error: DeskError) -> None:
        """What was filled in cannot be."""
        self.form.show_error(error)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.table if self._rows else self.add_button).setFocus()

    def add(self) -> None:
        """Ask for a new step."""
        self._open(None)

    def edit(self) -> None:
        """Ask for other values of the current one."""
        if (current := self.table.current()) is not None:
            self._open(current[0])

    def shift(self, by: int) -> None:
        """Tell who is told by the current step at the time of the one so many places below."""
        if (current := self.table.current()) is not None:
            rows, at = ladder_rows.moved(self._rows, current[0], by)
            if rows != self._rows:
                self.changed.emit(rows, at)

    def take_out(self) -> None:
        """Leave the current step out."""
        if (current := self.table.current()) is not None:
            at = current[0]
            self.changed.emit(self._rows[:at] + self._rows[at + 1 :], at)

    def close_form(self) -> None:
        """Back to the list."""
        was_open = not self.form.isHidden()
        self.form.hide()
        self._show_parts()
        if was_open:
            self.focus_first()

    def _shift_up(self) -> None:
        self.shift(-1)

    def _shift_down(self) -> None:
        self.shift(1)

    def _take_over(self, row: LadderRow) -> None:
        at = self._rows.index(self._edited) if self._edited in self._rows else None
        self.changed.emit(*ladder_rows.placed(self._rows, row, at))

    def _open(self, at: int | None) -> None:
        self._edited = self._rows[at] if at is not None else None
        self.form.show_step(self._edited, self._choices)
        self.form.show()
        self._show_parts()
        self.form.after.setFocus()

    def _show_parts(self) -> None:
        is_list = self.form.isHidden()
        self.table.setVisible(is_list and bool(self._rows))
        self.none.setVisible(is_list and not self._rows)
        self._buttons.setVisible(is_list)
        self._follow_table()

    def _follow_table(self) -> None:
        current = self.table.current()
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(current is not None)
        for button, by in ((self.up_button, -1), (self.down_button, 1)):
            can = current is not None and ladder_rows.moved(self._rows, current[0], by)[1] != current[0]
            button.setEnabled(can)

    def _columns(self) -> tuple[Column[Placed], ...]:
        def told(row: Placed) -> str:
            return ladder_rows.told_words(row[1], self._names)

        return (
            Column("Unless", lambda row: ladder_rows.unless_words(row[1]), width=125),
            Column("When", lambda row: ladder_rows.after_words(row[1]), width=125),
            Column("Told", told, tip=told),
            Column("Channels", lambda row: ladder_rows.by_words(row[1]), width=140),
            Column("Again", lambda row: ladder_rows.again_words(row[1]), width=130),
        )

    def _sentence(self, row: Placed) -> str:
        step = row[1]
        told, again = ladder_rows.told_words(step, self._names), ladder_rows.again_words(step)
        often = f", again {again}" if step.times else ""
        when = f"unless {ladder_rows.unless_words(step)}, {ladder_rows.after_words(step)}"
        return f"Step {row[0] + 1}, {when}: {told}{often}, {ladder_rows.by_words(step)}"


def _step(_row: Placed) -> tuple[str, int]:
    return "", -1


def _key(row: Placed) -> object:
    return row[0]
