"""Writes versions of rules: the one place where they are checked, kept and told of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.queries import rule as queries
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import RulesChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Role
from desktop.domain.rule import Rule
from desktop.domain.rule_difference import difference
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.judging import rule_of
from desktop.services.policy import PolicyService
from desktop.services.rule_names import names_of
from desktop.services.rule_rows import document_of
from desktop.services.rule_values import check_values


class RuleBook:
    """What everybody who changes rules does alike, within the transaction of the change."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy

    def checked(self, session: Session, document: Mapping[str, Any]) -> Rule:
        """The rule of a document, which names only what exists.

        Raises: DeskError with the path of the fault and what was meant.
        """
        rule = Rule.from_mapping(document)
        check_values(session, rule, self._policy.active(session))
        return rule

    def put(self, session: Session, row: queries.RuleRow, rule: Rule, by: Actor, what: str) -> Rule:
        """Write the next version of a rule and tell what changed.

        Raises: DeskError when nothing did.
        """
        rule = replace(rule, id=row.id, order=row.position)
        names = names_of(session, self._policy.active(session))
        changes = difference(rule_of(row), rule, names)
        if not changes:
            raise DeskError("Nothing was changed.")
        queries.put_version(session, row.id, rule.name, document_of(rule), self.now_us(), by.name)
        kept = rule_of(queries.get(session, row.id))
        self.tell(session, kept, by, what, changes)
        return kept

    def tell(
        self,
        session: Session,
        rule: Rule,
        by: Actor,
        what: str,
        changes: tuple[str, ...] = (),
        kind: EventKind = EventKind.RULE_CHANGED,
    ) -> None:
        """Write down on the timeline of the desk what was done to a rule."""
        body: dict[str, Any] = {"rule": rule.name, "rule_id": rule.id, "version": rule.version, "what": what}
        if changes:
            body["difference"] = list(changes)
        timeline.append(session, kind=kind, at_us=self.now_us(), actor=by.name, escalation_id=None, body=body)

    def publish(self) -> None:
        """Tell everybody to look again."""
        self._bus.publish(RulesChanged(self._store.revision()))

    def now_us(self) -> int:
        """The instant at which something is written down."""
        return to_us(self._clock.now())


def check_right(by: Actor) -> None:
    """Let a lead pass.

    Raises: NotAllowed.
    """
    if Role.LEAD not in by.roles:
        raise NotAllowed("Only a lead may change rules.", hint=f"Ask one to do it for you, {by.name}.")
