"""How the desk looks and which keys it hears."""

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.settings import SETTINGS
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.segments import Segments
from desktop.ui.settings.keeper import SettingsKeeper
from desktop.ui.settings.parts import Switch, TabColumn


class AppearanceTab(TabColumn):
    """Theme, density, motion, keys, time zone; each takes effect at once."""

    def __init__(self, keeper: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.theme = Segments(SETTINGS["theme"].choices, "Theme", even=False)
        self.density = Segments(SETTINGS["density"].choices, "Density", even=False)
        self.zone = QLineEdit()
        self.zone.setPlaceholderText("This computer's own")
        rows = FormRows()
        rows.add_row("&Theme", self.theme, SETTINGS["theme"].help)
        rows.add_row("&Density", self.density, SETTINGS["density"].help)
        self.zone_row = rows.add_row("Time &zone", self.zone, SETTINGS["zone"].help)
        look = Card("Look")
        look.body.addWidget(rows)
        self.motion = Switch(keeper, "reduce_motion")
        look.body.addWidget(self.motion)
        keys = Card("Keyboard")
        self.letters = Switch(
            keeper,
            "letter_keys",
            hint="Act on the selected card by one letter, such as A for acknowledge. They never work while "
            "you type.",
        )
        keys.body.addWidget(self.letters)
        self.add(look)
        self.add(keys)
        self.finish()
        self.theme.chosen.connect(self._keep_theme)
        self.density.chosen.connect(self._keep_density)
        self.zone.editingFinished.connect(self._keep_zone)
        keeper.setting_changed.connect(self.show_settings)
        keeper.refused.connect(self._show_refusal)
        self.show_settings()

    def show_settings(self) -> None:
        """Show what is kept."""
        current = self._keeper.current
        self.theme.set_value(current.theme)
        self.density.set_value(current.density)
        if not self.zone.hasFocus():
            self.zone.setText(current.zone)
        self.zone_row.set_error("")

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.theme.setFocus()

    def _keep_theme(self, key: str) -> None:
        self._keeper.keep("theme", key)

    def _keep_density(self, key: str) -> None:
        self._keeper.keep("density", key)

    def _keep_zone(self) -> None:
        self.zone_row.set_error("")
        self._keeper.keep("zone", self.zone.text().strip())

    def _show_refusal(self, key: str, why: str) -> None:
        if key == "zone":
            self.zone_row.set_error(why)
        else:
            self.show_settings()
