"""The menu behind the chip *View*: layout, density, order, saved views."""

from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.action_set import ActionSet
from desktop.ui.board.saved_views import SavedViews


class ViewMenu(QMenu):
    """Made from the actions anew each time it opens, since views come and go."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._views: SavedViews | None = None
        self.setAccessibleName("View")
        self.aboutToShow.connect(self._fill)

    def set_views(self, views: SavedViews) -> None:
        """Offer these views too."""
        self._views = views

    def _fill(self) -> None:
        self.clear()
        for title, prefix in (
            ("Layout", "view.lanes view.table"),
            ("Density", "view.compact view.normal view.comfortable"),
        ):
            self.addSection(title)
            for action_id in prefix.split():
                self.addAction(self._actions[action_id])
        self.addSection("Order")
        for spec in self._actions:
            if spec.menu == "View/Sort":
                self.addAction(self._actions[spec.id])
        self.addSection("Saved views")
        if self._views is not None:
            self._views.fill(self)
        self.addSeparator()
        for action_id in ("save_view", "manage_views"):
            self.addAction(self._actions[action_id])
