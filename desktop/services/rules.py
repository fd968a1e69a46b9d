"""Triage rules: kept in versions, ordered, switched on and off, let act again when their breaker was out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.queries import rule as queries
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.person import Actor, Role
from desktop.domain.rule import Mode, Rule
from desktop.domain.rule_action import Names
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.judging import rule_of
from desktop.services.policy import PolicyService
from desktop.services.rule_book import RuleBook, check_right
from desktop.services.rule_names import names_of
from desktop.services.rule_rows import RuleState, document_of, present, states

_MAY_RESET = frozenset({Role.LEAD, Role.COORDINATOR})


class RuleService:
    """Keeps the rules. Every change is a new version, which never changes; the timeline tells who made it."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._book = RuleBook(store=store, clock=clock, bus=bus, policy=policy)

    def all(self) -> tuple[RuleState, ...]:
        """Every rule in the order they are asked, with how it goes with each."""
        with self._store.read() as session:
            return states(
                session, queries.all_rules(session), self._policy.active(session), self._clock.now()
            )

    def names(self) -> Names:
        """What people read for the numbers and keys in rules, by kind of action or field, and value."""
        with self._store.read() as session:
            return names_of(session, self._policy.active(session))

    def get(self, rule_id: int) -> RuleState:
        """One rule, a removed one too.

        Raises: NotFound.
        """
        with self._store.read() as session:
            row = queries.get(session, rule_id)
            return states(session, (row,), self._policy.active(session), self._clock.now())[0]

    def check(self, document: Mapping[str, Any]) -> Rule:
        """The rule of a document, if it could be kept.

        Raises: DeskError with the path of the fault and what was meant.
        """
        with self._store.read() as session:
            return self._book.checked(session, document)

    def add(self, document: Mapping[str, Any], by: Actor) -> Rule:
        """Keep a new rule behind all others.

        Raises: DeskError with the path of the fault and what was meant; NotAllowed.
        """
        check_right(by)
        with self._store.begin() as session:
            rule = self._book.checked(session, document)
            order = 1 + max((row.position for row in queries.all_rules(session)), default=0)
            kept = document_of(replace(rule, order=order))
            rule_id = queries.insert(session, rule.name, kept, self._book.now_us(), by.name)
            rule = rule_of(queries.get(session, rule_id))
            self._book.tell(session, rule, by, "added")
        self._book.publish()
        return rule

    def edit(self, rule_id: int, document: Mapping[str, Any], by: Actor) -> Rule:
        """Keep the next version of a rule.

        A document that names a `version` is refused when that is no longer the newest.

        Raises: DeskError with the path of the fault, or when nothing changes; Conflict; NotFound; NotAllowed.
        """
        check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            if document.get("version") not in (None, 0, row.version):
                made_by = queries.versions(session, rule_id)[0].made_by
                raise Conflict(
                    f"{made_by} has changed the rule meanwhile: version {row.version} is the newest.",
                    hint="Look at what changed, then save again.",
                )
            rule = self._book.put(session, row, self._book.checked(session, document), by, "changed")
        self._book.publish()
        return rule

    def enable(self, rule_id: int, by: Actor, *, enabled: bool) -> Rule:
        """Switch a rule on or off.

        Raises: DeskError when it is so already; NotFound; NotAllowed.
        """
        return self._change(rule_id, by, "switched on" if enabled else "switched off", enabled=enabled)

    def set_mode(self, rule_id: int, mode: Mode, by: Actor) -> Rule:
        """Let a rule act, or only propose.

        Raises: DeskError when it does so already; NotFound; NotAllowed.
        """
        what = "acts now" if mode is Mode.ACT else "only proposes now"
        return self._change(rule_id, by, what, mode=Mode(mode))

    def move(self, rule_id: int, place: int, by: Actor) -> Rule:
        """Ask a rule in another place, 1 for the first; the others move up or down.

        Raises: DeskError when it stands there; NotFound; NotAllowed.
        """
        check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            ids = [other.id for other in queries.all_rules(session)]
            before = ids.index(rule_id) + 1
            place = max(1, min(place, len(ids)))
            if place == before:
                raise DeskError("The rule stands there already.", field="order")
            ids.remove(rule_id)
            ids.insert(place - 1, rule_id)
            queries.set_order(session, ids)
            kept = document_of(replace(rule_of(row), order=place))
            queries.put_version(session, rule_id, row.name, kept, self._book.now_us(), by.name)
            rule = rule_of(queries.get(session, rule_id))
            self._book.tell(session, rule, by, "moved", (f"Moved from place {before} to place {place}",))
        self._book.publish()
        return rule

    def remove(self, rule_id: int, by: Actor) -> None:
        """Take a rule away; what it did and its versions stay, and `bring_back` takes that back.

        Raises: NotFound; NotAllowed.
        """
        check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            queries.remove(session, rule_id, self._book.now_us())
            self._book.tell(session, rule_of(row), by, "removed")
        self._book.publish()

    def bring_back(self, rule_id: int, by: Actor) -> Rule:
        """Let a rule that was removed count again, in its old place.

        Raises: DeskError when it was not removed; NotFound; NotAllowed.
        """
        check_right(by)
        with self._store.begin() as session:
            row = queries.get(session, rule_id)
            if any(other.id == rule_id for other in queries.all_rules(session)):
                raise DeskError("The rule is there.")
            queries.bring_back(session, rule_id)
            self._book.tell(session, rule_of(row), by, "brought back")
        self._book.publish()
        return rule_of(row)

    def reset_breaker(self, rule_id: int, by: Actor) -> None:
        """Let a rule that fired too often act again; what it did so far counts no more towards its breaker.

        Raises: DeskError when its breaker is in; NotFound; NotAllowed.
        """
        if not by.roles & _MAY_RESET:
            raise NotAllowed("Only a coordinator or a lead may let a tripped rule act again.")
        with self._store.begin() as session:
            row = present(session, rule_id)
            if not row.tripped_us:
                raise DeskError("The rule's breaker is not out.")
            queries.set_tripped(session, rule_id, None, "")
            self._book.tell(session, rule_of(row), by, "breaker restored", kind=EventKind.RULE_RESTORED)
        self._book.publish()

    def _change(self, rule_id: int, by: Actor, what: str, **parts: object) -> Rule:
        check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            rule = replace(rule_of(row), **parts)  # type: ignore[arg-type]  # named by the callers above
            changed = self._book.put(session, row, rule, by, what)
        self._book.publish()
        return changed
