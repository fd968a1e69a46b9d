"""The menu bar, made from the table of actions."""

from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.ui.action_set import ActionSet

_ORDER = ("File", "Edit", "View", "Escalation", "Drill", "Help")


class Menus:
    """Every action in its menu, with a line between sections."""

    def __init__(self, bar: QMenuBar, actions: ActionSet) -> None:
        self._bar = bar
        self._actions = actions
        self._menus: dict[str, QMenu] = {}
        self.rebuild()

    def menu(self, path: str) -> QMenu:
        """A menu by its path, such as "View/Theme"."""
        return self._menus[path]

    def rebuild(self) -> None:
        """Make all menus anew: actions came or went."""
        self._bar.clear()
        self._menus.clear()
        for title in _ORDER:
            self._menus[title] = self._bar.addMenu(f"&{title}")
        sections: dict[str, str] = {}
        for spec in self._actions:
            menu = self._found(spec.menu)
            if sections.get(spec.menu, spec.section) != spec.section:
                menu.addSeparator()
            sections[spec.menu] = spec.section
            menu.addAction(self._actions[spec.id])

    def _found(self, path: str) -> QMenu:
        menu = self._menus.get(path)
        if menu is None:
            parent, _, title = path.rpartition("/")
            menu = self._menus[path] = self._found(parent).addMenu(title)
        return menu
