"""Reads a past escalation whole, and every name on record by which it could be known; changes nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from db.queries import contact as contacts
from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import evidence as evidences
from db.queries import person as people
from db.queries import sent as messages
from db.queries.message_fact import newest_escalations
from db.unit_of_work import Session, Store
from desktop.domain.commitment import Commitment, Kind
from desktop.domain.customer import Customer
from desktop.domain.drill_past import Named, Past, PastEvent, PastFile, PastMessage
from desktop.domain.escalation import Escalation
from desktop.domain.instant import from_us
from desktop.domain.person import Actor
from desktop.domain.policy_score import Priority
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.services.details import DetailsService, EscalationDetails
from desktop.services.policy import PolicyService

_LONGEST_TEXT = 4_000
_MOST = 5_000
_LONGEST_BEFORE = timedelta(hours=12)
_TEXTS = ("text/", "application/json", "application/xml", "message/")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>")
_BETWEEN = re.compile(r"[,;/\n]| and ")
#: What names somebody in the body of an event.
_WHO = ("owner", "giver", "receiver", "approver", "sender", "by")
_CONTINENTS = frozenset(("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe",
"Etc", "Indian",
                         "Pacific", "UTC"))  # fmt: skip


class PastReading:
    """Reads escalations of the live desk."""

    def __init__(self, *, store: Store, details: DetailsService, policy: PolicyService) -> None:
        self._store = store
        self._details = details
        self._policy = policy

    def read(self, escalation_id: int, by: Actor, zone: str = "UTC") -> Past:
        """One escalation as it stands on record; `zone` is where its drill's clock is to be read.

        Raises: NotFound.
        """
        found = self._details.details(escalation_id, by)
        escalation, customer = found.escalation, found.customer
        opened_at, due = _as_told(found, self._due(found))
        with self._store.read() as session:
            sent = messages.of_escalation(session, escalation_id)
            files = tuple(_files(session, found))
            names = tuple(_names(session, found))
        return Past(
            id=escalation.id, number=escalation.number, title=escalation.title,
            description=escalation.description,
            customer=customer.name, tier=customer.tier or "", area=escalation.area,
            issue_type=escalation.issue_type, team=escalation.team, reporter=escalation.reporter,
            source=escalation.source, priority=str(escalation.priority or ""), severity=escalation.severity,
            score=escalation.score, policy=_policy_of(found), opened_at=opened_at,
            events=tuple(_events(found)), due=due, files=files,
            messages=tuple(
                PastMessage(each.sent_at, each.stage.value, each.recipients, each.subject, each.body)
                for each in reversed(sent)
            ),
            names=names, zone_s=_offset_s(zone, escalation.opened_at), playbook=_playbook(found.timeline),
        )  # fmt: skip

    def all(self) -> tuple[tuple[int, str, str], ...]:
        """Id, number and title of the escalations there are, the newest first."""
        with self._store.read() as session:
            return newest_escalations(session, _MOST)

    def names(self, number: str) -> tuple[Named, ...]:
        """Every name on record of the escalation of that number; none where this desk does not know it."""
        with self._store.read() as session:
            found = escalations.with_number(session, number)
            if not found:
                return ()
        details = self._details.details(found[0], Actor.system("Drills"))
        with self._store.read() as session:
            return tuple(_names(session, details))

    def _due(self, found: EscalationDetails) -> dict[Kind, datetime]:
        """When each promise fell due by the policy that was in force."""
        escalation = found.escalation
        opened = next((event for event in found.timeline if event.kind == EventKind.OPENED), None)
        told = (opened.body.get("commitments") or []) if opened is not None else []
        if opened is not None and told and opened.body.get("priority") == escalation.priority:
            return {Kind(kind): from_us(due_us) for kind, _, due_us in told}
        policy = self._policy.version(_policy_of(found))
        priority = escalation.priority or Priority.P3
        due = {}
        for kind in Kind:
            length, calendar = policy.target(priority, kind).resolve(policy)
            due[kind] = Commitment(kind, escalation.opened_at, length, calendar).due
        return due


def _as_told(found: EscalationDetails, due: Mapping[Kind, datetime]) -> tuple[datetime, dict[Kind, datetime]]:
    """When it began, and its promises from then on.

    What was taken in long after it had begun elsewhere begins with the first that is on record here.
    """
    opened_at = found.escalation.opened_at
    first_at = min((event.at for event in found.timeline), default=opened_at)
    if first_at - opened_at <= _LONGEST_BEFORE:
        return opened_at, dict(due)
    late = first_at - opened_at
    return first_at, {kind: at if at > first_at else at + late for kind, at in due.items()}


def _events(found: EscalationDetails) -> Iterator[PastEvent]:
    for event in found.timeline:
        is_merged = event.escalation_id not in (None, found.escalation.id)
        yield PastEvent(event.seq, event.at, event.kind, event.actor, event.body, is_merged)


def _policy_of(found: EscalationDetails) -> int:
    versions = (event.body.get("policy") for event in found.timeline)
    return next((each for each in versions if isinstance(each, int)), found.escalation.policy_version)


def _playbook(timeline: Sequence[TimelineEvent]) -> tuple[str, int] | None:
    for event in timeline:
        slug, version = event.body.get("playbook"), event.body.get("version")
        if event.kind == EventKind.PLAYBOOK_OPENED and isinstance(slug, str) and isinstance(version, int):
            return slug, version
    return None


def _files(session: Session, found: EscalationDetails) -> Iterator[PastFile]:
    for piece in found.evidence:
        text = ""
        if piece.media_type.startswith(_TEXTS):
            data = (evidences.content(session, piece.id) or b"")[:_LONGEST_TEXT]
            text = data.decode("utf-8", "replace").replace("\x00", "")
        yield PastFile(piece.name, piece.added_at, piece.added_by, text)


def _names(session: Session, found: EscalationDetails) -> Iterator[Named]:
    """The customer first, then everybody and everything else."""
    escalation, customer = found.escalation, found.customer
    yield Named("customer", customer.name)
    yield from _of_customer(customer, escalation)
    for contact in contacts.of_escalation(session, escalation.id):
        yield Named("contact", contact.name, (contact.address,))
    for person in people.all_people(session):
        yield Named("person", person.name, tuple(each for each in (person.email, person.phone) if each))
    for name in dict.fromkeys(_acting(found.timeline)):
        yield Named("person", name)
    for piece in found.evidence:
        yield Named("file", piece.name)
    numbers = [
        escalation.number,
        escalation.external_ref or "",
        *found.also,
        *(number for _, number in found.merged),
    ]
    for number in numbers:
        if number:
            yield Named("number", number)
    for other in customers.all_customers(session):
        if other.id != customer.id:
            yield Named("company", other.name)


def _of_customer(customer: Customer, escalation: Escalation) -> Iterator[Named]:
    for text in (customer.contacts, escalation.reporter):
        for name in _people_in(text):
            yield Named("contact", name, tuple(_IN_BRACKETS.findall(text)))
    if customer.account_owner:
        yield Named("person", customer.account_owner)
    if customer.region:
        yield Named("place", customer.region)
    for part in customer.zone.replace("_", " ").split("/"):
        if part and part not in _CONTINENTS:
            yield Named("place", part)
    if customer.revenue:
        yield Named("number", str(customer.revenue))


def _people_in(text: str) -> Iterable[str]:
    return [part.strip() for part in _BETWEEN.split(_IN_BRACKETS.sub(" ", text)) if part.strip()]


def _acting(timeline: Sequence[TimelineEvent]) -> Iterator[str]:
    """Everybody whom events name, people who have left the directory among them."""
    for event in timeline:
        if isinstance(event.body.get("by_id"), int):
            yield event.actor
        for key in _WHO:
            value = event.body.get(key)
            if isinstance(value, str) and 1 < len(value.split()) <= 4:
                yield value


def _offset_s(zone: str, at: datetime) -> int:
    offset = at.astimezone(ZoneInfo(zone or "UTC")).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
