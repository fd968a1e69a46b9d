"""Score and priority of an escalation under a command: computed, first set, kept where a person overrides."""

from typing import Any

from db.queries import customer as customers
from desktop.domain.customer import Customer
from desktop.domain.errors import NotFound
from desktop.domain.escalation import Escalation
from desktop.domain.opening import AT_CLASSIFICATION
from desktop.domain.policy import Policy
from desktop.domain.priority import Score, assess
from desktop.services import commitment as commitments
from desktop.services import review_mark
from desktop.services.case import Case


def score_of(case: Case, policy: Policy) -> Score:
    """The score of an escalation as its customer and factors stand now."""
    customer = customers.by_id(case.work.session, case.escalation.customer_id)
    if customer is None:
        raise NotFound("The escalation's customer is gone.", field="customer")
    return assessed(case.escalation, customer, policy)


def assessed(escalation: Escalation, customer: Customer, policy: Policy) -> Score:
    """The score of an escalation if this were its customer."""
    return assess(
        policy,
        business_impact=escalation.business_impact,
        tier=customer.tier,
        revenue=customer.revenue,
        reputational_risk=escalation.reputational_risk,
        severity=escalation.severity,
    )


def rescore(case: Case, graded_by: Policy | None = None) -> None:
    """Compute score and priority anew under the escalation's own policy; what a person set over them stays.

    Commitments that run take the targets of the new priority. Before the first classification only the
    foreseen values change. `graded_by` is the policy it was classified under before, if that was another.
    """
    policy = case.policy
    case.set(**regraded(case.escalation, score_of(case, policy), policy, graded_by))
    commitments.retarget(case)


def regraded(
    escalation: Escalation, score: Score, policy: Policy, graded_by: Policy | None = None
) -> dict[str, Any]:
    """The columns of an escalation with another computed score; what a person set over it stays."""
    columns: dict[str, Any] = {
        "score_computed": score.value,
        "priority_computed": score.priority.value,
        "provisional": int(score.provisional),
    }
    if escalation.priority is not None and escalation.score is not None:
        is_score_set = escalation.score != escalation.score_computed
        is_priority_set = escalation.priority is not (graded_by or policy).priority_of(escalation.score)
        value = escalation.score if is_score_set else score.value
        columns["score"] = value
        columns["priority"] = escalation.priority if is_priority_set else policy.priority_of(value).value
    return columns


def differences(before: Escalation, after: Escalation) -> dict[str, Any]:
    """What an event tells of a classification: each of its values that changed, before and after."""
    names = (
        "severity",
        "score",
        "priority",
        "issue_type",
        "area",
        "team",
        "business_impact",
        "reputational_risk",
    )
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def classify_first(case: Case) -> None:
    """Set score and priority for the first time, under the policy in force, and start what that promises.

    Does nothing to an escalation that has a priority.
    """
    if case.escalation.priority is not None:
        return
    policy = case.work.policies.active(case.work.session)
    score = score_of(case, policy)
    case.set(
        policy_version=policy.version,
        score=score.value,
        score_computed=score.value,
        priority=score.priority.value,
        priority_computed=score.priority.value,
        provisional=int(score.provisional),
    )
    review_mark.graded(case, near_edge=score.near_edge)
    commitments.retarget(case)
    commitments.start(case, AT_CLASSIFICATION)


def end_spent_override(case: Case) -> None:
    """Forget the reason of an override of which nothing is left."""
    now = case.escalation
    is_spent = (
        now.severity == (now.severity_computed or now.severity)
        and now.score == now.score_computed
        and now.priority is now.priority_computed
    )
    if is_spent:
        case.set(override_reason=None, override_by=None)
