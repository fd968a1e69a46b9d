"""What a message from outside says: one body, as it came, into its signals."""

from collections.abc import Callable, Mapping
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_alertmanager import read_alertmanager
from desktop.domain.signal_body import read_body
from desktop.domain.signal_freshdesk import read_freshdesk
from desktop.domain.signal_generic import PLAIN, read_generic
from desktop.domain.signal_grafana import read_grafana
from desktop.domain.signal_jira import read_jira
from desktop.domain.signal_link import Link, LinkKind, links
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_pagerduty import read_pagerduty
from desktop.domain.signal_type import DESK, UNDERSTOOD, Json, Signal, SignalAction
from desktop.domain.signal_zammad import read_zammad
from desktop.domain.signal_zendesk import read_zendesk

#: The kinds of bodies `parse` reads.
KINDS = ("alertmanager", "pagerduty", "grafana", "zendesk", "jira", "zammad", "freshdesk", "generic")

_FIXED: Mapping[str, Callable[[Json], list[Signal]]] = {
    "alertmanager": read_alertmanager,
    "pagerduty": read_pagerduty,
    "grafana": read_grafana,
}
_MAPPED: Mapping[str, Callable[[Json, SignalMapping], list[Signal]]] = {
    "zendesk": read_zendesk,
    "jira": read_jira,
    "zammad": read_zammad,
    "freshdesk": read_freshdesk,
    "generic": read_generic,
}
_NOTHING = SignalMapping()


def parse(kind: str, body: bytes, mapping: Mapping[str, Any] | SignalMapping | None = None) -> list[Signal]:
    """The signals of a body, in its order: one for each alert of a batch.

    A mapping replaces the usual one of `generic`; for the support tools its entries go before the usual ones;
    the others need none. Texts stay as they are: nothing in them is a template.

    Raises: DeskError with the path in the body as `field`; also for an unknown kind and a mapping at fault.
    """
    if kind not in KINDS:
        raise DeskError(f"There is no kind of signal {kind!r}.", hint=f"Kinds are: {', '.join(KINDS)}.")
    value = read_body(body)
    if kind in _FIXED:
        return _FIXED[kind](value)
    if mapping is None:
        return _MAPPED[kind](value, PLAIN if kind == "generic" else _NOTHING)
    used = mapping if isinstance(mapping, SignalMapping) else SignalMapping.from_mapping(mapping)
    return _MAPPED[kind](value, used)


__all__ = ["DESK", "KINDS", "UNDERSTOOD", "Link", "LinkKind", "Signal", "SignalAction", "links", "parse"]
