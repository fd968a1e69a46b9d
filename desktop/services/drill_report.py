"""A drill's score as programs read it and as people read it."""

from typing import Any

from desktop.domain.drill_explain import Reason, explain, sentence, summary
from desktop.domain.drill_gap import proposals
from desktop.domain.drill_score import DrillScore
from desktop.domain.drill_words import gap_title


def as_json(score: DrillScore, *, is_explained: bool = False) -> dict[str, Any]:
    """The score as one object; the same log always gives the same."""
    answer: dict[str, Any] = {
        "overall": score.overall,
        "band": score.band,
        "capped": score.is_capped,
        "scored": score.scored,
        "planned": score.planned,
        "competences": {each.name: each.score for each in score.competences},
        "expectations": {
            each.id: {
                "status": each.status.value,
                "T": each.time,
                "Q": each.quality,
                "score": each.score,
            }
            for each in score.expectations
        },
        "gaps": [each.code for each in proposals(score)],
    }
    if is_explained:
        answer |= {
            "engine": score.engine,
            "coverage": score.coverage,
            "passed": score.passed,
            "missed_critical": list(score.missed_critical),
            "manual_share": score.manual_share,
            "accelerated_share": score.accelerated_share,
            "without_expectations": list(score.without_expectations),
            "bands": {each.name: each.band for each in score.competences},
            "worst": {each.name: each.worst for each in score.competences},
            "explain": _reason(explain(score)),
        }
    return answer


def as_lines(score: DrillScore) -> tuple[str, ...]:
    """The score for a person at a terminal."""
    lines = [summary(score), ""]
    for each in score.competences:
        lines.append(
            f"{each.name:<18} {each.score:>5} {each.band}   worst {each.worst}, weight {each.weight}"
        )
    lines.append("")
    for one in score.expectations:
        number = "–" if one.score is None else str(one.score)
        lines.append(f"{one.id:<6} {number:>5}  {one.status.value:<14} {one.text}: {sentence(one)}")
    found = proposals(score)
    if found:
        lines += ["", "Gaps proposed:"]
        lines += [f"{each.code}  {gap_title(each.code)} ({each.expectation} {each.why})" for each in found]
    return tuple(lines)


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "title": reason.title,
        "value": reason.value,
        "why": reason.sentence,
        "events": list(reason.events),
        "parts": [_reason(part) for part in reason.parts],
    }
