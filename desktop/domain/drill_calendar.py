"""When a drill comes again: every week, every so many weeks, or on a weekday of the month."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from desktop.domain.errors import DeskError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "last"}
_NTH_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "last"}
_FORM = re.compile(r"(weekly|weeks|monthly) ([a-z]{3}) (\d\d):(\d\d) (\d{1,2}) ([\d-]{10})")
_MOST_WEEKS = 52


class Recurrence(StrEnum):
    """How a drill comes again."""

    WEEKLY = "weekly"
    WEEKS = "weeks"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class DrillRule:
    """A wall time on a weekday, 0 for Monday.

    `every` counts weeks for `weeks`, from the week of `since`; for `monthly` it is which such weekday of
    the month, 5 for the last.
    """

    kind: Recurrence
    weekday: int
    at: time
    every: int = 1
    since: date = date(1970, 1, 1)

    def check(self) -> None:
        """Let pass a rule by which something can come.

        Raises: DeskError naming the field.
        """
        if not 0 <= self.weekday < len(_DAYS):
            raise DeskError("Choose a day of the week.", field="weekday")
        most = {Recurrence.WEEKLY: 1, Recurrence.WEEKS: _MOST_WEEKS, Recurrence.MONTHLY: len(_NTH)}[self.kind]
        if not 1 <= self.every <= most:
            what = "weeks" if self.kind is Recurrence.WEEKS else "which weekday of the month"
            raise DeskError(f"{self.every} cannot be: {what}, from 1 to {most}.", field="every")

    @property
    def cron(self) -> Mapping[str, str]:
        """The days it can come on, in the fields of a cron table."""
        clock = {"hour": str(self.at.hour), "minute": str(self.at.minute), "second": "0"}
        if self.kind is Recurrence.MONTHLY:
            return {"day": f"{_NTH[self.every]} {_DAYS[self.weekday]}", **clock}
        return {"day_of_week": _DAYS[self.weekday], **clock}

    def is_on(self, day: date) -> bool:
        """Whether it comes on a day that its cron table names."""
        if self.kind is not Recurrence.WEEKS:
            return True
        weeks = (day.toordinal() - day.weekday() - self.since.toordinal() + self.since.weekday()) // 7
        return weeks % self.every == 0

    @property
    def words(self) -> str:
        """The rule as people say it."""
        day, clock = _NAMES[self.weekday], f"{self.at:%H:%M}"
        if self.kind is Recurrence.MONTHLY:
            return f"every {_NTH_WORDS[self.every]} {day} of the month at {clock}"
        if self.kind is Recurrence.WEEKS and self.every > 1:
            return f"every {self.every} weeks on {day} at {clock}"
        return f"every {day} at {clock}"

    def text(self) -> str:
        """The rule as it is kept."""
        return (
            f"{self.kind.value} {_DAYS[self.weekday]} {self.at:%H:%M} {self.every} {self.since.isoformat()}"
        )


def rule_of(text: str) -> DrillRule:
    """The rule of a kept text.

    Raises: DeskError for anything else.
    """
    found = _FORM.fullmatch(text)
    if found is None or found[2] not in _DAYS:
        raise DeskError(
            f"“{text[:60]}” is no rule for a recurring drill.", hint="Remove it and plan it anew."
        )
    kind, day, hour, minute, every, since = found.groups()
    rule = DrillRule(
        Recurrence(kind),
        _DAYS.index(day),
        time(int(hour), int(minute)),
        int(every),
        date.fromisoformat(since),
    )
    rule.check()
    return rule
