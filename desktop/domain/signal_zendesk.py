"""Signals of Zendesk: ticket events, and what triggers and automations send.

Format: developer.zendesk.com, "Webhook event types" and "Ticket events"; the body of a trigger is written by
its author with placeholders such as ticket.id, ticket.title, ticket.status, ticket.priority and
ticket.description (support.zendesk.com, "Zendesk Support placeholders reference"), mostly named alike.
"""

from dataclasses import replace

from desktop.domain.signal_generic import information, require_object
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_ticket import read_ticket
from desktop.domain.signal_type import Json, Signal, SignalAction, text_of

#: Ticket events, whose form is fixed.
EVENT = SignalMapping.from_mapping(
    {
        "title": "detail.subject",
        "key": "detail.id",
        "state": "detail.status",
        "resolve_when": ["solved", "closed"],
        "priority": "detail.priority",
        "details": "detail.description",
        "reference": "detail.id",
        "occurred_at": "time or detail.updated_at",
    }
)
#: What people write into triggers and automations.
MAPPING = SignalMapping.from_mapping(
    {
        "title": "ticket.title or ticket.subject or ticket_title or ticket_subject or title or subject",
        "key": "ticket.id or ticket_id or ticket or id",
        "state": "ticket.status or ticket_status or status",
        "resolve_when": ["solved", "closed"],
        "ignore_when": ["deleted"],
        "severity": "ticket.severity or severity",
        "priority": "ticket.priority or ticket_priority or priority",
        "details": "ticket.latest_comment or ticket.description or ticket_description"
        " or latest_comment or description or comment",
        "customer": "ticket.organization.name or ticket.organization or ticket_organization"
        " or organization.name or organization or organization_name or customer",
        "reference": "ticket.id or ticket_id or ticket or id",
        "reporter": "ticket.requester.name or ticket.requester or requester.name or requester"
        " or requester_name",
        "occurred_at": "ticket.updated_at_with_timestamp or ticket.updated_at"
        " or ticket.created_at_with_timestamp or ticket.created_at or updated_at or created_at",
    }
)
_EVENT = "zen:event-type:"
_TICKET_EVENTS = frozenset(
    f"{_EVENT}ticket.{name}"
    for name in ("created", "status_changed", "custom_status_changed", "priority_changed", "undeleted")
)


def read_zendesk(value: Json, own: SignalMapping) -> list[Signal]:
    """The one signal of a body. Of the events, those of a ticket made or of its status or priority open or
    end; the others are information. `own` goes before the usual mapping.

    Raises: DeskError with the path.
    """
    body = require_object(value, "")
    event = text_of(body.get("type"))
    if not event.startswith(_EVENT):
        return [read_ticket(body, own.over(MAPPING), "Zendesk", "ticket.title")]
    if not event.startswith(f"{_EVENT}ticket."):
        return [information(body, event)]
    signal = read_ticket(body, own.over(EVENT), "Zendesk", "detail.subject")
    return [signal if event in _TICKET_EVENTS else replace(signal, action=SignalAction.INFO)]
