"""Column types of the desk."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from desktop.domain.instant import from_us, to_us


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept as whole microseconds since the Unix epoch: exact, ordered, quick to read.

    Raises:
        DeskError: a naive datetime is refused.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds since the epoch, or None."""
        return None if value is None else to_us(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The aware UTC instant, or None."""
        return None if value is None else from_us(int(value))
