"""The facts of an escalation as messages need them: from the record, and what people have written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import message_fact as queries
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import EscalationChanged, MessagesChanged
from desktop.domain.fact_right import why_not_approved, why_not_written
from desktop.domain.fact_text import instant_of, items_of, kept_text, written_field
from desktop.domain.instant import from_us, to_us
from desktop.domain.merge_field import FIELDS, NOTHING, Approver, FieldKind, Value, of_audience
from desktop.domain.message import Audience
from desktop.domain.message_since import news
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.bus import Bus
from desktop.services.details import DetailsService
from desktop.services.handoff_fill import Filling, OnCall, gather, nobody_known
from desktop.services.message_record import Known, record_values, told_values
from desktop.services.policy import PolicyService

_READER = Actor.system("Messages")
_DESK = frozenset({Role.COORDINATOR, Role.LEAD})


class MessageFacts:
    """Values of merge fields; `zone` is the desk's, `on_call` says who is on duty for a team."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        policy: PolicyService,
        bus: Bus | None = None,
        on_call: OnCall = nobody_known,
        zone: str = "UTC",
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._bus = bus
        self._on_call = on_call
        self._zone = zone
        self._details = DetailsService(store=store, clock=clock, policy=policy)
        self._filling = Filling(store=store, details=self._details, clock=clock, on_call=on_call)

    # -- reading
    def values(self, escalation_id: int, audience: Audience) -> Mapping[str, Value]:
        """Every field these readers may be told, missing ones too; words of people count before the record.

        What was not approved and has to be stands in `pending` of a value for customers, not in its text.

        Raises: NotFound.
        """
        known = self._known(escalation_id, audience)
        with self._store.read() as session:
            rows = {row.name: row for row in queries.current(session, escalation_id)}
            last = queries.last_sent(session, escalation_id, audience)
        found = record_values(known)
        for name, row in rows.items():
            if name in FIELDS:
                found[name] = _written(row, audience)
        self._follow(found, rows)
        if last is not None:
            newer = {name for name, row in rows.items() if row.made_us > last.sent_us}
            at = from_us(last.sent_us)
            zone = self.zone(escalation_id, audience)
            lines = news(told_values(known, last.field_values), found, newer, zone, at)
            found["changed_since_last"] = Value("; ".join(lines), "last message", items=lines)
        return {
            field.name: replace(found.get(field.name, NOTHING), missing_rule=field.empty.kind.value)
            for field in of_audience(audience)
        }

    def zone(self, escalation_id: int, audience: Audience) -> str:
        """The time zone of the readers: the customer's where it is known, else the desk's.

        Raises: NotFound.
        """
        if audience is not Audience.CUSTOMER:
            return self._zone
        with self._store.read() as session:
            customer = customers.by_id(session, escalations.get(session, escalation_id).customer_id)
        return (customer.zone if customer else "") or self._zone

    def standing(self) -> Mapping[str, Value]:
        """What holds for every escalation: where the desk is reached, its call and its chat."""
        with self._store.read() as session:
            rows = {row.name: row for row in queries.standing(session)}
        names = [field.name for field in FIELDS.values() if field.is_standing]
        return {name: _written(rows[name], Audience.INTERNAL) if name in rows else NOTHING for name in names}

    # -- writing
    def set_fact(
        self,
        escalation_id: int,
        name: str,
        text: str,
        by: Actor,
        as_of: datetime | None = None,
        source: str = "",
    ) -> None:
        """Keep what somebody wrote; empty words let the record count again. Approval is to be given anew.

        Raises: NotFound; NotAllowed; DeskError for a field that is not written, a time that is none, words
            that are too long, or an `as_of` yet to come.
        """
        now = self._clock.now()
        kept = kept_text(name, text, self.zone(escalation_id, Audience.CUSTOMER), now)
        if as_of is not None and as_of > now:
            raise DeskError(
                "A figure is of a time that has passed.", field="as_of", hint="Choose an earlier."
            )
        with self._store.begin() as session:
            owner_id = escalations.get(session, escalation_id).owner_id
            if sentence := why_not_written(by, owner_id):
                raise NotAllowed(sentence)
            if not self._put(session, escalation_id, name, kept, by, as_of, source):
                return
            body = {"name": FIELDS[name].label, "field": name, "text": kept, "source": one_line(source)}
            self._tell(session, EventKind.FACT_SET, escalation_id, by, body)
        self._publish((escalation_id,))

    def set_standing(self, name: str, text: str, by: Actor) -> None:
        """Keep what holds for every escalation.

        Raises: NotAllowed; DeskError for a field that is of one escalation.
        """
        field = written_field(name)
        if not field.is_standing:
            raise DeskError(f"{field.label} is written for each escalation.", field=name)
        if not by.roles & _DESK:
            raise NotAllowed("Only a coordinator or a lead may write what holds for all messages.")
        kept = kept_text(name, text, self._zone, self._clock.now())
        with self._store.begin() as session:
            if not self._put(session, None, name, kept, by, None, ""):
                return
            body = {"name": field.label, "field": name, "text": kept}
            self._tell(session, EventKind.FACT_SET, None, by, body)
        self._publish(())

    def approve(self, escalation_id: int, name: str, by: Actor, *, seen: str | None = None) -> None:
        """Let customers be told what was written; `seen` are the words that were read before.

        Raises: NotAllowed; DeskError when nothing waits for approval, or other words stand there by now.
        """
        field = written_field(name)
        if sentence := why_not_approved(by, name):
            raise NotAllowed(sentence)
        with self._store.begin() as session:
            escalations.get(session, escalation_id)
            row = queries.newest(session, escalation_id, name)
            if row is None or not row.text or row.approved_us is not None:
                raise DeskError(f"{field.label}: nothing waits for approval.", field=name)
            if seen is not None and seen != row.text:
                raise DeskError(
                    f"{row.made_by} has written something else since.", field=name, hint="Read it again."
                )
            queries.approve(session, row.id, to_us(self._clock.now()), by.name, by.person_id)
            body = {"name": field.label, "field": name, "text": row.text}
            self._tell(session, EventKind.FACT_APPROVED, escalation_id, by, body)
        self._publish((escalation_id,))

    # -- parts
    def _known(self, escalation_id: int, audience: Audience) -> Known:
        now = self._clock.now()
        details = self._details.details(escalation_id, _READER)
        team = details.escalation.team
        parts: Mapping[str, str] = {}
        if audience is Audience.INTERNAL:
            parts = self._filling.words([escalation_id], self._zone, None, _READER)[escalation_id]
        with self._store.read() as session:
            last = queries.last_sent(session, escalation_id, audience)
            return Known(
                details=details,
                audience=audience,
                now=now,
                zone=self.zone_of(details.customer.zone, audience),
                last_us=last.sent_us if last else 0,
                sent_count=queries.sent_count(session, escalation_id, audience),
                promises=queries.promises(session, escalation_id),
                playbook=queries.playbook(session, escalation_id),
                on_call=tuple(self._on_call(team, now)) if team and audience is Audience.INTERNAL else (),
                parts=parts,
                decisions=self._decisions(session, escalation_id, now, audience),
            )

    def zone_of(self, customer_zone: str, audience: Audience) -> str:
        """The zone for readers of one kind."""
        return (customer_zone if audience is Audience.CUSTOMER else "") or self._zone

    def _decisions(
        self, session: Session, escalation_id: int, now: datetime, audience: Audience
    ) -> Sequence[str]:
        if audience is Audience.CUSTOMER:
            return ()
        policy = self._policy.active(session)
        return tuple(each.text for each in gather(session, [escalation_id], now, None, policy).decisions)

    def _follow(self, found: dict[str, Value], rows: Mapping[str, queries.FactRow]) -> None:
        """What follows from what people wrote."""
        name = found.get("contact_first_name", NOTHING).text
        if name:
            found["salutation"] = Value(f"Hello {one_line(name)},", "contact")
        scope = rows.get("impact_scope")
        if scope is not None and scope.text.strip():
            found["as_of"] = Value(source="how many are affected", at=found["impact_scope"].as_of)

    def _put(
        self,
        session: Session,
        escalation_id: int | None,
        name: str,
        text: str,
        by: Actor,
        as_of: datetime | None,
        source: str,
    ) -> bool:
        """Keep the words unless they stand there already; gives whether they were kept."""
        there = queries.newest(session, escalation_id, name)
        as_of_us = None if as_of is None else to_us(as_of)
        before = (there.text, there.as_of_us, there.source) if there else ("", None, "")
        if (text, as_of_us, one_line(source)) == before:
            return False
        at_us = to_us(self._clock.now())
        row = queries.FactRow(
            0, escalation_id, name, text, as_of_us, one_line(source), at_us, by.name, by.person_id, None, ""
        )
        queries.insert(session, row)
        return True

    def _tell(
        self,
        session: Session,
        kind: EventKind,
        escalation_id: int | None,
        by: Actor,
        body: Mapping[str, str],
    ) -> None:
        who = {} if by.person_id is None else {"by_id": by.person_id}
        timeline.append(
            session,
            kind=kind,
            at_us=to_us(self._clock.now()),
            actor=by.name,
            escalation_id=escalation_id,
            body={key: text for key, text in body.items() if text} | who,
        )

    def _publish(self, ids: tuple[int, ...]) -> None:
        if self._bus is not None:
            revision = self._store.revision()
            self._bus.publish(MessagesChanged(ids, revision))
            if ids:
                self._bus.publish(EscalationChanged(ids, revision))


def _written(row: queries.FactRow, audience: Audience) -> Value:
    """What somebody wrote, as a value for these readers."""
    field = FIELDS[row.name]
    waits = field.approver is not Approver.NOBODY and row.approved_us is None
    as_of = from_us(row.as_of_us if row.as_of_us is not None else row.made_us)
    source = row.source or f"written by {row.made_by}"
    about = Value(source=source, as_of=as_of, is_written=True, approved_by=row.approved_by, by=row.made_by)
    if waits and audience is Audience.CUSTOMER:
        return replace(about, pending=row.text)
    if field.kind is FieldKind.DATE:
        return replace(about, at=instant_of(row.text))
    if field.kind is FieldKind.LIST:
        items = items_of(row.text)
        return replace(about, text="; ".join(items), items=items)
    return replace(about, text=row.text)
