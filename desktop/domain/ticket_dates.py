"""Dates as other programs write them, in any stated form and zone."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.errors import DeskError
from desktop.domain.instant import US_PER_SECOND, from_us


class DateForm(NamedTuple):
    """A way to write a date: its name in mappings, and an example of it as people see it."""

    key: str
    example: str


ISO, UNIX_S, UNIX_MS = "iso", "unix", "unix-ms"
#: The forms that are tried when nothing was chosen; what else a file needs is stated in strptime's letters.
FORMS = (
    DateForm(ISO, "2026-02-28 17:05, 2026-02-28T17:05:00+01:00"),
    DateForm("%d/%m/%Y %H:%M", "28/02/2026 17:05 (day first)"),
    DateForm("%d/%m/%Y %H:%M:%S", "28/02/2026 17:05:09 (day first)"),
    DateForm("%m/%d/%Y %H:%M", "02/28/2026 17:05 (month first)"),
    DateForm("%m/%d/%Y %H:%M:%S", "02/28/2026 17:05:09 (month first)"),
    DateForm("%m/%d/%Y %I:%M %p", "02/28/2026 05:05 PM (month first)"),
    DateForm("%d.%m.%Y %H:%M", "28.02.2026 17:05"),
    DateForm("%d.%m.%Y %H:%M:%S", "28.02.2026 17:05:09"),
    DateForm("%d-%m-%Y %H:%M", "28-02-2026 17:05 (day first)"),
    DateForm("%d-%m-%Y %H:%M:%S", "28-02-2026 17:05:09 (day first)"),
    DateForm("%Y/%m/%d %H:%M:%S", "2026/02/28 17:05:09"),
    DateForm("%d/%b/%y %I:%M %p", "28/Feb/26 5:05 PM"),
    DateForm("%d/%b/%Y %H:%M", "28/Feb/2026 17:05"),
    DateForm("%d %b %Y %H:%M", "28 Feb 2026 17:05"),
    DateForm("%b %d, %Y %I:%M %p", "Feb 28, 2026 5:05 PM"),
    DateForm("%d/%m/%Y", "28/02/2026 (day first)"),
    DateForm("%m/%d/%Y", "02/28/2026 (month first)"),
    DateForm("%d.%m.%Y", "28.02.2026"),
    DateForm(UNIX_S, "1772294700 (seconds since 1970)"),
    DateForm(UNIX_MS, "1772294700000 (milliseconds since 1970)"),
)
_REMEMBERED = 100_000
_EPOCHS = {UNIX_S: US_PER_SECOND, UNIX_MS: 1_000}


def zone_of(name: str) -> tzinfo:
    """The zone of a name such as Europe/Lisbon or UTC.

    Raises: DeskError when there is none.
    """
    if name.upper() in ("UTC", "Z"):
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DeskError(
            f"The time zone {name!r} is not known.", field="zone", hint="Use a name such as Europe/Berlin."
        ) from None


def checked_form(form: str) -> str:
    """A form a mapping may state.

    Raises: DeskError when it reads no date.
    """
    if form in (ISO, UNIX_S, UNIX_MS):
        return form
    probe = datetime(2026, 2, 28, 17, 5, tzinfo=UTC)
    try:
        read = datetime.strptime(probe.strftime(form), form)  # noqa: DTZ007 - only its date is looked at
    except ValueError:
        read = None
    if read is None or (read.year, read.month, read.day) != (2026, 2, 28):
        raise DeskError(
            f"{form!r} is no form of a date.",
            field="dates",
            hint="Use iso, unix, unix-ms or the letters of strptime, such as %d/%m/%Y %H:%M.",
        )
    return form


def reader(forms: Sequence[str], zone: tzinfo | None) -> Callable[[str], datetime]:
    """Reads a date in any of the forms; `zone` counts where a date has none of its own.

    The reader raises DeskError for a date it cannot read. A wall time that comes twice is the first of the
    two; one that the clocks skip is as far after the skip as it was into it.
    """
    return _Reader(tuple(forms), zone)


class _Reader:
    def __init__(self, forms: tuple[str, ...], zone: tzinfo | None) -> None:
        self._forms = forms
        self._zone = zone
        self._known: dict[str, datetime] = {}  # logs repeat their dates, and reading one is slow

    def __call__(self, text: str) -> datetime:
        known = self._known.get(text)
        if known is not None:
            return known
        for form in self._forms:
            found = _read(text, form)
            if found is not None:
                at = self._in_utc(found, text)
                if len(self._known) < _REMEMBERED:
                    self._known[text] = at
                return at
        raise DeskError(f"“{text[:40]}” is no date in the form that was chosen.")

    def _in_utc(self, found: datetime, text: str) -> datetime:
        if found.tzinfo is None:
            if self._zone is None:
                raise DeskError(
                    f"“{text[:40]}” has no time zone.", hint="Choose the zone the file was written in."
                )
            found = found.replace(tzinfo=self._zone)
        try:
            return found.astimezone(UTC)
        except OverflowError:
            raise DeskError(f"“{text[:40]}” falls outside the years 1 to 9999.") from None


def _read(text: str, form: str) -> datetime | None:
    try:
        if form == ISO:
            return datetime.fromisoformat(text)
        if form in _EPOCHS:
            return from_us(int(text) * _EPOCHS[form]) if len(text) < 20 else None
        return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is put in by the caller
    except (ValueError, DeskError):
        return None


def fitting(samples: Iterable[str]) -> list[str]:
    """The forms that read every one of these dates, likeliest first; empty without samples."""
    texts = [text for text in dict.fromkeys(samples) if text]
    if not texts:
        return []
    return [form.key for form in FORMS if all(_is_likely(_read(text, form.key)) for text in texts)]


def has_zone(samples: Iterable[str], forms: Sequence[str]) -> bool:
    """Whether every one of these dates says its zone by itself."""
    for text in samples:
        found = next((at for form in forms if (at := _read(text, form)) is not None), None)
        if text and (found is None or found.tzinfo is None):
            return False
    return True


_LIKELY = (1980, 2100)


def _is_likely(at: datetime | None) -> bool:
    return at is not None and _LIKELY[0] <= at.year <= _LIKELY[1]


def tolerance() -> timedelta:
    """How far ahead of this machine's clock the file's may be."""
    return timedelta(minutes=10)
