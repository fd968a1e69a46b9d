"""Times of injects as lists write them: elapsed, by the clock, by date, by a spreadsheet's number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop.domain.drill_node import read_duration

_CLOCK = re.compile(r"([+-]?)(?:(\d+) days?, )?(\d{1,3}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?")
_PARTS = re.compile(r"([DJHMST])\s*([+-])\s*(\d{1,5})", re.I)
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d+)?")
_SPACED = re.compile(r"(\d+)\s*(min|mins|minutes|minute|h|hr|hrs|hours|hour|m|s|sec|seconds)\b", re.I)
_UNITS_S = {"D": 86_400, "J": 86_400, "H": 3_600, "M": 60, "S": 1, "T": 60}
_SHEET_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
#: From this hour on a list that begins so is taken to be by the clock, not by what has passed.
_CLOCK_FROM_S = 4 * 3_600


@dataclass(frozen=True, slots=True)
class Stamp:
    """One time as written: `elapsed_s` when it is sure, a `moment`, or a reading that depends on the list.

    `clock_s` is the reading as hours, minutes and seconds; `short` when only two numbers were given.
    """

    elapsed_s: int | None = None
    moment: datetime | None = None
    clock_s: int | None = None
    short: bool = False


def read_stamp(text: str) -> Stamp | None:
    """One cell; None where no time can be read in it."""
    text = " ".join(text.split())
    seconds = read_duration(text.replace(" ", "").lower().removeprefix("+"))
    if seconds is not None:
        return Stamp(elapsed_s=seconds)
    if parts := _PARTS.findall(text):
        return Stamp(
            elapsed_s=sum(_UNITS_S[unit.upper()] * int(sign + number) for unit, sign, number in parts)
        )
    if match := _CLOCK.fullmatch(text):
        return _of_clock(match)
    if _SPACED.fullmatch(text) or (_SPACED.findall(text) and not _SPACED.sub("", text).strip()):
        units = {"h": 3_600, "m": 60, "s": 1}
        return Stamp(elapsed_s=sum(int(n) * units[unit[0].lower()] for n, unit in _SPACED.findall(text)))
    if _NUMBER.fullmatch(text):
        return _of_number(text)
    return _of_moment(text)


def resolve(
    stamps: Sequence[Stamp | None], *, times: str = "", start: datetime | None = None
) -> tuple[list[int | None], datetime | None, str]:
    """The elapsed seconds of every row, when the story begins as far as it is told, and what was assumed.

    `times` is elapsed, clock or minutes where somebody has said how to read `1:30`; empty: found out.
    """
    moments = [stamp.moment for stamp in stamps if stamp and stamp.moment]
    readings = [stamp.clock_s for stamp in stamps if stamp and stamp.clock_s is not None]
    begin = start or (min(moments) if moments else None)
    by_clock = times == "clock" or (not times and bool(readings) and min(readings) >= _CLOCK_FROM_S)
    zero_s = 0
    assumed = ""
    if readings and by_clock:
        zero_s = _second_of_day(begin) if begin and start else min(readings)
        assumed = (
            f"Times are read as times of day; the drill begins at {zero_s // 3600:02}:{zero_s // 60 % 60:02}."
        )
        begin = begin or datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=zero_s)
    elif any(stamp and stamp.short for stamp in stamps):
        how = "minutes and seconds" if times == "minutes" else "hours and minutes"
        assumed = f"Times such as 1:30 are read as {how} since the beginning."
    found = [_seconds(stamp, begin, zero_s, is_minutes=times == "minutes") for stamp in stamps]
    return found, begin, assumed


def _seconds(stamp: Stamp | None, begin: datetime | None, zero_s: int, *, is_minutes: bool) -> int | None:
    if stamp is None:
        return None
    if stamp.elapsed_s is not None:
        return stamp.elapsed_s
    if stamp.moment is not None and begin is not None:
        return (stamp.moment - begin) // timedelta(seconds=1)
    if stamp.clock_s is None:
        return None
    if stamp.short and is_minutes:
        return stamp.clock_s // 60
    passed_s = stamp.clock_s - zero_s
    return passed_s + 86_400 if passed_s < 0 and zero_s else passed_s


def _of_clock(match: re.Match[str]) -> Stamp | None:
    sign, days, hours, minutes, seconds, half = match.groups()
    total_s = int(days or 0) * 86_400 + int(hours) * 3_600 + int(minutes) * 60 + int(seconds or 0)
    if half:
        if not 1 <= int(hours) <= 12:
            return None
        hour = int(hours) % 12 + (12 if half.lower() == "pm" else 0)
        return Stamp(clock_s=hour * 3_600 + int(minutes) * 60 + int(seconds or 0))
    if int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    if sign or days:
        return Stamp(elapsed_s=-total_s if sign == "-" else total_s)
    return Stamp(clock_s=total_s, short=seconds is None)


def _of_number(text: str) -> Stamp | None:
    value = float(text)
    if value < 0:
        return None
    if value.is_integer() and value < 10_000:
        return Stamp(elapsed_s=int(value) * 60)
    seconds = round(value * 86_400)
    if value < 1:
        return Stamp(clock_s=seconds)
    return Stamp(moment=_SHEET_ZERO + timedelta(seconds=seconds))


def _of_moment(text: str) -> Stamp | None:
    for shape in (None, "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M"):
        try:
            at = (
                datetime.fromisoformat(text)
                if shape is None
                else datetime.strptime(text, shape).replace(tzinfo=UTC)
            )
        except ValueError:
            continue
        return Stamp(moment=at if at.tzinfo else at.replace(tzinfo=UTC))
    return None


def _second_of_day(at: datetime) -> int:
    return at.hour * 3_600 + at.minute * 60 + at.second
