"""What became of rotas, shifts, time off, teams and pages to people, in plain language."""

from collections.abc import Callable, Mapping
from typing import Any

from desktop.domain.instant import from_us
from desktop.domain.timeline import EventKind
from desktop.ui.text import day, listed, one_line

Body = Mapping[str, Any]

_LONGEST = 400


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    return one_line(value[:_LONGEST]) if isinstance(value, str) else ""


def _rota(body: Body) -> str:
    name = _text(body, "name")
    return f"the rota {name}" if name else "a rota"


def _span(body: Body) -> str:
    """From when until when, as `: 3 Nov 09:00 until 17:00`; nothing where that is not known."""
    begins, ends = body.get("from"), body.get("to")
    if not isinstance(begins, int) or not isinstance(ends, int):
        return ""
    first, last = from_us(begins).astimezone(), from_us(ends).astimezone()
    until = "" if first.date() == last.date() else f"{day(last)} "
    return f": {day(first)} {first:%H:%M} until {until}{last:%H:%M}"


def _schedule(body: Body) -> str:
    rota, called, version = _rota(body), _text(body, "called"), body.get("version")
    if isinstance(version, int):
        return f"drew up {rota}" if version == 1 else f"saved version {version} of {rota}"
    if body.get("is_active") == 0:
        return f"put {rota} away"
    if called and called != _text(body, "name"):
        return f"renamed {rota} to {called}"
    return f"changed {rota}"


def _about(deed: str, *, with_span: bool = True) -> Callable[[Body], str]:
    def told(body: Body) -> str:
        return f"{deed} {_rota(body)}{_span(body) if with_span else ''}"

    return told


_SWAPS = {
    "accepted": "agreed to swap shifts of",
    "declined": "declined to swap shifts of",
    "withdrawn": "withdrew a swap of shifts of",
    "stale": "ended a swap, no longer possible, of shifts of",
}


def _swap(body: Body) -> str:
    return f"{_SWAPS.get(str(body.get('state')), 'ended a swap of shifts of')} {_rota(body)}"


def _time_off(deed: str) -> Callable[[Body], str]:
    def told(body: Body) -> str:
        whose = _text(body, "name") or "somebody"
        read = ", read from a calendar" if body.get("source") == "ical" else ""
        return f"{deed} time off of {whose}{_span(body)}{read}"

    return told


def _team(body: Body) -> str:
    name, before = _text(body, "team"), _text(body, "before")
    team = f"the team {name}" if name else "a team"
    if body.get("deed") == "removed":
        return f"removed {team}"
    if not before:
        return f"added {team}"
    return f"changed {team}" if before == name else f"renamed the team {before} to {name}"


def _paged(body: Body) -> str:
    by = _text(body, "by")
    return f"paged {_text(body, 'to') or 'somebody'}{f' by {by}' if by else ''}"


_WAYS = {"link": "by the link in it", "mail": "by mail"}


def _answered(body: Body) -> str:
    way = _text(body, "by")
    return f"answered the page {_WAYS.get(way, f'by {way}')}" if way else "answered the page"


def _decided(body: Body) -> str:
    approver = _text(body, "approver")
    return f"recorded a decision{f', approved by {approver}' if approver else ''}"


def _booked(body: Body) -> str:
    starts_at, owner = body.get("starts_at"), _text(body, "owner")
    at = from_us(starts_at).astimezone() if isinstance(starts_at, int) else None
    when = f" for {day(at)} {at:%H:%M}" if at is not None else ""
    return f"booked the debrief{when}{f', led by {owner}' if owner else ''}"


def _nobody(body: Body) -> str:
    targets = body.get("targets")
    names = [str(name).removeprefix("role:") for name in targets] if isinstance(targets, list) else []
    return f"found nobody to tell{f' ({listed(names)})' if names else ''}"


#: kind: a sentence, or what makes one of the event's body.
SENTENCES: Mapping[str, str | Callable[[Body], str]] = {
    EventKind.STAFF_CHANGED: _team,
    EventKind.TIME_OFF_ADDED: _time_off("noted"),
    EventKind.TIME_OFF_REMOVED: _time_off("took back"),
    EventKind.SCHEDULE_CHANGED: _schedule,
    EventKind.OVERRIDE_ADDED: _about("changed who is on call in"),
    EventKind.OVERRIDE_CANCELLED: _about("cancelled a change of", with_span=False),
    EventKind.SHIFT_TAKEN: _about("took over shifts of"),
    EventKind.SWAP_ASKED: _about("asked to swap shifts of", with_span=False),
    EventKind.SWAP_ENDED: _swap,
    EventKind.ROSTER_GAP: _about("found nobody on call in"),
    EventKind.ONCALL_PAGED: _paged,
    EventKind.ONCALL_ACKNOWLEDGED: _answered,
    EventKind.ONCALL_NOBODY: _nobody,
    EventKind.DECISION_RECORDED: _decided,
    EventKind.DEBRIEF_SCHEDULED: _booked,
}
