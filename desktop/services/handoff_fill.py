"""Fills a handoff's draft from live state: the words of its items, and what hangs on them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from db.queries import handoff_facts as queries
from db.queries import maintenance, person
from db.unit_of_work import Session, Store
from desktop.domain.alarm_text import promise_word
from desktop.domain.clock import Clock
from desktop.domain.commitment import Kind
from desktop.domain.handoff_draft import ItemFacts, names_of, written
from desktop.domain.handoff_facts import HandoffFacts, Promise, Silenced, Waiting, gathered
from desktop.domain.handoff_words import absolute
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.policy_score import Priority
from desktop.domain.review import why_of
from desktop.services.details import CommitmentView, DetailsService, EscalationDetails
from desktop.services.judging import window_of

#: Who is on call for a team at an instant, by name; empty where nobody is or no rota says.
OnCall = Callable[[str, datetime], Sequence[str]]

#: How far the next shift is looked into for what is risky in it.
NEXT_SHIFT = timedelta(hours=12)


def nobody_known(team: str, at: datetime) -> Sequence[str]:
    """The answer of a desk without a rota."""
    return ()


class Filling:
    """Reads what is known of escalations as the words of a handoff."""

    def __init__(
        self, *, store: Store, details: DetailsService, clock: Clock, on_call: OnCall = nobody_known
    ) -> None:
        self._store = store
        self._details = details
        self._clock = clock
        self._on_call = on_call

    def words(
        self, escalation_ids: Iterable[int], zone: str, until: datetime | None, by: Actor
    ) -> dict[int, dict[str, str]]:
        """The words of each of these, times in a zone; `until` is the shift's end, None for now.

        Raises: NotFound.
        """
        at, ids = until or self._clock.now(), tuple(escalation_ids)
        with self._store.read() as session:
            parents = {child: parent for child, _, parent in queries.under_parents(session, ids)}
        found: dict[int, dict[str, str]] = {}
        for escalation_id in ids:
            details = self._details.details(escalation_id, by)
            found[escalation_id] = written(
                self._item(details, zone, at, parents.get(escalation_id, "")), zone
            )
        return found

    def _item(self, details: EscalationDetails, zone: str, until: datetime, parent: str) -> ItemFacts:
        escalation, score = details.escalation, details.score
        priority = escalation.priority
        return ItemFacts(
            number=escalation.number,
            title=escalation.title,
            description=escalation.description,
            customer=details.customer.name,
            severity=escalation.severity,
            priority=priority.value if priority else "",
            priority_word=Priority(priority).word if priority else "",
            score=escalation.score if priority else None,
            is_provisional=escalation.provisional,
            override_reason=escalation.override_reason or "",
            override_by=escalation.override_by or "",
            terms=tuple(f"{term.name}: {term.shown}, {term.why}" for term in score.terms),
            breaches=tuple(self._breach(view, zone) for view in details.commitments if self._is_late(view)),
            state_word=escalation.state.word,
            opened_at=escalation.opened_at,
            waiting_on=escalation.waiting_on,
            parent=parent,
            owner=details.owner.name if details.owner else "",
            acknowledged_by=escalation.acknowledged_by or "",
            watchers=names_of(watcher.name for watcher in details.watchers),
            team=escalation.team,
            on_call=tuple(self._on_call(escalation.team, until)) if escalation.team else (),
            next_step=escalation.next_step,
            events=details.timeline,
        )

    def _is_late(self, view: CommitmentView) -> bool:
        commitment, now = view.commitment, self._clock.now()
        return commitment.breached_at(commitment.stopped_at or now) is not None

    @staticmethod
    def _breach(view: CommitmentView, zone: str) -> str:
        return f"{promise_word(view.kind)}, due {absolute(view.thresholds.due_at, zone)}"


def gather(
    session: Session,
    escalation_ids: Sequence[int],
    now: datetime,
    shift_end_at: datetime | None,
    policy: Policy,
) -> HandoffFacts:
    """What hangs on these escalations and on the desk at an instant; the policy words reasons."""
    if escalation_ids:
        promises = _promises(session, escalation_ids)
        reasons = {reason.key: reason.text for reason in policy.pause.reasons}
        silenced, decisions = _silenced(session, escalation_ids, reasons), _decisions(session, escalation_ids)
        risks = _uncontained(session, escalation_ids)
    else:
        promises, silenced, decisions, risks = [], [], [], []
    horizon_us = to_us(max(shift_end_at or now, now) + NEXT_SHIFT)
    quiet, coming = _windows(session, to_us(now), horizon_us)
    return gathered(promises, [*silenced, *quiet], decisions, [*risks, *coming])


def _promises(session: Session, ids: Sequence[int]) -> list[Promise]:
    return [
        Promise(row.escalation_id, row.number, promise_word(Kind(row.kind)), row.due_us, bool(row.paused_us))
        for row in queries.promises(session, ids)
    ]


def _silenced(session: Session, ids: Sequence[int], reasons: Mapping[str, str]) -> list[Silenced]:
    found = [
        Silenced(row.escalation_id, row.number, "snoozed", row.reason, row.by, row.until_us or 0)
        for row in queries.snoozed(session, ids)
    ]
    for row in queries.paused(session, ids):
        how = f"clock of the {promise_word(Kind(row.kind))} paused"
        why = reasons.get(row.reason, row.reason)
        found.append(Silenced(row.escalation_id, row.number, how, why, row.by, row.until_us or 0))
    for escalation_id, number, parent in queries.under_parents(session, ids):
        found.append(Silenced(escalation_id, number, "muted", f"{parent} announces for it", "", 0))
    return found


def _decisions(session: Session, ids: Sequence[int]) -> list[Waiting]:
    found: list[Waiting] = []
    for row in queries.to_decide(session, ids):
        if row.proposed_us:
            text = f"{row.proposed_by} proposes containment: a senior engineer confirms it or not"
            found.append(Waiting(row.escalation_id, row.number, text, row.proposed_us))
        if row.review_us:
            why = "; ".join(reason.sentence for reason in why_of(row.review_why))
            text = f"Needs review: {why or 'it was marked'}"
            found.append(Waiting(row.escalation_id, row.number, text, row.review_us))
    return found


def _uncontained(session: Session, ids: Sequence[int]) -> list[Waiting]:
    return [
        Waiting(escalation_id, number, "P1 and not contained")
        for escalation_id, number in queries.uncontained(session, ids)
    ]


def _windows(session: Session, now_us: int, horizon_us: int) -> tuple[list[Silenced], list[Waiting]]:
    """Maintenance that keeps quiet now, and what begins in the next shift."""
    quiet: list[Silenced] = []
    coming: list[Waiting] = []
    for row in maintenance.unfinished(session):
        window = window_of(row)
        if window.is_on(now_us):
            why = window.name if not window.reason else f"{window.name}: {window.reason}"
            quiet.append(Silenced(0, "", "maintenance", why, row.made_by, window.ended_us))
        elif now_us < window.starts_us <= horizon_us:
            coming.append(Waiting(0, "", f"Maintenance begins: {window.name}", window.starts_us))
    return quiet, coming


def zone_of(session: Session, person_id: int | None) -> str:
    """The time zone a person reads times in; UTC for nobody."""
    found = None if person_id is None else person.by_id(session, person_id)
    return found.zone if found else "UTC"
