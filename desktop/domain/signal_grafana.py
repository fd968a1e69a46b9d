"""Signals of Grafana: its alerting, which sends what Alertmanager does, and the older alerts of dashboards.

Format: grafana.com/docs, "Configure the webhook notifier for Alerting"; for the alerts of dashboards the
notifier of version 7.
"""

from desktop.domain.errors import DeskError
from desktop.domain.signal_alertmanager import read_alertmanager
from desktop.domain.signal_generic import by_mapping, require_object
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_type import Json, Signal, title_of

LEGACY = SignalMapping.from_mapping(
    {
        "title": "ruleName or title",
        "key": "ruleId or ruleName",
        "state": "state",
        "resolve_when": ["ok"],
        "ignore_when": ["no_data", "paused", "pending"],
        "severity": "tags.severity",
        "details": "message",
    }
)
_STATES = LEGACY.resolve_when | LEGACY.ignore_when | {"alerting"}


def read_grafana(value: Json) -> list[Signal]:
    """One signal for each alert, or the one of a dashboard's rule.

    Raises: DeskError with the path.
    """
    body = require_object(value, "")
    if "alerts" in body or "ruleName" not in body:
        return read_alertmanager(body)
    title = title_of(LEGACY.title.text_in(body)) if LEGACY.title else ""
    if not title:
        raise DeskError("The rule has no name.", field="ruleName", hint="Send the name of the rule.")
    state = body.get("state")
    if not isinstance(state, str) or state.strip().casefold() not in _STATES:
        raise DeskError(
            "The state of the rule is none that Grafana has.",
            field="state",
            hint=f"States are: {', '.join(sorted(_STATES))}.",
        )
    return [by_mapping(body, LEGACY, title)]
