"""Keeps beside each escalation what follows from its commitments, pauses and snooze."""

from db.queries import commitment as commitments
from db.queries import escalation as escalations
from db.queries import snooze as snoozes
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.commitment_row import CommitmentRow, Held, PauseRow, PolicyOf, derived
from desktop.domain.errors import NotFound
from desktop.domain.escalation_clock import clock_columns
from desktop.domain.events import EscalationChanged
from desktop.domain.instant import to_us
from desktop.domain.policy import Policy
from desktop.services.bus import Bus
from desktop.services.changes import Value
from desktop.services.policy import PolicyService

_AT_ONCE = 500


def held_of(session: Session, escalation_id: int, policy_of: PolicyOf) -> list[Held]:
    """All commitments of an escalation with their pauses and policy versions, in the order they were made."""
    rows = commitments.of_escalation(session, escalation_id)
    pauses: dict[int, list[PauseRow]] = {}
    for pause in commitments.pauses_of_escalation(session, escalation_id):
        pauses.setdefault(pause.commitment_id, []).append(pause)
    return [Held(row, tuple(pauses.get(row.id, ())), policy_of(row.policy_version)) for row in rows]


def settle(
    session: Session, escalation_id: int, at_us: int, policy_of: PolicyOf, **columns: Value
) -> list[Held]:
    """Work out anew what follows from an escalation's commitments, and write what has changed.

    `columns` are written to the escalation along with it. Gives its commitments as they stand then.
    """
    before = held_of(session, escalation_id, policy_of)
    after = [held._replace(row=_derived(session, held, at_us)) for held in before]
    commitments.settle(
        session, [new.row for new, old in zip(after, before, strict=True) if new.row != old.row]
    )
    follows = {
        "waiting_on": _waiting_on(after),
        "snoozed_until": snoozes.running_until(session, escalation_id),
    }
    escalations.settle(session, escalation_id, columns | clock_columns(after, at_us) | follows)
    return after


def _derived(session: Session, held: Held, at_us: int) -> CommitmentRow:
    row = held.row
    if not row.is_running and row.paused_us is None and row.next_threshold is None:
        return row
    told = commitments.told(session, row.id) if row.is_running else {}
    return derived(row, held.pauses, held.policy, told, at_us)


def _waiting_on(held: list[Held]) -> str:
    names = (
        pause.waiting_on or _reason(part.policy, pause.reason)
        for part in held
        if part.row.paused_us is not None
        for pause in part.pauses
        if pause.ended_us is None
    )
    return ", ".join(dict.fromkeys(names))


def _reason(policy: Policy, key: str) -> str:
    try:
        return policy.pause_reason(key).text
    except NotFound:
        return key


class Clocks:
    """Brings the clocks shown on the board up to date where time alone has changed them."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy

    def refresh_due(self) -> tuple[int, ...]:
        """Show another commitment where it has become the tightest; gives the escalations concerned."""
        now_us = to_us(self._clock.now())
        with self._store.read() as session:
            ids = escalations.stale_clocks(session, now_us, _AT_ONCE)
        if not ids:
            return ()
        with self._store.begin() as session:
            for escalation_id in ids:
                self.settle(session, escalation_id, now_us)
            revision = session.revision()
        self._bus.publish(EscalationChanged(tuple(ids), revision))
        return tuple(ids)

    def settle(self, session: Session, escalation_id: int, at_us: int) -> None:
        """Work out anew what follows from an escalation's commitments, inside another's transaction."""
        settle(session, escalation_id, at_us, self._policy.version)
