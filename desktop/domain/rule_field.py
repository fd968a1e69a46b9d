"""The fields that conditions may ask for, with what they hold and an example each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.errors import DeskError
from desktop.domain.facts import PATHS
from desktop.domain.signal_path import path_of


class FieldKind(StrEnum):
    """What a field holds; ANY is what a sender wrote: text, number, yes/no or a list of them."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class KnownField:
    """One field: `said` is how a sentence calls it, `choices` what a CHOICE may hold, `unit` of a number."""

    name: str
    label: str
    kind: FieldKind
    example: str
    said: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()


_KINDS = (
    "alertmanager", "pagerduty", "grafana", "zendesk", "jira", "zammad", "freshdesk", "generic",
    "mail", "form",
)  # fmt: skip
_ACTIONS = ("trigger", "acknowledge", "resolve", "info")
_GROUP = re.compile(r"[a-z]+(?=[.\[]|$)")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_T, _N, _C, _Y, _A = (
    FieldKind.TEXT,
    FieldKind.NUMBER,
    FieldKind.CHOICE,
    FieldKind.YES_NO,
    FieldKind.ANY,
)

#: Every field by its name, in the order the editor offers them; a star stands for any path.
FIELDS: Final = {
    known.name: known
    for known in (
        KnownField("source", "Source", _T, "monitoring-eu"),
        KnownField("kind", "Kind of source", _C, "alertmanager", "kind of source", choices=_KINDS),
        KnownField("action", "What it says", _C, "trigger", "action", choices=_ACTIONS),
        KnownField("title", "Title", _T, "Checkout fails in EU"),
        KnownField("text", "Title and description", _T, "time-out", "title and description"),
        KnownField("severity_hint", "Severity as sent", _T, "critical", "severity as sent"),
        KnownField("labels.*", "Label", _A, "labels.team"),
        KnownField("annotations.*", "Annotation", _A, "annotations.runbook_url"),
        KnownField("fields.*", "Anything sent", _A, "fields.ticket.tags[0]"),
        KnownField("customer", "Customer", _T, "Nordlicht AG"),
        KnownField("tier", "Customer's tier", _T, "strategic", "customer's tier"),
        KnownField(
            "customer.revenue", "Customer's yearly revenue", _N, "2000000", "customer's yearly revenue"
        ),
        KnownField("reporter", "Reporter", _T, "ops@nordlicht.example"),
        KnownField("count", "Times this alert came", _N, "10", "number of times this alert came"),
        KnownField(
            "rate.10m", "Signals in 10 minutes", _N, "50", "number of signals of this source in 10 minutes"
        ),
        KnownField("rate.baseline", "Usual in 10 minutes", _N, "12", "usual number of signals in 10 minutes"),
        KnownField("rate.ratio", "Times the usual", _N, "3", "rate against the usual", "×"),
        KnownField("repeat.7d", "Same alert in 7 days", _N, "2", "number of alerts like it in 7 days"),
        KnownField("repeat.30d", "Same alert in 30 days", _N, "4", "number of alerts like it in 30 days"),
        KnownField(
            "open.customer",
            "Customer's open escalations",
            _N,
            "1",
            "number of the customer's open escalations",
        ),
        KnownField("error_share", "Share of errors", _N, "5", "share of errors", "%"),
        KnownField("uptime", "Uptime", _N, "99.5", "uptime", "%"),
        KnownField("hour", "Hour of the day", _N, "22", "hour of the day"),
        KnownField("weekday", "Weekday", _C, "sun", choices=_DAYS),
        KnownField("is_business_hours", "Within business hours", _Y, "yes"),
    )
}


def field_of(name: str) -> KnownField:
    """What is known of a field; a path is known by its beginning.

    Raises: DeskError that suggests the nearest field.
    """
    known = FIELDS.get(name)
    if known is not None and not name.endswith("*"):
        return known
    group = _GROUP.match(name)
    pattern = FIELDS.get(f"{group[0]}.*") if group else None
    if pattern is not None and (name.endswith(("*", ".")) or not name.startswith(PATHS)):
        raise DeskError(f"“{name}” does not say which one.", hint=f"Write a path, as in {pattern.example}.")
    if pattern is not None:
        path_of(name)
        return KnownField(name, name, pattern.kind, pattern.example, name)
    names = [field for field in FIELDS if not field.endswith("*")]
    raise DeskError(
        f"No signal has a field “{name}”.",
        hint=nearest(name, names, "What the sender wrote is under labels., annotations. and fields."),
    )


def said(name: str) -> str:
    """A field as a sentence calls it: "title", "usual number of signals in 10 minutes", "labels.team"."""
    known = FIELDS.get(name)
    return (known.said or known.label.lower()) if known is not None else name


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the known word most like this one: "Did you mean “title”?"."""
    from difflib import get_close_matches  # only for what was misspelt

    close = get_close_matches(word.strip().lower(), list(known), n=1, cutoff=0.5)
    return f"Did you mean “{close[0]}”?" if close else otherwise
