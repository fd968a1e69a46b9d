"""The program's own pictures, drawn in the colours of the theme."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.ui.theme import Theme

_SIZES = (16, 20, 24)


class Icons(QObject):
    """Icons by name, recoloured by token; made once for each theme.

    Signals:
        icons_changed: the colours are others; icons set on actions and buttons should be fetched again.
    """

    icons_changed = Signal()

    def __init__(self, folder: Path, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.theme = theme
        self._sources: dict[str, str] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        theme.theme_changed.connect(self._forget)

    def icon(self, name: str, token: str = "text.primary") -> QIcon:
        """The icon in the colour of the token, and greyed for what is disabled."""
        key = (name, token)
        found = self._icons.get(key)
        if found is None:
            found = self._icons[key] = self._made(name, token)
        return found

    def pixmap(self, name: str, size: int, token: str = "text.primary") -> QPixmap:
        """The picture alone, `size` pixels square, sharp on this screen."""
        return self._drawn(name, self.theme.colour(token), size)

    def _made(self, name: str, token: str) -> QIcon:
        icon = QIcon()
        for size in _SIZES:
            icon.addPixmap(self._drawn(name, self.theme.colour(token), size))
            greyed = self._drawn(name, self.theme.colour("text.disabled"), size)
            icon.addPixmap(greyed, QIcon.Mode.Disabled)
        return icon

    def _drawn(self, name: str, colour: QColor, size: int) -> QPixmap:
        renderer = QSvgRenderer(
            QByteArray(self._source(name).replace("currentColor", colour.name()).encode())
        )
        ratio = _ratio()
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def _source(self, name: str) -> str:
        found = self._sources.get(name)
        if found is None:
            found = self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return found

    def _forget(self) -> None:
        self._icons.clear()
        self.icons_changed.emit()


def _ratio() -> float:
    screens = QGuiApplication.screens()
    return max((screen.devicePixelRatio() for screen in screens), default=1.0)
