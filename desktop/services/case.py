"""One escalation under a command: loaded, changed, told and settled inside one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from db.queries import change, search, timeline
from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries.search import IndexRow
from db.queries.timeline import NewEvent
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import Held, breach_us
from desktop.domain.escalation import Done, Escalation
from desktop.domain.events import EscalationChanged
from desktop.domain.forgotten import remind_us
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.rights import Action, may
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.changes import ChangeSet, Value
from desktop.services.clocks import held_of, settle
from desktop.services.policy import PolicyService

#: Who writes down what time alone has brought about.
DESK = Actor.system("Desk")


class Work:
    """A transaction in which escalations are changed by somebody at one instant."""

    def __init__(self, session: Session, at: datetime, by: Actor, policies: PolicyService) -> None:
        self.session = session
        self.at = at
        self.at_us = to_us(at)
        self.by = by
        self.policies = policies
        self.ids: dict[int, None] = {}

    def case(self, escalation_id: int, action: Action | None = None) -> "Case":
        """An escalation to change, if whoever acts may do that to it.

        Raises: NotFound, or NotAllowed saying who may.
        """
        escalation = escalations.get(self.session, escalation_id)
        if action is not None:
            may(self.by, action, escalation.owner_id)
        return Case(self, escalation)

    def tell(self, kind: EventKind, escalation_id: int, body: dict[str, Any], by: Actor | None = None) -> int:
        """Write an event of an escalation; gives its seq."""
        actor = by or self.by
        who = {} if actor.person_id is None else {"by_id": actor.person_id}
        return timeline.append(
            self.session,
            kind=kind,
            at_us=self.at_us,
            actor=actor.name,
            escalation_id=escalation_id,
            body=body | who,
        )


class Case:
    """One escalation being changed; `held` are its commitments as they stand in the meantime."""

    def __init__(self, work: Work, escalation: Escalation) -> None:
        self.work = work
        self.before = escalation
        self.escalation = escalation
        self.changes = ChangeSet(work.session)
        self.held = held_of(work.session, escalation.id, work.policies.version)
        self._afterwards: list[NewEvent] = []
        self._note_breaches_so_far()

    @property
    def id(self) -> int:
        """Which escalation."""
        return self.escalation.id

    @property
    def at_us(self) -> int:
        """When all of this happens."""
        return self.work.at_us

    @property
    def policy(self) -> Policy:
        """The version the escalation was classified under."""
        return self.work.policies.version(self.escalation.policy_version)

    def set(self, **columns: Value) -> None:
        """Change columns of the escalation; instants are given in microseconds."""
        self.changes.set("escalation", self.id, **columns)
        self.escalation = escalations.get(self.work.session, self.id)

    def reload(self) -> None:
        """Go on with what is stored now."""
        self.escalation = escalations.get(self.work.session, self.id)
        self.held = held_of(self.work.session, self.id, self.work.policies.version)

    def running(self, *kinds: Kind) -> list[Held]:
        """The commitments that run, of these kinds or of all."""
        return [held for held in self.held if held.row.is_running and (not kinds or held.kind in kinds)]

    def replace(self, held: Held) -> None:
        """Go on with a commitment as it has become."""
        self.held = [held if other.row.id == held.row.id else other for other in self.held]

    def then_tell(self, kind: EventKind, body: dict[str, Any]) -> None:
        """Write an event after the command's own."""
        self._afterwards.append(NewEvent(kind, self.at_us, self.work.by.name, self.id, body))

    def tell(self, kind: EventKind, deed: str, *, counts: bool = True, **facts: object) -> Done:
        """Write the command's event, settle what follows from it, and hand back what was done.

        Facts that are empty are left out. `counts` is whether that is something happening to the escalation,
        so that it is not forgotten.
        """
        breached = self._note_breaches_by_this()
        body: dict[str, Any] = {name: value for name, value in facts.items() if value not in (None, "")}
        body |= {"deed": deed, "policy": self.escalation.policy_version}
        if self.escalation.state is not self.before.state:
            body |= {"from": self.before.state.value, "to": self.escalation.state.value}
        entries = self.changes.entries()
        if entries:
            body["changes"] = entries
        seq = self.work.tell(kind, self.id, body)
        timeline.append_many(self.work.session, [*breached, *self._afterwards])
        self._settle(counts=counts)
        return Done((self.id,), (seq,), f"{deed} of {self.escalation.number}", undo=bool(entries))

    def settle(self) -> None:
        """Settle what follows from a change of which another escalation's event tells."""
        timeline.append_many(self.work.session, self._note_breaches_by_this())
        self._settle(counts=True)

    def _settle(self, *, counts: bool) -> None:
        columns: dict[str, Value] = {}
        if counts:
            forget_us = remind_us(self.escalation, self.policy, self.at_us)
            columns = {"last_event_at": self.at_us, "forget_at": forget_us}
        settle(self.work.session, self.id, self.at_us, self.work.policies.version, **columns)
        if _searched(self.escalation) != _searched(self.before):
            self._index()
        self.work.ids[self.id] = None

    def _index(self) -> None:
        after = self.escalation
        customer = customers.by_id(self.work.session, after.customer_id)
        name = customer.name if customer else ""
        search.put(self.work.session, IndexRow(self.id, after.title, after.description, name, after.number))

    def _note_breaches_so_far(self) -> None:
        """Write down what was breached before this command, so that undoing it leaves that on record."""
        found = list(self._new_breaches())
        for held, breached_us in found:
            change.write(self.work.session, "commitment", held.row.id, {"breached_at": breached_us})
        timeline.append_many(self.work.session, [self._breach(*breach) for breach in found])

    def _note_breaches_by_this(self) -> list[NewEvent]:
        found = list(self._new_breaches())
        for held, breached_us in found:
            self.changes.set("commitment", held.row.id, breached_at=breached_us)
        return [self._breach(*breach) for breach in found]

    def _new_breaches(self) -> Iterator[tuple[Held, int]]:
        for held in self.running():
            if held.row.breached_us is None and held.row.due_us <= self.at_us:
                breached_us = breach_us(held, self.at_us)
                if breached_us is not None:
                    self.replace(held._replace(row=held.row._replace(breached_us=breached_us)))
                    yield held, breached_us

    def _breach(self, held: Held, breached_us: int) -> NewEvent:
        body = {"kind": held.row.kind, "ordinal": held.row.ordinal, "due_at": breached_us}
        return NewEvent(EventKind.COMMITMENT_BREACHED, self.at_us, DESK.name, self.id, body)


def _searched(escalation: Escalation) -> tuple[str, str, int]:
    return escalation.title, escalation.description, escalation.customer_id


class Cases:
    """Opens transactions on escalations, and tells the desk what changed once it is kept."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self.store = store
        self.clock = clock
        self.policies = policy
        self._bus = bus

    @contextmanager
    def work(self, by: Actor) -> Iterator[Work]:
        """A transaction; everything in it happens at one instant, by one actor, or not at all."""
        with self.store.begin() as session:
            work = Work(session, self.clock.now(), by, self.policies)
            yield work
            revision = session.revision() if work.ids else 0
        if work.ids:
            self._bus.publish(EscalationChanged(tuple(work.ids), revision))

    def publish(self, event: object) -> None:
        """Tell the desk of something else that is kept."""
        self._bus.publish(event)

    @contextmanager
    def change(self, escalation_id: int, by: Actor, action: Action) -> Iterator[Case]:
        """A transaction on one escalation that the actor may do this to.

        Raises: NotFound, or NotAllowed saying who may.
        """
        with self.work(by) as work:
            yield work.case(escalation_id, action)
