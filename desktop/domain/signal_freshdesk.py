"""Signals of Freshdesk: what its automation rules send, and the bodies people write with its placeholders.

Format: support.freshdesk.com, "Using webhooks in automation rules"; the numbers of states and priorities are
those of developers.freshdesk.com, "Tickets".
"""

from desktop.domain.signal_generic import require_object
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_ticket import read_ticket
from desktop.domain.signal_type import Json, Signal


def _everywhere(*names: str) -> str:
    """The places a ticket's entry may stand: in the rule's own object, in a ticket, or on top."""
    return " or ".join(f"{place}{name}" for place in ("freshdesk_webhook.", "ticket.", "") for name in names)


MAPPING = SignalMapping.from_mapping(
    {
        "title": _everywhere("ticket_subject", "subject"),
        "key": _everywhere("ticket_id", "id"),
        "state": _everywhere("ticket_status", "status"),
        "resolve_when": ["resolved", "closed", 4, 5],
        "priority": _everywhere("ticket_priority", "priority"),
        "details": _everywhere(
            "ticket_latest_public_comment", "ticket_description", "description_text", "description"
        ),
        "customer": _everywhere("ticket_company_name", "company_name", "ticket_requester_company_name"),
        "reference": _everywhere("ticket_id", "id"),
        "reporter": _everywhere("ticket_requester_name", "requester_name", "requester_email"),
        "occurred_at": _everywhere("updated_at", "created_at"),
    }
)


def read_freshdesk(value: Json, own: SignalMapping) -> list[Signal]:
    """The one signal of a body. `own` goes before the usual mapping.

    Raises: DeskError with the path.
    """
    body = require_object(value, "")
    return [read_ticket(body, own.over(MAPPING), "Freshdesk", "freshdesk_webhook.ticket_subject")]
