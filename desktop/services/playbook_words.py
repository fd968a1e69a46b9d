"""The keys of tags as people read them, under the policy in force."""

from collections.abc import Mapping

from desktop.domain.playbook_match import Axis, Fit, Target
from desktop.domain.policy import Policy, Priority


class TagWords:
    """The names of what playbooks are for."""

    def __init__(self, policy: Policy) -> None:
        self.known: Mapping[Axis, Mapping[str, str]] = {
            Axis.AREA: {area.key: area.name for area in policy.areas},
            Axis.TYPE: {kind.key: kind.name for area in policy.areas for kind in area.issue_types},
            Axis.TIER: {tier.key: tier.name for tier in policy.tiers},
            Axis.LEVEL: {level.value: f"{level.value} {level.word}" for level in Priority},
        }

    def word(self, axis: Axis, key: str) -> str:
        """What a key is called; itself where the policy no longer knows it."""
        return self.known[axis].get(key, key)

    def matched(self, fit: Fit, target: Target) -> tuple[str, ...]:
        """What fits, the way it is told."""
        return tuple(self.word(axis, target.value(axis)) for axis in fit.matched)


def reason_of(words: tuple[str, ...]) -> str:
    """As one sentence: "matches Billing + Enterprise"."""
    return f"matches {' + '.join(words)}" if words else ""
