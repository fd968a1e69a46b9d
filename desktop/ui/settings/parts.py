"""Pieces that every tab of the settings is built of."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.settings import SETTINGS
from desktop.ui.kit.card import Section
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.settings.keeper import SettingsKeeper

#: No line longer than people like to read (ux.md 3.6).
_WIDEST = 860


class TabColumn(ScrollColumn):
    """A column of cards that scrolls, no wider than is good to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 16)
        self.column.setSpacing(14)
        outside = QWidget()
        row = QHBoxLayout(outside)
        row.setContentsMargins(16, 16, 16, 0)
        row.addWidget(inside, 100)
        row.addStretch(1)
        super().__init__(outside, parent)

    def add(self, widget: QWidget) -> None:
        """One more card."""
        self.column.addWidget(widget)

    def finish(self) -> None:
        """Nothing more comes: cards keep their height."""
        self.column.addStretch(1)


class Inset(Section):
    """A form in a card, without a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "inset")
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 4, 0, 0)


class Switch(QWidget):
    """A setting that is on or off, with a line that says what it does."""

    def __init__(self, keeper: SettingsKeeper, key: str, *, words: str = "", hint: str = "") -> None:
        super().__init__()
        line = SETTINGS[key]
        self._keeper = keeper
        self._key = key
        self.box = CheckBox(words or line.title)
        self.box.setAccessibleDescription(hint or line.help)
        self.hint = Label(hint or line.help, "hint", wrap=True)
        self.hint.setContentsMargins(28, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.hint)
        self.show_setting()
        self.box.clicked.connect(self._keep)
        keeper.setting_changed.connect(self.show_setting)
        keeper.refused.connect(self.show_setting)

    def show_setting(self) -> None:
        """Show what is kept."""
        self.box.setChecked(bool(getattr(self._keeper.current, self._key)))

    def _keep(self, is_on: bool) -> None:
        self._keeper.keep(self._key, is_on)
