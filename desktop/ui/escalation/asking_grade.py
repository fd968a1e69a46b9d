"""Forms of the commands that say how grave it is: classification, severity, override."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.rights import Action, allowed
from desktop.ui.escalation.calls import COMPUTED
from desktop.ui.escalation.occasion import Asked, Guide, Occasion, line_of, people_options, title_of
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.scale import factor_field, severity_field
from desktop.ui.kit.suggest import Suggestion


def ask_classify(occasion: Occasion) -> Asked:
    """Severity, owner where there is none yet, issue type and factors, beginning with what they are now."""
    policy, details = occasion.facts.policy, occasion.details
    now = details.escalation if details is not None else None
    options = [
        Suggestion(kind.key, kind.name, f"{area.name} · SEV{int(kind.severity)}")
        for area in policy.areas
        for kind in area.issue_types
    ]

    def make_type() -> QWidget:
        chosen = occasion.value("issue_type", now.issue_type if now else "")
        return PickField(options, chosen, eager=False)

    def make_severity() -> QWidget:
        widget = severity_field(policy)
        widget.set_value(occasion.value("severity", str(now.severity) if now else ""))
        return widget

    def scale(key: str, value: int | None) -> Callable[[], QWidget]:
        def make() -> QWidget:
            widget = factor_field(policy, key, unchosen="Not known: the policy's default is assumed.")
            widget.set_value(occasion.value(key, "" if value is None else str(value)))
            return widget

        return make

    fields = (
        PromptField("severity", "Severity", required=len(occasion.ids) == 1, make=make_severity),
        *_owner(occasion),
        PromptField("issue_type", "Issue type", required=False, make=make_type),
        PromptField(
            "business_impact", "Business impact", required=False,
            make=scale("business_impact", now.business_impact if now else None),
        ),
        PromptField(
            "reputational_risk", "Reputational risk", required=False,
            make=scale("reputational_risk", now.reputational_risk if now else None),
        ),
        line_of(occasion, "reason", "Reason"),
    )  # fmt: skip
    return Asked(title_of(occasion, "Classify"), "Classify", fields)


def _owner(occasion: Occasion) -> tuple[PromptField, ...]:
    """Whose it shall be: asked of whoever may say so, while it is nobody's."""
    row, operator = occasion.row, occasion.facts.operator
    if row is None or row.owner_id or operator is None or not allowed(operator, Action.ASSIGN, None):
        return ()

    def make() -> QWidget:
        return PickField(people_options(occasion.facts.people), occasion.value("owner"), eager=False)

    return (PromptField("owner", "Owner", required=False, hint="May be left to others.", make=make),)


def ask_severity(occasion: Occasion) -> Asked:
    """The severity with its criteria, and the reason."""

    def make() -> QWidget:
        widget = severity_field(occasion.facts.policy)
        widget.set_value(occasion.value("severity", str(occasion.row.severity) if occasion.row else ""))
        return widget

    fields = (
        PromptField("severity", "Severity", make=make),
        line_of(occasion, "reason", "Reason", required=True),
    )
    return Asked(title_of(occasion, "Set the severity"), "Set severity", fields)


def ask_override(occasion: Occasion) -> Asked:
    """What is set over the computed values, to what, and why."""
    details = occasion.details
    computed = ""
    choices = [("score", "Score"), ("priority", "Priority"), ("severity", "Severity")]
    if details is not None:
        now = details.escalation
        severity = f", severity {now.severity_computed}" if now.severity_computed else ""
        computed = f"Computed: {details.score.priority} · {details.score.value}{severity}."
        if now.is_overridden:
            choices.append((COMPUTED, "As computed"))
    fields = (
        PromptField("what", "Set", "segments", choices=choices, value=occasion.value("what", "score")),
        line_of(occasion, "value", "To"),
        line_of(occasion, "reason", "Reason", required=True, hint="Overrides are counted and reviewed."),
    )
    return Asked(
        title_of(occasion, "Override"), "Override", fields, computed, guide=Guide("what", "value", _SCALES)
    )


_SCALES = {
    "score": "A number from 0 to 100.",
    "priority": "P1, P2, P3 or P4.",
    "severity": "A number from 1, the gravest, to 4.",
}
