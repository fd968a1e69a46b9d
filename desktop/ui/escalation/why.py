"""Why it has its priority: the terms of the score, and what a person has set over it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

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
        self._override = Label("", "warning", wrap=True)
        self._terms = ScoreTerms(theme)
        self._notes = Label("", "hint", wrap=True)
        self.body.addWidget(self._override)
        self.body.addWidget(self._terms)
        self.body.addWidget(self._notes)

    def show_details(self, details: "EscalationDetails") -> None:
        """Show the score of one escalation."""
        escalation, score, policy = details.escalation, details.score, details.policy
        priority = escalation.priority or score.priority
        self.set_title(f"Why {priority}" if escalation.priority else f"Foreseen: {priority}")
        self.set_aside(f"policy v{escalation.policy_version}")
        self._override.setText(override_words(details))
        self._override.setVisible(bool(self._override.text()))
        self._terms.set_score(score)
        notes = [f"Senior team at ≥\u00a0{policy.senior_at}, sponsor at ≥\u00a0{policy.sponsor_at}."]
        if score.assumed:
            notes.append(f"Provisional: {counted(len(score.assumed), 'factor')} assumed.")
        if score.senior:
            notes.append("The senior team is involved.")
        if score.sponsor:
            notes.append("An executive sponsor is named.")
        if escalation.needs_review:
            notes.append("Needs review: look at the classification.")
        self._notes.setText(" ".join(notes))
        self._notes.setVisible(bool(notes))


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
