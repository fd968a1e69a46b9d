"""A whole policy as one document: which parts it has and how each is read and written."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from desktop.domain import policy_alarm_document as alarms
from desktop.domain import policy_score_document as scoring
from desktop.domain import policy_telling as telling
from desktop.domain.policy_calendar import read_calendars, write_calendars
from desktop.domain.policy_node import Node
from desktop.domain.policy_target import read_forgotten, read_targets, write_forgotten, write_targets
from desktop.domain.policy_taxonomy import read_areas, write_areas

FORMAT = "escalation-desk-policy/1"

#: What a person may be asked for before an escalation counts as resolved.
_NEEDS = ("reason", "note")
_LATEST_VERSION = 10**6


class _Part(NamedTuple):
    """How one part of the document becomes the policy's field of that name, and back."""

    read: Callable[[Node], Any]
    write: Callable[[Any], Any]


def _as_it_is(value: object) -> object:
    return value


_PARTS = {
    "name": _Part(Node.text, _as_it_is),
    "factors": _Part(scoring.read_factors, scoring.write_factors),
    "bands": _Part(scoring.read_bands, lambda bands: {str(key): edge for key, edge in bands.items()}),
    "senior_at": _Part(lambda node: node.whole(0, 100), _as_it_is),
    "sponsor_at": _Part(lambda node: node.whole(0, 100), _as_it_is),
    "review_margin": _Part(lambda node: node.whole(0, 20), _as_it_is),
    "tiers": _Part(scoring.read_tiers, scoring.write_tiers),
    "currency": _Part(scoring.read_currency, _as_it_is),
    "revenue_bands": _Part(scoring.read_revenue_bands, scoring.write_revenue_bands),
    "severities": _Part(scoring.read_severities, scoring.write_severities),
    "areas": _Part(read_areas, write_areas),
    "ageing": _Part(alarms.read_ageing, alarms.write_ageing),
    "pause": _Part(telling.read_pause, telling.write_pause),
    "snooze": _Part(telling.read_snooze, telling.write_snooze),
    "announce": _Part(alarms.read_announce, alarms.write_announce),
    "flood": _Part(alarms.read_flood, alarms.write_flood),
    "grouping": _Part(alarms.read_grouping, alarms.write_grouping),
    "budget": _Part(alarms.read_budget, alarms.write_budget),
    "quiet": _Part(alarms.read_quiet, alarms.write_quiet),
    "ladder": _Part(alarms.read_ladder, alarms.write_ladder),
    "sources": _Part(Node.texts, list),
    "standard_reasons": _Part(Node.texts, list),
    "resolve_reasons": _Part(Node.texts, list),
    "resolve_needs": _Part(lambda node: _read_needs(node), sorted),
    "examples": _Part(scoring.read_examples, scoring.write_examples),
}
#: These lean on one another: calendars are named by targets.
_LINKED = ("calendars", "targets", "forgotten")


def read_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a policy by name; `version` is 0 where the document has none.

    Raises: DeskError naming the fault, its path in `field`.
    """
    root = Node(document)
    parts = root.parts(("format", *_PARTS, *_LINKED), ("version",))
    if parts["format"].value != FORMAT:
        raise parts["format"].fault(
            f"“{parts['format'].value}” cannot be read here.", f"This version reads {FORMAT}."
        )
    fields = {key: part.read(parts[key]) for key, part in _PARTS.items()}
    fields["version"] = parts["version"].whole(1, _LATEST_VERSION) if "version" in parts else 0
    calendars, fields["holidays_of"] = read_calendars(parts["calendars"])
    fields["calendars"] = calendars
    fields["targets"], fields["contained_updates"] = read_targets(parts["targets"], calendars)
    fields["forgotten"] = read_forgotten(parts["forgotten"], calendars)
    _check_examples(parts["examples"], parts["areas"])
    return fields


def write_document(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The document of `read_document`: text, numbers, lists and mappings, in the order people read it."""
    head = {"format": FORMAT, **({"version": fields["version"]} if fields["version"] else {})}
    body = {key: part.write(fields[key]) for key, part in _PARTS.items()}
    linked = {
        "calendars": write_calendars(fields["calendars"], fields["holidays_of"]),
        "targets": write_targets(fields["targets"], fields["contained_updates"]),
        "forgotten": write_forgotten(fields["forgotten"]),
    }
    before = list(_PARTS).index("ageing")
    keys = list(body)
    return {
        **head,
        **{key: body[key] for key in keys[:before]},
        **linked,
        **{key: body[key] for key in keys[before:]},
    }


def _read_needs(node: Node) -> frozenset[str]:
    for item in node.items(least=0):
        if item.text() not in _NEEDS:
            raise item.fault(f"“{item.value}” is none of {', '.join(_NEEDS)}.")
    return frozenset(node.texts(least=0))


def _check_examples(examples: Node, areas: Node) -> None:
    known = {key for _, area in areas.entries() for key, _ in area.at("issue_types").entries()}
    for item in examples.items(least=0):
        kind = item.at("issue_type")
        if kind.text() not in known:
            raise kind.fault(f"no area has an issue type “{kind.value}”.")
