"""Brings what happens at a drill's own desk into the run's log: there it counts as evidence."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from db.queries import drill_sandbox as rows
from db.unit_of_work import Session
from desktop.domain.commitment import Kind as Promised
from desktop.domain.drill_log import Entry
from desktop.domain.drill_words import DERIVED
from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us
from desktop.domain.promise import PromiseKind
from desktop.domain.timeline import EventKind
from desktop.services.desk import Desk
from desktop.services.drill_mirror_facts import HandoffSeen, confirmers, is_early, snapshot
from desktop.services.drill_world import SIMULATION, WORLD_ENDS

#: Under this name an entry of the log says which event of the drill's desk it is.
THERE = "seq_there"
#: What the ladder pages by itself is no act of a player.
BY_LADDER = "oncall.paged_by_ladder"
_BY_HAND = "by_hand"
_BEGINS = "begins"
_EARLY, _OVERDUE = DERIVED
_LEFT_OUT = frozenset({"changes", "deed", "policy"})
_INSTANTS = ("next_update_at", "due_at", "starts_at")


class Seen(NamedTuple):
    """One event of the drill's desk as the log is to hold it; `at` is the story's time."""

    seq: int
    at: datetime
    kind: str
    body: dict[str, Any]
    by: str


class DrillMirror:
    """Reads on where the log ends: nothing twice and nothing lost, also after the program was killed."""

    def __init__(self, desk: Desk, log: Sequence[Entry]) -> None:
        self._desk = desk
        self._overdue: set[tuple[int, int]] = set()
        self._classified: set[int] = set()
        with desk.store.read() as session:
            marks = (rows.mark(session, WORLD_ENDS), rows.mark(session, _BEGINS))
        self._seq = max(int(each or 0) for each in marks)
        for entry in log:
            self._seq = max(self._seq, int(entry.body.get(THERE, 0)))
            if entry.kind == _OVERDUE:
                self._overdue.add(_due_of(entry.body))
            elif entry.kind == EventKind.CLASSIFIED:
                self._classified.add(int(entry.body.get("escalation_id", 0)))
        self._handoffs = HandoffSeen(desk)
        self._finds: Any = None

    def begin(self, session: Session) -> None:
        """From now on what happens counts; what was before the start does not."""
        self._seq = rows.head(session)[0]
        rows.put_mark(session, _BEGINS, str(self._seq))

    def fresh(self, session: Session, is_answered: bool) -> list[Seen]:
        """What happened since the last look, in order; `is_answered` when no ticket waits for a word."""
        events = rows.events_after(session, self._seq)
        if not events:
            return []
        self._seq = int(events[-1][0])
        told = [self._read(event) for event in events]
        stands = self._standings(session, told)
        found: list[Seen] = []
        for event in told:
            if event.by == SIMULATION.name:
                continue
            found += self._seen(session, event, stands.get(event.seq, {}), is_answered)
        return found

    @staticmethod
    def _read(event: tuple[Any, ...]) -> Seen:
        seq, escalation_id, kind, at_us, actor, body = event
        read: dict[str, Any] = json.loads(body)
        return Seen(seq, from_us(at_us), kind, read | {"escalation_id": escalation_id or 0}, actor)

    def _standings(self, session: Session, told: Sequence[Seen]) -> dict[int, dict[str, Any]]:
        """How each event's escalation stood right after it: what later ones changed is taken back."""
        now: dict[int, dict[str, Any]] = {}
        found: dict[int, dict[str, Any]] = {}
        for event in reversed(told):
            escalation_id = event.body["escalation_id"]
            if not escalation_id:
                continue
            if escalation_id not in now:
                now[escalation_id] = rows.escalation_row(session, escalation_id)
            found[event.seq] = dict(now[escalation_id])
            for change in event.body.get("changes", ()):
                if change["table"] == "escalation" and change["id"] == escalation_id:
                    before = {name: pair[0] for name, pair in change["columns"].items()}
                    now[escalation_id] = now[escalation_id] | before
        return found

    def _seen(
        self, session: Session, event: Seen, row: Mapping[str, Any], is_answered: bool
    ) -> Iterator[Seen]:
        body = {name: value for name, value in event.body.items() if name not in _LEFT_OUT}
        for name in _INSTANTS:
            if isinstance(body.get(name), int):
                body[name] = from_us(body[name]).isoformat()
        body[THERE] = event.seq
        if row:
            body["escalation"] = snapshot(row)
        kind = event.kind
        if kind == EventKind.ONCALL_PAGED and body.get("about") != _BY_HAND:
            kind = BY_LADDER
        elif kind == EventKind.UPDATE_SENT:
            self._message(body)
        elif kind == EventKind.HANDOFF_ACCEPTED:
            body |= self._handoffs.facts(session, int(body.get("handoff", 0)), body["escalation_id"])
        elif kind == EventKind.CONTAINED:
            body |= confirmers(session, event.by, event.body.get("by_id"))
        yield event._replace(kind=kind, body=body)
        yield from self._derived(session, event, body, row, is_answered)

    def _derived(
        self,
        session: Session,
        event: Seen,
        body: Mapping[str, Any],
        row: Mapping[str, Any],
        is_answered: bool,
    ) -> Iterator[Seen]:
        """What nobody does as such, and what people do by another way that means the same."""
        common = {name: body[name] for name in (THERE, "escalation_id", "escalation") if name in body}
        if event.kind == EventKind.CLASSIFIED:
            self._classified.add(event.body["escalation_id"])
        elif event.kind == EventKind.RECLASSIFIED and event.body["escalation_id"] not in self._classified:
            # What the support system guessed is not a classification: the first one by people is.
            self._classified.add(event.body["escalation_id"])
            yield event._replace(kind=EventKind.CLASSIFIED.value, body=dict(body))
        if event.kind == EventKind.PARENT_SET and "parent" in body:
            yield event._replace(kind=EventKind.LINKED.value, body=common | {"parent": body["parent"]})
        if event.kind == EventKind.RESOLVED:
            why = is_early(session, event.body["escalation_id"], row, is_answered)
            if why:
                yield event._replace(kind=_EARLY, body=common | {"why": why})
        if _is_overdue(event):
            key = _due_of(body)
            if key not in self._overdue:
                self._overdue.add(key)
                yield event._replace(kind=_OVERDUE, body=common | {"due_at": body.get("due_at", "")})

    def _message(self, body: dict[str, Any]) -> None:
        """What a message to customers held: its values, its next update, what the rules of tone find."""
        values = body.get("values")
        if isinstance(values, Mapping) and body.get("next_update_at"):
            body["values"] = {"next_update_at": body["next_update_at"]} | {
                name: text for name, text in values.items() if str(text).strip()
            }
        if self._finds is None:
            from desktop.services.drill_message import finds_of  # a drill may send nothing

            self._finds = finds_of(self._desk)
        next_at = body.get("next_update_at")
        channels = body.get("channels") or [{"medium": body.get("medium", ""), "text": body.get("text", "")}]
        found: list[str] = []
        try:
            for each in channels:
                found += self._finds(
                    body["escalation_id"],
                    str(body.get("stage", "")),
                    str(each["medium"]),
                    str(each["text"]),
                    datetime.fromisoformat(next_at) if next_at else None,
                )
        except DeskError:
            return  # nobody can tell then: staff's word counts
        body["lint"] = {"tone": list(dict.fromkeys(found))}
        body.pop("channels", None)


def _is_overdue(event: Seen) -> bool:
    if event.kind == EventKind.PROMISE_BROKEN:
        return event.body.get("what") == PromiseKind.NEXT_UPDATE
    return event.kind == EventKind.COMMITMENT_BREACHED and event.body.get("kind") == Promised.UPDATE


def _due_of(body: Mapping[str, Any]) -> tuple[int, int]:
    due = body.get("due_at")
    at = round(datetime.fromisoformat(due).timestamp()) if isinstance(due, str) and due else 0
    return int(body.get("escalation_id", 0)), at
