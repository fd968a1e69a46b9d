"""The trial of a rule while it is written: on how many signals, and what it would have made of them."""

from collections import Counter

from PySide6.QtCore import Signal

from desktop.domain.clock import Clock
from desktop.services.rule_trial import TriedRow, TryOut
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.rules.words import trial_words, tried_second

_NUMBERS = ((100, "last 100 signals"), (1000, "last 1,000 signals"), (5000, "last 5,000 signals"))
_SHOWN = 40


class TrialSection(Section):
    """Nothing is shown before the first trial, nor once the rule was changed.

    Signals:
        wanted: try it.
    """

    wanted = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__("Try it before you save")
        self._clock = clock
        self.last = Choice("How many signals", least=15)
        self.last.offer(_NUMBERS)
        self.last.set_value(1000)
        self.button = Button("Try it", keys="Ctrl+T")
        self.button.clicked.connect(self.wanted)
        self.tried = Label("", wrap=True)
        self.tried.let_select()
        self.add_to_head(self.last)
        self.add_to_head(self.button)
        self.body.addWidget(self.tried)
        self.forget()

    @property
    def number(self) -> int:
        """On how many signals."""
        return int(str(self.last.value()))

    def show_trial(self, found: TryOut) -> None:
        """What it would have made of the last signals: first those that something would change of."""
        rows = sorted(found.rows, key=_is_unchanged)
        said = Counter(f"{row.signal.signal.title}: {tried_second(row)}" for row in rows)
        lines = [trial_words(found, self._clock.now())]
        for words, times in list(said.items())[:_SHOWN]:
            lines.append(f"• {words}" if times == 1 else f"• {words} ({times:,}×)")
        left = len(said) - _SHOWN
        self.tried.setText("\n".join([*lines, f"… and {left:,} more"] if left > 0 else lines))
        self.tried.show()

    def forget(self) -> None:
        """What was found is not of this rule any more."""
        self.tried.clear()
        self.tried.hide()


def _is_unchanged(row: TriedRow) -> bool:
    return not row.changes
