"""An imported ticket as an escalation with a past: what its file says, and nothing that it does not."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop.domain.commitment import Kind
from desktop.domain.customer import Customer
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.history import Past
from desktop.domain.intake import Intake
from desktop.domain.life_cycle import fulfils
from desktop.domain.opening import Opening, build
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.ticket import Ticket


def opening_of(
    ticket: Ticket,
    customer: Customer,
    policy: Policy,
    by: Actor,
    *,
    system: str,
    owner_id: int | None,
    facts: dict[str, Any],
) -> Opening:
    """The rows of an escalation opened when the ticket was; `facts` say in its first event where it is from.

    Commitments of which the file cannot tell how they ended are left out: of a ticket that is over only
    *resolve* is kept, and those that have an instant in the file; of an open one everything that its state
    does not say is done. Only what somebody has judged counts as classified.
    """
    intake = intake_of(ticket, customer.id, system)
    opening = build(intake, customer, policy, ticket.opened_at, by)
    kept = tuple(row for row in opening.commitments if _is_known(Kind(row.kind), ticket, owner_id))
    columns = opening.columns if owner_id is None else opening.columns | {"owner_id": owner_id}
    named = {"assigned_to": ticket.owner} if ticket.owner else {}
    body = opening.body | named | {"owner_id": owner_id, "origin": facts}
    body["commitments"] = [[row.kind, row.target_s, row.due_us] for row in kept]
    return replace(opening, commitments=kept, columns=columns, body=body)


def past_of(ticket: Ticket, by: str) -> Past:
    """Where the ticket stands and what its file knows to have happened.

    Some systems fill *resolved* with any last change: it counts only once the state says so.
    """
    is_open = ticket.is_open
    return Past(
        state=ticket.state,
        assigned_at=ticket.assigned_at,
        acknowledged_at=_when(ticket.acknowledged_at, ticket.state is not State.NEW),
        contained_at=_when(ticket.contained_at, ticket.state is State.CONTAINED or not is_open),
        resolved_at=_when(ticket.resolved_at, not is_open),
        closed_at=_when(ticket.closed_at, ticket.state is State.CLOSED),
        by=ticket.owner or by,
        made_sla=ticket.made_sla,
    )


def intake_of(ticket: Ticket, customer_id: int, system: str) -> Intake:
    """The ticket as it would have come to the desk."""
    return Intake(
        customer_id=customer_id,
        title=ticket.title,
        description=ticket.description,
        area=ticket.area,
        issue_type=ticket.issue_type,
        severity=ticket.severity,
        business_impact=ticket.business_impact,
        reputational_risk=ticket.reputational_risk,
        reporter=ticket.reporter,
        source=ticket.source or system,
        external_source=system,
        external_ref=ticket.reference,
        team=ticket.team,
        classified=is_classified(ticket),
    )


def is_classified(ticket: Ticket) -> bool:
    """Whether somebody has judged it: a new ticket without a severity or a type nobody has."""
    return ticket.state is not State.NEW or ticket.severity is not None or bool(ticket.issue_type)


def _when(at: datetime | None, is_so: bool) -> datetime | None:
    return at if is_so else None


def _is_known(kind: Kind, ticket: Ticket, owner_id: int | None) -> bool:
    known = {
        Kind.ASSIGN: ticket.assigned_at is not None,
        Kind.ACKNOWLEDGE: ticket.acknowledged_at is not None,
        Kind.CONTAIN: ticket.contained_at is not None,
        Kind.RESOLVE: True,
        Kind.UPDATE: False,
    }[kind]
    if ticket.state not in OPEN_STATES:
        return known
    if kind is Kind.ASSIGN:
        return known or owner_id is None
    return known or kind not in fulfils(ticket.state)
