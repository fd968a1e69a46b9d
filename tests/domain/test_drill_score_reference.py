"""Scores agree with a plain account of the rules, whatever was seen, rated and hinted at."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.drill_scenario import Check, Expectation, Scenario
from desktop.domain.drill_score import score_log
from desktop.domain.drill_words import Evidence
from desktop.services.drill_log_file import entries
from tests.domain.drills import charged_twice

BASE = charged_twice()
CHECKS = ("a", "b", "c")
POINTS = {"P": 1000, "S": 750, "M": 400, "U": 0}


def half_up(part: int, whole: int) -> int:
    """As people round: five counts upwards."""
    exact, left = divmod(part, whole)
    return exact + (1 if 2 * left >= whole else 0)


def told(t_s, deadline_s, grace_s, weights, ok, unseen, rating, hints):
    """The rules once more, said another way."""
    if t_s is None:
        return 0
    over = t_s - deadline_s
    time = 1000 if over <= 0 else 1000 - half_up(500 * over, grace_s) if over <= grace_s else 250
    seen = [name for name in CHECKS if name not in unseen]
    if rating:
        quality = POINTS[rating]
    elif not seen:
        return None
    else:
        quality = half_up(
            1000 * sum(weights[name] for name in seen if name in ok), sum(weights[name] for name in seen)
        )
    return max(0, half_up(time * quality, 1000) - 100 * hints)


def scenario_of(deadline_s: int, grace_s: int, weights) -> Scenario:
    checks = tuple(Check(name, f"part {name}", weights[name]) for name in CHECKS)
    one = Expectation(
        "E01", "do it", "triage", "triage", Evidence.MANUAL, 1, deadline_s=deadline_s, grace_s=grace_s,
        checks=checks,
    )  # fmt: skip
    return replace(BASE, injects=(replace(BASE.injects[0], expect=(one,)),))


@settings(max_examples=150, deadline=None)
@given(
    st.none() | st.integers(0, 3000),
    st.integers(1, 1200),
    st.integers(0, 1200),
    st.fixed_dictionaries({name: st.integers(1, 9) for name in CHECKS}),
    st.sets(st.sampled_from(CHECKS)),
    st.sets(st.sampled_from(CHECKS)),
    st.sampled_from(["", "P", "S", "M", "U"]),
    st.integers(0, 3),
)
def test_a_score_is_what_the_rules_say(t_s, deadline_s, grace_s, weights, ok, unseen, rating, hints):
    scenario = scenario_of(deadline_s, grace_s, weights)
    lines = [{"sim_s": 60, "kind": "inject.fired", "inject": "I01"}]
    lines += [{"sim_s": 60, "kind": "hint.shown", "expectation": "E01"}] * hints
    if t_s is not None:
        said = {"ok": sorted(ok - unseen), "unseen": sorted(unseen)} | ({"rating": rating} if rating else {})
        lines.append({"sim_s": 60 + t_s, "kind": "expectation.observed", "expectation": "E01", **said})
    score = score_log(scenario, entries([json.dumps(line) for line in lines], scenario))
    assert score.expectations[0].score == told(
        t_s, deadline_s, grace_s, weights, ok - unseen, unseen, rating, hints
    )
