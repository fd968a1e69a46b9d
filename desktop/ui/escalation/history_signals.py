"""What signals, rules, sources and maintenance did, in plain language."""

from collections.abc import Callable, Mapping
from typing import Any

from desktop.domain.instant import from_us
from desktop.domain.timeline import EventKind
from desktop.ui.text import counted, listed, moment, one_line

Body = Mapping[str, Any]

_LONGEST = 400
_MOST_LINES = 12


def rule_of(body: Body) -> str:
    """The rule an event names: "rule “Card payments” (version 3)"; "a rule" where it names none."""
    name = _text(body, "rule")
    if not name:
        return "a rule"
    version = body.get("version")
    return f"rule “{name}” (version {version})" if isinstance(version, int) else f"rule “{name}”"


def lines_of(body: Body) -> list[str]:
    """What a rule did or would do, what it was changed in, why a look is wanted: a line each."""
    found = [("", line) for line in _texts(body, "difference")]
    found += [("", line) for line in _texts(body, "reasons")]
    if because := _texts(body, "because"):
        found.append(("Because ", listed(because)))
    return [f"{lead}{line}" for lead, line in found][:_MOST_LINES]


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    return one_line(value[:_LONGEST]) if isinstance(value, str) else ""


def _texts(body: Body, key: str) -> list[str]:
    value = body.get(key)
    if not isinstance(value, list):
        return []
    return [one_line(text[:_LONGEST]) for text in value if isinstance(text, str)]


def _count(body: Body, key: str) -> int:
    value = body.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _source(body: Body) -> str:
    return _text(body, "name") or _text(body, "source") or "a source"


def _called(body: Body) -> str:
    title = _text(body, "title")
    return f"“{title}”" if title else "a signal"


def _joined(body: Body) -> str:
    times = _count(body, "times")
    often = f", for the {_ordinal(times)} time" if times > 1 else ""
    again = "; it had ended before" if body.get("came_back") else ""
    return f"added {_called(body)} from {_source(body)}{often}{again}"


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number:,}th"
    return f"{number:,}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def _seen(body: Body) -> str:
    return f"heard from {_source(body)} that somebody sees to {_called(body)}"


def _over(body: Body) -> str:
    firing = _count(body, "firing")
    if firing:
        return f"heard from {_source(body)} that {_called(body)} is over; {counted(firing, 'other')} not yet"
    return f"heard from {_source(body)} that {_called(body)} is over; a person confirms containment"


_RELEASED = {
    "open": "opened",
    "dismiss": "dismissed",
    "decide": "let the rules decide about",
    "undone": "took back the release of",
}


def _released(body: Body) -> str:
    ids = body.get("signals")
    words = counted(len(ids), "held signal") if isinstance(ids, list) else "held signals"
    how = str(body.get("how"))
    if how == "join":
        return f"joined {words} to an escalation"
    return f"{_RELEASED.get(how, 'released')} {words}"


def _applied(body: Body) -> str:
    did = _texts(body, "did")
    return f"applied {rule_of(body)}{f': {listed(did)}' if did else ''}"


def _changed_rule(body: Body) -> str:
    what = _text(body, "what")
    words = {
        "added": f"added {rule_of(body)}",
        "moved": f"moved {rule_of(body)} to another place",
        "removed": f"removed {rule_of(body)}",
        "brought back": f"brought {rule_of(body)} back",
        "": f"changed {rule_of(body)}",
        "changed": f"changed {rule_of(body)}",
    }
    return words.get(what, f"changed {rule_of(body)}: {what}")


def _changed_source(body: Body) -> str:
    name, what = _text(body, "name") or _text(body, "source"), _text(body, "what")
    words = {
        "added": f"added the source {name}",
        "changed": f"changed the source {name}",
        "removed": f"removed the source {name}",
        "switched on": f"switched the source {name} on",
        "switched off": f"switched the source {name} off",
        "may be fetched from": f"allowed to fetch from {name}",
        "may not be fetched from any more": f"allowed no more to fetch from {name}",
    }
    return words.get(what, f"changed the source {name}{f': {what}' if what else ''}")


def _storm_ended(body: Body) -> str:
    name = _text(body, "name") or _text(body, "source")
    began = body.get("began_at")
    since = f", braked since {_at(began)}" if isinstance(began, int) else ""
    return f"let {name or 'a source'} open escalations again{since}"


def _at(at_us: int) -> str:
    return f"{from_us(at_us).astimezone():%d %b %H:%M}"


def _span(body: Body) -> str:
    starts, ends = body.get("starts_at"), body.get("ends_at")
    if not isinstance(starts, int) or not isinstance(ends, int):
        return ""
    first, last = from_us(starts), from_us(ends)
    until = moment(last, first).removeprefix("today ")
    return f", {_at(starts)} until {until}"


def _maintenance(deed: str, *, with_span: bool = False) -> Callable[[Body], str]:
    def told(body: Body) -> str:
        name = _text(body, "name")
        span = _span(body) if with_span else ""
        return f"{deed} maintenance{f' “{name}”' if name else ''}{span}"

    return told


def _planned(body: Body) -> str:
    return _maintenance("changed the planned" if body.get("changed") else "planned", with_span=True)(body)


_REVIEWED = {
    "accepted": "looked at it and accepted it",
    "declined": "looked at it and declined it",
    "duplicate": "looked at it: a duplicate",
}


def _reviewed(body: Body) -> str:
    return _REVIEWED.get(str(body.get("how")), "looked at it")


def _review_snoozed(body: Body) -> str:
    until = body.get("until")
    return f"put the review off until {_at(until)}" if isinstance(until, int) else "put the review off"


#: kind: a sentence, or what makes one of the event's body.
SENTENCES: Mapping[str, str | Callable[[Body], str]] = {
    EventKind.SIGNAL_JOINED: _joined,
    EventKind.SIGNAL_ACKNOWLEDGED: _seen,
    EventKind.SIGNAL_RESOLVED: _over,
    EventKind.SIGNAL_RELEASED: _released,
    EventKind.SOURCE_CHANGED: _changed_source,
    EventKind.STORM_BEGAN: lambda body: f"braked {_source(body)}: its signals are held",
    EventKind.STORM_ENDED: _storm_ended,
    EventKind.RULE_APPLIED: _applied,
    EventKind.RULE_SUPPRESSED: lambda body: f"kept a signal quiet by {rule_of(body)}",
    EventKind.RULE_TRIPPED: lambda body: f"lets {rule_of(body)} only propose from now on",
    EventKind.RULE_CHANGED: _changed_rule,
    EventKind.RULE_RESTORED: lambda body: f"let {rule_of(body)} act again",
    EventKind.AUTOMATION_STOPPED: "stopped all automation",
    EventKind.AUTOMATION_RESUMED: "let automation go on",
    EventKind.MAINTENANCE_PLANNED: _planned,
    EventKind.MAINTENANCE_ANNOUNCED: _maintenance("announced", with_span=True),
    EventKind.MAINTENANCE_OPENED: _maintenance("began"),
    EventKind.MAINTENANCE_CLOSED: _maintenance("ended"),
    EventKind.MAINTENANCE_CANCELLED: _maintenance("called off"),
    EventKind.REVIEW_WANTED: "wants a person to look at it",
    EventKind.REVIEW_SNOOZED: _review_snoozed,
    EventKind.REVIEWED: _reviewed,
}
