"""What an evidence bundle says of itself, and whether its parts are what it says."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from desktop.domain.audit import Link, canonical, link
from desktop.domain.errors import DeskError

MANIFEST = "manifest.json"
TIMELINE = "timeline.json"
FORMAT = 1


class Piece(NamedTuple):
    """One file of a bundle; `received_at` in ISO 8601."""

    name: str
    sha256: str
    size: int
    received_at: str
    source: str
    added_by: str

    def to_mapping(self) -> dict[str, Any]:
        """As the manifest lists it."""
        return self._asdict()


def event_entry(event: Link, previous: str, body: Mapping[str, Any], at: str) -> dict[str, Any]:
    """An event with what its hash is made of: the hash before it, and its body as the text it has."""
    return {
        "seq": event.seq,
        "escalation": event.escalation_id,
        "kind": event.kind,
        "at": at,
        "at_us": event.at_us,
        "actor": event.actor,
        "body": body,
        "body_json": event.body_json,
        "previous": previous,
        "hash": event.hash,
    }


def faults_of_events(events: Sequence[Any]) -> list[str]:
    """A sentence for each event that is not what its hash says."""
    faults: list[str] = []
    for place, event in enumerate(events):
        try:
            made = link(
                event["previous"],
                event["seq"],
                event["kind"],
                event["at_us"],
                event["actor"],
                event["escalation"],
                event["body_json"],
            )
            is_right = made == event["hash"] and canonical(event["body"]) == event["body_json"]
        except (KeyError, TypeError, ValueError, DeskError):
            is_right = False
        if not is_right:
            seq = event.get("seq", place + 1) if isinstance(event, Mapping) else place + 1
            faults.append(f"Event {seq} of the timeline was altered.")
    return faults
