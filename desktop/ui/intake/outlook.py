"""What opening it now would mean: score with its terms, promises, and who is told."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.commitment import Kind
from desktop.domain.policy import Policy
from desktop.ui.intake.asking import Outlook
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.kit.terms import ScoreTerms
from desktop.ui.text import exact, listed, moment, one_line
from desktop.ui.theme import Theme

_PROMISES = {
    Kind.ASSIGN: "Owner",
    Kind.ACKNOWLEDGE: "Acknowledged",
    Kind.UPDATE: "Next customer update",
    Kind.CONTAIN: "Contained",
    Kind.RESOLVE: "Resolved",
}
_MOST_NAMES = 4


class OutlookColumn(QWidget):
    """Two cards: the priority, and what is promised."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outlook: Outlook | None = None
        self._priority = Label("–", "display")
        self._score = Label("", "title")
        self._limits = Label("", "hint", wrap=True)
        self._terms = ScoreTerms(theme, all_reasons=False)
        self._remarks = Label("", "hint", wrap=True)
        self._card = Card("Priority")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._priority, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._score, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._limits, 1, Qt.AlignmentFlag.AlignBottom)
        self._card.body.addLayout(head)
        self._card.body.addWidget(self._terms)
        self._card.body.addWidget(self._remarks)
        self._promised = Card("What will be promised")
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._times: dict[Kind, Label] = {}
        for row, (kind, name) in enumerate(_PROMISES.items()):
            time = self._times[kind] = Label("")
            time.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(Label(name), row, 0)
            self._grid.addWidget(time, row, 1)
        self._told = Label("", "hint", wrap=True)
        self._promised.body.addLayout(self._grid)
        self._promised.body.addWidget(self._told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._card)
        column.addWidget(self._promised)

    @property
    def outlook(self) -> Outlook | None:
        """What is shown."""
        return self._outlook

    def set_policy(self, policy: Policy) -> None:
        """Name the policy and its thresholds."""
        self._card.set_aside(f"policy v{policy.version}")
        self._limits.setText(
            f"senior team at ≥\u00a0{policy.senior_at}, sponsor at ≥\u00a0{policy.sponsor_at}"
        )

    def show_outlook(self, outlook: Outlook, now: datetime) -> None:
        """Show an answer of the desk."""
        self._outlook = outlook
        score = outlook.score
        self._priority.setText(str(score.priority))
        self._score.setText(str(score.value))
        self._priority.setAccessibleName(f"Priority {score.priority}, score {score.value}")
        self._terms.set_score(score)
        self._remarks.setText(_remarks(outlook))
        self._remarks.setVisible(bool(self._remarks.text()))
        due = dict(outlook.promises)
        for kind, label in self._times.items():
            label.setText(moment(due[kind], now) if kind in due else "–")
            label.setToolTip(exact(due[kind]) if kind in due else "")
        self._told.setText(told_words(outlook))
        self._promised.set_aside(f"local times, {now.astimezone():%Z}")

    def promised(self) -> dict[Kind, str]:
        """The times that are shown."""
        return {kind: label.text() for kind, label in self._times.items()}


def _remarks(outlook: Outlook) -> str:
    score, words = outlook.score, []
    if score.provisional:
        words.append("Provisional: what is not known is assumed.")
    if score.near_edge:
        words.append("Close to the edge of a band: it will be marked for review.")
    return " ".join(words)


def told_words(outlook: Outlook) -> str:
    """Who is told, and on what occasion: "Told now: Amara Okafor (on-call), …"."""
    if not outlook.is_customer_known and not outlook.told:
        return "Who is told shows once the customer is known."
    by_occasion: dict[str, list[str]] = {}
    for told in outlook.told:
        names = [one_line(name[:80]) for name in told.names[:_MOST_NAMES]]
        who = f"{listed(names)} ({told.who})" if names else f"{told.who}: nobody holds this role"
        by_occasion.setdefault(told.why, []).append(who)
    lines = [
        f"{_OCCASIONS.get(why, why[:1].upper() + why[1:])}: {'; '.join(who)}."
        for why, who in by_occasion.items()
    ]
    return "\n".join(lines) or "Nobody is told at once: the board shows it."


_OCCASIONS = {"at once": "Told now"}
