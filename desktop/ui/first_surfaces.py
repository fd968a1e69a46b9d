"""The very first frame: the surfaces of the window in the colours of its theme, without a word on them.

Nothing here may need a font, a file, or the `Qt` namespace: the toolkit makes each of its hundred
enumerations as soon as one of them is wanted, if only to tell what a call of `fillRect` means. That takes
longer than the whole frame.
"""

from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Bars(NamedTuple):
    """How thick what stands around the board is, in pixels; `details` is 0 where they are not shown."""

    menu: int = 27
    top: int = 51
    filters: int = 74
    status: int = 24
    side: int = 132
    details: int = 385


class SurfaceColours(NamedTuple):
    """What the theme files say of them; a theme file takes too long to read."""

    window: str
    bar: str
    panel: str
    line: str
    side: str


SURFACES = {
    "light": SurfaceColours("#F3F4F6", "#FBFBFC", "#FFFFFF", "#E3E6EA", "#20252C"),
    "dark": SurfaceColours("#16191D", "#1B1F24", "#1F242A", "#2A3038", "#101316"),
    "high_contrast": SurfaceColours("#000000", "#000000", "#000000", "#9A9A9A", "#000000"),
}
_DARK_BELOW = 128  # of 255


class FirstSurfaces(QWidget):
    """Bars, pages and panel as plain rectangles, until the first picture is painted over them."""

    def __init__(self, theme: str, bars: Bars) -> None:
        super().__init__()
        self.bars = bars
        colours = SURFACES.get(theme) or SURFACES[_theme_of_desktop()]
        self._dots = SurfaceDots(*map(_dot, colours))
        self.setAccessibleName("Opening the desk")

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_surfaces(QPainter(self), self._dots, self.bars, self.rect())


class SurfaceDots(NamedTuple):
    """One pixel of each colour: to stretch it is the one way to fill without asking for a `Qt` name."""

    window: QImage
    bar: QImage
    panel: QImage
    line: QImage
    side: QImage


def draw_surfaces(painter: QPainter, dots: SurfaceDots, bars: Bars, whole: QRect) -> None:
    """Fill a window of that size."""
    wide, high = whole.width(), whole.height()
    top, status = bars.menu + bars.top, high - bars.status
    filters, right = top + bars.filters, wide - bars.details
    painter.drawImage(whole, dots.window)
    painter.drawImage(QRect(0, 0, wide, bars.menu), dots.bar)
    painter.drawImage(QRect(bars.side, bars.menu, wide, filters - bars.menu), dots.panel)
    painter.drawImage(QRect(right, filters, wide, status), dots.panel)
    painter.drawImage(QRect(0, status, wide, bars.status), dots.bar)
    for y in (bars.menu, top, filters, status + 1):
        painter.drawImage(QRect(bars.side, y - 1, wide, 1), dots.line)
    painter.drawImage(QRect(0, bars.menu, bars.side, status - bars.menu), dots.side)


def _dot(colour: str) -> QImage:
    dot = QImage(1, 1, QImage.Format.Format_RGB32)
    dot.setPixelColor(0, 0, QColor(colour))
    return dot


def _theme_of_desktop() -> str:
    """Light or dark, by the window's colour: the scheme itself has a name of `Qt`."""
    return "dark" if QGuiApplication.palette().window().color().lightness() < _DARK_BELOW else "light"
