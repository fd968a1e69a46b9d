"""What of the signals is shown: by source, by what became of them, by words, by time."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit

from desktop.domain.disposition import Disposition
from desktop.services.source import SourceState
from desktop.ui.kit.button import Button
from desktop.ui.signals.calls import Wanted

_WAIT_MS = 200
_PERIODS = (
    ("All kept", None),
    ("Last hour", timedelta(hours=1)),
    ("Last day", timedelta(days=1)),
    ("Last week", timedelta(days=7)),
)


class SignalFilters(QFrame):
    """One line of choices.

    Signals:
        changed: other signals are wanted.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "filters")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Title, key or field")
        self.words.setAccessibleName("Words in signals")
        self.words.setMaxLength(200)
        self.source = QComboBox()
        self.source.setAccessibleName("Source")
        self.source.addItem("All sources", None)
        self.became = QComboBox()
        self.became.setAccessibleName("What became of them")
        self.became.addItem("Whatever became of them", "")
        for disposition in Disposition:
            self.became.addItem(disposition.word, disposition.value)
        self.period = QComboBox()
        self.period.setAccessibleName("Period")
        for words, _ in _PERIODS:
            self.period.addItem(words)
        self.clear_button = Button("Clear filters")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for widget in (self.source, self.became, self.period, self.clear_button):
            line.addWidget(widget)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self._tell)
        self.words.textChanged.connect(self._wait)
        for box in (self.source, self.became, self.period):
            box.currentIndexChanged.connect(self._tell)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.setEnabled(False)

    def wanted(self) -> Wanted:
        """What is chosen."""
        return Wanted(
            self.source.currentData(),
            self.became.currentData(),
            self.words.text(),
            _PERIODS[self.period.currentIndex()][1],
        )

    def set_sources(self, states: Sequence[SourceState]) -> None:
        """Offer these; what is chosen stays."""
        chosen = self.source.currentData()
        self.source.blockSignals(True)
        self.source.clear()
        self.source.addItem("All sources", None)
        for state in states:
            self.source.addItem(state.source.name, state.source.id)
        self.source.setCurrentIndex(max(self.source.findData(chosen), 0))
        self.source.blockSignals(False)

    def clear(self) -> None:
        """Show all."""
        self.words.clear()
        for box in (self.source, self.became, self.period):
            box.setCurrentIndex(0)

    def _wait(self) -> None:
        self._soon.start()

    def _tell(self) -> None:
        self.clear_button.setEnabled(self.wanted().is_filtered)
        self.changed.emit()
