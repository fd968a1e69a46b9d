"""What an escalation is opened with when a signal opens it: what that says, and what rules say of it."""

from collections.abc import Mapping
from typing import Any

from desktop.domain.customer import Customer
from desktop.domain.intake import Intake
from desktop.domain.person import Person
from desktop.domain.rule import Decision
from desktop.domain.signal import Signal
from desktop.domain.signal_grade import severity_of_hint
from desktop.services.case import Work
from desktop.services.customer_unknown import unknown_customer
from desktop.services.judging import Heard
from desktop.services.rule_names import customer_of, on_call_for, person_of

_LONGEST_DETAILS = 20_000


def intake_of(
    work: Work, heard: Heard, decision: Decision | None, customer: Customer
) -> tuple[Intake, tuple[str, ...]]:
    """What to open an escalation with, and sentences about what rules name that cannot be found."""
    signal, source = heard.signal, heard.source
    values = {} if decision is None else {name: value for name, (value, _) in decision.values.items()}
    owner, missing = _owner(work, values)
    issue_type = str(values.get("issue_type", ""))
    reference = signal.understood("reference")
    is_classified = decision is not None and decision.is_classified
    severity = values.get("severity")
    if severity is None and not issue_type:
        severity = severity_of_hint(signal.severity_hint or signal.understood("priority"))
    intake = Intake(
        customer_id=customer.id,
        title=signal.title or "A signal without a title",
        description=_described(signal),
        area="" if issue_type else str(values.get("area", source.area)),
        issue_type=issue_type,
        severity=severity,
        business_impact=values.get("business_impact"),
        reputational_risk=values.get("reputational_risk"),
        reporter=signal.understood("reporter"),
        source=source.name,
        external_source=source.key if reference else None,
        external_ref=reference or None,
        team=str(values.get("team", "")),
        owner_id=None if owner is None else owner.id,
        opened_at=signal.occurred_at if _is_past(signal, work) else None,
        classified=is_classified,
    )
    return intake, missing


def whose(work: Work, heard: Heard, decision: Decision | None) -> tuple[Customer, bool]:
    """Whose problem it is by rule, signal or source; with false the customer for what names none."""
    wanted = decision.values.get("customer") if decision is not None else None
    if wanted is not None:
        found = customer_of(work.session, wanted[0])
        if found is not None:
            return found, True
    if heard.customer is not None:
        return heard.customer, wanted is None
    return unknown_customer(work.session, work.by.name), False


def _owner(work: Work, values: Mapping[str, Any]) -> tuple[Person | None, tuple[str, ...]]:
    """Who shall own it by the rules, and what to say where nobody can."""
    if (wanted := values.get("owner")) is not None:
        found = person_of(work.session, wanted)
        return found, () if found else (f"A rule assigns it to {wanted}, whom the desk does not know.",)
    if (team := values.get("owner_on_call")) is not None:
        found = on_call_for(work.session, team, work.at)
        return found, () if found else (f"Nobody is on call for {team}.",)
    return None, ()


def _described(signal: Signal) -> str:
    """What it says beyond its title."""
    lines = [signal.understood("details")[:_LONGEST_DETAILS]]
    labels = signal.fields.get("labels")
    if isinstance(labels, Mapping):
        lines.append("\n".join(f"{name}: {value}" for name, value in labels.items()))
    return "\n\n".join(line for line in lines if line)


def _is_past(signal: Signal, work: Work) -> bool:
    return signal.occurred_at is not None and signal.occurred_at <= work.at
