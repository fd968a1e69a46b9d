"""What the console says of a drill: times, standings, states, and the score as far as it is known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop.domain.drill_gap import Proposal, proposals
from desktop.domain.drill_look import Standing
from desktop.domain.drill_record import RunMode
from desktop.domain.drill_score import band_of
from desktop.domain.drill_sums import mean
from desktop.domain.drill_view import DrillView, ExpectationLine, InjectLine
from desktop.domain.drill_words import COMPETENCES, GAPS

#: An expectation in one of these has come to nothing yet.
UNDECIDED = frozenset({"waiting", "open", ""})
#: The states of a drill.
BRIEFING, RUNNING, PAUSED, ENDED = "BRIEFING", "RUNNING", "PAUSED", "ENDED"
_BANDS = {"P": 850, "S": 650, "M": 400}
_STATES = {
    "waiting": "not yet asked for",
    "open": "open",
    "met": "met",
    "late": "late",
    "missed": "missed",
    "clean": "did not happen",
    "violated": "it happened",
    "not_observed": "nobody saw it",
    "not_exercised": "not exercised",
}
_STATE_TONES = {
    "met": "text.success",
    "clean": "text.success",
    "late": "text.warning",
    "missed": "text.danger",
    "violated": "text.danger",
}
#: The mark of each state, which says the same as its colour.
_MARKS = {"met": "✓", "clean": "✓", "late": "△", "missed": "✕", "violated": "✕", "open": "◔"}


def mmss(span_ms: int) -> str:
    """A span as minutes and seconds, hours before them where there are any: "06:20", "1:02:05"."""
    seconds = abs(span_ms) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{minutes}" if hours else minutes


def sim_clock(sim_ms: int) -> str:
    """The drill's clock: "T+00:23:40"."""
    seconds = abs(sim_ms) // 1000
    sign = "-" if sim_ms < 0 else "+"
    return f"T{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def read_span(text: str) -> int | None:
    """Seconds out of "2:30", "1:02:05", "90 s", "2 m" or "2" (minutes); None where it says no time."""
    typed = text.strip().casefold().removeprefix("t").removeprefix("+").strip()
    for ending, unit in (("min", 60), ("m", 60), ("sec", 1), ("s", 1), ("h", 3600)):
        if typed.endswith(ending) and typed.removesuffix(ending).strip().isdecimal():
            return _sane(int(typed.removesuffix(ending)) * unit)
    parts = typed.split(":")
    if len(typed) > 10 or not 1 <= len(parts) <= 3 or not all(part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return _sane(numbers[0] * 60)
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + number
    return _sane(seconds)


def _sane(seconds: int) -> int | None:
    return seconds if seconds <= 7 * 86_400 else None


def may_steer(view: DrillView) -> bool:
    """Whether the trainer moves the drill now: it has begun, has not ended, and no program plays staff."""
    return view.state in (RUNNING, PAUSED) and view.mode is not RunMode.SOLO


def may_judge(view: DrillView) -> bool:
    """Whether staff's word counts now: it does after the end, too."""
    return view.state != BRIEFING and view.mode is not RunMode.SOLO


def standing_words(line: InjectLine, sim_ms: int) -> str:
    """How an inject stands, in a word and a time."""
    if line.standing is Standing.UPCOMING and line.due_ms is not None:
        return f"in {mmss(line.due_ms - sim_ms + 999)}"
    if line.standing is Standing.READY:
        waits = f" for {mmss(sim_ms - line.due_ms)}" if line.due_ms is not None else ""
        return f"ready{waits}"
    return {
        Standing.REMINDER: "reminder",
        Standing.UPCOMING: "upcoming",
        Standing.WAITING: "waits",
        Standing.HELD: "held",
        Standing.FIRED: "fired",
        Standing.SKIPPED: "skipped",
        Standing.RECALLED: "recalled",
        Standing.DEAD: "cannot come",
    }.get(line.standing, "")


def time_words(line: InjectLine) -> str:
    """The time at the head of an inject's line, without hours: "22:00"."""
    at_ms = line.fired_ms if line.fired_ms is not None else line.due_ms
    return mmss(at_ms) if at_ms is not None and at_ms >= 0 else "–"


def state_words(line: ExpectationLine, sim_ms: int) -> str:
    """What has become of an expected action, with the time there is left."""
    if line.state != "open":
        when = f" at {sim_clock(line.seen_ms)}" if line.seen_ms is not None else ""
        return f"{_STATES.get(line.state, line.state)}{when}"
    if line.is_negative:
        return "must not happen"
    if line.deadline_ms is not None and sim_ms < line.deadline_ms:
        return f"{mmss(line.deadline_ms - sim_ms + 999)} left"
    if line.grace_ms is not None and sim_ms < line.grace_ms:
        return f"late; grace ends in {mmss(line.grace_ms - sim_ms + 999)}"
    return "open"


def state_token(line: ExpectationLine, sim_ms: int) -> str:
    """The colour of that."""
    is_late = line.deadline_ms is not None and sim_ms >= line.deadline_ms
    if line.state == "open" and is_late and not line.is_negative:
        return "text.warning"
    return _STATE_TONES.get(line.state, "text.secondary")


def state_mark(line: ExpectationLine) -> str:
    """The shape of that."""
    return _MARKS.get(line.state, "○")


def is_settled(line: ExpectationLine) -> bool:
    """Whether it has come to something."""
    return line.state not in UNDECIDED


def expected_words(line: InjectLine, by_id: Mapping[str, ExpectationLine], sim_ms: int) -> str:
    """What became of an inject's expected actions, in a few words."""
    own = [by_id[name] for name in line.expectations if name in by_id]
    if not own or line.standing is not Standing.FIRED:
        return f"{len(own)} expected" if own else ""
    waiting = [each for each in own if each.state == "open" and not each.is_negative]
    good = sum(each.state in ("met", "clean") for each in own)
    bad = sum(each.state in ("missed", "violated") for each in own)
    said = [f"✓ {good} of {len(own)}"] + ([f"✕ {bad}"] if bad else [])
    if waiting:
        said.append(_shortest(min(waiting, key=_deadline), sim_ms))
    return "  ".join(said)


def _shortest(line: ExpectationLine, sim_ms: int) -> str:
    """The time left, or that left of the grace."""
    if line.deadline_ms is not None and sim_ms < line.deadline_ms:
        return f"◔ {mmss(line.deadline_ms - sim_ms + 999)}"
    return f"△ grace {mmss(line.grace_ms - sim_ms + 999)}" if line.grace_ms is not None else "△ late"


def _deadline(line: ExpectationLine) -> int:
    return line.deadline_ms or 0


def competence_title(name: str) -> str:
    """A competence as people read it."""
    return {"oncall_escalation": "On-call escalation", "post_incident": "Post-incident"}.get(
        name, name.replace("_", " ").capitalize()
    )


def score_so_far(view: DrillView) -> tuple[int | None, str, list[tuple[str, int | None, str]]]:
    """Overall in permille with its band, and the same for each competence the drill asks for.

    What is still open counts for nothing yet.
    """
    weights = {each.id: each.weight for each in view.score.expectations}
    of_whole = {each.name: each.weight for each in view.score.competences}
    asked = {each.competence for each in view.expectations}
    lines, parts = [], []
    for name in (each for each in COMPETENCES if each in asked):
        own = [
            (each.score, weights.get(each.id, 1))
            for each in view.expectations
            if each.competence == name and is_settled(each) and each.score is not None
        ]
        score = mean(own)
        lines.append((name, score, band_of(score, _BANDS) if score is not None else ""))
        if score is not None:
            parts.append((score, of_whole.get(name, 1)))
    overall = mean(parts)
    return overall, band_of(overall, _BANDS) if overall is not None else "", lines


def gaps_so_far(view: DrillView) -> tuple[Proposal, ...]:
    """The gaps that what is settled shows; the engine proposes them at the end."""
    settled = {each.id for each in view.expectations if is_settled(each)}
    shown = tuple(each for each in view.score.expectations if each.id in settled)
    return proposals(replace(view.score, expectations=shown))


def category_title(code: str) -> str:
    """The category of a gap's code, as people read it."""
    found = next((category for category, codes in GAPS.items() if code in codes), "")
    return {"staffing_oncall": "staffing"}.get(found, found.replace("_", " ")) or code


def role_titles(roles: Iterable[str], titles: Mapping[str, str]) -> str:
    """Seats by the names people know."""
    return ", ".join(titles.get(each, each) for each in roles)
