"""Everything a person looks at when they open one escalation."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import alarm as alarms
from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import evidence as evidences
from db.queries import family, timeline, watcher
from db.queries import person as people
from db.queries import snooze as snoozes
from db.queries.family import Relative
from db.queries.snooze import SnoozeRow
from db.unit_of_work import Session, Store
from desktop.domain.action_state import ActionState, Circumstances, action_states
from desktop.domain.ageing import Thresholds, thresholds
from desktop.domain.alarm import Concern
from desktop.domain.clock import Clock
from desktop.domain.commitment import Commitment, Kind
from desktop.domain.commitment_row import Held
from desktop.domain.customer import Customer
from desktop.domain.errors import NotFound
from desktop.domain.escalation import Escalation
from desktop.domain.evidence import Evidence
from desktop.domain.next_action import next_action
from desktop.domain.person import Actor, Person
from desktop.domain.policy import Policy
from desktop.domain.priority import Score, assess
from desktop.domain.rights import Action
from desktop.domain.timeline import TimelineEvent
from desktop.services.clocks import held_of
from desktop.services.policy import PolicyService


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """One commitment; `outcome` is empty while it runs, else met, breached (met too late) or cancelled.

    While a pause is open the thresholds stand as if it ended now.
    """

    id: int
    kind: Kind
    ordinal: int
    commitment: Commitment
    thresholds: Thresholds
    outcome: str
    is_paused: bool


@dataclass(frozen=True, slots=True)
class EscalationDetails:
    """One escalation with all that belongs to it.

    `score` is computed from the facts as they stand, under the policy it was classified by; where a person
    has overridden it, the escalation's own score and priority count. The timeline, in order, includes
    what was merged into it; `merged` are those, `also` older numbers that lead here. `parent` announces for
    it, and it for its `children`.
    """

    escalation: Escalation
    customer: Customer
    owner: Person | None
    policy: Policy
    score: Score
    commitments: tuple[CommitmentView, ...]
    timeline: tuple[TimelineEvent, ...]
    evidence: tuple[Evidence, ...]
    watchers: tuple[Person, ...]
    actions: tuple[ActionState, ...]
    primary: Action
    snooze: SnoozeRow | None
    alarms: tuple[Concern, ...]
    merged: tuple[tuple[int, str], ...]
    also: tuple[str, ...]
    parent: Relative | None
    children: tuple[Relative, ...]


class DetailsService:
    """Reads one escalation whole."""

    def __init__(self, *, store: Store, clock: Clock, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy

    def details(self, escalation_id: int, by: Actor) -> EscalationDetails:
        """The escalation as it stands, with what the person looking may do.

        Raises: NotFound.
        """
        with self._store.read() as session:
            escalation = escalations.get(session, escalation_id)
            return self._details(session, escalation, by)

    def _details(self, session: Session, escalation: Escalation, by: Actor) -> EscalationDetails:
        customer = customers.by_id(session, escalation.customer_id)
        if customer is None:
            raise NotFound("The escalation's customer is gone.", field="customer")
        policy = self._policy.version(escalation.policy_version)
        held = held_of(session, escalation.id, self._policy.version)
        evidence = evidences.for_escalation(session, escalation.id)
        snooze = snoozes.running_of(session, escalation.id)
        merged = escalations.merged_into(session, escalation.id)
        alarming = tuple(alarms.raised_of(session, [escalation.id]))
        facts = Circumstances(
            can_pause=any(_can_pause(part, policy) for part in held),
            is_paused=any(part.row.paused_us is not None for part in held),
            is_snoozed=snooze is not None,
            has_evidence=bool(evidence),
            has_alarms=bool(alarming),
            has_parent=escalation.parent_id is not None,
        )
        return EscalationDetails(
            escalation=escalation,
            customer=customer,
            owner=None if escalation.owner_id is None else people.by_id(session, escalation.owner_id),
            policy=policy,
            score=_score(escalation, customer, policy),
            commitments=tuple(self._view(part) for part in held),
            timeline=tuple(timeline.of_escalations(session, [escalation.id, *(id_ for id_, _ in merged)])),
            evidence=evidence,
            watchers=_people(
                session, [person_id for _, person_id in watcher.of_escalation(session, escalation.id)]
            ),
            actions=action_states(escalation, by, facts),
            primary=next_action(escalation, by),
            snooze=snooze,
            alarms=alarming,
            merged=tuple(merged),
            also=tuple(escalations.aliases(session, escalation.id)),
            parent=None if escalation.parent_id is None else family.relative(session, escalation.parent_id),
            children=family.children(session, escalation.id),
        )

    def _view(self, held: Held) -> CommitmentView:
        row, commitment = held.row, held.commitment()
        steps = thresholds(commitment, held.policy.ageing, self._clock.now())
        is_paused = row.paused_us is not None
        return CommitmentView(row.id, held.kind, row.ordinal, commitment, steps, row.outcome or "", is_paused)


def _can_pause(held: Held, policy: Policy) -> bool:
    return held.row.is_running and held.row.paused_us is None and held.row.kind in policy.pause.kinds


def _score(escalation: Escalation, customer: Customer, policy: Policy) -> Score:
    return assess(
        policy,
        business_impact=escalation.business_impact,
        tier=customer.tier,
        revenue=customer.revenue,
        reputational_risk=escalation.reputational_risk,
        severity=escalation.severity,
    )


def _people(session: Session, ids: Sequence[int]) -> tuple[Person, ...]:
    found = (people.by_id(session, person_id) for person_id in ids)
    return tuple(person for person in found if person is not None)
