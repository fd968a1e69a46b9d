"""Signals of Jira and Jira Service Management: webhooks, and the automation's "issue data".

Format: developer.atlassian.com, "Webhooks" of the Jira platform; support.atlassian.com, "Send web request" of
Jira automation, whose body is the issue itself.
"""

from dataclasses import replace

from desktop.domain.signal_generic import information, require_object
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_ticket import read_ticket
from desktop.domain.signal_type import Json, Signal, SignalAction, text_of

MAPPING = SignalMapping.from_mapping(
    {
        "title": "issue.fields.summary or fields.summary",
        "key": "issue.key or key",
        # Every status belongs to one of three categories, whatever a project calls it.
        "state": "issue.fields.status.statusCategory.key or issue.fields.status.name"
        " or fields.status.statusCategory.key or fields.status.name",
        "resolve_when": ["done", "resolved", "closed"],
        "priority": "issue.fields.priority.name or fields.priority.name",
        "details": "issue.fields.description or fields.description",
        "reference": "issue.key or key",
        "reporter": "issue.fields.reporter.displayName or fields.reporter.displayName",
        "occurred_at": "timestamp or fields.updated or fields.created",
    }
)
_EVENTS = frozenset({"", "jira:issue_created", "jira:issue_updated"})


def read_jira(value: Json, own: SignalMapping) -> list[Signal]:
    """The one signal of a webhook: an issue made or changed opens or ends, by the category of its status.

    Comments, work logs, deletions and what has no issue are information. `own` goes before the usual mapping.

    Raises: DeskError with the path.
    """
    body = require_object(value, "")
    event = text_of(body.get("webhookEvent"))
    if event and not isinstance(body.get("issue"), dict):
        return [information(body, event)]
    signal = read_ticket(body, own.over(MAPPING), "Jira", "issue.fields.summary")
    return [signal if event in _EVENTS else replace(signal, action=SignalAction.INFO)]
