"""Override observatory: which rules people disagree with most, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final, NamedTuple

#: Of a normal distribution, so many deviations to both sides hold 95 %.
_Z: Final = 1.959963984540054


class Fired(NamedTuple):
    """A rule set something on an escalation."""

    rule_id: int
    version: int
    escalation_id: int


class Overruled(NamedTuple):
    """A person set a field otherwise than a rule had; `reason` may be empty."""

    rule_id: int
    version: int
    escalation_id: int
    field: str
    was: str
    became: str
    reason: str
    by: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """How often people disagree with one rule.

    `fired` and `overruled` count escalations, `share` is the one of the other, and `at_least` the share it
    surely is: the lower end of the Wilson interval. `fields`, `reasons` and `changes` ("SEV1 → SEV3") are
    counted, most first; `unreasoned` is how many overrules came without a reason.
    """

    rule_id: int
    fired: int
    overruled: int
    share: float
    at_least: float
    fields: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    changes: tuple[tuple[str, int], ...]
    unreasoned: int
    last_us: int

    @property
    def sentence(self) -> str:
        """The figures in words, with what they rest on."""
        percent = f"{100 * self.share:.0f} %"
        return f"Overruled on {self.overruled} of {self.fired} escalations ({percent})"


def wilson_lower(hits: int, of: int, z: float = _Z) -> float:
    """The lower end of the Wilson score interval of a share, 0 for no trials (Wilson 1927).

    Two of two weigh less than thirty of forty: what rests on little counts for little.
    """
    if of <= 0 or hits == 0:  # where rounding would leave a little more than nothing
        return 0.0
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - spread) / (1 + z * z / of))


def ranked(
    firings: Iterable[Fired], overrules: Iterable[Overruled], versions: Mapping[int, int] | None = None
) -> tuple[Ranked, ...]:
    """Every rule that fired or was overruled, the one people most surely disagree with first.

    Each escalation counts once for a rule, however many of its fields were set otherwise. `versions` keeps
    only what the named version of each rule did: a rule that was mended begins anew.
    """
    fired: dict[int, set[int]] = {}
    said: dict[int, list[Overruled]] = {}
    for firing in firings:
        if _counts(firing.rule_id, firing.version, versions):
            fired.setdefault(firing.rule_id, set()).add(firing.escalation_id)
    for overrule in overrules:
        if _counts(overrule.rule_id, overrule.version, versions):
            # An overrule without its firing, of a period that began between them, still was one.
            fired.setdefault(overrule.rule_id, set()).add(overrule.escalation_id)
            said.setdefault(overrule.rule_id, []).append(overrule)
    rows = [_ranked(rule_id, len(on), said.get(rule_id, [])) for rule_id, on in fired.items()]
    return tuple(sorted(rows, key=lambda row: (-row.at_least, -row.overruled, -row.fired, row.rule_id)))


def _counts(rule_id: int, version: int, versions: Mapping[int, int] | None) -> bool:
    return versions is None or versions.get(rule_id) == version


def _ranked(rule_id: int, fired: int, said: list[Overruled]) -> Ranked:
    overruled = len({overrule.escalation_id for overrule in said})
    return Ranked(
        rule_id=rule_id,
        fired=fired,
        overruled=overruled,
        share=overruled / fired,
        at_least=wilson_lower(overruled, fired),
        fields=_most_first(overrule.field for overrule in said),
        reasons=_most_first(overrule.reason.strip() for overrule in said if overrule.reason.strip()),
        changes=_most_first(f"{overrule.was} → {overrule.became}" for overrule in said),
        unreasoned=sum(not overrule.reason.strip() for overrule in said),
        last_us=max((overrule.at_us for overrule in said), default=0),
    )


def _most_first(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(words)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
