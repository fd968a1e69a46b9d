"""Steps one after the other: their names above, the step in sight, and the way on and back below."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.tabs import Tabs


class StepFrame(QWidget):
    """Shows one of several steps; those before it can be gone back to.

    Signals:
        next_pressed: the person wants to go on.
        step_picked: (int) the person wants to go back to that step.
    """

    next_pressed = Signal()
    step_picked = Signal(int)

    def __init__(
        self, heading: str, steps: Sequence[tuple[str, QWidget]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tabs = Tabs("Steps")
        self.stack = QStackedWidget()
        for at, (name, step) in enumerate(steps, start=1):
            self.tabs.addTab(f"{at}  {name}")
            self.stack.addWidget(step)
        self.back = Button("Back", "quiet")
        self.next = Button("Go on", "primary")
        self.why = Label("", "secondary", wrap=True)
        self._lay_out(heading)
        self.tabs.currentChanged.connect(self._pick)
        self.next.clicked.connect(self.next_pressed)
        self.back.clicked.connect(self._pick_before)

    @property
    def step(self) -> int:
        """Which step is in sight."""
        return self.stack.currentIndex()

    def show_step(self, step: int) -> None:
        """Go to a step without telling."""
        self.stack.setCurrentIndex(step)
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(step)
        self.tabs.blockSignals(False)
        for at in range(self.tabs.count()):
            self.tabs.setTabEnabled(at, at <= step)

    def show_next(self, words: str, why: str, remark: str = "") -> None:
        """What the main button says, why it cannot be pressed, and otherwise a remark beside it."""
        self.next.set_text(words)
        self.next.setEnabled(not why)
        self.why.setText(why or remark)

    def add_to_foot(self, widget: QWidget) -> None:
        """Something at the left end of the foot, such as the way out."""
        self._foot.insertWidget(0, widget)

    def _pick(self, step: int) -> None:
        before = self.step
        self.show_step(before)
        if step < before:
            self.step_picked.emit(step)

    def _pick_before(self) -> None:
        self.step_picked.emit(max(0, self.step - 1))

    def _lay_out(self, heading: str) -> None:
        foot = QFrame()
        foot.setProperty("part", "selection")
        end = self._foot = QHBoxLayout(foot)
        end.setContentsMargins(16, 10, 16, 10)
        end.setSpacing(12)
        end.addWidget(self.back)
        end.addWidget(self.why, 1)
        end.addWidget(self.next)
        stand_below(self, PageHead(heading, self.tabs), self.stack, foot)
