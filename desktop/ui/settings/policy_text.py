"""A policy in words and small tables, as a person reads it."""

from desktop.domain.commitment import Kind
from desktop.domain.policy import Factor, Policy, Priority, SeverityLevel, Target

KINDS = (
    (Kind.ASSIGN, "Assign"),
    (Kind.ACKNOWLEDGE, "Acknowledge"),
    (Kind.CONTAIN, "Contain"),
    (Kind.RESOLVE, "Resolve"),
    (Kind.UPDATE, "Update every"),
)
_MINUTE = 60


def target_text(target: Target | None) -> str:
    """How long a promise may take: `15 min`, `4 h`, `2 working days`, `4 h · weekdays`."""
    if target is None:
        return "–"
    if target.working_days:
        days = "day" if target.working_days == 1 else "days"
        return f"{target.working_days} working {days}"
    minutes = round(target.length.total_seconds() / _MINUTE)
    hours, rest = divmod(minutes, 60)
    if not hours:
        text = f"{rest} min"
    elif hours % 24 == 0 and not rest:
        text = f"{hours // 24} d"
    else:
        text = f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{text}, {target.calendar}" if target.calendar else text


def target_rows(policy: Policy) -> list[tuple[str, ...]]:
    """A row for each priority: its name, from which score, and the five targets."""
    rows = []
    for priority in Priority:
        targets = (target_text(policy.targets.get((priority, kind))) for kind, _ in KINDS)
        rows.append((f"{priority} {priority.word}", str(policy.bands.get(priority, 0)), *targets))
    return rows


def severity_heading(level: SeverityLevel) -> str:
    """`SEV1 critical`."""
    return f"{level.severity.name} {level.word}"


def severity_text(level: SeverityLevel) -> str:
    """The criteria and, a line each, examples."""
    return "\n".join([level.criteria, *(f"• {example}" for example in level.examples)])


def factor_heading(factor: Factor, policy: Policy) -> str:
    """`Business impact, 30 % of the score`."""
    whole = sum(each.weight for each in policy.factors)
    return f"{factor.name}, {float(factor.weight / whole) * 100:.0f} % of the score"


def factor_text(factor: Factor, policy: Policy) -> str:
    """What each of 0 to 5 means."""
    if factor.anchors:
        return "\n".join(f"{value}  {anchor}" for value, anchor in enumerate(factor.anchors))
    if factor.key == "customer_segment":
        return "\n".join(f"{tier.factor}  {tier.name}" for tier in policy.tiers)
    if factor.key == "revenue_contribution":
        return "\n".join(
            f"{band.factor}  from {band.at_least:,} {policy.currency} a year" for band in policy.revenue_bands
        )
    if factor.key == "technical_severity":
        return "\n".join(f"{level.factor}  {severity_heading(level)}" for level in policy.severities)
    return f"Counts as {factor.default} while unknown."
