"""The past of rules: their versions, what changed between them, the way back, and what they did."""

from db.queries import rule as queries
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.person import Actor
from desktop.domain.rule import Rule
from desktop.domain.rule_action import Names
from desktop.domain.rule_difference import difference
from desktop.services.bus import Bus
from desktop.services.policy import PolicyService
from desktop.services.rule_book import RuleBook, check_right
from desktop.services.rule_names import names_of
from desktop.services.rule_rows import RuleVersion, present, version_of, versions_of
from desktop.services.rule_values import check_values


class RuleHistory:
    """Looks back on rules; nothing of what it shows ever changes."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._policy = policy
        self._book = RuleBook(store=store, clock=clock, bus=bus, policy=policy)

    def versions(self, rule_id: int) -> tuple[RuleVersion, ...]:
        """Every version of a rule, newest first, each with what changed against the one before.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return versions_of(session, rule_id, self._names(session))

    def difference(self, rule_id: int, before: int, after: int) -> tuple[str, ...]:
        """What changed between two versions, a sentence each.

        Raises: NotFound.
        """
        with self._store.read() as session:
            old, new = (version_of(session, rule_id, version) for version in (before, after))
            return difference(old, new, self._names(session))

    def restore(self, rule_id: int, version: int, by: Actor) -> Rule:
        """Let an earlier version count again, as the newest.

        Raises: NotFound; DeskError when what it names is gone, or nothing changes; NotAllowed.
        """
        check_right(by)
        with self._store.begin() as session:
            row = present(session, rule_id)
            rule = version_of(session, rule_id, version)
            check_values(session, rule, self._policy.active(session))
            restored = self._book.put(session, row, rule, by, f"restored from version {version}")
        self._book.publish()
        return restored

    def trail(self, escalation_id: int) -> tuple[queries.Firing, ...]:
        """What rules did to an escalation or proposed for it, with rule, version and words, oldest first."""
        with self._store.read() as session:
            return queries.firings_of(session, escalation_id)

    def _names(self, session: Session) -> Names:
        return names_of(session, self._policy.active(session))
