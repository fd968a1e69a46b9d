"""The line at the bottom: whether everything runs, and what comes next."""

from PySide6.QtWidgets import QSizePolicy, QStatusBar, QWidget

from desktop.ui.kit.label import ElidedLabel

_LEFT = ("automation", "switch", "deadline", "database", "sounds", "work")
_RIGHT = ("policy", "operator")


class StatusLine(QStatusBar):
    """Short facts by name, those of `_LEFT` at the left; policy and operator at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._labels: dict[str, ElidedLabel] = {}
        for name in _LEFT:
            self.addWidget(self._made(name))
        for name in _RIGHT:
            self.addPermanentWidget(self._made(name))

    def say(self, name: str, text: str, *, is_bad: bool = False, tip: str = "") -> None:
        """Another fact under a name; bad news stands out; an empty text takes it away."""
        label = self._labels[name]
        if label.text() != text:
            label.setText(text)
        label.set_tip(tip)
        label.set_role("danger" if is_bad else "body")
        label.setVisible(bool(text))

    def text(self, name: str) -> str:
        """What is said under a name."""
        return self._labels[name].text()

    def _made(self, name: str) -> ElidedLabel:
        label = self._labels[name] = ElidedLabel()
        label.setContentsMargins(8, 2, 8, 2)  # it paints itself: the sheet's padding is not for it
        # It gives way where room is short, and never takes more than it says.
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        label.hide()
        return label
