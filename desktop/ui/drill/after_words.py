"""How runs, scores and gaps read after a drill."""

from datetime import datetime

from desktop.domain.drill_record import Gap, NoteKind, ObserverNote, Run, RunMode
from desktop.domain.drill_replay import clock
from desktop.domain.drill_score import DrillScore
from desktop.domain.drill_words import gap_title
from desktop.ui.text import counted, moment, one_line

_NAMES = {
    "oncall_escalation": "On-call escalation",
    "post_incident": "Post-incident review",
    "staffing_oncall": "Staffing and on-call",
}
MODES = {RunMode.SOLO: "alone", RunMode.TABLE: "at a table", RunMode.SCRIBE: "talked through"}
BAND_WORDS = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "could not be performed",
}
#: The tone of a pill for a band; the letter says it too.
BAND_TONES = {"P": "success", "S": "primary", "M": "warning", "U": "danger"}
NOTE_WORDS = {
    NoteKind.STRENGTH: "Strength",
    NoteKind.IMPROVEMENT: "Improvement",
    NoteKind.FACT: "Fact",
    NoteKind.QUOTE: "Quote",
}
#: How an expectation stands, as a person reads it.
STATUS_WORDS = {
    "waiting": "To come",
    "open": "Open",
    "met": "Met",
    "late": "Late",
    "missed": "Missed",
    "clean": "Clean",
    "violated": "Violated",
    "not_observed": "Not observed",
    "not_exercised": "Not exercised",
}


def plain(name: str) -> str:
    """A name of the format as words: "On-call escalation"."""
    words = name.replace("_", " ")
    return _NAMES.get(name, f"{words[:1].upper()}{words[1:]}")


def number(score: int | None) -> str:
    """A score, or a dash where there is none."""
    return "–" if score is None else f"{score:,}"


def percent(permille: int) -> str:
    """A share in whole percent; what is begun of one more is left out, as in the score's sentence."""
    return f"{permille // 10} %"


def run_words(run: Run, now: datetime) -> str:
    """A run in the list of runs: its drill, when, and how it came out."""
    when = moment(run.ended_at or run.started_at or run.made_at, now)
    came = f"{run.overall} {run.band}" if run.overall is not None else "not scored"
    more = [came]
    if run.practice:
        more.append("practice")
    if run.forked_from is not None:
        more.append(f"from run {run.forked_from}")
    return f"{one_line(run.title)}, {when}: {', '.join(more)}"


def run_about(run: Run, now: datetime) -> str:
    """What a run was: version, team, mode, when, how long."""
    when = moment(run.started_at or run.made_at, now)
    parts = [f"version {run.version}", MODES[run.mode], f"{when}, {clock(run.sim_ms)} long"]
    if run.team:
        parts.insert(0, one_line(run.team))
    if run.practice:
        parts.append("practice: counts in no trend")
    if run.forked_from is not None:
        parts.append(f"went on from run {run.forked_from}: its score covers its own part only")
    if run.end_reason:
        parts.append(one_line(run.end_reason))
    return " · ".join(parts)


def figures(score: DrillScore) -> tuple[tuple[str, str], ...]:
    """What is always shown together beside number and band."""
    critical = "none missed"
    if score.missed_critical:
        critical = f"missed: {', '.join(score.missed_critical)}"
        if score.is_capped:
            critical += f"; band capped at {score.band}"
    without = len(score.without_expectations)
    return (
        ("Coverage", f"{score.scored} of {score.planned} scored ({percent(score.coverage)})"),
        ("Passed", f"{score.passed} of {score.scored}"),
        ("Critical", critical),
        ("By staff's word", percent(score.manual_share)),
        ("Accelerated", f"{percent(score.accelerated_share)} of the time"),
        ("Without expectation", counted(without, "inject") if without else "no inject"),
    )


def gap_words(gap: Gap) -> str:
    """A gap's code and what it means."""
    return f"{gap.code}  {gap_title(gap.code)}"


def times_words(times: int) -> str:
    """How often a gap has come in twelve months: "3rd time"; nothing the first time."""
    if times < 2:
        return ""
    ending = "th" if times % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(times % 10, "th")
    return f"{times}{ending} time"


def note_words(note: ObserverNote) -> str:
    """A note in one line."""
    rating = f" ({note.rating})" if note.rating else ""
    return f"{clock(note.sim_ms)}{rating}  {one_line(note.text)}"
