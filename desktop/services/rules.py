"""Triage rules: kept in versions, ordered, switched on and off, restored; tried out before they are kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.queries import rule as queries
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.events import RulesChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Role
from desktop.domain.rule import Mode, Rule
from desktop.domain.rule_difference import difference
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.judging import rule_of
from desktop.services.policy import PolicyService
from desktop.services.rule_rows import (
    RuleState,
    RuleVersion,
    document_of,
    present,
    states,
    version_of,
    versions_of,
)
from desktop.services.rule_seen import SeenField, fields_seen
from desktop.services.rule_trial import TryOut, try_out
from desktop.services.rule_values import check_values

_MAY_RESET = frozenset({Role.LEAD, Role.COORDINATOR})


class RuleService:
    """Keeps the rules. Every change is a new version, which never changes; the timeline tells who made it."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy

    def all(self) -> tuple[RuleState, ...]:
        """Every rule in the order they are asked, with how it goes with each."""
        with self._store.read() as session:
            return states(
                session, queries.all_rules(session), self._policy.active(session), self._clock.now()
            )

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
            return self._checked(session, document)

    def add(self, document: Mapping[str, Any], by: Actor) -> Rule:
        """Keep a new rule behind all others.

        Raises: DeskError with the path of the fault and what was meant; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            rule = self._checked(session, document)
            order = 1 + max((row.position for row in queries.all_rules(session)), default=0)
            kept = document_of(replace(rule, order=order))
            rule_id = queries.insert(session, rule.name, kept, self._now_us(), by.name)
            rule = rule_of(queries.get(session, rule_id))
            self._tell(session, rule, by, "added")
        self._publish()
        return rule

    def edit(self, rule_id: int, document: Mapping[str, Any], by: Actor) -> Rule:
        """Keep the next version of a rule.

        A document that names a `version` is refused when that is no longer the newest.

        Raises: DeskError with the path of the fault, or when nothing changes; Conflict; NotFound; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            if document.get("version") not in (None, 0, row.version):
                made_by = queries.versions(session, rule_id)[0].made_by
                raise Conflict(
                    f"{made_by} has changed the rule meanwhile: version {row.version} is the newest.",
                    hint="Look at what changed, then save again.",
                )
            rule = self._put(session, row, self._checked(session, document), by, "changed")
        self._publish()
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
        _check_right(by)
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
            queries.put_version(session, rule_id, row.name, kept, self._now_us(), by.name)
            rule = rule_of(queries.get(session, rule_id))
            self._tell(session, rule, by, "moved", (f"Moved from place {before} to place {place}",))
        self._publish()
        return rule

    def remove(self, rule_id: int, by: Actor) -> None:
        """Take a rule away; what it did and its versions stay, and `bring_back` takes that back.

        Raises: NotFound; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            queries.remove(session, rule_id, self._now_us())
            self._tell(session, rule_of(row), by, "removed")
        self._publish()

    def bring_back(self, rule_id: int, by: Actor) -> Rule:
        """Let a rule that was removed count again, in its old place.

        Raises: DeskError when it was not removed; NotFound; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            row = queries.get(session, rule_id)
            if any(other.id == rule_id for other in queries.all_rules(session)):
                raise DeskError("The rule is there.")
            queries.bring_back(session, rule_id)
            self._tell(session, rule_of(row), by, "brought back")
        self._publish()
        return rule_of(row)

    def restore(self, rule_id: int, version: int, by: Actor) -> Rule:
        """Let an earlier version count again, as the newest.

        Raises: NotFound; DeskError when what it names is gone, or nothing changes; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            rule = version_of(session, rule_id, version)
            check_values(session, rule, self._policy.active(session))
            restored = self._put(session, row, rule, by, f"restored from version {version}")
        self._publish()
        return restored

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
            self._tell(session, rule_of(row), by, "breaker restored", kind=EventKind.RULE_RESTORED)
        self._publish()

    def versions(self, rule_id: int) -> tuple[RuleVersion, ...]:
        """Every version of a rule, newest first, each with what changed against the one before.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return versions_of(session, rule_id)

    def difference(self, rule_id: int, before: int, after: int) -> tuple[str, ...]:
        """What changed between two versions, a sentence each.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return difference(*(version_of(session, rule_id, version) for version in (before, after)))

    def try_out(self, document: Mapping[str, Any], last_n: int = 1000) -> TryOut:
        """What a rule would have made of the last kept triggers; with an `id` it stands in for that rule.

        Nothing is written.

        Raises: DeskError with the path of the fault and what was meant.
        """
        with self._store.read() as session:
            rule = self._checked(session, document)
            return try_out(session, self._policy.active(session), rule, last_n, self._now_us())

    def fields_seen(self, prefix: str = "", limit: int = 50) -> tuple[SeenField, ...]:
        """The fields that begin so in signals lately kept, the most frequent first, each with its values."""
        with self._store.read() as session:
            return fields_seen(session, prefix, limit)

    def trail(self, escalation_id: int) -> tuple[queries.Firing, ...]:
        """What rules did to an escalation or proposed for it, with rule, version and words, oldest first."""
        with self._store.read() as session:
            return queries.firings_of(session, escalation_id)

    def _change(self, rule_id: int, by: Actor, what: str, **parts: object) -> Rule:
        _check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            rule = replace(rule_of(row), **parts)  # type: ignore[arg-type]  # named by the callers above
            changed = self._put(session, row, rule, by, what)
        self._publish()
        return changed

    def _put(self, session: Session, row: queries.RuleRow, rule: Rule, by: Actor, what: str) -> Rule:
        rule = replace(rule, id=row.id, order=row.position)
        changes = difference(rule_of(row), rule)
        if not changes:
            raise DeskError("Nothing was changed.")
        queries.put_version(session, row.id, rule.name, document_of(rule), self._now_us(), by.name)
        kept = rule_of(queries.get(session, row.id))
        self._tell(session, kept, by, what, changes)
        return kept

    def _checked(self, session: Session, document: Mapping[str, Any]) -> Rule:
        rule = Rule.from_mapping(document)
        check_values(session, rule, self._policy.active(session))
        return rule

    def _tell(
        self,
        session: Session,
        rule: Rule,
        by: Actor,
        what: str,
        changes: tuple[str, ...] = (),
        kind: EventKind = EventKind.RULE_CHANGED,
    ) -> None:
        body: dict[str, Any] = {"rule": rule.name, "rule_id": rule.id, "version": rule.version, "what": what}
        if changes:
            body["difference"] = list(changes)
        timeline.append(
            session, kind=kind, at_us=self._now_us(), actor=by.name, escalation_id=None, body=body
        )

    def _publish(self) -> None:
        self._bus.publish(RulesChanged(self._store.revision()))

    def _now_us(self) -> int:
        return to_us(self._clock.now())


def _check_right(by: Actor) -> None:
    if Role.LEAD not in by.roles:
        raise NotAllowed("Only a lead may change rules.", hint=f"Ask one to do it for you, {by.name}.")
