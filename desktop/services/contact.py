"""Contacts: who is written to. Addresses of chats are kept as secrets; mail addresses may be seen.

Calls that touch a secret may wait for the person to unlock the keyring: for the worker.
"""

import secrets as randomness
from collections.abc import Iterable, Sequence
from dataclasses import replace

from db.queries import contact as queries
from db.queries import customer as customers
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.channel import ChannelKind
from desktop.domain.clock import Clock
from desktop.domain.contact import (
    LONGEST_NAME,
    REACH_OF,
    Circle,
    Contact,
    Proposed,
    Reach,
    checked_mail,
    pick,
    read_line,
)
from desktop.domain.customer import checked_zone
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import ContactsChanged
from desktop.domain.instant import to_us
from desktop.domain.message import Audience, Medium
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.bus import Bus
from desktop.services.paging import Looker, SecretKeeper

_MAY = frozenset({Role.COORDINATOR, Role.LEAD})


class ContactService:
    """Keeps the contacts; coordinators and leads change them, and each change is on record."""

    def __init__(
        self, *, store: Store, clock: Clock, bus: Bus, secrets: SecretKeeper, looker: Looker
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._secrets = secrets
        self._looker = looker

    def all(self) -> tuple[Contact, ...]:
        """Every contact, the desk's own first, then by customer."""
        with self._store.read() as session:
            return queries.all_contacts(session)

    def contacts(self, customer_id: int | None, audience: Audience | None = None) -> tuple[Contact, ...]:
        """One customer's contacts, with None those of the desk; all of them, or those of an audience."""
        with self._store.read() as session:
            found = queries.of_customer(session, customer_id)
        return tuple(one for one in found if audience is None or one.circle.audience is audience)

    def recipients(self, escalation_id: int, audience: Audience, medium: Medium) -> tuple[Contact, ...]:
        """Who can get a message of an escalation; those ticked already are `is_default`."""
        reach = REACH_OF.get(medium)
        if reach is None:
            return ()
        with self._store.read() as session:
            return pick(queries.of_escalation(session, escalation_id), audience, reach)

    def add(self, contact: Contact, by: Actor) -> Contact:
        """Add a contact, given without an id (0); a chat's address is looked at, and kept as a secret.

        Raises: NotAllowed unless by a coordinator or lead; Conflict for one that is there; DeskError naming
        the field that is wrong.
        """
        return self._keep([self._checked(contact, by)], by)[0]

    def edit(self, contact: Contact, by: Actor) -> Contact:
        """Keep other values of a contact; the address of a chat stays where it is given as it is shown.

        Raises: as `add`; NotFound.
        """
        _check_right(by)
        with self._store.read() as session:
            before = _required(session, contact.id)
        is_same_chat = contact.reach is Reach.CHAT and (before.reach, before.address) == (
            contact.reach,
            contact.address,
        )
        after = self._checked(contact, by, kept_secret=before.secret_name if is_same_chat else "")
        try:
            with self._store.begin() as session:
                _required(session, contact.id)
                _check_new(session, after)
                queries.update(session, after)
                self._tell(session, "changed", after, by)
                kept, revision = _required(session, contact.id), session.revision()
        except DeskError:
            self._forget(after.secret_name, but=before.secret_name)
            raise
        self._forget(before.secret_name, but=after.secret_name)
        self._bus.publish(ContactsChanged(revision))
        return kept

    def remove(self, contact_id: int, by: Actor) -> None:
        """Write to somebody no more; what was sent stays on record.

        Raises: NotAllowed; NotFound.
        """
        _check_right(by)
        with self._store.begin() as session:
            before = _required(session, contact_id)
            queries.remove(session, contact_id, to_us(self._clock.now()))
            self._tell(session, "removed", before, by)
            revision = session.revision()
        self._forget(before.secret_name)
        self._bus.publish(ContactsChanged(revision))

    def proposed(self, customer_id: int) -> tuple[Proposed, ...]:
        """Mail addresses in the customer's line of contacts that are no contacts yet.

        Raises: NotFound.
        """
        with self._store.read() as session:
            customer = customers.by_id(session, customer_id)
            known = {one.address.casefold() for one in queries.of_customer(session, customer_id)}
        if customer is None:
            raise NotFound("There is no such customer any more.")
        return tuple(one for one in read_line(customer.contacts) if one.address.casefold() not in known)

    def take_over(self, customer_id: int, by: Actor) -> tuple[Contact, ...]:
        """Make contacts of what the customer's line of contacts holds; gives the new ones.

        Raises: NotAllowed; NotFound; DeskError where there is nothing to take over.
        """
        found = [
            Contact(0, one.name, Circle.CUSTOMER, Reach.MAIL, one.address, customer_id)
            for one in self.proposed(customer_id)
        ]
        if not found:
            raise DeskError(
                "The customer's line of contacts holds no new mail address.",
                hint="Type it there as Jo Rey <jo@example.org>, or add the contact here.",
            )
        return self._keep([self._checked(one, by) for one in found], by)

    def _keep(self, contacts: Iterable[Contact], by: Actor) -> tuple[Contact, ...]:
        contacts = tuple(contacts)
        try:
            with self._store.begin() as session:
                kept = [self._insert(session, contact, by) for contact in contacts]
                revision = session.revision()
        except DeskError:
            for contact in contacts:
                self._forget(contact.secret_name)
            raise
        self._bus.publish(ContactsChanged(revision))
        return tuple(kept)

    def _insert(self, session: Session, contact: Contact, by: Actor) -> Contact:
        if contact.customer_id is not None and customers.by_id(session, contact.customer_id) is None:
            raise NotFound("There is no such customer any more.")
        _check_new(session, contact)
        kept = _required(session, queries.insert(session, contact))
        self._tell(session, "added", kept, by)
        return kept

    def _checked(self, contact: Contact, by: Actor, *, kept_secret: str = "") -> Contact:
        """The contact as it is kept; the address of a chat is a secret from here on."""
        _check_right(by)
        if contact.circle is Circle.CUSTOMER and contact.customer_id is None:
            raise DeskError("Whose contact is it?", field="customer_id", hint="Choose a customer.")
        address, secret_name = contact.address, kept_secret
        if contact.reach is Reach.MAIL:
            address = checked_mail(contact.address)
        name = _checked_name(contact.name or (address if contact.reach is Reach.MAIL else ""))
        checked = replace(contact, name=name, zone=checked_zone(contact.zone), address=address)
        if contact.reach is Reach.CHAT and not kept_secret:
            seen = self._looker.look(contact.address)
            if seen.kind not in (ChannelKind.CHAT, ChannelKind.WEBHOOK):
                raise DeskError(
                    "This is no address of a chat.",
                    field="address",
                    hint="For a mail address, choose Mail above.",
                )
            secret_name = f"contact.{randomness.token_hex(8)}"
            self._secrets.put(secret_name, contact.address.strip())
            checked = replace(checked, address=seen.shown)
        return replace(checked, secret_name=secret_name)

    def _forget(self, secret_name: str, *, but: str = "") -> None:
        if secret_name and secret_name != but:
            self._secrets.delete(secret_name)

    def _tell(self, session: Session, deed: str, contact: Contact, by: Actor) -> None:
        timeline.append(
            session,
            kind=EventKind.CONTACT_CHANGED,
            at_us=to_us(self._clock.now()),
            actor=by.name,
            escalation_id=None,
            body={
                "deed": deed,
                "contact": contact.id,
                "name": contact.name,
                "circle": contact.circle.value,
                "reach": contact.reach.value,
                "address": contact.address,
                "customer": contact.customer,
            }
            | ({} if by.person_id is None else {"by_id": by.person_id}),
        )


def chosen(session: Session, escalation_id: int, contact_ids: Sequence[int]) -> tuple[Contact, ...]:
    """The contacts a message of an escalation is to go to, within the transaction that sends it.

    Raises: DeskError for one that is none of the customer's and none of the desk's, or was removed.
    """
    known = {one.id: one for one in queries.of_escalation(session, escalation_id)}
    if missing := [id_ for id_ in contact_ids if id_ not in known]:
        raise DeskError(
            "A contact is no longer there." if len(missing) == 1 else "Some contacts are no longer there.",
            field="contacts",
            hint="Choose the recipients again.",
        )
    return tuple(known[id_] for id_ in dict.fromkeys(contact_ids))


def _checked_name(name: str) -> str:
    kept = one_line(name)
    if not kept:
        raise DeskError("The contact has no name.", field="name", hint="Type a name.")
    if "://" in kept:  # the address in the wrong field: it would be seen by everybody
        raise DeskError("This is an address, not a name.", field="name", hint="Type a name.")
    if len(kept) > LONGEST_NAME:
        raise DeskError("The name is too long.", field="name", hint=f"Use at most {LONGEST_NAME} characters.")
    return kept


def _check_new(session: Session, contact: Contact) -> None:
    if queries.has_same(session, contact):
        raise Conflict(f"{contact.address} is there already.", field="address", hint="Change that one.")


def _required(session: Session, contact_id: int) -> Contact:
    contact = queries.get(session, contact_id)
    if contact is None:
        raise NotFound("There is no such contact any more.", hint="Choose another one.")
    return contact


def _check_right(by: Actor) -> None:
    if not by.roles & _MAY:
        raise NotAllowed(f"{by.name} cannot change contacts.", hint="Ask a coordinator or a lead to do it.")
