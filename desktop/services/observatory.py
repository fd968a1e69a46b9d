"""Override observatory: which rules people disagree with most, and what they say about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import overrule as overrules
from db.queries import rule as rules
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.instant import from_us, to_us
from desktop.domain.observatory import Fired, Overruled, Ranked, ranked
from desktop.services.policy import PolicyService
from desktop.services.rule_names import names_of
from desktop.services.rule_said import value_said

PERIOD = timedelta(days=30)
#: A proposal that was turned down whole stands under this in place of a field.
PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Observed:
    """A rule with how often people disagree with it; `version` is its newest, 0 once it was removed."""

    rule_id: int
    rule: str
    version: int
    figures: Ranked


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One time a person set otherwise what a rule had set, or turned its proposal down."""

    rule_id: int
    version: int
    escalation_id: int
    number: str
    field: str
    was: str
    became: str
    reason: str
    by: str
    at: datetime


class ObservatoryService:
    """Reads what people made of what rules did."""

    def __init__(self, *, store: Store, clock: Clock, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy

    def ranked(self, within: timedelta | None = PERIOD, *, newest_only: bool = False) -> tuple[Observed, ...]:
        """The rules that did or proposed something, those people most surely disagree with first.

        `within` is how far back, None for ever; `newest_only` leaves out what earlier versions did.
        """
        with self._store.read() as session:
            since_us = self._since_us(within)
            kept = {row.id: row for row in rules.all_rules(session)}
            newest = {row.id: row.version for row in kept.values()}
            firings = [firing for firing in rules.firings(session, since_us) if firing.state != "proposed"]
            fired = [Fired(one.rule_id, one.version, one.escalation_id or 0) for one in firings]
            said = [_overruled(one) for one in self._disagreements(session, since_us)]
            rows = ranked(fired, said, newest if newest_only else None)
            names = {row.rule_id: rules.get(session, row.rule_id).name for row in rows}
        return tuple(
            Observed(row.rule_id, names[row.rule_id], newest.get(row.rule_id, 0), row) for row in rows
        )

    def disagreements(self, rule_id: int, within: timedelta | None = PERIOD) -> tuple[Disagreement, ...]:
        """Every time people disagreed with a rule, newest first."""
        with self._store.read() as session:
            return self._disagreements(session, self._since_us(within), rule_id)

    def _since_us(self, within: timedelta | None) -> int:
        return 0 if within is None else to_us(self._clock.now() - within)

    def _disagreements(
        self, session: Session, since_us: int, rule_id: int | None = None
    ) -> tuple[Disagreement, ...]:
        names = names_of(session, self._policy.active(session))
        found = [
            Disagreement(
                rule_id=one.rule_id,
                version=one.rule_version,
                escalation_id=one.escalation_id,
                number=one.number,
                field=one.field,
                was=value_said(session, names, one.field, one.rule_value),
                became=value_said(session, names, one.field, one.value),
                reason=one.reason,
                by=one.by,
                at=from_us(one.at_us),
            )
            for one in overrules.of_rules(session, since_us, rule_id)
        ]
        found += [
            Disagreement(
                rule_id=one.rule_id,
                version=one.version,
                escalation_id=one.escalation_id,
                number=one.number,
                field=PROPOSAL,
                was=" and ".join(one.words),
                became="declined",
                reason=one.reason,
                by=one.by,
                at=from_us(one.at_us),
            )
            for one in rules.declined(session, since_us, rule_id)
        ]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _overruled(one: Disagreement) -> Overruled:
    return Overruled(
        rule_id=one.rule_id,
        version=one.version,
        escalation_id=one.escalation_id,
        field=one.field,
        was=one.was,
        became=one.became,
        reason=one.reason,
        by=one.by,
        at_us=to_us(one.at),
    )
