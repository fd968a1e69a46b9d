"""What a policy says about the score: priorities, severities, factors, customers, bands, worked examples."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction

from desktop.domain.errors import DeskError

#: The five inputs of the score, in the order they are shown.
FACTORS = (
    "business_impact",
    "customer_segment",
    "revenue_contribution",
    "reputational_risk",
    "technical_severity",
)
#: A factor lies between zero and this.
HIGHEST_FACTOR = 5


class Priority(StrEnum):
    """The band a score falls in; decides commitments, cadence, ladder and senior involvement."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"

    @property
    def word(self) -> str:
        """The priority as a word."""
        return _PRIORITY_WORDS[self]

    @property
    def rank(self) -> int:
        """1 for the most urgent."""
        return int(self.value[1])


_PRIORITY_WORDS = {
    Priority.P1: "critical",
    Priority.P2: "high",
    Priority.P3: "medium",
    Priority.P4: "low",
}


class Severity(IntEnum):
    """Technical gravity; 1 is the gravest."""

    SEV1 = 1
    SEV2 = 2
    SEV3 = 3
    SEV4 = 4


@dataclass(frozen=True, slots=True)
class Factor:
    """One input of the score: its weight, what stands in for it while unknown, and six anchors for 0 to 5.

    Factors that a person does not judge, but the customer or the severity gives, may have no anchors.
    """

    key: str
    name: str
    weight: Fraction
    default: int
    anchors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises: DeskError for a weight below zero."""
        object.__setattr__(self, "weight", Fraction(str(self.weight)))
        if self.weight < 0:
            raise DeskError(f"{self.name} weighs {self.weight}, less than nothing.", field=self.key)


@dataclass(frozen=True, slots=True)
class Tier:
    """A customer segment."""

    key: str
    name: str
    factor: int


@dataclass(frozen=True, slots=True)
class RevenueBand:
    """Customers whose yearly revenue, in whole units of the policy's currency, is at least this."""

    at_least: int
    factor: int


@dataclass(frozen=True, slots=True)
class SeverityLevel:
    """A severity with its written criteria and worked examples."""

    severity: Severity
    word: str
    criteria: str
    examples: tuple[str, ...]
    factor: int


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A whole case with the score and priority it comes to; an unknown input is None."""

    title: str
    story: str
    issue_type: str
    severity: Severity
    tier: str | None
    revenue: int | None
    business_impact: int | None
    reputational_risk: int | None
    score: int
    priority: Priority
