"""A run's log as its trainer reads it: one line for each thing that happened, made once each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop.domain.drill_engine import DrillRun
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_view import FeedLine
from desktop.domain.handoff_draft import deed_words
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.domain.wording import one_line

_MOST = 300
_STAFF = frozenset({Kind.OBSERVED, Kind.OVERRIDDEN, Kind.NOTED, Kind.HINT, Kind.COMPLICATION})
_CLOCK = frozenset(
    {Kind.STARTED, Kind.ENDED, Kind.FORKED, Kind.PAUSED, Kind.RESUMED, Kind.SPEED, Kind.JUMPED}
)
_OWN = frozenset(kind.value for kind in Kind)
_MISSES = frozenset({"escalation.resolved_early", "update.overdue", Kind.DEFAULTED.value})
#: What the desk does by itself is kept in the log, but is no news to a trainer.
_QUIET = ("commitment.", "alarm.", "promise.made", "promise.kept", "escalation.reminded")
_EFFECTS = {
    "create_ticket": "a ticket is opened",
    "set_field": "a field of the ticket changes",
    "release_data": "data is released",
    "roster_change": "the roster changes",
    "dashboard_value": "a dashboard shows another value",
}
_WORDS: Mapping[str, str] = {
    "escalation.opened": "opened an escalation",
    "escalation.resolved_early": "Resolved while a ticket is still open",
    "update.overdue": "The customer update is overdue",
    "oncall.paged": "paged",
    "oncall.paged_by_ladder": "The ladder paged",
    "oncall.acknowledged": "answered the page",
    "oncall.nobody": "The ladder found nobody to page",
    "promise.broken": "A promise was broken",
    "evidence.attached": "attached evidence",
    "escalation.linked": "joined escalations",
    "debrief.scheduled": "booked the debrief",
    "brief.sent": "told one's own people",
    "data.requested": "asked for data",
    "data.doubted": "took a dashboard for out of date",
}


class Feed:
    """The lines of one run's log; only what is new is put into words."""

    def __init__(self, run: DrillRun) -> None:
        self._run = run
        self._lines: list[FeedLine] = []
        self._read = 0
        self._missed: tuple[str, ...] = ()
        self._shown: tuple[FeedLine, ...] = ()
        self._meets: dict[int, tuple[str, ...]] = {}

    def lines(self, missed: Mapping[str, int]) -> tuple[FeedLine, ...]:
        """All lines, the oldest first; `missed` are expectations that nobody met in time, and since when."""
        log = self._run.log
        if self._read == len(log) and self._missed == tuple(missed):
            return self._shown
        plan = self._run.plan
        for entry in log[self._read :]:
            if not entry.kind.startswith(_QUIET):
                self._lines.append(_line(plan, entry))
        self._read, self._missed = len(log), tuple(missed)
        self._mark(self._met())
        lines = list(self._lines)
        for name, at_ms in missed.items():
            lines.append(FeedLine(0, at_ms, "expectation.missed", self._miss_words(name), tone="miss"))
        if missed:
            lines.sort(key=lambda line: line.sim_ms)
        self._shown = tuple(lines)
        return self._shown

    def _met(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for name in self._run.plan.expectations:
            seen = self._run.state.seen(name)
            if seen is not None:
                found[seen.seq] = (*found.get(seen.seq, ()), name)
        return found

    def _mark(self, meets: dict[int, tuple[str, ...]]) -> None:
        changed = {seq for seq in {*meets, *self._meets} if meets.get(seq) != self._meets.get(seq)}
        if changed:
            self._lines = [
                replace(line, meets=meets.get(line.seq, ())) if line.seq in changed else line
                for line in self._lines
            ]
            self._meets = meets

    def _miss_words(self, name: str) -> str:
        plan = self._run.plan
        return f"{name} was missed: {plan.scenario.filled(plan.expectations[name][1].text)}"


def _line(plan: Plan, entry: Entry) -> FeedLine:
    words = one_line(_words_of(plan, entry))[:_MOST]
    return FeedLine(entry.seq, entry.sim_ms, entry.kind, words, entry.by, _tone(entry))


def _tone(entry: Entry) -> str:
    if entry.kind in _MISSES:
        return "miss"
    if entry.kind in _CLOCK:
        return "clock"
    if entry.kind in _STAFF:
        return "staff"
    return "inject" if entry.kind in _OWN and entry.kind != Kind.REPLIED else "player"


def _words_of(plan: Plan, entry: Entry) -> str:
    maker = _OWN_WORDS.get(entry.kind)
    if maker is not None:
        return maker(plan, entry.body)
    body = entry.body
    about = body.get("escalation")
    number = f"{about['number']}: " if isinstance(about, Mapping) and about.get("number") else ""
    return f"{number}{_deed(entry)}"


def _deed(entry: Entry) -> str:
    body = entry.body
    if entry.kind in ("oncall.paged", "oncall.paged_by_ladder"):
        return f"{_WORDS[entry.kind]} {body.get('to') or 'somebody'}"
    if entry.kind == EventKind.DECISION_RECORDED:
        return f"decided: {body.get('text', '')} (approved by {body.get('approver', 'nobody')})"
    if entry.kind == EventKind.UPDATE_SENT:
        stage = str(body.get("stage", "")).replace("_", " ")
        return f"told the customer ({stage}): {body.get('text', '')}"
    if entry.kind in _WORDS:
        said = body.get("name") or body.get("merged") or body.get("into") or body.get("note") or ""
        return f"{_WORDS[entry.kind]}{f': {said}' if said else ''}"
    at = datetime(1970, 1, 1, tzinfo=UTC)
    return deed_words(TimelineEvent(entry.seq, None, entry.kind, at, entry.by, body, ""))


def _inject(plan: Plan, name: str) -> str:
    one = plan.injects.get(name)
    if one is None:
        return name
    about = plan.scenario.filled(one.subject or one.body or one.source_from)
    return f"{name} {about}" if about else name


def _fired(plan: Plan, body: Mapping[str, Any]) -> str:
    return f"Fired {_inject(plan, str(body['inject']))}"


def _with_reason(verb: str) -> Callable[[Plan, Mapping[str, Any]], str]:
    def words(plan: Plan, body: Mapping[str, Any]) -> str:
        why = f": {body['reason']}" if body.get("reason") else ""
        return f"{verb} {_inject(plan, str(body['inject']))}{why}"

    return words


def _plain(words: str) -> Callable[[Plan, Mapping[str, Any]], str]:
    def said(_plan: Plan, body: Mapping[str, Any]) -> str:
        return f"{words}: {body['reason']}" if body.get("reason") else f"{words}."

    return said


def _speed(_plan: Plan, body: Mapping[str, Any]) -> str:
    why = f", {body['why']}" if body.get("why") else ""
    chosen, speed = body.get("chosen", body["speed"]), body["speed"]
    if chosen != speed:
        return f"Speed {chosen}x chosen, {speed}x for now{why}"
    return f"Speed {speed}x{why}"


def _jumped(_plan: Plan, body: Mapping[str, Any]) -> str:
    way = str(body.get("deadlines", "")).replace("_", " ")
    minutes, seconds = divmod(int(body["to_ms"]) // 1000, 60)
    return f"Jumped to {minutes}:{seconds:02}; open deadlines {way}"


def _defaulted(plan: Plan, body: Mapping[str, Any]) -> str:
    _, point = plan.decisions[str(body["decision"])]
    label = next((each.label for each in point.options if each.id == body["option"]), body["option"])
    return f"Nobody decided {body['decision']} in time: {plan.scenario.filled(str(label))}"


def _replied(_plan: Plan, body: Mapping[str, Any]) -> str:
    return f"answered {body['inject']}: {body.get('text', '')}"


def _effect(plan: Plan, body: Mapping[str, Any]) -> str:
    inject, number = str(body["inject"]), int(body["number"])
    effects = plan.effects.get(inject, ())
    kind = effects[number].kind if number < len(effects) else ""
    return f"{inject}: {_EFFECTS.get(kind, 'takes effect')}"


def _observed(_plan: Plan, body: Mapping[str, Any]) -> str:
    name = body["expectation"]
    if body.get("withdrawn"):
        return f"{name}: what was noted is taken back"
    if body.get("violated") is not None:
        return f"{name} {'happened' if body['violated'] else 'did not happen'}, by staff's word"
    return f"{name} rated {body['rating']}" if body.get("rating") else f"{name} seen by staff"


def _overridden(_plan: Plan, body: Mapping[str, Any]) -> str:
    return f"{body['expectation']} adjusted: {body.get('reason', '')}"


def _hint(_plan: Plan, body: Mapping[str, Any]) -> str:
    return f"Hint for {body['expectation']}: {body.get('text', '')}"


def _card(plan: Plan, body: Mapping[str, Any]) -> str:
    name = str(body["complication"])
    text = next((each.text for each in plan.scenario.complications if each.id == name), name)
    return f"Complication: {plan.scenario.filled(text)}"


def _improvised(_plan: Plan, body: Mapping[str, Any]) -> str:
    return f"Improvised: {body.get('subject') or body.get('body', '')}"


def _noted(_plan: Plan, body: Mapping[str, Any]) -> str:
    return f"{'Not done' if body.get('refused') else 'Noted'}: {body.get('text', '')}"


_OWN_WORDS: Mapping[str, Callable[[Plan, Mapping[str, Any]], str]] = {
    Kind.STARTED: _plain("Started"),
    Kind.ENDED: _plain("Ended"),
    Kind.FORKED: _plain("Went on from another run"),
    Kind.PAUSED: _plain("Paused"),
    Kind.RESUMED: _plain("Went on"),
    Kind.SPEED: _speed,
    Kind.JUMPED: _jumped,
    Kind.FIRED: _fired,
    Kind.HELD: _with_reason("Held"),
    Kind.SKIPPED: _with_reason("Skipped"),
    Kind.RECALLED: _with_reason("Recalled"),
    Kind.POSTPONED: _with_reason("Postponed"),
    Kind.IMPROVISED: _improvised,
    Kind.REPLIED: _replied,
    Kind.EFFECT: _effect,
    Kind.DEFAULTED: _defaulted,
    Kind.HINT: _hint,
    Kind.OBSERVED: _observed,
    Kind.OVERRIDDEN: _overridden,
    Kind.COMPLICATION: _card,
    Kind.NOTED: _noted,
}
