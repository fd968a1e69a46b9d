"""What the roster says: a marked time, a change before it is made, a finding, a swap."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.instant import from_us, to_us
from desktop.domain.roster_check import Fault
from desktop.domain.roster_difference import Moved
from desktop.services.roster_values import Preview, RosterGap
from desktop.ui.roster.period import span_words
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.rows import Bar, Kind, Look, Row
from desktop.ui.text import counted, listed

_LINES = 6
FAULTS = {
    Fault.GAP: "Gap",
    Fault.OVERLAP: "Overlap",
    Fault.ON_LEAVE: "On leave",
    Fault.NO_CHANNEL: "No working channel",
    Fault.MASKED: "Masked override",
    Fault.MANY_DAYS: "Too many days",
    Fault.SHORT_REST: "Short rest",
    Fault.NO_TURN: "Never on call",
}
SWAP_STATES = {
    "asked": "Waits for an answer",
    "accepted": "Agreed",
    "declined": "Declined",
    "withdrawn": "Withdrawn",
    "stale": "No longer possible",
}
_LOOKS = {
    Look.GAP: "Nobody is on call",
    Look.AWAY: "Away",
    Look.OUT: "Taken out by a change",
    Look.PLANNED: "By this layer alone",
}


def bar_lines(bar: Bar, found: RosterFound, zone: ZoneInfo) -> list[str]:
    """All there is to say about a bar: who, when here and where they are, by what, why."""
    who = listed([found.name_of(person_id) for person_id in bar.people])
    lines = [who or _LOOKS.get(bar.look, "")]
    if who and bar.look in _LOOKS:
        lines = [_LOOKS[bar.look] if bar.look is Look.GAP else f"{who}: {_LOOKS[bar.look].lower()}"]
    lines.append(f"{span_words(bar.start_us, bar.end_us, zone)} ({zone.key})")
    for person_id in bar.people:
        person = found.everybody.get(person_id)
        if person is not None and person.zone != zone.key:
            own = span_words(bar.start_us, bar.end_us, ZoneInfo(person.zone))
            lines.append(f"{person.name}: {own} ({person.zone})")
    state = found.schedule(bar.schedule_id)
    if bar.layer and state is not None:
        lines.append(f"{state.name}, {'changed by hand' if bar.layer == 'override' else bar.layer}")
    if bar.note:
        lines.append(bar.note)
    return lines


def marked_words(row: Row, span: tuple[int, int], found: RosterFound, zone: ZoneInfo) -> str:
    """One sentence on the marked time, the same for eyes and for a screen reader."""
    when = span_words(*span, zone)
    inside = [bar for bar in row.bars if bar.start_us < span[1] and span[0] < bar.end_us]
    if row.kind is Kind.PERSON:
        what = listed(list(dict.fromkeys(_of_person(bar) for bar in inside))) or "not on call"
        return f"{row.name}: {when}, {what}."
    who = [_who(bar, found) for bar in inside]
    return f"{row.name}: {when}, {listed(list(dict.fromkeys(who))) or 'nobody'}."


def moved_lines(preview: Preview, found: RosterFound, zone: ZoneInfo) -> list[str]:
    """Stretches that change hands: `Ana loses Tue 24 Nov 08:00–20:00, Ben gains it.`; then what is new."""
    moved = preview.difference.moved
    lines = [_moved(each, found, zone) for each in moved[:_LINES]]
    if len(moved) > _LINES:
        lines.append(f"And {counted(len(moved) - _LINES, 'more stretch', 'more stretches')}:")
        lines += preview.difference.sentences(lambda person: _name(person, found))[:_LINES]
    lines += list(dict.fromkeys(f"Look at this: {finding.text}" for finding in preview.findings))[:_LINES]
    return lines


def told_words(previews: Iterable[Preview], found: RosterFound) -> str:
    """Who is told of it."""
    people = dict.fromkeys(each.person for preview in previews for each in preview.difference.people)
    own = str(found.operator.id) if found.operator is not None else ""
    told = [_name(person, found) for person in people if person != own and _is_there(person, found)]
    return f"Told: {listed(told)}." if told else "Nobody else is concerned."


def preview_words(preview: Preview, found: RosterFound, zone: ZoneInfo) -> str:
    """The whole preview of a change."""
    if not preview.difference:
        return "\n".join(["This changes nothing.", *moved_lines(preview, found, zone)])
    return "\n".join([*moved_lines(preview, found, zone), told_words([preview], found)])


def leave_words(moved: Sequence[tuple[str, Preview]], found: RosterFound, zone: ZoneInfo) -> str:
    """What time off would leave open, schedule by schedule."""
    if not moved:
        return "No shift is concerned."
    lines = [f"{name}: {line}" for name, each in moved for line in moved_lines(each, found, zone)]
    return "\n".join([*lines[:10], told_words([each for _, each in moved], found)])


def open_words(gaps: Sequence[RosterGap], zone: ZoneInfo) -> str:
    """The shifts that are open now and want somebody."""
    first = gaps[0]
    when = span_words(to_us(first.start), to_us(first.end), zone)
    more = f" and {len(gaps) - 1} more" if len(gaps) > 1 else ""
    return f"Open: {first.schedule} {when}{more}. Find somebody for it."


def when_words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """A time from one instant up to another."""
    return span_words(to_us(start), to_us(end), zone)


def zone_words(at_us: int, zone: ZoneInfo) -> str:
    """`Europe/Berlin, UTC+01:00`."""
    offset = f"{from_us(at_us).astimezone(zone):%z}"
    return f"{zone.key}, UTC{offset[:3]}:{offset[3:5]}" if zone.key != "UTC" else "UTC"


def _of_person(bar: Bar) -> str:
    if bar.look is Look.AWAY:
        return f"away ({bar.words})" if bar.words != "Away" else "away"
    if bar.look is Look.OUT:
        return "taken out"
    return f"on call, {bar.words}"


def _who(bar: Bar, found: RosterFound) -> str:
    if bar.look is Look.GAP:
        return "nobody: a gap"
    who = listed([found.name_of(person_id) for person_id in bar.people])
    return f"{who} (changed)" if bar.look is Look.CHANGED else who


def _moved(moved: Moved, found: RosterFound, zone: ZoneInfo) -> str:
    when = when_words(moved.start, moved.end, zone)
    gone = listed([_name(person, found) for person in moved.gone])
    come = listed([_name(person, found) for person in moved.come])
    lose = "lose" if len(moved.gone) > 1 else "loses"
    gain = "gain" if len(moved.come) > 1 else "gains"
    if gone and come:
        return f"{gone} {lose} {when}, {come} {gain} it."
    if gone:
        left = "" if moved.after else " Nobody is on call then."
        return f"{gone} {lose} {when}.{left}"
    return f"{come} {gain} {when}."


def _name(person: str, found: RosterFound) -> str:
    return found.name_of(int(person)) if person.isdecimal() else person


def _is_there(person: str, found: RosterFound) -> bool:
    known = found.everybody.get(int(person)) if person.isdecimal() else None
    return known is not None and known.active
