"""What players can look up: dashboards with their age, and data that is to be had or not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_view import Dashboard, PlayerView
from desktop.ui.drill import player_words as words
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_STALE_S = 600
_WIDEST = 720


class DashboardRow(QFrame):
    """One figure, with the time at which it last heard anything.

    Signals:
        doubted: (str id) whoever looks takes it for out of date.
    """

    doubted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label("", "body", wrap=True)
        self.value = Label("", "title", wrap=True)
        self.stamp = Label("", "secondary")
        self.doubt = Button("Out of date", "quiet")
        self.doubt.clicked.connect(self._doubt)
        self._id = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addWidget(self.name, 3)
        row.addWidget(self.value, 3)
        row.addWidget(self.stamp, 2)
        row.addWidget(self.doubt)

    def show_board(self, board: Dashboard, *, can_act: bool) -> None:
        """Its figure now."""
        self._id = board.id
        self.doubt.setEnabled(can_act)
        name, value = one_line(board.title[:200]), one_line(board.value[:200])
        stamp = f"{words.age(board.age_s)}, {board.as_of:%H:%M}"
        self.name.setText(name)
        self.value.setText(value)
        self.stamp.setText(stamp)
        self.stamp.set_role("warning" if board.age_s >= _STALE_S else "secondary")
        self.setAccessibleName(f"{name}: {value}, {stamp}")
        self.doubt.setAccessibleName(f"Say that {name} is out of date")

    def _doubt(self) -> None:
        self.doubted.emit(self._id)


class WithheldRow(QFrame):
    """Data that nobody can open yet, and a way to ask for it.

    Signals:
        asked: (str name)
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.label = Label("", "secondary", wrap=True)
        self.ask = Button("Ask for it", "quiet")
        self.ask.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.ask)

    def show_name(self, name: str, *, can_act: bool) -> None:
        """What it is called."""
        self._name = name
        words_ = one_line(name[:120]).replace("_", " ")
        self.label.setText(f"Not to be had yet: {words_}")
        self.ask.setAccessibleName(f"Ask for {words_}")
        self.ask.setEnabled(can_act)

    def _ask(self) -> None:
        self.asked.emit(self._name)


class LookUp(QWidget):
    """Dashboards above, data below.

    Signals:
        asked: (str name) data is asked for.
        doubted: (str id) a dashboard is taken for out of date.
    """

    asked = Signal(str)
    doubted = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DashboardRow] = []
        self._withheld: list[WithheldRow] = []
        self.boards = Card("Dashboards")
        self.data = Card("Data")
        self.released = Label("", "body", wrap=True)
        self.data.body.addWidget(self.released)
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "eye", "There is nothing to look up in this drill", "Ask whoever is in the room."
        )
        held = QWidget()
        held.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(held)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        for widget in (self.boards, self.data, self.empty):
            column.addWidget(widget)
        column.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(ScrollColumn(held))

    def show_view(self, view: PlayerView) -> None:
        """As it stands now."""
        can_act = view.state == words.RUNNING
        while len(self._rows) < len(view.dashboards):
            row = DashboardRow()
            row.doubted.connect(self.doubted)
            self._rows.append(row)
            self.boards.body.addWidget(row)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(view.dashboards))
            if at < len(view.dashboards):
                row.show_board(view.dashboards[at], can_act=can_act)
        self.boards.setVisible(bool(view.dashboards))
        has_data = bool(view.released or view.withheld)
        self.data.setVisible(has_data)
        self.released.setText(_listed("You can use", view.released) or "No data was handed out yet.")
        self._show_withheld(view, can_act=can_act)
        self.empty.setVisible(not view.dashboards and not has_data)

    def _show_withheld(self, view: PlayerView, *, can_act: bool) -> None:
        while len(self._withheld) < len(view.withheld):
            row = WithheldRow()
            row.asked.connect(self.asked)
            self._withheld.append(row)
            self.data.body.addWidget(row)
        for at, row in enumerate(self._withheld):
            row.setVisible(at < len(view.withheld))
            if at < len(view.withheld):
                row.show_name(view.withheld[at], can_act=can_act)


def _listed(head: str, names: tuple[str, ...]) -> str:
    said = ", ".join(one_line(name[:120]).replace("_", " ") for name in names)
    return f"{head}: {said}." if said else ""
