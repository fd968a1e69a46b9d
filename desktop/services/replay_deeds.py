"""Carries out the deeds of a log at a desk: each by the command that a person would use."""

from collections.abc import Callable, Mapping

from db.queries import customer as customers
from db.queries import importing, replay
from db.queries.customer import NewCustomer
from db.unit_of_work import Session
from desktop.domain.commitment import Kind
from desktop.domain.customer import name_key
from desktop.domain.escalation import Opened
from desktop.domain.event_log import Deed, DeedKind, EventLog, LogEvent
from desktop.domain.instant import to_us
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Person, Role
from desktop.domain.ticket import Ticket
from desktop.services.classification import UNCHANGED
from desktop.services.clocks import settle
from desktop.services.desk import Desk
from desktop.services.person import initials_of

#: What no log of tickets tells of is not promised in a replay.
NOT_TOLD = (Kind.CONTAIN, Kind.UPDATE)

_SYSTEM = "Replay"
_NOBODY = "Customer not stated"
_SET_UP = Actor("Replay", None, frozenset({Role.COORDINATOR, Role.LEAD}))
#: Whoever acts in the log had the right to: it did happen.
_RIGHTS = frozenset({Role.COORDINATOR, Role.SENIOR_ENGINEER, Role.ON_CALL})
_STAFF = (("Coordinator", Role.COORDINATOR), ("On-call leader", Role.ON_CALL_LEADER), ("Lead", Role.LEAD))


class ReplayDeeds:
    """The deeds of one log on one new desk, with its people and customers."""

    def __init__(self, desk: Desk, log: EventLog, deeds: list[Deed]) -> None:
        self._desk = desk
        self._tickets = log.tickets
        self._firsts = {event.reference: event for event in reversed(log.events)}
        self._ids: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._customers: dict[str, int] = {}
        self._commands = self._command_table()
        self._set_up(deeds)
        desk.escalations.escalation.on_opened.append(self._on_opened)

    def do(self, deed: Deed) -> None:
        """Carry out a deed, now by the desk's clock.

        Raises: DeskError where the desk's rules do not allow it.
        """
        self._commands[deed.kind](deed)

    def _command_table(self) -> Mapping[DeedKind, Callable[[Deed], None]]:
        return {
            DeedKind.OPEN: self._open,
            DeedKind.ASSIGN: self._assign,
            DeedKind.REGRADE: self._regrade,
            DeedKind.ACKNOWLEDGE: self._acknowledge,
            DeedKind.WORK: self._work,
            DeedKind.PAUSE: self._pause,
            DeedKind.RESUME: self._resume,
            DeedKind.RESOLVE: self._resolve,
            DeedKind.REOPEN: self._reopen,
            DeedKind.CLOSE: self._close,
        }

    def _open(self, deed: Deed) -> None:
        event = self._firsts[deed.reference]
        intake = _intake(deed, event, self._tickets.get(deed.reference), self._customers)
        opened = self._desk.escalations.escalation.open(intake, _SET_UP)
        self._ids[deed.reference] = opened.id

    def _assign(self, deed: Deed) -> None:
        self._desk.escalations.ownership.assign(
            self._ids[deed.reference], self._people[deed.owner.casefold()], self._by(deed)
        )

    def _regrade(self, deed: Deed) -> None:
        self._desk.escalations.classification.classify(
            self._ids[deed.reference],
            self._by(deed),
            severity=UNCHANGED if deed.severity is None else deed.severity,
            business_impact=deed.business_impact,
            reason="as in the log",
        )

    def _acknowledge(self, deed: Deed) -> None:
        self._desk.escalations.transition.acknowledge(
            self._ids[deed.reference], self._by(deed), "as in the log"
        )

    def _work(self, deed: Deed) -> None:
        self._desk.escalations.transition.work(self._ids[deed.reference], self._by(deed))

    def _pause(self, deed: Deed) -> None:
        self._desk.escalations.pausing.pause(self._ids[deed.reference], deed.reason, self._by(deed))

    def _resume(self, deed: Deed) -> None:
        self._desk.escalations.pausing.resume(self._ids[deed.reference], self._by(deed))

    def _resolve(self, deed: Deed) -> None:
        self._desk.escalations.transition.resolve(self._ids[deed.reference], self._by(deed))

    def _reopen(self, deed: Deed) -> None:
        escalation_id = self._ids[deed.reference]
        self._desk.escalations.transition.reopen(escalation_id, self._by(deed), "as in the log")
        with self._desk.store.begin() as session:
            self._leave_out(session, escalation_id)

    def _close(self, deed: Deed) -> None:
        self._desk.escalations.transition.close(self._ids[deed.reference], self._by(deed))

    def _by(self, deed: Deed) -> Actor:
        if not deed.owner:
            return Actor("Desk of the log", None, _RIGHTS)
        return Actor(deed.owner, self._people[deed.owner.casefold()], _RIGHTS)

    def _set_up(self, deeds: list[Deed]) -> None:
        """The people and customers of the log, and those whom the ladder of alarms asks for."""
        for name, role in _STAFF:
            made = self._desk.person.create(Person(0, name, "", roles=frozenset({role})), _SET_UP)
            self._people[name.casefold()] = made.id
        self._desk.person.set_operator(self._people["coordinator"])
        owners = {deed.owner.casefold(): deed.owner for deed in deeds if deed.owner}
        names = {
            name_key(name): name
            for reference in {deed.reference for deed in deeds}
            if (name := _customer(self._firsts[reference], self._tickets.get(reference)))
        }
        currency = self._desk.policy.active().currency
        with self._desk.store.begin() as session:
            importing.insert_unroled_people(
                session,
                [(name, initials_of(name)) for key, name in owners.items() if key not in self._people],
            )
            self._people = importing.people_by_name(session)
            known = customers.ids_by_key(session)
            customers.insert_many(
                session,
                [
                    NewCustomer(name, key, None, None, currency, "", None)
                    for key, name in names.items()
                    if key not in known
                ],
            )
            self._customers = customers.ids_by_key(session)

    def _on_opened(self, session: Session, opened: Opened) -> None:
        self._leave_out(session, opened.id)

    def _leave_out(self, session: Session, escalation_id: int) -> None:
        at_us = to_us(self._desk.clock.now())
        replay.call_off(session, escalation_id, [kind.value for kind in NOT_TOLD], at_us)
        settle(session, escalation_id, at_us, self._desk.policy.version)


def _customer(event: LogEvent, ticket: Ticket | None) -> str:
    return (ticket.customer if ticket else "") or event.customer or _NOBODY


def _intake(deed: Deed, event: LogEvent, ticket: Ticket | None, customer_ids: Mapping[str, int]) -> Intake:
    known = ticket or Ticket(deed.reference, "", "", deed.at)
    return Intake(
        customer_id=customer_ids[name_key(_customer(event, ticket))],
        title=known.title or event.title or f"Ticket {deed.reference}",
        description=known.description,
        severity=deed.severity,
        business_impact=deed.business_impact,
        reporter=known.reporter,
        source=known.source or _SYSTEM,
        external_source=_SYSTEM,
        external_ref=deed.reference,
        team=event.team or known.team,
    )
