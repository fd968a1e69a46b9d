"""How drills are said wherever they are listed: lengths, bands, states, modes, competences."""

from datetime import datetime

from desktop.domain.drill_record import Run, RunMode, RunState, ScenarioRow, ScenarioState
from desktop.domain.drill_words import GAPS
from desktop.ui.text import counted, duration, moment

BANDS = {
    "P": "Performed",
    "S": "Performed, with some difficulty",
    "M": "Performed, with major difficulty",
    "U": "Could not be performed",
}
MODES: tuple[tuple[RunMode, str, str], ...] = (
    (RunMode.TABLE, "At a table", "You steer from the console; players work in a window of their own."),
    (RunMode.SOLO, "Alone", "The program plays everybody else and gives hints."),
    (RunMode.SCRIBE, "Talked through", "Players say what they would do; you tick what you hear."),
)
_COMPETENCES = {
    "recognition": "Recognition",
    "triage": "Triage",
    "oncall_escalation": "On-call escalation",
    "handoff": "Handoff",
    "communication": "Communication",
    "decision_rights": "Decision rights",
    "post_incident": "After the incident",
}
_STATES = {
    RunState.PLANNED: "planned",
    RunState.BRIEFING: "in briefing",
    RunState.RUNNING: "running",
    RunState.PAUSED: "paused",
    RunState.ENDED: "ended",
    RunState.SCORED: "scored",
    RunState.CLOSED: "closed",
}


def competence_words(name: str) -> str:
    """A competence as it is said."""
    return _COMPETENCES.get(name, name.replace("_", " ").capitalize())


def mode_words(mode: RunMode) -> str:
    """How a drill was played."""
    return next(words for each, words, _ in MODES if each is mode)


def state_words(state: RunState) -> str:
    """How far a run has come."""
    return _STATES[state]


def sim_time(sim_ms: int) -> str:
    """A time of the drill: "00:41:12"; before its beginning with a minus."""
    s = abs(sim_ms) // 1000
    return f"{'-' if sim_ms < 0 else ''}{s // 3600:02}:{s % 3600 // 60:02}:{s % 60:02}"


def length(s: int) -> str:
    """How long a drill takes: "1 h 30 m"."""
    return duration(s * 1_000_000)


def difficulty_words(difficulty: int) -> str:
    """How hard it is, where that is stated."""
    return f"difficulty {difficulty} of 5" if difficulty else ""


def share(permille: int | None) -> str:
    """A share in permille as whole percents: what is begun of one more is left out."""
    return "–" if permille is None else f"{permille // 10} %"


def points_words(permille: int | None) -> str:
    """A score of 1000; a dash where nothing was exercised."""
    return "–" if permille is None else str(permille)


def version_words(row: ScenarioRow) -> str:
    """What there is of a scenario: "version 2", "draft", "version 2, draft 3", "retired"."""
    if row.state is ScenarioState.RETIRED:
        return "retired"
    said = [f"version {row.published}"] if row.published else []
    if row.has_draft:
        said.append(f"draft {row.version}" if row.published else "draft")
    return ", ".join(said)


def last_words(row: ScenarioRow, now: datetime) -> str:
    """When it was played last."""
    return moment(row.last_run_at, now) if row.last_run_at is not None else "never played"


def result_words(row: ScenarioRow) -> str:
    """How the last run went: "723 S"."""
    return f"{row.last_overall} {row.last_band}" if row.last_overall is not None else ""


def run_words(run: Run, now: datetime) -> str:
    """One run in a line."""
    at = run.started_at or run.made_at
    said = [moment(at, now), run.team or "no team", mode_words(run.mode).lower()]
    if run.overall is not None:
        said.append(f"{run.overall} {run.band}, {share(run.coverage)} covered")
    else:
        said.append(state_words(run.state))
    if run.forked_from is not None:
        said.append("forked")
    if run.practice:
        said.append("practice run")
    return " · ".join(said)


def about_words(row: ScenarioRow) -> str:
    """What a scenario is like in a line."""
    said = [length(row.duration_s), difficulty_words(row.difficulty)]
    said.append(counted(row.seats, "seat") if row.seats else "")
    return " · ".join(word for word in said if word)


def gap_words(code: str) -> str:
    """A gap's code with its meaning: "DA2 signal or dashboard missing or contradictory"."""
    found = (codes[code] for codes in GAPS.values() if code in codes)
    return f"{code} {next(found, '')}".strip()
