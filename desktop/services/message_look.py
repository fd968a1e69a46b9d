"""Looks a draft over: gathers what the rules of tone hold it against, and lets them speak."""

from collections.abc import Callable, Mapping
from itertools import starmap

from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import letter as queries
from db.queries import person as people
from db.queries import sent as messages
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.customer import Customer
from desktop.domain.letter import Draft, Shown
from desktop.domain.merge_field import Value
from desktop.domain.message import Audience, Finding, Medium, Sent
from desktop.domain.message_changes import frozen
from desktop.domain.message_letter import Changed, Context, Letter
from desktop.domain.message_lint import left, lint
from desktop.domain.message_lint_words import Tone
from desktop.domain.message_names import Names, names_of, surname
from desktop.domain.message_stage import differing
from desktop.services.message_rendering import Rendering

_SHORTEST_SURNAME = 3
#: Problems of this severity leave nothing working.
_TOTAL = 1


class MessageLook:
    """Holds drafts against the rules; the names of customers are read anew once one of them has changed."""

    def __init__(self, *, store: Store, clock: Clock, tone: Callable[[], Tone], rendering: Rendering) -> None:
        self._store = store
        self._clock = clock
        self._tone = tone
        self._rendering = rendering
        self._seen: tuple[int, int] = (-1, -1)
        self._names = Names({})

    def over(
        self, draft: Draft, used: Mapping[Medium, Shown], overridden: frozenset[int]
    ) -> tuple[Finding, ...]:
        """What is to be said of these channels of a draft, without what a reason lets pass."""
        letters = [_letter(draft, medium, shown) for medium, shown in used.items()]
        found = left(lint(letters, self.context(draft)), overridden)
        mark = self._rendering.mark
        # The mark of a drill is nobody's choice of words.
        return tuple(each for each in found if each.quote != mark) if mark else found

    def context(self, draft: Draft) -> Context:
        """What a draft is held against."""
        values = self._rendering.values(draft)
        tone = self._tone()
        with self._store.read() as session:
            escalation = escalations.get(session, draft.escalation_id)
            customer = customers.by_id(session, escalation.customer_id)
            heard = messages.heard(session, draft.escalation_id, draft.audience)
            staff = people.all_people(session)
            names = self._customers(session)
        is_customer = draft.audience is Audience.CUSTOMER
        surnames = (surname(person.name) for person in staff)
        return Context(
            tone=tone,
            audience=draft.audience,
            stage=draft.stage,
            state=escalation.state,
            now=self._clock.now(),
            zone=self._rendering.zone(draft.escalation_id, draft.audience),
            next_update_at=draft.next_update_at,
            priority=escalation.priority,
            is_partial=escalation.severity > _TOTAL or not _is_missing(values, "not_affected"),
            approved=frozenset(name for name, value in values.items() if value.approved_by),
            others=names,
            own_names=_own_names(customer, values),
            staff=frozenset(name for name in surnames if len(name) >= _SHORTEST_SURNAME),
            heard=heard,
            changed=self._changed(heard) if is_customer else (),
            needs_release=is_customer and tone.needs_release(escalation.priority),
            is_released=draft.release is not None and draft.release.is_given,
        )

    def _changed(self, heard: tuple[Sent, ...]) -> tuple[Changed, ...]:
        if not heard:
            return ()
        return tuple(starmap(Changed, differing(heard[-1].values, self._rendering.said_now(heard))))

    def _customers(self, session: Session) -> Names:
        seen = queries.customers_seen(session)
        if seen != self._seen:
            self._names = names_of(customer.name for customer in customers.all_customers(session))
            self._seen = seen
        return self._names


def _letter(draft: Draft, medium: Medium, shown: Shown) -> Letter:
    kept = frozen(draft, medium, shown) if not draft.frozen else shown.rendered
    return Letter(
        medium=medium,
        subject=shown.text.subject,
        body=shown.text.body,
        spans=kept.spans,
        values=shown.rendered.values,
        missing=kept.missing,
        unknown=kept.unknown,
        edited=shown.text.edited,
    )


def _own_names(customer: Customer | None, values: Mapping[str, Value]) -> tuple[str, ...]:
    """How the reader is called; a reader may well have the surname of one of us."""
    greeted = values.get("contact_first_name")
    contacts = customer.contacts if customer else ""
    names = [customer.name if customer else "", greeted.text if greeted else "", contacts]
    return tuple(name for name in names if name)


def _is_missing(values: Mapping[str, Value], name: str) -> bool:
    return name not in values or values[name].is_missing
