"""Colours, widths and fonts by meaning, from the theme files; switches live."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget
from shiboken6 import isValid

FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", "Cantarell", "Noto Sans", "DejaVu Sans")
# Without a desktop environment Qt says 9 pt, which is too small to work with all day.
_SMALLEST_BASE_PT = 10.0
# What is to be read at the back of a room (ux.md 2.7).
_ROOM_SCALE = 1.6
_ROOM_SMALLEST_PT = 18.0
_TOKEN = re.compile(r"@\(([a-z_.]+)\)")

# Room for a line of text, in pixels: as high as the font is, and never less than this.
_HEIGHTS = {"px.choice": 24, "px.control": 18}

# Sizes relative to the base font, and weights.
_FONTS: dict[str, tuple[float, QFont.Weight]] = {
    "body": (1.0, QFont.Weight.Normal),
    "strong": (1.0, QFont.Weight.DemiBold),
    "small": (0.92, QFont.Weight.Normal),
    "small_strong": (0.92, QFont.Weight.DemiBold),
    "tiny": (0.85, QFont.Weight.Normal),
    "tiny_strong": (0.85, QFont.Weight.Bold),
    "heading": (1.08, QFont.Weight.DemiBold),
    "title": (1.3, QFont.Weight.Bold),
    "display": (2.4, QFont.Weight.ExtraBold),
}


class ThemeChoice(StrEnum):
    """What the person wants; system follows the desktop as it changes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Theme(QObject):
    """The colours in force.

    Signals:
        theme_changed: other colours or another font size from now on; palette and sheet are set already.
    """

    theme_changed = Signal()

    def __init__(
        self,
        folder: Path,
        sheet: Path,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._sheet = sheet
        self._template = sheet.read_text(encoding="utf-8")
        self._choice = ThemeChoice(choice)
        self._scale = 1.0
        self._base_pt = 0.0
        self._smallest_pt = 0.0
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._app: QApplication | None = None
        self._dressed: WeakSet[QWidget] = WeakSet()
        self._load(self._wanted())
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def name(self) -> str:
        """The theme in force: light, dark or high_contrast."""
        return self._name

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    @property
    def is_dark(self) -> bool:
        return self._tokens["scheme"] == "dark"

    def choose(self, choice: ThemeChoice) -> None:
        """Take another theme at once."""
        self._choice = ThemeChoice(choice)
        self._follow_system()

    def magnify(self, scale: float) -> None:
        """Make every text larger or smaller: 1.0 is the desktop's own size."""
        self._scale = scale
        self._install()

    def colour(self, token: str) -> QColor:
        """The colour of a meaning, such as `breached.accent`; the same object each time."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(str(self._tokens[token]))
        return found

    def number(self, token: str) -> int:
        """A width in pixels, such as `line.width`."""
        return int(self._tokens[token])

    def font(self, role: str = "body") -> QFont:
        """The font of a role, one of those in the table above."""
        found = self._fonts.get(role)
        if found is None:
            size, weight = _FONTS[role]
            found = QFont(QApplication.font())
            found.setPointSizeF(max(round(self._base_pt * self._scale * size, 1), self._smallest_pt))
            found.setWeight(weight)
            self._fonts[role] = found
        return found

    @property
    def text_scale(self) -> float:
        """How large the base font is, measured in 13 px: fixed heights are multiplied by it."""
        return QFontInfo(self.font()).pixelSize() / 13

    def apply(self) -> None:
        """Dress the application in style, palette, font and sheet; once, before the first window."""
        app = QApplication.instance()
        self._app = app if isinstance(app, QApplication) else None
        self.prepare()

    def prepare(self) -> None:
        """Dress the application in style, palette and font, and leave the sheet to `dress`."""
        QApplication.setStyle(QStyleFactory.create("Fusion"))
        self._install()

    def dress(self, window: QWidget) -> None:
        """Put the sheet on a window that stands in no other, whatever is put into it included.

        It is dressed anew when the theme changes. Under a sheet of the application each widget that is put
        into another would be styled anew, with all that it holds: to make a page would take three times as
        long.
        """
        self._dressed.add(window)
        window.setStyleSheet(self.style_sheet())

    def for_a_room(self, parent: QObject) -> "Theme":
        """The light colours, with every text 1.6 times as large and none below 18 pt.

        For a window of its own, which `dress` puts it on; nothing else changes its looks. It stays light
        whatever the desktop turns to.
        """
        room = Theme(self._folder, self._sheet, ThemeChoice.LIGHT, parent)
        room._base_pt = max(self._base_pt * self._scale * _ROOM_SCALE, _ROOM_SMALLEST_PT)
        room._smallest_pt = _ROOM_SMALLEST_PT
        return room

    def style_sheet(self) -> str:
        """The one style sheet, generated from its template."""
        return _TOKEN.sub(self._filled, self._template)

    def palette(self) -> QPalette:
        """The palette for every widget that the style sheet leaves alone."""
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        disabled = self.colour("text.disabled")
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
        return palette

    def _follow_system(self) -> None:
        wanted = self._wanted()
        if wanted != self._name:
            self._load(wanted)
            self._install()

    def _wanted(self) -> str:
        if self._choice is not ThemeChoice.SYSTEM:
            return self._choice.value
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return "high_contrast"
        return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"

    def _load(self, name: str) -> None:
        self._name = name
        self._tokens = load_tokens(self._folder / f"{name}.toml")
        self._colours.clear()

    def _install(self) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if not self._base_pt:
            self._base_pt = max(QApplication.font().pointSizeF(), _SMALLEST_BASE_PT)
        font = QApplication.font()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(self._base_pt * self._scale)
        self._fonts.clear()
        QApplication.setFont(font)
        QApplication.setPalette(self.palette())
        sheet = self.style_sheet() if self._app is not None or self._dressed else ""
        if self._app is not None:
            self._app.setStyleSheet(sheet)
        for window in filter(isValid, set(self._dressed)):
            window.setStyleSheet(sheet)
        self.theme_changed.emit()

    def _filled(self, match: re.Match[str]) -> str:
        token = match[1]
        if token.startswith("font."):
            return f"{self.font(token.removeprefix('font.')).pointSizeF()}pt"
        if token in _HEIGHTS:
            return str(max(QFontMetrics(self.font()).height() + 1, _HEIGHTS[token]))
        if token == "path.sheet":
            return (self._sheet.parent / "icons" / "sheet" / self._name).as_posix()
        return str(self._tokens[token])


def load_tokens(path: Path) -> Mapping[str, str | int]:
    """The tokens of a theme file by dotted name."""
    tokens: dict[str, str | int] = {}
    for group, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if isinstance(value, dict):
            tokens.update((f"{group}.{key}", inner) for key, inner in value.items())
        else:
            tokens[group] = value
    return tokens


_PALETTE = {
    QPalette.ColorRole.Window: "surface.panel",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "surface.field",
    QPalette.ColorRole.AlternateBase: "surface.window",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.secondary",
    QPalette.ColorRole.Button: "surface.panel",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.BrightText: "text.danger",
    QPalette.ColorRole.Highlight: "surface.selected",
    QPalette.ColorRole.HighlightedText: "text.primary",
    QPalette.ColorRole.ToolTipBase: "surface.raised",
    QPalette.ColorRole.ToolTipText: "text.primary",
    QPalette.ColorRole.Link: "text.link",
    QPalette.ColorRole.LinkVisited: "text.link",
    QPalette.ColorRole.Light: "surface.raised",
    QPalette.ColorRole.Midlight: "surface.hover",
    QPalette.ColorRole.Mid: "line.normal",
    QPalette.ColorRole.Dark: "line.control",
    QPalette.ColorRole.Shadow: "surface.scrim",
    QPalette.ColorRole.Accent: "primary.fill",
}
