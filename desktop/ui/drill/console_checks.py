"""The parts of an expected action's quality, to be ticked one by one."""

from textwrap import wrap

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_view import CheckLine, ExpectationLine
from desktop.ui.kit.check import CheckBox

_LONGEST = 160
_WIDE = 44  # letters in a line


class Checks(QWidget):
    """A box for each part; to tick one says that the action was seen.

    Signals:
        changed: (tuple of str) the ids that are right now.
    """

    changed = Signal(object)

    def __init__(self, line: ExpectationLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for check in line.checks:
            box = self.boxes[check.id] = CheckBox(_words(check))
            box.setAccessibleName(f"{line.id}: {check.text[:_LONGEST]}")
            box.clicked.connect(self._tell)
            column.addWidget(box)
        if not line.checks:
            self.hide()

    def show_line(self, line: ExpectationLine, may_act: bool) -> None:
        """How its parts stand."""
        is_seen = line.seen_ms is not None
        # what the program sees it also sees the parts of; elsewhere a part that was heard means it was done
        can_tick = is_seen or (line.evidence != "auto" and line.state != "waiting")
        for check in line.checks:
            box = self.boxes.get(check.id)
            if box is None:
                continue
            box.setEnabled(may_act and can_tick)
            if box.isChecked() != bool(check.is_ok):
                box.setChecked(bool(check.is_ok))
            words = _words(check) + (": not seen yet" if is_seen and check.is_ok is None else "")
            if box.text() != words:
                box.setText(words)

    def ok(self) -> tuple[str, ...]:
        """The ids of those ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def _tell(self) -> None:
        self.changed.emit(self.ok())


def _words(check: CheckLine) -> str:
    weight = f" ({check.weight} points)" if check.weight != 1 else ""
    by = ", by the program" if check.is_auto else ""
    # Qt breaks no lines in a box: one long part would make the whole window wider
    return "\n".join(wrap(f"{check.text[:_LONGEST]}{weight}{by}", _WIDE)).replace("&", "&&")
