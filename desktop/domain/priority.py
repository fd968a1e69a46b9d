"""The composite score, the terms it is made of, and the priority it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from desktop.domain.errors import DeskError
from desktop.domain.instant import require_utc
from desktop.domain.policy import FACTORS, HIGHEST_FACTOR, Factor, Policy, Priority, Severity
from desktop.domain.priority_words import amount_text, number_text, reason


@dataclass(frozen=True, slots=True)
class Term:
    """What one factor adds to the score; `points` and `maximum` are exact."""

    key: str
    name: str
    value: Fraction
    points: Fraction
    maximum: Fraction
    why: str
    assumed: bool

    @property
    def shown(self) -> str:
        """Points of maximum, as people read them: "12 / 15"."""
        return f"{number_text(self.points)} / {number_text(self.maximum)}"


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 100 with its priority and everything it was made of.

    The points of the `terms` add up to `exact`, of which `value` is the rounding. `assumed` names the factors
    the policy stood in for. `near_edge`: so close to a band's edge that a person should look at it.
    """

    value: int
    exact: Fraction
    priority: Priority
    terms: tuple[Term, ...]
    assumed: tuple[str, ...]
    senior: bool
    sponsor: bool
    near_edge: bool

    @property
    def provisional(self) -> bool:
        """Whether a factor had to be assumed."""
        return bool(self.assumed)


@dataclass(frozen=True, slots=True)
class Override:
    """A score, severity or priority set by a person against the computed one, which stays beside it."""

    what: Literal["score", "severity", "priority"]
    computed: int | str
    value: int | str
    reason: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        """Raises: DeskError without a reason, or when nothing is changed."""
        object.__setattr__(self, "at", require_utc(self.at))
        if not self.reason.strip():
            raise DeskError(
                f"Setting the {self.what} by hand needs a reason.", field="reason", hint="Say why it differs."
            )
        if self.value == self.computed:
            raise DeskError(f"The {self.what} is {self.computed} already.", field=self.what)


def score(
    factors: Mapping[str, int | Fraction | float | None],
    policy: Policy,
    *,
    why: Mapping[str, str] | None = None,
) -> Score:
    """100 · Σ w·f / (5 · Σ w), rounded half up, with the terms in the order of `FACTORS`.

    A factor that is None or left out is scored at the policy's default and marked as assumed. `why` may say
    more about a factor than the policy's own words do.

    Raises: DeskError naming a factor that is not known or does not lie between 0 and 5.
    """
    for key in factors:
        if key not in FACTORS:
            raise DeskError(
                f"The score has no factor “{key}”.",
                field=str(key),
                hint=f"The factors are {', '.join(FACTORS)}.",
            )
    scale = Fraction(100) / sum(factor.weight for factor in policy.factors)  # points of a weight of one
    words = why or {}
    terms = tuple(
        _term(factor, factors.get(factor.key), scale, policy, words.get(factor.key, ""))
        for factor in policy.factors
    )
    exact = sum((term.points for term in terms), Fraction())
    value = int(exact + Fraction(1, 2))
    return Score(
        value=value,
        exact=exact,
        priority=policy.priority_of(value),
        terms=terms,
        assumed=tuple(term.key for term in terms if term.assumed),
        senior=value >= policy.senior_at or _is_gravest(terms, policy),
        sponsor=value >= policy.sponsor_at,
        near_edge=any(abs(value - edge) <= policy.review_margin for edge in policy.bands.values()),
    )


def factors_of(
    policy: Policy,
    *,
    business_impact: int | None,
    tier: str | None,
    revenue: int | None,
    reputational_risk: int | None,
    severity: int | None,
) -> dict[str, int | None]:
    """The five factors of an escalation; what is unknown, or a tier the policy does not have, is None.

    `tier` is a key or name of the policy's tiers, `revenue` a yearly amount in its currency, `severity` 1..4.
    """
    known = policy.tier(tier) if tier else None
    return {
        "business_impact": business_impact,
        "customer_segment": known.factor if known else None,
        "revenue_contribution": None if revenue is None else policy.revenue_band(revenue).factor,
        "reputational_risk": reputational_risk,
        "technical_severity": None if severity is None else policy.severity(severity).factor,
    }


def assess(
    policy: Policy,
    *,
    business_impact: int | None,
    tier: str | None,
    revenue: int | None,
    reputational_risk: int | None,
    severity: int | None,
) -> Score:
    """The score of an escalation, its reasons told by customer and severity: "4.2 M EUR a year"."""
    factors = factors_of(
        policy,
        business_impact=business_impact,
        tier=tier,
        revenue=revenue,
        reputational_risk=reputational_risk,
        severity=severity,
    )
    why: dict[str, str] = {}
    if tier and (known := policy.tier(tier)):
        why["customer_segment"] = f"{known.name} customer"
    elif tier:
        why["customer_segment"] = f"the policy has no tier “{tier}”"
    if revenue is not None:
        why["revenue_contribution"] = f"{amount_text(revenue)} {policy.currency} a year"
    if severity is not None:
        level = policy.severity(severity)
        why["technical_severity"] = f"{level.severity.name} {level.word}"
    return score(factors, policy, why=why)


def _term(
    factor: Factor, stated: int | Fraction | float | None, scale: Fraction, policy: Policy, words: str
) -> Term:
    value = Fraction(factor.default) if stated is None else _checked(factor, stated)
    why = words or (reason(factor.key, value, policy) if stated is not None else "not known")
    if stated is None:
        why = f"{why}; {number_text(value)} of {HIGHEST_FACTOR} assumed"
    maximum = factor.weight * scale
    return Term(
        key=factor.key,
        name=factor.name,
        value=value,
        points=maximum * value / HIGHEST_FACTOR,
        maximum=maximum,
        why=why[:1].upper() + why[1:],
        assumed=stated is None,
    )


def _checked(factor: Factor, value: object) -> Fraction:
    """The value, exact: a float counts as it is written, 2.1 as 21/10."""
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
        in_range = 0 <= value <= HIGHEST_FACTOR  # false for a NaN
        if in_range:
            return Fraction(value) if isinstance(value, int) else Fraction(str(value))
    raise DeskError(
        f"{factor.name} is {value!r:.40}, not a number from 0 to {HIGHEST_FACTOR}.",
        field=factor.key,
        hint=f"Choose 0 to {HIGHEST_FACTOR}, or leave it open.",
    )


def _is_gravest(terms: tuple[Term, ...], policy: Policy) -> bool:
    gravest = policy.severity(Severity.SEV1).factor
    return any(
        term.key == "technical_severity" and not term.assumed and term.value >= gravest for term in terms
    )
