"""What the policy of an escalation calls its severity, issue type and area; policies change, names go."""

from typing import TYPE_CHECKING

from desktop.domain.errors import NotFound
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails

LONGEST_NAME = 120


def severity_word(details: "EscalationDetails") -> str:
    """The word of its severity, or nothing."""
    try:
        return details.policy.severity(details.escalation.severity).word
    except NotFound:
        return ""


def issue_type_word(details: "EscalationDetails") -> str:
    """The name of its issue type; the key where the policy has no name for it."""
    key = details.escalation.issue_type
    try:
        return details.policy.issue_type(key).name if key else ""
    except NotFound:
        return one_line(key[:LONGEST_NAME])


def area_word(details: "EscalationDetails") -> str:
    """The name of its area; the key where the policy has no name for it."""
    key = details.escalation.area
    try:
        return details.policy.area(key).name if key else ""
    except NotFound:
        return one_line(key[:LONGEST_NAME])
