"""Signals of Prometheus Alertmanager's webhook, version 4 and older, and of tools that send the same.

Format: prometheus.io/docs/alerting/latest/configuration, webhook_config.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_generic import require_object
from desktop.domain.signal_time import instant_of
from desktop.domain.signal_type import DESK, Json, Signal, SignalAction, key_of, text_of, title_of, understood

_ACTIONS = {"firing": SignalAction.TRIGGER, "resolved": SignalAction.RESOLVE}
_TITLES = (("annotations", "summary"), ("annotations", "title"), ("labels", "alertname"))
_LAST_TITLES = (("annotations", "message"), ("annotations", "description"))
_NO_TITLE = "Alert without a name"


def read_alertmanager(value: Json) -> list[Signal]:
    """One signal for each alert, in order; the rest of the body is in each one's fields as `group`.

    An alert's own status counts; without one the group's, and without both it fires.

    Raises: DeskError with the path.
    """
    body = require_object(value, "")
    alerts = body.get("alerts")
    if not isinstance(alerts, list):
        raise DeskError("The body has no list of alerts.", field="alerts", hint='Send {"alerts": […]}.')
    group = {name: entry for name, entry in body.items() if name != "alerts"}
    return [_alert(alert, group, f"alerts[{place}]") for place, alert in enumerate(alerts)]


def _alert(value: Json, group: dict[str, Any], path: str) -> Signal:
    alert = require_object(value, path)
    labels, annotations = _part(alert, "labels", path), _part(alert, "annotations", path)
    fingerprint = text_of(alert.get("fingerprint"))
    if not labels and not fingerprint:
        raise DeskError(f"{path} has no labels.", field=f"{path}.labels", hint="Labels tell alerts apart.")
    parts = {"labels": labels, "annotations": annotations}
    desk = understood(
        {
            "severity": text_of(labels.get("severity")) or text_of(labels.get("priority")),
            "details": text_of(annotations.get("description")) or text_of(annotations.get("message")),
            "customer": text_of(labels.get("customer")),
        }
    )
    return Signal(
        action=_action(alert, group, path),
        dedup_key=key_of(fingerprint) or _key_of_labels(labels),
        title=_title(parts),
        severity_hint=desk.get("severity", ""),
        occurred_at=instant_of(alert.get("startsAt")),
        fields=alert | parts | {"group": group, DESK: desk},
    )


def _part(alert: dict[str, Any], name: str, path: str) -> dict[str, Any]:
    part = alert.get(name)
    return {} if part is None else require_object(part, f"{path}.{name}")


def _action(alert: dict[str, Any], group: dict[str, Any], path: str) -> SignalAction:
    for holder, place in ((alert, f"{path}.status"), (group, "status")):
        status = holder.get("status")
        if status is None or status == "":
            continue
        action = _ACTIONS.get(text_of(status).strip().lower())
        if action is None:
            raise DeskError(
                f"{place} is neither firing nor resolved.", field=place, hint="Send firing or resolved."
            )
        return action
    return SignalAction.TRIGGER


def _title(parts: Mapping[str, dict[str, Any]]) -> str:
    for part, name in (*_TITLES, *_LAST_TITLES):
        title = title_of(text_of(parts[part].get(name)))
        if title:
            return title
    return _NO_TITLE


def _key_of_labels(labels: dict[str, Any]) -> str:
    written = json.dumps(labels, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return f"labels:{hashlib.sha256(written.encode()).hexdigest()[:16]}"
