"""Rules before they are kept: tried on signals that were kept, and written with what signals really hold."""

from collections.abc import Mapping
from typing import Any

from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.instant import to_us
from desktop.domain.rule import Rule
from desktop.services.policy import PolicyService
from desktop.services.rule_seen import SeenField, fields_seen
from desktop.services.rule_trial import TryOut, try_out
from desktop.services.rule_values import check_values


class RuleTrials:
    """Helps to write a rule; it never writes anything itself."""

    def __init__(self, *, store: Store, clock: Clock, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy

    def try_out(self, document: Mapping[str, Any], last_n: int = 1000) -> TryOut:
        """What a rule would have made of the last kept triggers; with an `id` it stands in for that rule.

        Nothing is written.

        Raises: DeskError with the path of the fault and what was meant.
        """
        with self._store.read() as session:
            policy, rule = self._policy.active(session), Rule.from_mapping(document)
            check_values(session, rule, policy)
            return try_out(session, policy, rule, last_n, to_us(self._clock.now()))

    def fields_seen(self, prefix: str = "", limit: int = 50) -> tuple[SeenField, ...]:
        """The fields that begin so in signals lately kept, the most frequent first, each with its values."""
        with self._store.read() as session:
            return fields_seen(session, prefix, limit)
