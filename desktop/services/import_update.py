"""Brings an escalation up to what a later file says of its ticket."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.queries import importing as queries
from db.queries.importing import KnownTicket
from db.unit_of_work import Session
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.intake import area_of
from desktop.domain.life_cycle import PATH
from desktop.domain.person import Actor
from desktop.domain.ticket import Ticket
from desktop.domain.timeline import EventKind
from desktop.services.case import Case, Work
from desktop.services.grading import rescore
from desktop.services.policy import PolicyService
from desktop.services.transition import reach

_TEXTS = (
    "title",
    "description",
    "team",
    "reporter",
    "source",
    "severity",
    "business_impact",
    "reputational_risk",
)
_SCORED = frozenset({"severity", "business_impact", "reputational_risk"})
_MOVES = frozenset({"state", "resolved_at", "closed_at", "contained_at", "acknowledged_at"})
_TOLD = {
    State.ACKNOWLEDGED: EventKind.ACKNOWLEDGED,
    State.CONTAINED: EventKind.CONTAINED,
    State.RESOLVED: EventKind.RESOLVED,
    State.CLOSED: EventKind.CLOSED,
}


def news(known: KnownTicket, ticket: Ticket) -> frozenset[str]:
    """The fields that say something else than in the last file; all of them when there was none.

    What people changed here meanwhile stays, unless the file has news of that very field.
    """
    before: Mapping[str, str] = json.loads(known.prints) if known.prints else {}
    prints = ticket.prints or {}
    return frozenset(key for key, mark in prints.items() if before.get(key) != mark)


class ImportUpdate:
    """Updates within one transaction, at the instants that the file states."""

    def __init__(self, session: Session, policies: PolicyService, by: Actor, now: datetime) -> None:
        self._session = session
        self._policies = policies
        self._by = by
        self._now = now
        #: Escalations that are open again where they come from: (id, sentence), to be reopened afterwards.
        self.reopened: list[tuple[int, str]] = []

    def apply(
        self, known: KnownTicket, ticket: Ticket, changed: frozenset[str], facts: dict[str, Any]
    ) -> None:
        """Take over what is new, with one event that says where it is from."""
        case = self._work(self._now).case(known.id)
        columns = self._columns(case, ticket, changed)
        if columns:
            case.set(**columns)
        if _SCORED & set(columns):
            rescore(case)
        case.tell(EventKind.EDITED, "Import", fields=sorted(changed), origin=facts)
        if "made_sla" in changed and ticket.made_sla is not None:
            queries.set_made_sla(self._session, known.id, ticket.made_sla)
        if changed & _MOVES:
            self._move(known.id, State(known.state), ticket, facts)

    def _columns(self, case: Case, ticket: Ticket, changed: frozenset[str]) -> dict[str, Any]:
        columns = {key: getattr(ticket, key) for key in _TEXTS if key in changed}
        if "severity" in columns and columns["severity"] is None:
            del columns["severity"]
        if changed & {"area", "issue_type"} and (ticket.area or ticket.issue_type):
            columns["area"] = area_of(ticket.area, ticket.issue_type, case.policy)
            columns["issue_type"] = ticket.issue_type
        return columns

    def _move(self, escalation_id: int, before: State, ticket: Ticket, facts: dict[str, Any]) -> None:
        after = ticket.state
        if before in OPEN_STATES and after is State.STANDARD:
            self._reach(escalation_id, State.STANDARD, self._now, facts)
        elif before not in OPEN_STATES and after in OPEN_STATES and before is not State.MERGED:
            self.reopened.append((escalation_id, f"It is open again in {facts['file']}."))
        elif before in PATH and after in PATH and PATH.index(after) > PATH.index(before):
            self._onward(escalation_id, before, ticket, facts)

    def _onward(self, escalation_id: int, before: State, ticket: Ticket, facts: dict[str, Any]) -> None:
        after = ticket.state
        if after is State.CLOSED and before is not State.RESOLVED:
            at = ticket.resolved_at or ticket.closed_at or self._now
            self._reach(escalation_id, State.RESOLVED, at, facts)
        at_of = {
            State.ACKNOWLEDGED: ticket.acknowledged_at,
            State.CONTAINED: ticket.contained_at,
            State.RESOLVED: ticket.resolved_at,
            State.CLOSED: ticket.closed_at,
        }
        self._reach(escalation_id, after, at_of.get(after) or self._now, facts)

    def _reach(self, escalation_id: int, state: State, at: datetime, facts: dict[str, Any]) -> None:
        # Not asked for a right to it: it was decided where the ticket lives, and is only recorded here.
        case = self._work(at).case(escalation_id)
        reach(case, state)
        case.tell(
            _TOLD.get(state, EventKind.MOVED),
            "Import",
            origin={"file": facts["file"], "row": facts["row"]},
        )

    def _work(self, at: datetime) -> Work:
        return Work(self._session, at, self._by, self._policies)
