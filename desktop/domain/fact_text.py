"""What people write for a field, as it is kept and as they see it again: times, lists, plain words."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.errors import DeskError
from desktop.domain.merge_field import FIELDS, FieldKind, MergeField
from desktop.domain.wording import clean

LONGEST_FACT = 10_000
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})[ ,T]+(\d{1,2})[:.](\d{2})")
_HOW = "Write it like 2026-11-24 15:30, or 15:30 for today."


def written_field(name: str) -> MergeField:
    """The field, if people write it.

    Raises: DeskError saying that there is none, or where it comes from.
    """
    field = FIELDS.get(name)
    if field is None:
        raise DeskError(f"There is no field “{name}”.", field=name)
    if not field.is_written:
        raise DeskError(f"{field.label} is not written: it comes from {field.source}.", field=name)
    return field


def kept_text(name: str, text: str, zone: str, now: datetime) -> str:
    """A person's words as they are kept; a time becomes an instant that names its offset.

    Raises: DeskError for what is no time, or is too long.
    """
    field, kept = written_field(name), clean(text)
    if len(kept) > LONGEST_FACT:
        raise DeskError(
            f"{field.label} is {len(kept)} characters long.",
            field=name,
            hint=f"Shorten it to {LONGEST_FACT}.",
        )
    if field.kind is FieldKind.DATE and kept:
        return read_time(kept, zone, now, name).isoformat()
    return kept


def shown_text(name: str, kept: str, zone: str) -> str:
    """What is kept, as a person writes it."""
    if FIELDS[name].kind is FieldKind.DATE and (at := instant_of(kept)):
        return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    return kept


def instant_of(kept: str) -> datetime | None:
    """The instant of a time that is kept."""
    try:
        at = datetime.fromisoformat(kept)
    except ValueError:
        return None
    return at if at.utcoffset() is not None else None


def read_time(text: str, zone: str, now: datetime, field: str = "time") -> datetime:
    """An instant as people write it in their zone: `2026-11-24 15:30`, `24.11.2026 15:30`, `15:30` for today.

    Raises: DeskError for what is none.
    """
    there, wanted = ZoneInfo(zone), text.strip()
    try:
        if clock := _CLOCK.fullmatch(wanted):
            local = now.astimezone(there)
            at = local.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
        elif day := _DAY_FIRST.fullmatch(wanted):
            dd, mm, yyyy, hour, minute = map(int, day.groups())
            at = datetime(yyyy, mm, dd, hour, minute, tzinfo=there)
        elif len(wanted) < len("2026-11-24T15"):
            raise DeskError(f"“{wanted[:40]}” is no time of a day.", field=field, hint=_HOW)
        else:
            at = datetime.fromisoformat(wanted)
            at = at if at.utcoffset() is not None else at.replace(tzinfo=there)
    except (ValueError, OverflowError):
        raise DeskError(f"“{wanted[:40]}” is no time.", field=field, hint=_HOW) from None
    if abs(at - now) > timedelta(days=3660):
        raise DeskError(f"“{wanted[:40]}” is years away.", field=field, hint=_HOW)
    return at


def items_of(text: str) -> tuple[str, ...]:
    """The items of a list, one on each line, without the dashes people put before them."""
    lines = (re.sub(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", "", line).strip() for line in text.split("\n"))
    return tuple(line for line in lines if line)
