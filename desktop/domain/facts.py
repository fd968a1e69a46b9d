"""What rules may ask of a signal: each field by its name, found when it is asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from desktop.domain.customer import Customer
from desktop.domain.signal_path import path_of
from desktop.domain.signal_type import DESK
from desktop.domain.worktime import Calendar


class Missing(Enum):
    """Stands for what a signal does not say, as None and the empty text may be said."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING

#: Field names that begin so are paths into what the sender wrote (`signal_path`); "fields" means all of it.
PATHS: Final = ("labels.", "annotations.", "fields.", "labels[", "annotations[", "fields[")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Facts(Protocol):
    """Whatever rules decide about."""

    def get(self, field: str) -> object:
        """The value of a field, or MISSING."""


class SignalLike(Protocol):
    """What facts need of a signal, kept or just read."""

    @property
    def action(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def severity_hint(self) -> str: ...  # noqa: D102
    @property
    def fields(self) -> Mapping[str, Any]: ...  # noqa: D102


def nothing_counted(field: str) -> object:
    """Counts where none are kept: every counted field is missing."""
    return MISSING


class SignalFacts:
    """The facts of one signal; what must be counted is counted when a rule first asks for it.

    `source` is the key of who sent it and `kind` that source's kind, `at` when it was received. Without a
    `customer` the sender's word for one stands in, without a `reporter` likewise. `calendar` says which hours
    are business hours, in its own zone. `counts` is asked for every field that is not the signal's own
    (`rate.10m`, `repeat.7d`) and gives a number or MISSING.
    """

    __slots__ = ("_asked", "_at", "_calendar", "_counts", "_customer", "_fields", "_own")

    def __init__(
        self,
        signal: SignalLike,
        *,
        source: str,
        kind: str,
        at: datetime | None = None,
        calendar: Calendar | None = None,
        customer: Customer | None = None,
        reporter: str = "",
        counts: Callable[[str], object] = nothing_counted,
    ) -> None:
        self._fields = signal.fields
        self._customer = customer
        self._at = at
        self._calendar = calendar
        self._counts = counts
        self._asked: dict[str, object] = {}
        self._own: dict[str, object] = {
            "source": source,
            "kind": kind,
            "action": str(signal.action),
            "title": signal.title,
            "severity_hint": signal.severity_hint,
            "reporter": reporter or self._understood("reporter"),
        }

    def get(self, field: str) -> object:
        """The value of a field, asked for once; blank text and null are MISSING."""
        if field not in self._asked:
            value = self._find(field)
            is_blank = value is None or (isinstance(value, str) and not value.strip())
            self._asked[field] = MISSING if is_blank else value
        return self._asked[field]

    def _find(self, field: str) -> object:
        if field in self._own:
            return self._own[field]
        if field.startswith(PATHS):
            return self._sent(field)
        if field == "text":
            return f"{self._own['title']}\n{self._understood('details')}".lower()
        if field in ("customer", "tier", "customer.revenue"):
            return self._of_customer(field)
        if field in ("hour", "weekday", "is_business_hours"):
            return self._of_time(field)
        return self._counts(field)

    def _sent(self, field: str) -> object:
        """What the sender wrote there; a label's name may hold dots without quotes."""
        found = path_of(field.removeprefix("fields").removeprefix(".")).first(self._fields)
        if found is None and not field.startswith("fields."):
            group, _, name = field.partition(".")
            entries = self._fields.get(group)
            found = entries.get(name) if isinstance(entries, Mapping) else None
        return found

    def _of_customer(self, field: str) -> object:
        if self._customer is None:
            return self._understood("customer") if field == "customer" else MISSING
        return {
            "customer": self._customer.name,
            "tier": self._customer.tier,
            "customer.revenue": self._customer.revenue,
        }[field]

    def _understood(self, word: str) -> str:
        """What the desk understood of the signal when it was read, or empty."""
        understood = self._fields.get(DESK)
        return str(understood.get(word, "")) if isinstance(understood, Mapping) else ""

    def _of_time(self, field: str) -> object:
        if self._at is None or (field == "is_business_hours" and self._calendar is None):
            return MISSING
        if field == "is_business_hours":
            return self._calendar is not None and self._calendar.is_open(self._at)
        local = self._at.astimezone(ZoneInfo(self._calendar.zone if self._calendar else "UTC"))
        return local.hour if field == "hour" else _WEEKDAYS[local.weekday()]
