"""Rules 2 and 17: when we write again stands there by the clock, in the reader's zone, with its day."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.message import FINAL_STAGES, Finding
from desktop.domain.message_letter import Context, Letter, Note
from desktop.domain.template_time import in_message

NEXT, ZONES = 2, 17
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DAY = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?|\d{{1,2}}\.? (?:{_MONTHS})\w*"
    rf"|(?:{_MONTHS})\w* \d{{1,2}}|\btomorrow\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
    re.IGNORECASE,
)
_ZONE = (
    r"(?:\(UTC[+-]\d\d:\d\d\)|[A-Z][A-Za-z_]+/[A-Z][A-Za-z_]+(?:/[A-Za-z_]+)?(?: \(UTC[+-]\d\d:\d\d\))?"
    r"|(?:UTC|GMT)(?:[+-]\d{1,2}(?::\d\d)?)?|CEST|CET|WEST|WET|EEST|EET|BST|IST|EST|EDT|CST|CDT|MST|MDT|PST|PDT"
    r"|JST|AEST|AEDT)"
)
_TIME = re.compile(
    rf"(?<![\d:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]|\.\d)(?:\s*(?:h|hrs)\b)?(?:\s+({_ZONE}))?"
)
_HALF_DAY = re.compile(r"(?<![\d:.])(1[0-2]|0?[1-9])(?::([0-5]\d))?\s*([ap])(?:m\b|\.m\.)", re.IGNORECASE)
_BEFORE = 40


class Said(NamedTuple):
    """A time of day in a text; `zone` is empty where none stands behind it."""

    begin: int
    end: int
    hour: int
    minute: int
    zone: str


def times_in(text: str) -> tuple[Said, ...]:
    """The times of day in a text."""
    return tuple(
        Said(place.start(), place.end(), int(place[1]), int(place[2]), place[3] or "")
        for place in _TIME.finditer(text)
    )


def next_update(letter: Letter, context: Context) -> Iterator[Finding]:
    """Rule 2: a customer is told by the clock when to hear again."""
    if not context.is_customer or context.stage in FINAL_STAGES:
        return
    block, at = Note(letter, NEXT, "block"), context.next_update_at
    if at is None:
        yield block.whole("The message does not say when we write again.", "Choose the next update.")
    elif at <= context.now:
        yield block.whole("The next update is promised for a time that has passed.", "Choose a later one.")
    elif not _says(letter.body, at, context.zone):
        yield block.whole(
            "The text does not say by the clock when we write again.",
            f"Write: by {in_message(at, context.zone, context.now)}.",
        )
    is_told = at is not None and _says(letter.body, at, context.zone)
    note = Note(letter, NEXT, "warning" if is_told else "block")
    for match in context.tone.found("relative", letter.body):
        wanted = "" if at is None else in_message(at, context.zone, context.now)
        yield note.at(
            match.begin,
            match.end,
            "Nobody can set a watch by this.",
            f"Say when: {wanted}" if wanted else "Say when.",
        )


def zones(letter: Letter, context: Context) -> Iterator[Finding]:
    """Rule 17: one zone, the reader's first, the day where it is not today, and 24 hours."""
    if not context.is_customer:
        return
    note = Note(letter, ZONES)
    said = times_in(letter.body)
    yield from _half_days(letter, note)
    named = [each for each in said if each.zone]
    if said and not named:
        label = _label(context)
        yield note.at(
            said[0].begin, said[0].end, "The time has no zone.", f"Write {label} behind it.",
            f"{letter.body[said[0].begin:said[0].end]} {label}",
        )  # fmt: skip
    yield from _foreign(letter, context, named, note)
    yield from _without_day(letter, context, said, note)


def _half_days(letter: Letter, note: Note) -> Iterator[Finding]:
    for place in _HALF_DAY.finditer(letter.body):
        hour = int(place[1]) % 12 + (12 if place[3].lower() == "p" else 0)
        whole = f"{hour:02}:{place[2] or '00'}"
        yield note.at(place.start(), place.end(), "The day has 24 hours for readers elsewhere.", whole, whole)


def _foreign(letter: Letter, context: Context, named: list[Said], note: Note) -> Iterator[Finding]:
    """Times that stand in another zone than the reader's."""
    for each in named:
        if _is_own(each.zone, context):
            continue
        there = _zone(each.zone)
        replacement = None
        if there is not None:
            day = context.now.astimezone(there)
            at = day.replace(hour=each.hour, minute=each.minute, second=0, microsecond=0)
            replacement = in_message(at, context.zone, context.now)
        yield note.at(
            each.begin,
            each.end,
            f"The reader's clock shows {context.zone}: one zone in a message, theirs.",
            replacement or f"Write it in {context.zone}.",
            replacement,
        )


def _without_day(letter: Letter, context: Context, said: tuple[Said, ...], note: Note) -> Iterator[Finding]:
    """The next update is tomorrow or later, and its day stands nowhere near it."""
    at = context.next_update_at
    if at is None:
        return
    there = at.astimezone(ZoneInfo(context.zone))
    if there.date() == context.now.astimezone(there.tzinfo).date():
        return
    for each in said:
        if (each.hour, each.minute) != (there.hour, there.minute):
            continue
        near = letter.body[max(0, each.begin - _BEFORE) : each.end + _BEFORE]
        if not _DAY.search(near):
            whole = in_message(at, context.zone, context.now)
            yield note.at(each.begin, each.end, "That is not today: the day is missing.", whole, whole)


def _says(text: str, at: datetime, zone: str) -> bool:
    there = at.astimezone(ZoneInfo(zone))
    wanted = (there.hour, there.minute)
    if any((each.hour, each.minute) == wanted and _is_zone(each.zone, zone, at) for each in times_in(text)):
        return True
    return any((each.hour, each.minute) == _clock(at, each.zone) for each in times_in(text) if each.zone)


def _is_zone(label: str, zone: str, at: datetime) -> bool:
    return not label or _zone(label) is None or _clock(at, label) == _clock(at, zone)


def _clock(at: datetime, label: str) -> tuple[int, int] | None:
    there = _zone(label)
    if there is None:
        return None
    local = at.astimezone(there)
    return local.hour, local.minute


def _is_own(label: str, context: Context) -> bool:
    """Whether a zone shows the same time as the reader's, by whatever name."""
    there = _zone(label)
    if there is None:
        return label.startswith("(UTC") or len(label) < len("UTC+1")  # a name that no table knows for certain
    own = ZoneInfo(context.zone)
    return context.now.astimezone(there).utcoffset() == context.now.astimezone(own).utcoffset()


def _zone(label: str) -> ZoneInfo | None:
    name = label.split(" ")[0]
    try:
        return ZoneInfo("UTC" if name in ("UTC", "GMT") else name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _label(context: Context) -> str:
    whole = in_message(context.now, context.zone, context.now)
    return whole.partition(" ")[2] or context.zone
