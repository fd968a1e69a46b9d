"""Says how grave an escalation is: classification, severity, and what people set over computed values."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done, Escalation, State
from desktop.domain.intake import area_of, check_factor, computed_severity, severity_of
from desktop.domain.person import Actor
from desktop.domain.policy import Policy, Priority
from desktop.domain.review import Reason
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, one_line, required
from desktop.services import commitment as commitments
from desktop.services import overruling, review_mark, snooze
from desktop.services.case import Case, Cases
from desktop.services.grading import classify_first, differences, end_spent_override, rescore, score_of


class Unchanged(NamedTuple):
    """Stands for what a caller says nothing about, as None means unknown."""


UNCHANGED = Unchanged()


class ClassificationService:
    """Commands that say how grave an escalation is."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def classify(
        self,
        escalation_id: int,
        by: Actor,
        *,
        issue_type: str | Unchanged = UNCHANGED,
        area: str | Unchanged = UNCHANGED,
        severity: int | Unchanged = UNCHANGED,
        business_impact: int | Unchanged | None = UNCHANGED,
        reputational_risk: int | Unchanged | None = UNCHANGED,
        team: str | Unchanged = UNCHANGED,
        reason: str = "",
    ) -> Done:
        """Confirm or change the classification, under the policy in force; a new escalation becomes triaged.

        What nothing is said about stays; a new issue type brings its own severity unless one is given.

        Raises: DeskError naming the field at fault; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.CLASSIFY) as case:
            must_live(case)
            before, graded_by = case.escalation, case.policy
            policy = case.work.policies.active(case.work.session)
            said: dict[str, Any] = {
                "issue_type": issue_type,
                "area": area,
                "severity": severity,
                "business_impact": business_impact,
                "reputational_risk": reputational_risk,
                "team": team,
            }
            said = {name: value for name, value in said.items() if value is not UNCHANGED}
            case.set(**classification_of(before, said, policy), policy_version=policy.version)
            grade_again(case, before, graded_by)
            return _classified(case, said, clean(reason))

    def set_severity(self, escalation_id: int, severity: int, reason: str, by: Actor) -> Done:
        """Set the severity; score and priority follow. Away from the issue type's own it is an override.

        Raises: DeskError without a reason, or when it has that severity; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.SET_SEVERITY) as case:
            reason = required(reason, "reason", "A change of severity needs a reason.", "Say what shows it.")
            before = case.escalation
            if severity == before.severity:
                raise DeskError(f"It is SEV{severity} already.", field="severity")
            must_live(case)
            return _with_severity(case, severity_of(severity, "", case.policy), reason, by)

    def override(
        self,
        escalation_id: int,
        by: Actor,
        reason: str,
        *,
        severity: int | None = None,
        score: int | None = None,
        priority: Priority | str | None = None,
    ) -> Done:
        """Set severity, score or priority over what the policy computes, which stays beside it.

        Raises: DeskError without a reason or a change, or off the scale; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.OVERRIDE) as case:
            reason = required(
                reason, "reason", "An override needs a reason.", "Say why the policy is wrong here."
            )
            must_live(case)
            classify_first(case)
            before = case.escalation
            if severity is not None:
                case.set(severity=severity_of(severity, "", case.policy))
                rescore(case)
            if score is not None:
                case.set(score=_checked_score(score), priority=case.policy.priority_of(score).value)
            if priority is not None:
                case.set(priority=_checked_priority(priority).value)
            if _gravity(case.escalation) == _gravity(before):
                raise DeskError(
                    "The override changes nothing.", field="priority", hint="Choose another value."
                )
            case.set(override_reason=reason, override_by=by.name)
            review_mark.drop(case, *(set(Reason) - {Reason.PROPOSAL}))
            return _regraded(case, before, EventKind.OVERRIDE_APPLIED, "Override", reason)

    def clear_override(self, escalation_id: int, by: Actor, reason: str) -> Done:
        """Let the computed severity, score and priority count again.

        Raises: DeskError without a reason, or when nothing is overridden; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.OVERRIDE) as case:
            reason = required(reason, "reason", "Ending an override needs a reason.", "Say what has changed.")
            before = case.escalation
            if not before.is_overridden:
                raise DeskError(
                    "Nothing is overridden.", hint="Score and priority are as the policy computes."
                )
            must_live(case)
            case.set(severity=before.severity_computed or before.severity)
            score = score_of(case, case.policy)
            case.set(
                score=score.value,
                score_computed=score.value,
                priority=score.priority.value,
                priority_computed=score.priority.value,
                override_reason=None,
                override_by=None,
            )
            commitments.retarget(case)
            return _regraded(case, before, EventKind.RECLASSIFIED, "End of override", reason)


def must_live(case: Case) -> None:
    """Let pass what may still be classified.

    Raises: DeskError for what was merged or closed.
    """
    if case.escalation.state in (State.MERGED, State.CLOSED):
        word = case.escalation.state.word.lower()
        raise DeskError(f"The escalation is {word}: its classification stands.", field="state")


def classification_of(before: Escalation, said: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """The columns of an escalation of which this is said, all else as it was.

    Raises: DeskError naming the field at fault.
    """
    issue_type = said.get("issue_type", before.issue_type)
    is_new_type = issue_type != before.issue_type
    area = said.get("area", "" if issue_type and is_new_type else before.area)
    computed = computed_severity(issue_type, policy)
    severity = said.get("severity")
    if severity is None:
        is_own = before.severity == before.severity_computed
        severity = computed if is_new_type and is_own and computed else before.severity
    columns = {
        "issue_type": issue_type,
        "area": area_of(area, issue_type, policy),
        "severity": severity_of(severity, issue_type, policy),
        "severity_computed": computed,
    }
    for name in ("business_impact", "reputational_risk"):
        if name in said:
            check_factor(name, said[name])
            columns[name] = said[name]
    if "team" in said:
        columns["team"] = one_line(said["team"])
    return columns


def grade_again(case: Case, before: Escalation, graded_by: Policy) -> None:
    """Score an escalation whose classification was just set, for the first time where it has no priority."""
    if before.priority is None:
        classify_first(case)
    else:
        rescore(case, graded_by)
    end_spent_override(case)
    snooze.end_if_graver(case, before)


def _classified(case: Case, said: Mapping[str, Any], reason: str) -> Done:
    before = case.before
    is_first = before.state is State.NEW
    if is_first:
        case.set(state=State.TRIAGED.value)
    overruling.note(case, reason, said)
    from desktop.services import proposals  # a start needs nothing of what rules propose

    proposals.settle_by_hand(case, reason)
    review_mark.end(case)
    kind = EventKind.CLASSIFIED if is_first else EventKind.RECLASSIFIED
    return case.tell(kind, "Classification", reason=reason, **differences(before, case.escalation))


def _with_severity(case: Case, severity: int, reason: str, by: Actor) -> Done:
    before = case.escalation
    case.set(severity=severity)
    is_override = before.severity_computed is not None and severity != before.severity_computed
    if is_override:
        case.set(override_reason=reason, override_by=by.name)
    rescore(case)
    end_spent_override(case)
    review_mark.drop(case, Reason.NEAR_EDGE)
    kind = EventKind.OVERRIDE_APPLIED if is_override else EventKind.RECLASSIFIED
    return _regraded(case, before, kind, "Severity", reason)


def _regraded(case: Case, before: Escalation, kind: EventKind, deed: str, reason: str) -> Done:
    commitments.retarget(case)
    snooze.end_if_graver(case, before)
    overruling.note(case, reason, ("severity",))
    return case.tell(kind, deed, reason=reason, **differences(before, case.escalation))


def _gravity(escalation: Escalation) -> tuple[int, int | None, Priority | None]:
    return escalation.severity, escalation.score, escalation.priority


def _checked_score(score: int) -> int:
    if 0 <= score <= 100:
        return score
    raise DeskError(f"{score} is no score.", field="score", hint="Choose 0 to 100.")


def _checked_priority(priority: Priority | str) -> Priority:
    try:
        return Priority(priority)
    except ValueError:
        raise DeskError(
            f"There is no priority {priority}.", field="priority", hint="Choose P1 to P4."
        ) from None
