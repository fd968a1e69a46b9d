"""Why a drill scored as it did: a tree from the overall number down to the entries of its log."""

from dataclasses import dataclass

from desktop.domain.drill_grade import ExpectationScore
from desktop.domain.drill_score import CompetenceScore, DrillScore
from desktop.domain.drill_sums import share
from desktop.domain.drill_words import Status

_STATUS_WORDS = {
    Status.MISSED: "Never done.",
    Status.CLEAN: "Did not happen, as wanted.",
    Status.VIOLATED: "Happened, though it must not.",
    Status.NOT_EXERCISED: "Not exercised: nobody was asked for it.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the score: its value in permille, why, the log's entries behind it, and its own parts."""

    title: str
    value: int | None
    sentence: str
    events: tuple[int, ...] = ()
    parts: tuple["Reason", ...] = ()


def explain(score: DrillScore) -> Reason:
    """The whole tree."""
    by_id = {each.id: each for each in score.expectations}
    sharing: dict[int, list[str]] = {}
    for each in score.expectations:
        if each.met_by:
            sharing.setdefault(each.met_by, []).append(each.id)
    return Reason(
        "Overall",
        score.overall,
        summary(score),
        parts=tuple(_competence(each, by_id, sharing) for each in score.competences),
    )


def summary(score: DrillScore) -> str:
    """What is always said together: number, band, coverage, passed, and what lowered the band."""
    if score.overall is None:
        return f"Nothing was scored of {score.planned} planned."
    parts = [
        f"{score.overall} {score.band}",
        f"{score.scored} of {score.planned} scored",
        f"{score.passed} of {score.scored} passed",
        f"{_percent(score.manual_share)} by staff's word",
        f"{_percent(score.accelerated_share)} of the time accelerated",
    ]
    if score.missed_critical:
        cap = f", band capped at {score.band}" if score.is_capped else ""
        parts.append(f"critical missed: {', '.join(score.missed_critical)}{cap}")
    else:
        parts.append("no critical missed")
    return " · ".join(parts)


def sentence(each: ExpectationScore) -> str:
    """How one expectation came out, in one sentence or three."""
    said = _STATUS_WORDS.get(each.status) or " ".join(part for part in (_time(each), _quality(each)) if part)
    if each.hints and each.score is not None:
        said += f" {each.hints} {'hint' if each.hints == 1 else 'hints'} shown."
    if each.speed > 1:
        said += f" The drill ran at up to {each.speed} times the speed meanwhile."
    if each.adjusted is not None:
        by = each.adjusted.by or "staff"
        said += f" Adjusted by {by} because {each.adjusted.reason} (was {each.original})."
    return said


def span(seconds: int) -> str:
    """A length of time as people say it: "14 min", "1 min 30 s"."""
    minutes, rest = divmod(seconds, 60)
    words = [f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else ""]
    return " ".join(word for word in words if word)


def _competence(
    each: CompetenceScore, by_id: dict[str, ExpectationScore], sharing: dict[int, list[str]]
) -> Reason:
    name = each.name.replace("_", " ")
    said = f"{each.score} {each.band}, weight {each.weight}; its worst part is {each.worst}."
    return Reason(
        name, each.score, said, parts=tuple(_expectation(by_id[one], sharing) for one in each.expectations)
    )


def _expectation(each: ExpectationScore, sharing: dict[int, list[str]]) -> Reason:
    parts = []
    if each.time is not None:
        parts.append(Reason("T", each.time, _time(each) or "Never done."))
    if each.quality is not None:
        parts.append(Reason("Q", each.quality, _quality(each) or "Nothing more was asked of it."))
    said = sentence(each)
    if others := [one for one in sharing.get(each.met_by, ()) if one != each.id]:
        said += f" The same event counts for {', '.join(others)} as well."
    return Reason(f"{each.id} {each.text}", each.score, said, each.evidence, tuple(parts))


def _time(each: ExpectationScore) -> str:
    if each.t_s is None:
        return ""
    if each.is_early:
        return f"Done before {each.inject} came (anticipated): on time."
    if each.t_s <= each.deadline_s:
        judged = "on time"
    elif each.t_s <= each.deadline_s + each.grace_s:
        judged = f"{span(each.t_s - each.deadline_s)} late, within the grace of {span(each.grace_s)}"
    else:
        judged = "later than the grace allows"
    return f"Done {span(each.t_s)} after {each.inject}, deadline {span(each.deadline_s)}: {judged}."


def _quality(each: ExpectationScore) -> str:
    if each.rating:
        return f"Rated {each.rating} by staff."
    if not each.checks:
        return ""
    seen = [check for check in each.checks if check.is_ok is not None]
    if not seen:
        return "None of its parts could be observed: it does not count."
    got = sum(check.weight for check in seen if check.is_ok)
    said = f"{got} of {sum(check.weight for check in seen)} quality points"
    if missing := [check.text for check in seen if not check.is_ok]:
        said += f": missing {'; '.join(missing)}"
    if unseen := [check.text for check in each.checks if check.is_ok is None]:
        said += f" (not observed: {'; '.join(unseen)})"
    return said + "."


def _percent(permille: int) -> str:
    return f"{share(permille, 1000) // 10} %"
