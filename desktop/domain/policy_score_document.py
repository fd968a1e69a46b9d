"""Reads and writes what a policy document says about the score, its customers, severities and examples."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from desktop.domain.policy_node import Node, number_value
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

_JUDGED = ("business_impact", "reputational_risk")
_BANDED = (Priority.P1, Priority.P2, Priority.P3)
_MOST_REVENUE = 10**15


def read_factors(node: Node) -> tuple[Factor, ...]:
    """The five factors in their fixed order, not all of weight zero."""
    parts = node.parts(FACTORS)
    factors = tuple(_read_factor(key, parts[key]) for key in FACTORS)
    if not any(factor.weight for factor in factors):
        raise node.fault("every weight is zero, so that no score can be made.", "Give one a weight.")
    return factors


def write_factors(factors: tuple[Factor, ...]) -> dict[str, Any]:
    """The document of `read_factors`."""
    return {
        factor.key: {
            "name": factor.name,
            "weight": number_value(factor.weight),
            "default": factor.default,
            **({"anchors": list(factor.anchors)} if factor.anchors else {}),
        }
        for factor in factors
    }


def read_bands(node: Node) -> dict[Priority, int]:
    """From which score on a priority holds: three bands, falling; P4 is what lies below."""
    parts = node.parts(_BANDED)
    bands: dict[Priority, int] = {}
    highest = 100
    for priority in _BANDED:
        edge = bands[priority] = parts[priority].whole(1, 100)
        if edge > highest:
            raise parts[priority].fault(
                f"{edge} is not below the band before.", "Let the bands fall from P1 to P3."
            )
        highest = edge - 1
    return bands


def read_tiers(node: Node) -> tuple[Tier, ...]:
    """Customer tiers; keys and names are unique, whatever their case."""
    tiers: list[Tier] = []
    taken: set[str] = set()
    for key, part in node.entries():
        parts = part.parts(("name", "factor"))
        tier = Tier(key, parts["name"].text(), _read_factor_value(parts["factor"]))
        words = {tier.key.casefold(), tier.name.casefold()}
        if words & taken:
            raise part.fault("another tier has this key or name.")
        taken |= words
        tiers.append(tier)
    return tuple(tiers)


def write_tiers(tiers: tuple[Tier, ...]) -> dict[str, Any]:
    """The document of `read_tiers`."""
    return {tier.key: {"name": tier.name, "factor": tier.factor} for tier in tiers}


def read_currency(node: Node) -> str:
    """A currency by its three letters (ISO 4217)."""
    text = node.text()
    if len(text) != 3 or not text.isascii() or not text.isalpha() or not text.isupper():
        raise node.fault(f"“{text}” is not a currency.", "Use its three letters, such as EUR.")
    return text


def read_revenue_bands(node: Node) -> tuple[RevenueBand, ...]:
    """Revenue bands from zero on, rising."""
    bands: list[RevenueBand] = []
    for item in node.items():
        parts = item.parts(("at_least", "factor"))
        at_least = parts["at_least"].whole(0, _MOST_REVENUE)
        if not bands and at_least:
            raise parts["at_least"].fault("the first band must begin at 0.")
        if bands and at_least <= bands[-1].at_least:
            raise parts["at_least"].fault(f"{at_least} is not above the band before.")
        bands.append(RevenueBand(at_least, _read_factor_value(parts["factor"])))
    return tuple(bands)


def write_revenue_bands(bands: tuple[RevenueBand, ...]) -> list[dict[str, int]]:
    """The document of `read_revenue_bands`."""
    return [{"at_least": band.at_least, "factor": band.factor} for band in bands]


def read_severities(node: Node) -> tuple[SeverityLevel, ...]:
    """The four severities; their factors never rise from SEV1 on, and SEV1 stands above the rest."""
    parts = node.parts(tuple(Severity.__members__))
    levels = tuple(_read_severity(severity, parts[severity.name]) for severity in Severity)
    for above, level in pairwise(levels):
        if level.factor > above.factor or level.factor == levels[0].factor:
            place = parts[level.severity.name].at("factor")
            raise place.fault(
                f"{level.factor} weighs as much as a graver severity.", "Let the factors fall from SEV1 on."
            )
    return levels


def write_severities(levels: tuple[SeverityLevel, ...]) -> dict[str, Any]:
    """The document of `read_severities`."""
    return {
        level.severity.name: {
            "word": level.word,
            "factor": level.factor,
            "criteria": level.criteria,
            "examples": list(level.examples),
        }
        for level in levels
    }


def read_severity_name(node: Node) -> Severity:
    """A severity by name: SEV1 to SEV4."""
    try:
        return Severity[node.text()]
    except KeyError:
        raise node.fault(f"“{node.value}” is none of {', '.join(Severity.__members__)}.") from None


def read_examples(node: Node) -> tuple[WorkedExample, ...]:
    """Worked examples; may be none."""
    return tuple(_read_example(item) for item in node.items(least=0))


def write_examples(examples: tuple[WorkedExample, ...]) -> list[dict[str, Any]]:
    """The document of `read_examples`; an unknown input is left out."""
    return [_write_example(example) for example in examples]


def read_by_priority(node: Node) -> Mapping[Priority, Node]:
    """One part for each of the four priorities."""
    parts = node.parts(tuple(Priority))
    return {priority: parts[priority] for priority in Priority}


def _read_factor(key: str, node: Node) -> Factor:
    parts = node.parts(("name", "weight", "default"), ("anchors",))
    anchors = parts["anchors"].texts() if "anchors" in parts else ()
    if key in _JUDGED and "anchors" not in parts:
        raise Node(None, f"{node.path}.anchors").fault(
            "a person judges this factor and needs the steps in words."
        )
    if anchors and len(anchors) != HIGHEST_FACTOR + 1:
        raise parts["anchors"].fault(f"{len(anchors)} listed, one for each of 0 to {HIGHEST_FACTOR} wanted.")
    return Factor(
        key,
        parts["name"].text(),
        parts["weight"].number(),
        _read_factor_value(parts["default"]),
        anchors,
    )


def _read_factor_value(node: Node) -> int:
    return node.whole(0, HIGHEST_FACTOR)


def _read_severity(severity: Severity, node: Node) -> SeverityLevel:
    parts = node.parts(("word", "factor", "criteria", "examples"))
    return SeverityLevel(
        severity,
        parts["word"].text(),
        parts["criteria"].text(),
        parts["examples"].texts(),
        _read_factor_value(parts["factor"]),
    )


def _read_example(node: Node) -> WorkedExample:
    parts = node.parts(
        ("title", "story", "issue_type", "severity", "score", "priority"),
        ("tier", "revenue", *_JUDGED),
    )
    judged = {key: _read_factor_value(parts[key]) if key in parts else None for key in _JUDGED}
    return WorkedExample(
        title=parts["title"].text(),
        story=parts["story"].text(),
        issue_type=parts["issue_type"].text(),
        severity=read_severity_name(parts["severity"]),
        tier=parts["tier"].text() if "tier" in parts else None,
        revenue=parts["revenue"].whole(0, _MOST_REVENUE) if "revenue" in parts else None,
        business_impact=judged["business_impact"],
        reputational_risk=judged["reputational_risk"],
        score=parts["score"].whole(0, 100),
        priority=parts["priority"].choice(Priority),
    )


def _write_example(example: WorkedExample) -> dict[str, Any]:
    inputs = {
        "tier": example.tier,
        "revenue": example.revenue,
        "business_impact": example.business_impact,
        "reputational_risk": example.reputational_risk,
    }
    return {
        "title": example.title,
        "story": example.story,
        "issue_type": example.issue_type,
        "severity": example.severity.name,
        **{key: value for key, value in inputs.items() if value is not None},
        "score": example.score,
        "priority": str(example.priority),
    }
