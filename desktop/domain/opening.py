"""Opening an escalation: every row it takes, worked out before anything is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import MET, CommitmentRow, Held, started
from desktop.domain.customer import Customer
from desktop.domain.escalation import State
from desktop.domain.escalation_clock import NO_CLOCK, clock_columns
from desktop.domain.instant import to_us
from desktop.domain.intake import Intake, checked, computed_severity
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.priority import Score, assess
from desktop.domain.review import reasons, why_text

#: The commitments that start with the first classification, in the order they fall due as a rule.
AT_CLASSIFICATION = (Kind.ACKNOWLEDGE, Kind.CONTAIN, Kind.RESOLVE, Kind.UPDATE)


@dataclass(frozen=True, slots=True)
class Opening:
    """All rows of a new escalation but their ids, its number and its revision, which the store gives.

    `columns` are those of the escalation by name; `body` is that of its first event. The number's year is
    that of `created_at` in UTC.
    """

    intake: Intake
    customer: Customer
    score: Score
    columns: dict[str, Any]
    commitments: tuple[CommitmentRow, ...]
    body: dict[str, Any]
    year: int
    at_us: int


def build(intake: Intake, customer: Customer, policy: Policy, at: datetime, by: Actor) -> Opening:
    """The rows of an escalation opened at an instant.

    Commitments start when the desk learns of the problem, which is `at`, not when the trouble began.

    Raises: DeskError naming the field of the intake that is at fault.
    """
    intake = checked(intake, policy)
    at_us = to_us(at)
    score = assess(
        policy,
        business_impact=intake.business_impact,
        tier=customer.tier,
        revenue=customer.revenue,
        reputational_risk=intake.reputational_risk,
        severity=intake.severity,
    )
    commitments = _commitments(intake, score, policy, at_us)
    held = [Held(row, (), policy) for row in commitments if row.is_running]
    columns = _columns(intake, score, policy, at_us, by)
    columns.update(clock_columns(held, at_us) if held else NO_CLOCK)
    body = _body(intake, customer, score, policy, by, commitments)
    return Opening(intake, customer, score, columns, commitments, body, at.year, at_us)


def _commitments(intake: Intake, score: Score, policy: Policy, at_us: int) -> tuple[CommitmentRow, ...]:
    # Before a classification only an owner is promised, in the time that the score foreseen allows.
    kinds = (Kind.ASSIGN, *AT_CLASSIFICATION) if intake.classified else (Kind.ASSIGN,)
    rows = [started(kind, score.priority, policy, at_us) for kind in kinds]
    if intake.owner_id is not None:
        rows[0] = rows[0]._replace(stopped_us=at_us, outcome=MET, next_threshold=None, next_threshold_us=None)
    return tuple(rows)


def _columns(intake: Intake, score: Score, policy: Policy, at_us: int, by: Actor) -> dict[str, Any]:
    priority = score.priority.value
    why = reasons(None, is_classified=intake.classified, near_edge=score.near_edge)
    return {
        "title": intake.title,
        "description": intake.description,
        "state": State.NEW.value,
        "severity": intake.severity,
        "severity_computed": computed_severity(intake.issue_type, policy),
        "area": intake.area,
        "issue_type": intake.issue_type,
        "customer_id": intake.customer_id,
        "team": intake.team,
        "owner_id": intake.owner_id,
        "reporter": intake.reporter,
        "source": intake.source,
        "external_source": intake.external_source,
        "external_ref": intake.external_ref,
        "business_impact": intake.business_impact,
        "reputational_risk": intake.reputational_risk,
        "score": score.value if intake.classified else None,
        "score_computed": score.value,
        "priority": priority if intake.classified else None,
        "priority_computed": priority,
        "provisional": int(score.provisional),
        "policy_version": policy.version,
        "opened_at": at_us if intake.opened_at is None else to_us(intake.opened_at),
        "created_at": at_us,
        "created_by": by.name,
        "acknowledge_wanted": 1,
        "needs_review": int(bool(why)),
        "review_why": why_text(why),
        "review_at": at_us if why else None,
        "last_event_at": at_us,
        "sample": int(intake.sample),
    }


def _body(
    intake: Intake,
    customer: Customer,
    score: Score,
    policy: Policy,
    by: Actor,
    commitments: tuple[CommitmentRow, ...],
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "to": State.NEW.value,
        "policy": policy.version,
        "title": intake.title,
        "customer": customer.name,
        "severity": intake.severity,
        "source": intake.source,
        "owner_id": intake.owner_id,
        "commitments": [[row.kind, row.target_s, row.due_us] for row in commitments],
    }
    if by.person_id is not None:
        body["by_id"] = by.person_id
    if intake.classified:
        body["score"] = score.value
        body["priority"] = score.priority.value
        body["assumed"] = list(score.assumed)
    return body
