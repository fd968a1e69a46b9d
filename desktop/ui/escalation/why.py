"""Why it has its priority: the terms of the score, and what a person has set over it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.terms import ScoreTerms
from desktop.ui.text import counted, one_line
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails


class WhySection(Section):
    """The terms as points of their maximum with the reason of each."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Why", parent=parent)
        self.set_tight()
        self._override = Label("", "warning", wrap=True)
        self._terms = ScoreTerms(theme, all_reasons=False)
        self._reasons = Button("Show reasons", "link")
        self._reasons.setCheckable(True)
        self._reasons.toggled.connect(self._show_reasons)
        self._notes = Label("", "hint", wrap=True)
        self.body.addWidget(self._override)
        self.body.addWidget(self._terms)
        last = QHBoxLayout()
        last.addWidget(self._notes, 1)
        last.addWidget(self._reasons, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(last)

    def show_details(self, details: "EscalationDetails") -> None:
        """Show the score of one escalation."""
        escalation, score, policy = details.escalation, details.score, details.policy
        priority = escalation.priority or score.priority
        self.set_title(f"Why {priority}" if escalation.priority else f"Foreseen: {priority}")
        self.set_aside(f"policy v{escalation.policy_version} · senior team at ≥\u00a0{policy.senior_at}")
        self._override.setText(override_words(details))
        self._override.setVisible(bool(self._override.text()))
        self._terms.set_score(score)
        notes = []
        if score.assumed:
            notes.append(f"Provisional: {counted(len(score.assumed), 'factor')} assumed.")
        if score.senior:
            notes.append("Senior team and sponsor involved." if score.sponsor else "Senior team involved.")
        if escalation.needs_review:
            notes.append("Needs review: look at the classification.")
        self._notes.setText(" ".join(notes))

    def _show_reasons(self, are_wanted: bool) -> None:
        self._terms.show_reasons(are_wanted)
        self._reasons.set_text("Hide reasons" if are_wanted else "Show reasons")


def override_words(details: "EscalationDetails") -> str:
    """What a person has set beside what the policy computes; nothing where nobody has."""
    escalation = details.escalation
    if not escalation.is_overridden:
        return ""
    pairs = (
        ("severity", escalation.severity_computed, escalation.severity),
        ("score", escalation.score_computed, escalation.score),
        ("priority", escalation.priority_computed, escalation.priority),
    )
    changed = [f"{name} {now} (computed {was})" for name, was, now in pairs if was is not None and was != now]
    by = one_line((escalation.override_by or "somebody")[:120])
    reason = one_line((escalation.override_reason or "")[:1000])
    return f"Set by hand by {by}: {', '.join(changed) or 'as computed'}. Reason: {reason}"
