"""Instants as whole microseconds since the Unix epoch, and back: exact integer arithmetic."""

from datetime import UTC, datetime, timedelta

from desktop.domain.errors import DeskError

US_PER_SECOND = 1_000_000
US_PER_DAY = 86_400 * US_PER_SECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_us(at: datetime) -> int:
    """Microseconds from the epoch to an aware instant of any zone.

    Raises: DeskError for a time without a zone.
    """
    try:
        return (at - _EPOCH) // _MICROSECOND
    except TypeError:
        raise _naive(at) from None


def from_us(us: int) -> datetime:
    """The UTC instant that many microseconds after the epoch.

    Raises: DeskError outside the years 1 to 9999.
    """
    try:
        return _EPOCH + us * _MICROSECOND
    except OverflowError:
        raise DeskError(
            "The time falls outside the years 1 to 9999.", hint="Choose a shorter time or another date."
        ) from None


def span_us(span: timedelta) -> int:
    """A length of time in microseconds."""
    return span // _MICROSECOND


def require_utc(at: datetime) -> datetime:
    """The same instant in UTC.

    Raises: DeskError for a time without a zone.
    """
    if at.utcoffset() is None:
        raise _naive(at)
    return at if at.tzinfo is UTC else from_us(to_us(at))


def _naive(at: datetime) -> DeskError:
    return DeskError(f"The time {at} has no time zone.", hint="State the zone it was meant in.")


#: The first and last instant a datetime in UTC can hold.
FIRST_US = to_us(datetime.min.replace(tzinfo=UTC))
LAST_US = to_us(datetime.max.replace(tzinfo=UTC))
