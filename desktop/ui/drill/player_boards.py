"""What players can look up: dashboards with their age, and data that is to be had or not."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_view import Dashboard, PlayerView
from desktop.ui.drill import player_words as words
from desktop.ui.kit.card import Card
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_STALE_S = 600
_WIDEST = 720


class DashboardRow(QFrame):
    """One figure, with the time at which it last heard anything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label("", "body", wrap=True)
        self.value = Label("", "title", wrap=True)
        self.stamp = Label("", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addWidget(self.name, 3)
        row.addWidget(self.value, 3)
        row.addWidget(self.stamp, 2)

    def show_board(self, board: Dashboard) -> None:
        """Its figure now."""
        name, value = one_line(board.title[:200]), one_line(board.value[:200])
        stamp = f"{words.age(board.age_s)}, {board.as_of:%H:%M}"
        self.name.setText(name)
        self.value.setText(value)
        self.stamp.setText(stamp)
        self.stamp.set_role("warning" if board.age_s >= _STALE_S else "secondary")
        self.setAccessibleName(f"{name}: {value}, {stamp}")


class LookUp(QWidget):
    """Dashboards above, data below."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DashboardRow] = []
        self.boards = Card("Dashboards")
        self.data = Card("Data")
        self.released = Label("", "body", wrap=True)
        self.withheld = Label("", "secondary", wrap=True)
        for label in (self.released, self.withheld):
            self.data.body.addWidget(label)
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
        while len(self._rows) < len(view.dashboards):
            row = DashboardRow()
            self._rows.append(row)
            self.boards.body.addWidget(row)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(view.dashboards))
            if at < len(view.dashboards):
                row.show_board(view.dashboards[at])
        self.boards.setVisible(bool(view.dashboards))
        has_data = bool(view.released or view.withheld)
        self.data.setVisible(has_data)
        self.released.setText(_listed("You can use", view.released) or "No data was handed out yet.")
        self.withheld.setText(_listed("Not to be had yet", view.withheld))
        self.withheld.setVisible(bool(view.withheld))
        self.empty.setVisible(not view.dashboards and not has_data)


def _listed(head: str, names: tuple[str, ...]) -> str:
    said = ", ".join(one_line(name[:120]).replace("_", " ") for name in names)
    return f"{head}: {said}." if said else ""
