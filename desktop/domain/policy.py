"""One immutable policy version: taxonomy, weights, bands, targets, calendars, rules, cadence and ladder."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, TypeVar

from desktop.domain.ageing import AgeingRule
from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.policy_alarm import (
    Afterwards,
    Announcement,
    Budget,
    FloodRule,
    GroupRule,
    InApp,
    LadderStep,
    Occasion,
    PauseReason,
    PauseRule,
    QuietRule,
    SnoozeRule,
    Unless,
    Urgency,
)
from desktop.domain.policy_calendar import HolidaysOf, holidays_document
from desktop.domain.policy_document import read_document, write_document
from desktop.domain.policy_score import (
    FACTORS,
    HIGHEST_FACTOR,
    Factor,
    Priority,
    RevenueBand,
    Severity,
    SeverityLevel,
    Tier,
    WorkedExample,
)
from desktop.domain.policy_target import Target
from desktop.domain.policy_taxonomy import Area, IssueType
from desktop.domain.worktime import Calendar

__all__ = [
    "FACTORS",
    "HIGHEST_FACTOR",
    "Afterwards",
    "Announcement",
    "Area",
    "Budget",
    "Factor",
    "FloodRule",
    "GroupRule",
    "HolidaysOf",
    "InApp",
    "IssueType",
    "LadderStep",
    "Occasion",
    "PauseReason",
    "PauseRule",
    "Policy",
    "Priority",
    "QuietRule",
    "RevenueBand",
    "Severity",
    "SeverityLevel",
    "SnoozeRule",
    "Target",
    "Tier",
    "Unless",
    "Urgency",
    "WorkedExample",
    "holidays_document",
]


_Part = TypeVar("_Part", Factor, Area, PauseReason)


@dataclass(frozen=True)
class Policy:
    """All rules an escalation is handled by; never changed, only followed by the next version.

    `version` 0 is a policy that has not been stored.
    """

    version: int
    name: str
    factors: tuple[Factor, ...]
    bands: Mapping[Priority, int]
    senior_at: int
    sponsor_at: int
    review_margin: int
    tiers: tuple[Tier, ...]
    currency: str
    revenue_bands: tuple[RevenueBand, ...]
    severities: tuple[SeverityLevel, ...]
    areas: tuple[Area, ...]
    calendars: Mapping[str, Calendar]
    holidays_of: Mapping[str, HolidaysOf]
    targets: Mapping[tuple[Priority, Kind], Target]
    contained_updates: Mapping[Priority, Target]
    ageing: AgeingRule
    pause: PauseRule
    snooze: SnoozeRule
    announce: Mapping[Occasion, Announcement]
    flood: FloodRule
    grouping: GroupRule
    budget: Budget
    quiet: QuietRule
    ladder: Mapping[Priority, tuple[LadderStep, ...]]
    forgotten: Mapping[Priority, Target]
    sources: tuple[str, ...]
    standard_reasons: tuple[str, ...]
    resolve_reasons: tuple[str, ...]
    resolve_needs: frozenset[str]
    examples: tuple[WorkedExample, ...]
    _types: Mapping[str, tuple[Area, IssueType]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises: DeskError for other factors than the five in order, or when none has a weight."""
        if tuple(factor.key for factor in self.factors) != FACTORS:
            raise DeskError(f"The factors of a policy are {', '.join(FACTORS)}.", field="factors")
        if not any(factor.weight for factor in self.factors):
            raise DeskError("Every weight is zero, so that no score can be made.", field="factors")
        for part in fields(self):
            value = getattr(self, part.name, None)
            if isinstance(value, dict):
                object.__setattr__(self, part.name, MappingProxyType(value))
        types = {kind.key: (area, kind) for area in self.areas for kind in area.issue_types}
        object.__setattr__(self, "_types", types)

    def __hash__(self) -> int:
        return hash((self.version, self.name))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any], *, version: int | None = None) -> "Policy":
        """The policy of a document, in the form `to_mapping` gives; `version` overrides the document's own.

        Raises: DeskError naming the fault, its path (`targets.P1.contain`) in `field`.
        """
        parts = read_document(mapping)
        if version is not None:
            parts["version"] = version
        return cls(**parts)

    def to_mapping(self) -> dict[str, Any]:
        """The document that `from_mapping` makes an equal policy of: plain text, numbers, lists, mappings."""
        return write_document({part.name: getattr(self, part.name) for part in fields(self) if part.init})

    def priority_of(self, score: int) -> Priority:
        """The band a score from 0 to 100 falls in."""
        for priority in (Priority.P1, Priority.P2, Priority.P3):
            if score >= self.bands[priority]:
                return priority
        return Priority.P4

    def target(self, priority: Priority, kind: Kind, *, contained: bool = False) -> Target:
        """What is promised; customer updates may be rarer once the escalation is contained."""
        if contained and kind is Kind.UPDATE:
            return self.contained_updates.get(priority, self.targets[priority, kind])
        return self.targets[priority, kind]

    def factor(self, key: str) -> Factor:
        """One of the five factors.

        Raises: NotFound.
        """
        return _found(self.factors, key, "factor")

    def severity(self, severity: int) -> SeverityLevel:
        """The criteria of a severity, given as 1 to 4.

        Raises: NotFound.
        """
        for level in self.severities:
            if level.severity == severity:
                return level
        raise NotFound(f"There is no severity {severity}.", field="severity", hint="Choose 1 to 4.")

    def area(self, key: str) -> Area:
        """A product area.

        Raises: NotFound.
        """
        return _found(self.areas, key, "area")

    def issue_type(self, key: str) -> IssueType:
        """An issue type of any area.

        Raises: NotFound.
        """
        return self._typed(key)[1]

    def area_of(self, issue_type: str) -> Area:
        """The product area an issue type belongs to.

        Raises: NotFound.
        """
        return self._typed(issue_type)[0]

    def tier(self, key: str) -> Tier | None:
        """A customer tier by key or name, or None when the policy has none such."""
        wanted = key.strip().casefold()
        for tier in self.tiers:
            if wanted in (tier.key.casefold(), tier.name.casefold()):
                return tier
        return None

    def revenue_band(self, revenue: int) -> RevenueBand:
        """The band a yearly revenue falls in; below the lowest it is the lowest."""
        reached = [band for band in self.revenue_bands if revenue >= band.at_least]
        return max(reached, key=lambda band: band.at_least) if reached else self.revenue_bands[0]

    def pause_reason(self, key: str) -> PauseReason:
        """A reason to pause a commitment.

        Raises: NotFound.
        """
        return _found(self.pause.reasons, key, "reason to pause")

    def _typed(self, key: str) -> tuple[Area, IssueType]:
        try:
            return self._types[key]
        except KeyError:
            raise NotFound(f"The policy has no issue type “{key}”.", field="issue_type") from None


def _found(parts: tuple[_Part, ...], key: str, what: str) -> _Part:
    for part in parts:
        if part.key == key:
            return part
    raise NotFound(f"The policy has no {what} “{key}”.", field=key)
