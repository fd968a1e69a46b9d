"""A scale of a few steps with the words of the step under it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.policy import Policy
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.tip import as_tip


class ScaleField(QWidget):
    """Segments, and below them what the chosen one means.

    Signals:
        chosen: (str key) by the person.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        meanings: Mapping[str, str],
        name: str,
        *,
        unchosen: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._meanings = meanings
        self._unchosen = unchosen
        self.segments = Segments(choices, name)
        for key, meaning in meanings.items():
            self.segments.button(key).setToolTip(as_tip(meaning))
            self.segments.button(key).setAccessibleDescription(meaning)
        self._words = Label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.segments)
        column.addWidget(self._words)
        self.setAccessibleName(name)
        self.setFocusProxy(self.segments)
        self.segments.chosen.connect(self._choose)
        self._explain()

    def value(self) -> str:
        """The key of the step, or nothing."""
        return self.segments.value()

    def set_value(self, key: str) -> None:
        """Choose without telling."""
        self.segments.set_value(key)
        self._explain()

    @property
    def meaning(self) -> str:
        """What stands below."""
        return self._words.text()

    def _choose(self, key: str) -> None:
        self._explain()
        self.chosen.emit(key)

    def _explain(self) -> None:
        self._words.setText(self._meanings.get(self.value(), self._unchosen))
        self._words.setVisible(bool(self._words.text()))


def severity_field(policy: Policy, *, unchosen: str = "") -> ScaleField:
    """Severities 1 to 4 with their criteria and an example each."""
    choices = [
        (str(int(level.severity)), f"{int(level.severity)}  {level.word}") for level in policy.severities
    ]
    meanings = {}
    for level in policy.severities:
        example = f" For example: {level.examples[0]}" if level.examples else ""
        meanings[str(int(level.severity))] = f"Severity {int(level.severity)}: {level.criteria}{example}"
    return ScaleField(choices, meanings, "Severity", unchosen=unchosen)


def factor_field(policy: Policy, key: str, *, unchosen: str = "") -> ScaleField:
    """A factor that a person judges, 0 to 5 with the anchor of each."""
    factor = policy.factor(key)
    steps = [str(step) for step in range(6)]
    meanings = {step: f"{step}: {anchor}." for step, anchor in zip(steps, factor.anchors, strict=False)}
    return ScaleField([(step, step) for step in steps], meanings, factor.name, unchosen=unchosen)
