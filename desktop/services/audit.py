"""Verifies that the desk's history is whole: the database's own integrity, then every link of the chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from db.integrity import integrity
from db.queries import escalation as escalations
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.audit import Fault, FaultKind, Link, verify
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a verification found; `sentence` says it to a person.

    `events` is how many links were looked at, up to the first bad one. `number` and `at` tell of the
    escalation and time of that event, as far as it says.
    """

    ok: bool
    sentence: str
    events: int = 0
    fault: Fault | None = None
    number: str = ""
    at: datetime | None = None
    integrity: str = ""


class AuditService:
    """Looks through the whole history; reads a snapshot, so the desk may go on."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    def verify(self) -> AuditReport:
        """The first fault of the database or of the chain, if there is any.

        Raises: StoreError when the damage stops even the check.
        """
        with self._store.read() as session:
            unsound = integrity(session)
            if unsound:
                return AuditReport(False, unsound, integrity=unsound)
            links = _Counted(timeline.links(session))
            fault = verify(links, *timeline.head(session))
            if fault is None:
                return AuditReport(True, f"All {links.count} events are as they were written.", links.count)
            return _faulty(session, fault, links.count)


class _Counted:
    """Counts what passes through."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._links = links
        self.count = 0

    def __iter__(self) -> Iterator[Link]:
        for link in self._links:
            self.count += 1
            yield link


_SENTENCES = {
    FaultKind.ALTERED: "was altered after it was written",
    FaultKind.MISSING: "is missing",
    FaultKind.OUT_OF_ORDER: "stands out of order",
    FaultKind.CUT_OFF: "and all after it are missing",
    FaultKind.UNRECORDED: "was added behind the desk's back",
}


def _faulty(session: Session, fault: Fault, events: int) -> AuditReport:
    number, at = _number(session, fault.escalation_id), None
    about = ""
    if fault.at_us is not None:
        at = from_us(fault.at_us)
        about = f" ({fault.kind}{f' of {number}' if number else ''}, {at:%Y-%m-%d %H:%M:%S} UTC)"
    sentence = f"Event {fault.seq}{about} {_SENTENCES[fault.what]}."
    return AuditReport(False, sentence, events, fault, number, at)


def _number(session: Session, escalation_id: int | None) -> str:
    if escalation_id is None:
        return ""
    try:
        return escalations.get(session, escalation_id).number
    except NotFound:
        return ""
