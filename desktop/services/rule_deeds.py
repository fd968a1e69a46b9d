"""What rules set on an escalation: carried out, told rule by rule, and written down as firings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.queries import rule as rules
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.escalation import Escalation
from desktop.domain.person import Person
from desktop.domain.policy import Policy
from desktop.domain.review import Reason
from desktop.domain.rule import Applied, Decision, action_of
from desktop.domain.rule_action import action_words
from desktop.domain.timeline import EventKind
from desktop.services import overruling, proposals, review_mark
from desktop.services.case import Case, Work
from desktop.services.classification import classification_of, grade_again
from desktop.services.grading import rescore, score_of
from desktop.services.ownership import hand_over
from desktop.services.rule_names import customer_of, on_call_for, person_of

#: What is said of an escalation's classification; customer and owner are set apart.
_CLASSIFIED = ("issue_type", "area", "severity", "business_impact", "reputational_risk", "team")
_MARKING = ("add_tag", "link_playbook")
_CLASSIFYING = frozenset({"issue_type", "severity"})
_GRADED = frozenset({"issue_type", "severity", "business_impact", "reputational_risk"})


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that did something: the fields it set, by name, and in words what it did."""

    rule: Applied
    values: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()


def set_values(case: Case, values: Mapping[str, Any], locked: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Set on an escalation what is said of it by the names of a decision; gives the fields that changed.

    Fields that a person set keep their value even where they would follow from another.

    Raises: DeskError naming the field at fault.
    """
    before, graded_by = case.escalation, case.policy
    columns = _columns(case, values, locked)
    owner = _owner(case, values)
    if columns:
        case.set(**columns)
        _grade(case, before, graded_by, values)
    if owner is not None and owner.id != before.owner_id:
        hand_over(case, owner.id)
    return overruling.changed(before, case.escalation)


def carry_out(
    work: Work, escalation_id: int, decision: Decision, locked: frozenset[str]
) -> tuple[list[Fired], list[Applied]]:
    """Set what the acting rules say on an open escalation, one event for each rule that changed something.

    Gives those that did, and those left for a person to decide on: what cannot be carried out, and what is
    proposed for the first time. The escalation needs review for these.
    """
    fired: list[Fired] = []
    left = _new_proposals(work, escalation_id, decision)
    for rule in decision.acting:
        case = work.case(escalation_id)
        values = {key: value for key, (value, by) in decision.values.items() if by is rule}
        marks = [(action.kind, action.value) for action, by in decision.additions if by is rule]
        try:
            changed = set_values(case, values, locked)
        except DeskError as error:
            if not _is_known(work, rule, escalation_id):
                said = [f"Rule “{rule.name}” cannot be carried out: {error}"]
                want_review(work, escalation_id, Reason.ASKED, said)
                left.append(rule)
            continue
        is_marked = proposals.put_marks(case, marks, rule.name)
        if changed or is_marked:
            done = Fired(rule, changed, words_of(rule, changed, _MARKING if is_marked else ()))
            case.tell(EventKind.RULE_APPLIED, "Rule", counts=False, **told(done))
            fired.append(done)
    return fired, left


def words_of(rule: Applied, values: Mapping[str, Any], kinds: Sequence[str]) -> tuple[str, ...]:
    """What a rule did in words: the fields it set, and its actions of these kinds."""
    return tuple(
        action_words(action)
        for action in rule.actions
        if action.kind in kinds or action_of(action.kind).touches in values
    )


def told(fired: Fired) -> dict[str, Any]:
    """What the event of a rule that did something tells."""
    return {
        "rule": fired.rule.name,
        "rule_id": fired.rule.rule_id,
        "version": fired.rule.version,
        "did": list(fired.words),
        "because": list(fired.rule.because),
    }


def note_fired(
    work: Work, fired: Iterable[Fired], proposed: Sequence[Applied], escalation_id: int, signal_id: int
) -> None:
    """Write down what rules did, and what others propose, on account of a signal."""
    for one in fired:
        _note(work, one.rule, one.words, one.values, "done", escalation_id, signal_id)
    for rule in proposed:
        _note(work, rule, rule.words, {}, "proposed", escalation_id, signal_id)


def want_review(work: Work, escalation_id: int, why: Reason, said: Sequence[str]) -> None:
    """Let an escalation wait for a person's look, with an event that says why."""
    case = work.case(escalation_id)
    review_mark.want(case, why)
    case.tell(EventKind.REVIEW_WANTED, "Review", counts=False, reasons=list(said))


def _columns(case: Case, values: Mapping[str, Any], locked: frozenset[str]) -> dict[str, Any]:
    before = case.escalation
    said = {name: values[name] for name in _CLASSIFIED if name in values}
    columns: dict[str, Any] = {}
    if said.get("issue_type", before.issue_type):
        said.pop("area", None)  # the issue type says which area it is
    if "issue_type" in said:
        said |= {name: getattr(before, name) for name in ("severity", "area") if name in locked}
    if said:
        policy = case.work.policies.active(case.work.session)
        columns = classification_of(before, said, policy)
        if _GRADED & said.keys():
            columns["policy_version"] = policy.version
    if "customer" in values:
        customer = customer_of(case.work.session, values["customer"])
        if customer is None:
            raise NotFound(f"There is no customer {values['customer']}.", field="customer")
        columns["customer_id"] = customer.id
    return columns


def _owner(case: Case, values: Mapping[str, Any]) -> Person | None:
    session = case.work.session
    if "owner" in values:
        person = person_of(session, values["owner"])
        if person is None:
            raise NotFound(f"There is nobody called {values['owner']} at the desk.", field="owner")
        return person
    # Whoever is on call by now does not take it from whoever has it.
    if "owner_on_call" in values and case.escalation.owner_id is None:
        return on_call_for(session, values["owner_on_call"], case.work.at)
    return None


def _grade(case: Case, before: Escalation, graded_by: Policy, values: Mapping[str, Any]) -> None:
    if not _GRADED & values.keys() and case.escalation.customer_id == before.customer_id:
        return
    if before.priority is None and not _CLASSIFYING & values.keys():
        rescore(case, graded_by)
        return
    grade_again(case, before, graded_by)
    review_mark.graded(case, near_edge=score_of(case, case.policy).near_edge)


def _new_proposals(work: Work, escalation_id: int, decision: Decision) -> list[Applied]:
    """What rules propose for the first time."""
    fresh = [rule for rule in decision.proposals if not _is_known(work, rule, escalation_id)]
    if fresh:
        said = [f"Rule “{rule.name}” {words}" for rule in fresh for words in rule.words]
        want_review(work, escalation_id, Reason.PROPOSAL, said)
    return fresh


def _is_known(work: Work, rule: Applied, escalation_id: int) -> bool:
    """Whether a person was asked about this version of a rule before: they are asked once."""
    return rules.has_proposed(work.session, rule.rule_id, rule.version, escalation_id)


def _note(
    work: Work,
    rule: Applied,
    words: Sequence[str],
    values: Mapping[str, Any],
    state: str,
    escalation_id: int,
    signal_id: int,
) -> None:
    did = {
        "words": list(words),
        "because": list(rule.because),
        "actions": [[action.kind, action.value] for action in rule.actions],
        "set": dict(values),
    }
    rules.note_firing(
        work.session,
        rule_id=rule.rule_id,
        version=rule.version,
        signal_id=signal_id,
        escalation_id=escalation_id or None,
        state=state,
        did=did,
        at_us=work.at_us,
    )
