"""Rules as they are kept, into what people see of them: how it goes with each, and its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.queries import overrule as overrules
from db.queries import rule as queries
from db.queries.rule import RuleRow
from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.policy import Policy
from desktop.domain.rule import Rule
from desktop.domain.rule_action import Names
from desktop.domain.rule_difference import difference
from desktop.services.judging import rule_of
from desktop.services.rule_values import Known, fault_of

_OVERRULED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RuleState:
    """A rule and how it goes with it.

    `tripped_at` is since when its breaker is out and it only proposes, with the reason. `fired_day` and
    `fired_week` count what it did or proposed; `overruled` the escalations of the last 30 days on which
    people set otherwise what it had set. `fault` says why it cannot do all it says any more: what it names is
    gone.
    """

    rule: Rule
    made_at: datetime
    made_by: str
    tripped_at: datetime | None = None
    tripped_why: str = ""
    fired_day: int = 0
    fired_week: int = 0
    overruled: int = 0
    fault: str = ""

    @property
    def is_tripped(self) -> bool:
        """Whether it fired abnormally often and only proposes until somebody restores it."""
        return self.tripped_at is not None


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version of a rule, with what changed against the one before."""

    version: int
    rule: Rule
    made_at: datetime
    made_by: str
    difference: tuple[str, ...]


def states(session: Session, rows: Sequence[RuleRow], policy: Policy, now: datetime) -> tuple[RuleState, ...]:
    """How it goes with these rules, in the same order."""
    day = queries.firing_counts(session, to_us(now - timedelta(days=1)))
    week = queries.firing_counts(session, to_us(now - timedelta(days=7)))
    overruled = overrules.counts(session, to_us(now - _OVERRULED_WITHIN))
    known = Known(session, policy)
    found = []
    for row in rows:
        rule, newest = rule_of(row), queries.newest(session, row.id)
        found.append(
            RuleState(
                rule=rule,
                made_at=from_us(newest.made_us),
                made_by=newest.made_by,
                tripped_at=from_us(row.tripped_us) if row.tripped_us else None,
                tripped_why=row.tripped_why,
                fired_day=day.get(row.id, 0),
                fired_week=week.get(row.id, 0),
                overruled=overruled.get(row.id, 0),
                fault=fault_of(known, rule),
            )
        )
    return tuple(found)


def versions_of(session: Session, rule_id: int, names: Names) -> tuple[RuleVersion, ...]:
    """Every version of a rule, newest first, each with what changed against the one before.

    Raises: NotFound.
    """
    queries.get(session, rule_id)
    rows = queries.versions(session, rule_id)
    made = [_rule(rule_id, row) for row in rows]
    return tuple(
        RuleVersion(
            row.version,
            rule,
            from_us(row.made_us),
            row.made_by,
            difference(before, rule, names) if before is not None else (),
        )
        for row, rule, before in zip(rows, made, [*made[1:], None], strict=True)
    )


def version_of(session: Session, rule_id: int, version: int) -> Rule:
    """A rule as one of its versions says.

    Raises: NotFound.
    """
    rows = queries.versions(session, rule_id)
    row = next((row for row in rows if row.version == version), None)
    if row is None:
        raise NotFound(f"The rule has no version {version}.")
    return _rule(rule_id, row)


def present(session: Session, rule_id: int) -> RuleRow:
    """A rule that was not removed.

    Raises: NotFound.
    """
    row = next((row for row in queries.all_rules(session) if row.id == rule_id), None)
    if row is None:
        raise NotFound("There is no such rule any more.", hint="Bring it back first.")
    return row


def document_of(rule: Rule) -> dict[str, Any]:
    """A rule as one of its versions is kept; id and number of the version stand beside it."""
    document = rule.to_mapping()
    del document["id"], document["version"]
    return document


def _rule(rule_id: int, row: queries.VersionRow) -> Rule:
    return Rule.from_mapping({**row.document, "id": rule_id, "version": row.version})
