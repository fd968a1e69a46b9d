"""A run watched again: how it stood at any entry of its log, and what each entry tells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.drill_fold import apply, replayed
from desktop.domain.drill_grade import ExpectationScore
from desktop.domain.drill_log import DECIDED, Entry, Kind
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import band_of, score_run
from desktop.domain.drill_state import RunState
from desktop.domain.drill_sums import mean
from desktop.domain.drill_words import Status

#: How an expectation stands before it has a status.
WAITING, OPEN = "waiting", "open"
_CLOCK = frozenset({Kind.PAUSED, Kind.RESUMED, Kind.SPEED, Kind.JUMPED})
_STAFF = frozenset({Kind.HINT, Kind.OBSERVED, Kind.OVERRIDDEN, Kind.COMPLICATION, Kind.NOTED})
_OF_INJECT = {
    Kind.FIRED: "comes", Kind.HELD: "held back", Kind.SKIPPED: "skipped", Kind.RECALLED: "taken back",
    Kind.POSTPONED: "postponed", Kind.EFFECT: "takes effect",
}  # fmt: skip
_OF_CLOCK = {
    Kind.STARTED: "The drill begins", Kind.ENDED: "The drill ends", Kind.PAUSED: "Paused",
    Kind.RESUMED: "Goes on",
}  # fmt: skip
_AREAS = {"oncall": "on-call"}


@dataclass(frozen=True, slots=True)
class Stood:
    """How one expectation stood; `word` is `waiting`, `open` or its status; `score` None until it counts."""

    id: str
    text: str
    word: str
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """How a run stood after an entry; what was not settled by then counts neither way."""

    seq: int
    sim_ms: int
    overall: int | None
    band: str
    scored: int
    expectations: tuple[Stood, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry tells; `tone` is inject, player, decision, staff or clock."""

    seq: int
    sim_ms: int
    words: str
    tone: str
    by: str = ""


class Replay:
    """Goes to and fro in a log; going on costs only the entries between."""

    def __init__(self, scenario: Scenario, log: Sequence[Entry]) -> None:
        self._plan = Plan(scenario)
        self._log = tuple(log)
        self._state = RunState(self._plan)
        self._at = 0
        self.told = tuple(told(entry, scenario) for entry in self._log)
        self.stops = tuple(each.seq for each in self.told if each.tone == "decision")
        self.end_ms = max((entry.sim_ms for entry in self._log), default=0)

    def seq_at(self, sim_ms: int) -> int:
        """The last entry by a time of the drill, 0 before the first."""
        return sum(entry.sim_ms <= sim_ms for entry in self._log)

    def next_stop(self, after_ms: int, until_ms: int) -> Told | None:
        """The first decision in a stretch of time, at which a replay stops."""
        coming = (self.told[seq - 1] for seq in self.stops)
        return next((each for each in coming if after_ms < each.sim_ms <= until_ms), None)

    def moment(self, seq: int, sim_ms: int | None = None) -> Moment:
        """How it stood after an entry, at that time or a later one before the next entry."""
        wanted = min(max(seq, 0), len(self._log))
        if wanted < self._at:
            self._state, self._at = RunState(self._plan), 0
        for entry in self._log[self._at : wanted]:
            apply(self._state, entry)
        self._at = wanted
        now_ms = max(sim_ms or 0, self._state.sim_ms)
        score = score_run(self._state)
        stood = tuple(self._stood(each, now_ms) for each in score.expectations)
        pairs = zip(score.expectations, stood, strict=True)
        counted = tuple(replace(each, score=one.score) for each, one in pairs)
        overall = self._overall(counted)
        bands = self._plan.scenario.rubric.bands
        band = band_of(overall, bands) if overall is not None else ""
        scored = sum(one.score is not None for one in stood)
        return Moment(wanted, now_ms, overall, score.band if self._state.is_ended else band, scored, stood)

    def _overall(self, graded: Sequence[ExpectationScore]) -> int | None:
        """The weighted mean of the competences by what counts of them so far."""
        found = []
        for name, weight in self._plan.scenario.competences.items():
            own = [(each.score, each.weight) for each in graded if each.competence == name]
            part = mean([(score, each_weight) for score, each_weight in own if score is not None])
            if part is not None:
                found.append((part, weight))
        return mean(found)

    def _stood(self, each: ExpectationScore, now_ms: int) -> Stood:
        run = self._state
        if run.is_ended:
            return Stood(each.id, each.text, each.status.value, each.score)
        if run.fired_ms(each.inject) is None:
            return Stood(each.id, each.text, WAITING)
        is_unsettled = each.status is Status.CLEAN or (
            each.status is Status.MISSED and run.is_open(each.id, now_ms)
        )
        if is_unsettled:
            return Stood(each.id, each.text, OPEN)
        return Stood(each.id, each.text, each.status.value, each.score)


def told(entry: Entry, scenario: Scenario) -> Told:
    """What an entry tells a person."""
    return Told(entry.seq, entry.sim_ms, _words(entry, scenario), _tone(entry), entry.by)


def _tone(entry: Entry) -> str:
    if entry.kind in (DECIDED, Kind.DEFAULTED):
        return "decision"
    if entry.kind in (Kind.FIRED, Kind.IMPROVISED):
        return "inject"
    if entry.kind in _CLOCK or entry.kind in (Kind.STARTED, Kind.ENDED, Kind.FORKED):
        return "clock"
    is_staff = entry.kind in _STAFF or entry.kind in _OF_INJECT
    return "staff" if is_staff else "player"


def _words(entry: Entry, scenario: Scenario) -> str:
    body = entry.body
    if entry.kind in _OF_INJECT:
        name = str(body.get("inject", ""))
        reason = f": {body['reason']}" if body.get("reason") else ""
        return f"{name} {_OF_INJECT[Kind(entry.kind)]}{_subject(scenario, name)}{reason}"
    if entry.kind in (DECIDED, Kind.DEFAULTED):
        return _decided(entry, scenario)
    if entry.kind == Kind.REPLIED:
        return f"Answer to {body.get('inject', '')}: {body.get('text', '')}"
    if entry.kind in _OF_CLOCK:
        return _OF_CLOCK[Kind(entry.kind)]
    said = _of_staff(entry)
    if said:
        return said
    area, _, deed = entry.kind.partition(".")
    words = f"{_AREAS.get(area, area)} {deed}".replace("_", " ").strip()
    stage = f" ({body['stage']})" if isinstance(body.get("stage"), str) else ""
    return f"{words[:1].upper()}{words[1:]}{stage}"


def _of_staff(entry: Entry) -> str:
    body = entry.body
    name = str(body.get("expectation", ""))
    match entry.kind:
        case Kind.SPEED:
            return f"Speed {body.get('speed', 1)}×"
        case Kind.JUMPED:
            return f"Jump to {clock(int(body.get('to_ms', entry.sim_ms)))}"
        case Kind.FORKED:
            return f"Goes on from run {body.get('run', '')}"
        case Kind.HINT:
            return f"Hint shown for {name}"
        case Kind.OBSERVED:
            rating = f", rated {body['rating']}" if body.get("rating") else ""
            withdrawn = "withdrawn" if body.get("withdrawn") else "noted by staff"
            return f"{name} {withdrawn}{rating}"
        case Kind.OVERRIDDEN:
            return f"{name} adjusted: {body.get('reason', '')}"
        case Kind.COMPLICATION:
            return f"Complication: {body.get('complication', '')}"
        case Kind.IMPROVISED:
            return f"Improvised: {body.get('subject') or body.get('body', '')}"
        case Kind.NOTED:
            return f"Note: {body.get('text', '')}"
    return ""


def _subject(scenario: Scenario, name: str) -> str:
    inject = next((each for each in scenario.injects if each.id == name), None)
    if inject is None:
        return ""
    said = scenario.filled(inject.subject or inject.body)
    return f": {said}" if said else ""


def _decided(entry: Entry, scenario: Scenario) -> str:
    name, option = str(entry.body.get("decision", "")), str(entry.body.get("option", ""))
    point = next((each for _, each in scenario.decisions() if each.id == name), None)
    if point is None:
        return "Decision recorded"
    label = next((each.label for each in point.options if each.id == option), option)
    who = "Nobody decided in time" if entry.kind == Kind.DEFAULTED else "Decided"
    return f"{who}: {point.question} {label}"


def decided(scenario: Scenario, log: Sequence[Entry]) -> dict[str, tuple[str, str]]:
    """Every decision of a run that was asked for: its question, and what came of it, both in words."""
    run = replayed(Plan(scenario), log)
    found = {}
    for inject, point in scenario.decisions():
        if run.fired_ms(inject.id) is None:
            continue
        state = run.decisions[point.id]
        label = next((each.label for each in point.options if each.id == state.option), "not decided")
        late = " (nobody decided in time)" if state.is_defaulted else ""
        found[point.id] = (scenario.filled(point.question), f"{scenario.filled(label)}{late}")
    return found


def clock(sim_ms: int) -> str:
    """A time of the drill as its clocks show it: "00:41:12"."""
    seconds = max(sim_ms, 0) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
