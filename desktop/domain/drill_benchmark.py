"""What the policy wanted and what the real team needed, kept with a drill that was made from an escalation.

Both stand in the source of the inject an expectation belongs to, one line each, in words that staff can read.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from desktop.domain.drill_node import read_duration, write_duration
from desktop.domain.drill_scenario import Scenario

_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,23}): policy ([^\s;,]+), real team ([^\s;,]+)")
_NEVER = "never"


class Benchmark(NamedTuple):
    """Seconds of the drill from the inject on; `real_s` is None where the real team never did it.

    What it did before is kept as done at once.
    """

    policy_s: int
    real_s: int | None


def benchmark_line(expectation: str, benchmark: Benchmark) -> str:
    """The line that keeps it: "E01: policy 5m, real team 7m20s"."""
    real = _NEVER if benchmark.real_s is None else write_duration(benchmark.real_s)
    return f"{expectation}: policy {write_duration(benchmark.policy_s)}, real team {real}"


def benchmarks(scenario: Scenario) -> Mapping[str, Benchmark]:
    """What was kept, by expectation; empty for a drill that was not made from an escalation."""
    found: dict[str, Benchmark] = {}
    for inject in scenario.injects:
        own = {each.id for each in inject.expect}
        for line in inject.source.splitlines():
            match = _LINE.match(line.strip())
            if match is None or match[1] not in own:
                continue
            policy_s, real_s = read_duration(match[2]), read_duration(match[3])
            if policy_s is not None and (real_s is not None or match[3] == _NEVER):
                found[match[1]] = Benchmark(policy_s, real_s)
    return found
