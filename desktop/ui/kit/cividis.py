"""Colours for numbers in cells that the colour-blind and a printer tell apart too, and what reads on them."""

from PySide6.QtGui import QColor

#: The cividis map (Nuñez, Anderton and Renslow 2018) at ten even steps, dark for few, light for many.
CIVIDIS = (
    "#00204D", "#00336F", "#39486B", "#575C6D", "#707173", "#8A8779", "#A69D75", "#C4B56C", "#E4CF5B",
    "#FFEA46",
)  # fmt: skip


def colour_of(share: float) -> QColor:
    """The colour of a share of the most, between two steps of the map."""
    at = min(max(share, 0.0), 1.0) * (len(CIVIDIS) - 1)
    low = min(int(at), len(CIVIDIS) - 2)
    one, other, part = QColor(CIVIDIS[low]), QColor(CIVIDIS[low + 1]), at - low
    return QColor(
        round(one.red() + (other.red() - one.red()) * part),
        round(one.green() + (other.green() - one.green()) * part),
        round(one.blue() + (other.blue() - one.blue()) * part),
    )


def ink_on(fill: QColor) -> QColor:
    """Black or white, whichever is easier to read on it (WCAG 2.2 contrast)."""
    light = luminance(fill)
    return QColor("#000000") if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else QColor("#FFFFFF")


def luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
