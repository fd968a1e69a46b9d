"""Reads the quality of an act from the event it left: the automatic checks of an expectation.

`field:` looks at the event and at `escalation` in it, how the case stood then; `merge:` at the `values` a
message was filled with; `handoff:` at complete, commitments and decisions; `lint:` at what the check of
words found, as `lint: {tone: [...]}` or `findings`. What an event does not tell is left to staff.
"""

import re
from collections.abc import Mapping
from typing import Any

from desktop.domain.drill_plan import value_of

_COMPARED = re.compile(r"([A-Za-z_][\w.]*)\s*(>=|<=|!=|=)\s*(.+)")
#: Priorities and severities by any of their names, the gravest highest.
_RANKS: Mapping[str, int] = {
    **dict.fromkeys(("p1", "critical", "sev1"), 4),
    **dict.fromkeys(("p2", "high", "sev2"), 3),
    **dict.fromkeys(("p3", "medium", "sev3"), 2),
    **dict.fromkeys(("p4", "low", "sev4"), 1),
}


def is_satisfied(auto: str, body: Mapping[str, Any]) -> bool | None:
    """Whether an event satisfies a check; None where the event does not tell."""
    kind, _, rest = auto.partition(":")
    if kind == "field":
        return _field(rest, body)
    if kind == "merge":
        return _merge(rest, body)
    if kind == "handoff":
        return _told(value_of(body, rest))
    if kind == "lint":
        return _lint(rest, body)
    return None


def _field(rest: str, body: Mapping[str, Any]) -> bool | None:
    compared = _COMPARED.fullmatch(rest)
    if compared is None:
        return _told(value_of(body, rest))
    name, sign, wanted = compared.groups()
    found = value_of(body, name)
    if found is None:
        return None
    left, right = _rank(found), _rank(wanted)
    if sign in ("=", "!="):
        return (left == right) is (sign == "=")
    if isinstance(left, str) or isinstance(right, str):
        return None
    return left >= right if sign == ">=" else left <= right


def _rank(value: object) -> int | float | str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in _RANKS:
        return _RANKS[word]
    try:
        return float(word)
    except ValueError:
        return word


def _merge(name: str, body: Mapping[str, Any]) -> bool | None:
    values = body.get("values")
    if isinstance(values, Mapping):
        return bool(str(values.get(name) or "").strip())
    return _told(value_of(body, name))


def _lint(name: str, body: Mapping[str, Any]) -> bool | None:
    findings = body.get("lint", body.get("findings"))
    if isinstance(findings, Mapping):
        findings = findings.get(name)
    return None if findings is None else not findings


def _told(value: object) -> bool | None:
    if value is None:
        return None
    return bool(value.strip()) if isinstance(value, str) else bool(value)
