"""The ledger of promises: every time told to somebody outside, kept or broken."""

from datetime import datetime

from db.queries import promise as queries
from db.queries import promise_due
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.events import MessagesChanged, OutboxFilled
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.person import Actor
from desktop.domain.promise import Kept, Promise, PromiseKind, PromiseState, kept_of
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, required
from desktop.services.case import DESK, Case, Cases
from desktop.services.promise_notice import put

_FIRST_US, _LAST_US = 0, 2**62
_EVENT = {"kept": "Promise kept", "withdrawn": "Promise taken back"}


class PromiseLedger:
    """Reads the ledger without, and changes it only with `cases`."""

    def __init__(self, *, store: Store, clock: Clock, cases: Cases) -> None:
        self._store = store
        self._clock = clock
        self._cases = cases

    # -- reading
    def open(self) -> tuple[Promise, ...]:
        """What somebody waits for, broken promises included, the first due first."""
        with self._store.read() as session:
            return queries.waiting(session)

    def of(self, escalation_id: int) -> tuple[Promise, ...]:
        """All that was promised about an escalation, the latest first."""
        with self._store.read() as session:
            return queries.of_escalation(session, escalation_id)

    def all(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        customer_id: int | None = None,
        owner_id: int | None = None,
    ) -> tuple[Promise, ...]:
        """The promises due in a period, of a customer, of an owner, or of all; the latest first."""
        since_us = _FIRST_US if since is None else to_us(since)
        until_us = _LAST_US if until is None else to_us(until)
        with self._store.read() as session:
            return queries.due_between(session, since_us, until_us, customer_id, owner_id)

    def kept_rate(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        customer_id: int | None = None,
        owner_id: int | None = None,
    ) -> Kept:
        """How many were kept and broken of them."""
        return kept_of(self.all(since=since, until=until, customer_id=customer_id, owner_id=owner_id))

    # -- changing
    def add(
        self, escalation_id: int, kind: PromiseKind, due_at: datetime, by: Actor, text: str = ""
    ) -> Promise:
        """Keep in mind what was promised for a time to come.

        Raises: DeskError for a time that has passed, or a next update, which messages promise; NotAllowed.
        """
        if kind is PromiseKind.NEXT_UPDATE:
            raise DeskError("The next update is promised by a message.", hint="Write one, or record it.")
        if due_at <= self._clock.now():
            raise DeskError("That time has passed.", field="due_at", hint="Choose a later one.")
        with self._cases.change(escalation_id, by, Action.UPDATE) as case:
            owner_id = case.escalation.owner_id
            promise_id = queries.insert(
                case.work.session,
                escalation_id,
                kind,
                clean(text),
                case.at_us,
                by.name,
                owner_id,
                to_us(due_at),
            )
            case.changes.added("promise", promise_id, {"state": "withdrawn"}, {"state": "open"})
            case.tell(
                EventKind.PROMISE_MADE, "Promise", promise=promise_id, what=kind.value,
                due_at=to_us(due_at), text=clean(text),
            )  # fmt: skip
            made = queries.get(case.work.session, promise_id)
            revision = case.work.session.revision()
        self._cases.publish(MessagesChanged((escalation_id,), revision))
        return made

    def keep(self, promise_id: int, by: Actor) -> Promise:
        """Note that a promise is fulfilled: in time, or late where its time has passed.

        Raises: Conflict for one that is settled; NotAllowed; NotFound.
        """
        return self._settle(promise_id, by, "kept", "")

    def withdraw(self, promise_id: int, by: Actor, reason: str) -> Promise:
        """Take a promise back; whoever was promised it has to be told.

        Raises: DeskError without a reason; Conflict for one that is settled; NotAllowed; NotFound.
        """
        reason = required(reason, "reason", "The promise is taken back without a reason.", "Say why.")
        return self._settle(promise_id, by, "withdrawn", reason)

    # -- time
    def sweep(self) -> datetime | None:
        """Mark promises as broken whose time has passed, once each; gives when the next one is due."""
        now_us = to_us(self._clock.now())
        with self._store.read() as session:
            next_us = promise_due.next_us(session)
        if next_us is None or next_us > now_us:
            return None if next_us is None else from_us(next_us)
        self._break(now_us)
        with self._store.read() as session:
            next_us = promise_due.next_us(session)
        return None if next_us is None else from_us(next_us)

    def _break(self, now_us: int) -> None:
        broken: list[Promise] = []
        with self._cases.work(DESK) as work:
            for promise in queries.overdue(work.session, now_us):
                if not queries.mark_broken(work.session, promise.id, to_us(promise.due_at)):
                    continue
                work.tell(
                    EventKind.PROMISE_BROKEN,
                    promise.escalation_id,
                    {
                        "promise": promise.id,
                        "what": promise.kind.value,
                        "due_at": to_us(promise.due_at),
                        "late_s": (now_us - to_us(promise.due_at)) // US_PER_SECOND,
                    },
                )
                broken.append(promise)
            told = put(work.session, broken, now_us)
            revision = work.session.revision()
        ids = tuple(dict.fromkeys(promise.escalation_id for promise in broken))
        self._cases.publish(MessagesChanged(ids, revision))
        if told:
            self._cases.publish(OutboxFilled(told))

    def _settle(self, promise_id: int, by: Actor, deed: str, reason: str) -> Promise:
        with self._store.read() as session:
            escalation_id = queries.get(session, promise_id).escalation_id
        with self._cases.change(escalation_id, by, Action.UPDATE) as case:
            promise = queries.get(case.work.session, promise_id)
            if promise.settled_at is not None or promise.state is PromiseState.WITHDRAWN:
                raise Conflict("This promise is settled already.", hint="Look at the ledger.")
            case.changes.set("promise", promise_id, **_columns(case, promise, deed, reason))
            is_late = promise.due_at < case.work.at
            kind = EventKind.PROMISE_WITHDRAWN if deed == "withdrawn" else EventKind.PROMISE_KEPT
            case.tell(kind, _EVENT[deed], promise=promise_id, what=promise.kind.value, reason=reason,
                      due_at=to_us(promise.due_at), late=is_late or None)  # fmt: skip
            settled = queries.get(case.work.session, promise_id)
            revision = case.work.session.revision()
        self._cases.publish(MessagesChanged((escalation_id,), revision))
        return settled


def _columns(case: Case, promise: Promise, deed: str, reason: str) -> dict[str, int | str | None]:
    columns: dict[str, int | str | None] = {
        "settled_at": case.at_us,
        "settled_by": case.work.by.name,
        "reason": reason,
    }
    is_late = promise.state is PromiseState.BROKEN or promise.due_at < case.work.at
    if is_late:
        # What was not kept in time stays broken, also where it is taken back after that.
        broken_us = to_us(promise.broken_at or promise.due_at)
        return columns | {"state": PromiseState.BROKEN.value, "broken_at": broken_us}
    return columns | {"state": PromiseState.KEPT.value if deed == "kept" else PromiseState.WITHDRAWN.value}
