"""Signals of Zammad: the payload its webhooks send by themselves, and the templates its guide shows.

Format: admin-docs.zammad.org, "Webhook Payload" and "Basic Notification".
"""

from desktop.domain.signal_generic import require_object
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_ticket import read_ticket
from desktop.domain.signal_type import Json, Signal

MAPPING = SignalMapping.from_mapping(
    {
        "title": "ticket.title or ticket_title or title or subject",
        "key": "ticket.number or ticket.id or ticket_number or number or ticket or ticket_id or id",
        "state": "ticket.state or ticket.state.name or ticket_state or state",
        "resolve_when": ["closed"],
        "ignore_when": ["merged", "removed"],
        "priority": "ticket.priority.name or ticket.priority or ticket_priority or priority",
        "details": "article.body or body or message",
        "customer": "ticket.organization.name or ticket.customer.organization or organization or customer",
        "reference": "ticket.number or ticket.id or ticket_number or number or ticket or ticket_id or id",
        "reporter": "ticket.customer.email or ticket.customer.login or article.from or customer_email",
        "occurred_at": "ticket.updated_at or article.created_at or ticket.created_at or updated_at",
    }
)


def read_zammad(value: Json, own: SignalMapping) -> list[Signal]:
    """The one signal of a body. `own` goes before the usual mapping.

    Raises: DeskError with the path.
    """
    return [read_ticket(require_object(value, ""), own.over(MAPPING), "Zammad", "ticket.title")]
