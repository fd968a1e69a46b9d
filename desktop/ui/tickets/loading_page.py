"""What stands in place of the board while the log of a replay is read."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.surroundings import Surroundings

_WIDTH = 520
_PATIENT_BEATS = 2  # of a second each; the first comes at any moment


class Loads(Protocol):
    """Reads a log on the worker."""

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1; may be asked for at any time."""
        ...


class LoadingPage(QWidget):
    """Says that a log is being read; when it takes longer than a second, how far that has come.

    Signals:
        cancel_requested: the person does not want to wait for it.
    """

    title = "Replay"
    cancel_requested = Signal()

    def __init__(self, name: str, loads: Loads, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loads = loads
        self._beats = 0
        self.said = Label(f"Loading the log {name}…", "title", wrap=True)
        self.meter = Meter(around.theme)
        self.share = Label("", "secondary")
        self.cancel = Button("Cancel the replay")
        self.cancel.clicked.connect(self.cancel_requested)
        panel = QFrame()
        panel.setProperty("part", "card")
        panel.setFixedWidth(round(_WIDTH * around.theme.text_scale))
        column = QVBoxLayout(panel)
        column.setContentsMargins(24, 22, 24, 22)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addWidget(Label("The board opens at the first day of the log.", "secondary", wrap=True))
        column.addWidget(self.meter)
        foot = QHBoxLayout()
        foot.addWidget(self.share, 1)
        foot.addWidget(self.cancel)
        column.addLayout(foot)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(panel)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        room = self.meter.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.meter.setSizePolicy(room)
        self.meter.hide()
        around.heartbeat.ticked.connect(self._beat)

    def focus_first(self) -> None:
        """To the only thing to do."""
        self.cancel.setFocus()

    def _beat(self, _now_us: int) -> None:
        self._beats += 1
        if self._beats >= _PATIENT_BEATS:
            words = f"{self._loads.share:.0%} read"
            self.share.setText(words)
            self.meter.set_share(self._loads.share, words)
            self.meter.show()
