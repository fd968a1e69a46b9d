"""Joins escalations that are one problem, and takes apart what was joined by mistake."""

from collections.abc import Sequence

from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import evidence, watcher
from desktop.domain.commitment_row import CANCELLED
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.escalation import Done, Escalation, State
from desktop.domain.evidence import Evidence
from desktop.domain.intake import Intake, computed_severity
from desktop.domain.opening import build
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean
from desktop.services import opening as openings
from desktop.services.case import Case, Cases
from desktop.services.splitting import chosen_signals, evidence_of, move_alerts, move_children, move_signals
from desktop.services.transition import reach


class MergingService:
    """Merge and split."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def merge(self, escalation_id: int, into_id: int, by: Actor, reason: str = "") -> Done:
        """Make one escalation part of another: evidence, watchers and children move there, its clocks stop.

        What its sources repeat joins the other from now on.

        Merging into one that was itself merged means the one it lives on in.

        Raises: DeskError when they are the same or the other is no longer open; NotAllowed.
        """
        with self._cases.work(by) as work:
            case = work.case(escalation_id, Action.MERGE)
            into = work.case(escalations.survivor(work.session, into_id), Action.MERGE)
            if into.id == case.id:
                raise DeskError(
                    "An escalation cannot be merged into itself.", field="into_id", hint="Choose another."
                )
            if not into.escalation.is_open:
                raise DeskError(
                    f"{into.escalation.number} is {into.escalation.state.word.lower()}.",
                    field="into_id",
                    hint="Reopen it first, or choose an open one.",
                )
            reach(case, State.MERGED)
            case.set(merged_into_id=into.id)
            moved = _move(case, evidence.for_escalation(work.session, case.id), into.id)
            _move_watchers(case, into.id)
            move_alerts(case, into.id)
            move_children(case, into.id)
            into.tell(
                EventKind.LINKED, "Merge", merged=case.escalation.number, merged_id=case.id, evidence=moved
            )
            done = case.tell(
                EventKind.LINKED, "Merge", into=into.escalation.number, into_id=into.id, reason=clean(reason)
            )
            return Done((case.id, into.id), done.seqs, done.label)

    def split(
        self,
        escalation_id: int,
        evidence_ids: Sequence[int],
        title: str,
        by: Actor,
        reason: str = "",
        *,
        signal_ids: Sequence[int] = (),
    ) -> Done:
        """Open another escalation with some of what this one holds; the old number leads to both.

        What came by a merge takes the number it came from along. A signal takes along the message it came in,
        and what its source repeats under its key: later repeats join the new one. The new escalation is the
        second of the ids.

        Raises: DeskError without evidence, signals or a title; NotAllowed.
        """
        with self._cases.work(by) as work:
            case = work.case(escalation_id, Action.SPLIT)
            taken = chosen_signals(case, signal_ids)
            held = evidence.for_escalation(work.session, case.id)
            pieces = _chosen(held, evidence_ids) if evidence_ids or not taken else []
            pieces += [piece for piece in evidence_of(held, taken, case) if piece not in pieces]
            customer = customers.by_id(work.session, case.escalation.customer_id)
            if customer is None:
                raise NotFound("The escalation's customer is gone.", field="customer")
            policy = work.policies.active(work.session)
            opening = build(_intake(case.escalation, title, policy), customer, policy, work.at, by)
            opened = openings.store(work.session, opening, by, split_from=case.escalation.number)
            work.ids[opened.id] = None
            undone = {"state": State.MERGED.value, "merged_into_id": case.id}
            case.changes.added(
                "escalation", opened.id, undone, {"state": State.NEW.value, "merged_into_id": None}
            )
            _call_off_when_undone(case, opened.id)
            moved = _move(case, pieces, opened.id)
            move_signals(case, taken, opened.id)
            for number in _numbers(case, pieces):
                escalations.add_alias(work.session, number, opened.id)
            done = case.tell(
                EventKind.SPLIT,
                "Split",
                split=opened.number,
                split_id=opened.id,
                evidence=moved,
                signals=[signal.id for signal in taken] or None,
                reason=clean(reason),
            )
            return Done((case.id, opened.id), done.seqs, done.label)


def _call_off_when_undone(case: Case, opened_id: int) -> None:
    for held in case.work.case(opened_id).running():
        undone = {"stopped_at": case.at_us, "outcome": CANCELLED}
        case.changes.added("commitment", held.row.id, undone, {"stopped_at": None, "outcome": None})


def _move(case: Case, pieces: Sequence[Evidence], to_id: int) -> list[int]:
    for piece in pieces:
        case.changes.set("evidence", piece.id, escalation_id=to_id, moved_from_id=case.id)
    return [piece.id for piece in pieces]


def _move_watchers(case: Case, to_id: int) -> None:
    there = {person_id for _, person_id in watcher.of_escalation(case.work.session, to_id)}
    for row_id, person_id in watcher.of_escalation(case.work.session, case.id):
        if person_id not in there:
            case.changes.set("watcher", row_id, escalation_id=to_id)


def _chosen(pieces: Sequence[Evidence], ids: Sequence[int]) -> list[Evidence]:
    chosen = [piece for piece in pieces if piece.id in ids]
    if not chosen or len(chosen) != len(set(ids)):
        raise DeskError(
            "Choose the evidence to take out.",
            field="evidence",
            hint="Only what this escalation holds can be split off.",
        )
    return chosen


def _numbers(case: Case, pieces: Sequence[Evidence]) -> list[str]:
    """The numbers under which the pieces were known so far."""
    came_from = {piece.moved_from_id for piece in pieces if piece.moved_from_id is not None}
    merged = dict(escalations.merged_into(case.work.session, case.id))
    return [case.escalation.number, *(merged[id_] for id_ in sorted(came_from & set(merged)))]


def _intake(escalation: Escalation, title: str, policy: Policy) -> Intake:
    # What the policy in force no longer lists is left for somebody to classify.
    issue_type = escalation.issue_type if computed_severity(escalation.issue_type, policy) else ""
    areas = {area.key for area in policy.areas}
    return Intake(
        customer_id=escalation.customer_id,
        title=title,
        description=escalation.description,
        area=escalation.area if escalation.area in areas and not issue_type else "",
        issue_type=issue_type,
        severity=escalation.severity,
        business_impact=escalation.business_impact,
        reputational_risk=escalation.reputational_risk,
        reporter=escalation.reporter,
        source=escalation.source,
        team=escalation.team,
        sample=escalation.sample,
    )
