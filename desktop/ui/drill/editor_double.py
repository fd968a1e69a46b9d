"""Fields of two lists, the second of which follows the first: a gap's code, what a check looks up."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.drill.editor_picks import PickField
from desktop.ui.drill.editor_words import AUTO, AUTO_PARTS, CATEGORIES, GAP_WORDS


class _Double(QWidget):
    """Two lists side by side.

    Signals:
        edited: (value) another one is chosen.
        unread: as all fields have it; nothing that is chosen cannot be read.
    """

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, name: str, *, free: bool) -> None:
        super().__init__()
        self.first = PickField(f"{name}: kind", least=6)
        self.second = PickField(f"{name}: which", free=free, least=6)
        self.setAccessibleName(name)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.first, 2)
        line.addWidget(self.second, 3)
        self.setFocusProxy(self.first)
        self.first.edited.connect(self._choose_first)
        self.second.edited.connect(self._choose_second)

    def _choose_first(self, _key: object) -> None:
        raise NotImplementedError

    def _choose_second(self, _key: object) -> None:
        raise NotImplementedError


class GapField(_Double):
    """The gap that is proposed: its category, then one of its codes."""

    def __init__(self, name: str) -> None:
        super().__init__(name, free=False)
        self.first.offer_these([("", "No gap"), *CATEGORIES.items()])

    def show_value(self, value: object) -> None:
        """Show what stands in the document."""
        gap = value if isinstance(value, Mapping) else {}
        category = str(gap.get("category", ""))
        self.first.show_value(category)
        self._offer(category)
        self.second.show_value(gap.get("code", ""))

    def _offer(self, category: str) -> None:
        self.second.offer_these(list(GAP_WORDS.get(category, {}).items()))
        self.second.setVisible(bool(category))

    def _choose_first(self, key: object) -> None:
        category = str(key or "")
        codes = list(GAP_WORDS.get(category, {}))
        self._offer(category)
        self.edited.emit({"category": category, "code": codes[0]} if codes else None)

    def _choose_second(self, key: object) -> None:
        self.edited.emit({"category": str(self.first.value()), "code": str(key or "")})


class AutoField(_Double):
    """What a check is read from: the kind of thing, then which."""

    def __init__(self, name: str) -> None:
        super().__init__(name, free=True)
        self.first.offer_these(list(AUTO.items()))

    def show_value(self, value: object) -> None:
        """Show what stands in the document."""
        kind, _, rest = str(value or "").partition(":")
        self.first.show_value(kind)
        self._offer(kind)
        if self.second.value() != rest:
            self.second.show_value(rest)

    def _offer(self, kind: str) -> None:
        self.second.offer_these([(part, part) for part in AUTO_PARTS.get(kind, ())])
        self.second.setVisible(bool(kind))

    def _choose_first(self, key: object) -> None:
        kind = str(key or "")
        self._offer(kind)
        parts = AUTO_PARTS.get(kind, ())
        self.edited.emit(f"{kind}:{parts[0]}" if parts else None)

    def _choose_second(self, key: object) -> None:
        self.edited.emit(f"{self.first.value()}:{str(key or '').strip()}")
