"""The form of one step of a ladder."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.domain.channel import ChannelKind
from desktop.domain.errors import DeskError
from desktop.services.ladder_editing import Choices, LadderRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.settings.ladder_rows import CONDITIONS
from desktop.ui.settings.ladder_targets import TargetField
from desktop.ui.settings.parts import Inset

_MOST_REPEATS = 100
_USUAL_EVERY = "10 min"
_NEW = LadderRow("acknowledge", "5 min", ())


class StepForm(Inset):
    """Unless what, after how long, who is told, how often, by which kinds of channel first.

    Signals:
        keep_requested: (LadderRow) as filled in.
        cancelled: the person wants nothing changed.
    """

    keep_requested = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row = _NEW
        self.unless = Segments(CONDITIONS, "Unless it is")
        self.after = QLineEdit()
        self.tell = TargetField()
        self.channels = {kind.value: CheckBox(kind.word) for kind in ChannelKind}
        self.times = QSpinBox()
        self.times.setRange(0, _MOST_REPEATS)
        self.times.setAccessibleName("How often again")
        self.every = QLineEdit()
        self.every.setAccessibleName("Again every")
        self.keep_button = Button("Use this step", "primary", keys="Ctrl+Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self._error = Label("", "danger", wrap=True)
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        self.times.valueChanged.connect(self._follow_times)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def _lay_out(self) -> None:
        rows = FormRows()
        for box in self.channels.values():
            box.setAccessibleName(f"First by {box.text()}")
        fields = (
            ("unless", "Unless it is", self.unless, ""),
            ("after", "After", self.after, "Such as 5 min or 1 h 30 min; 0 min is at once."),
            ("tell", "Tell", self.tell, "A rota names whoever is on call at that time."),
            ("channels", "First by", _flow(*self.channels.values()), "None: in each person's own order."),
            ("repeat", "Again", _line(self.times, Label("times, every"), self.every), ""),
        )
        for key, words, widget, hint in fields:
            self._rows[key] = rows.add_row(words, widget, hint)
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        self.body.addWidget(rows)
        self.body.addLayout(buttons)

    def show_step(self, row: LadderRow | None, choices: Choices) -> None:
        """Fill the fields with a step, or for a new one."""
        self._row = row or _NEW
        self.set_title("New step" if row is None else "Step")
        self.unless.set_value(self._row.unless)
        self.after.setText(self._row.after)
        self.tell.offer(choices.targets)
        self.tell.set_value(self._row.tell)
        for kind, box in self.channels.items():
            box.setChecked(kind in self._row.channels)
        self.times.setValue(self._row.times)
        self.every.setText(self._row.every or _USUAL_EVERY)
        self._follow_times()
        self._clear_errors()

    def keep(self) -> None:
        """Ask for what is filled in to be used."""
        self._clear_errors()
        ticked = [kind for kind, box in self.channels.items() if box.isChecked()]
        before = [kind for kind in self._row.channels if kind in ticked]
        times = self.times.value()
        self.keep_requested.emit(
            replace(
                self._row,
                unless=self.unless.value(),
                after=self.after.text().strip(),
                tell=self.tell.value(),
                times=times,
                every=self.every.text().strip() if times else "",
                channels=(*before, *(kind for kind in ticked if kind not in before)),
            )
        )

    def show_error(self, error: DeskError) -> None:
        """Say what is wrong, beside its field where the path ends in one; what was typed stays."""
        self._clear_errors()
        part = (error.field or "").partition("].")[2].partition("[")[0].partition(".")[0]
        if part in self._rows:
            self._rows[part].set_error(str(error))
            (self.every if part == "repeat" else self._rows[part].field).setFocus()
        else:
            self._error.setText(str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
            self.keep()
        else:
            super().keyPressEvent(event)

    def _follow_times(self, _times: int = 0) -> None:
        self.every.setEnabled(self.times.value() > 0)

    def _clear_errors(self) -> None:
        self._error.setText("")
        for row in self._rows.values():
            row.set_error("")


def _line(*parts: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for part in parts:
        line.addWidget(part)
    line.addStretch(1)
    return box


def _flow(*parts: QWidget) -> QWidget:
    box = QWidget()
    flow = FlowLayout(box, spacing=14)
    for part in parts:
        flow.addWidget(part)
    return box
