"""Several choices out of a list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.kit.check import CheckBox


class CheckList(QWidget):
    """Boxes to tick, one below the other; `value` holds the keys of those ticked, with commas between."""

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._boxes: dict[str, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        ticked = value.split(",")
        for key, text in choices:
            box = self._boxes[key] = CheckBox(text.replace("&", "&&"))
            box.setAccessibleName(f"{name}: {text}")
            box.setChecked(key in ticked)
            column.addWidget(box)
        self.setAccessibleName(name)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> str:
        """The keys ticked, in their order."""
        return ",".join(key for key, box in self._boxes.items() if box.isChecked())
