"""Words beside the score: why a factor has its value, amounts and points as people read them."""

from fractions import Fraction

from desktop.domain.policy import HIGHEST_FACTOR, Policy, RevenueBand

_UNITS = ((1, ""), (1_000, " k"), (1_000_000, " M"), (1_000_000_000, " B"))


def reason(key: str, value: Fraction, policy: Policy) -> str:
    """What a value of a factor means under the policy: its anchor, tier, revenue band or severity."""
    words = _meaning(key, value, policy)
    return words[:1].upper() + words[1:] if words else f"{number_text(value)} of {HIGHEST_FACTOR}"


def number_text(number: Fraction) -> str:
    """A number with at most one decimal, rounded half up: "12", "12.5"."""
    return _tenths_text(_tenths(number.numerator, number.denominator))


def amount_text(amount: int) -> str:
    """A sum of money in short: "600", "450 k", "4.2 M"."""
    scale, unit = next((one for one in _UNITS if _tenths(amount, one[0]) < 10_000), _UNITS[-1])
    return _tenths_text(_tenths(amount, scale)) + unit


def _tenths(numerator: int, denominator: int) -> int:
    """Ten times a fraction that is not negative, rounded half up."""
    return (20 * numerator + denominator) // (2 * denominator)


def _tenths_text(tenths: int) -> str:
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def _meaning(key: str, value: Fraction, policy: Policy) -> str:
    anchors = policy.factor(key).anchors
    if anchors and value.denominator == 1:
        return anchors[int(value)]
    if key == "customer_segment":
        return " or ".join(f"{tier.name} customer" for tier in policy.tiers if tier.factor == value)
    if key == "revenue_contribution":
        bands = [
            _band_words(i, policy.revenue_bands, policy.currency)
            for i, band in enumerate(policy.revenue_bands)
            if band.factor == value
        ]
        return " or ".join(bands)
    if key == "technical_severity":
        levels = [level for level in policy.severities if level.factor == value]
        return " or ".join(f"{level.severity.name} {level.word}" for level in levels)
    return ""


def _band_words(i: int, bands: tuple[RevenueBand, ...], currency: str) -> str:
    lowest = amount_text(bands[i].at_least)
    if i + 1 == len(bands):
        return f"{lowest} {currency} a year or more" if i else f"any {currency} a year"
    above = amount_text(bands[i + 1].at_least)
    return f"{lowest} to {above} {currency} a year" if i else f"below {above} {currency} a year"
