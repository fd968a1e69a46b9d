"""What rules may ask of a signal: each field by its name, found when it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from desktop.domain.customer import Customer
from desktop.domain.worktime import Calendar


class Missing(Enum):
    """Stands for what a signal does not say, as None and the empty text may be said."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING

#: Field names that begin so are looked up in what the sender wrote; "fields." means all of it.
PATHS: Final = ("labels.", "annotations.", "fields.")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Where senders write what they say beyond the title, in the order of preference.
_DESCRIPTIONS: Final = (
    "annotations.description",
    "annotations.summary",
    "annotations.message",
    "fields.description",
    "fields.details",
    "fields.message",
    "fields.body",
    "fields.text",
)


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

    `source` is the key of who sent it and `kind` that source's kind, `at` when it was received; `calendar`
    says which hours are business hours, in its own zone. `counts` is asked for every field that is not the
    signal's own (`rate.10m`, `repeat.7d`) and gives a number or MISSING.
    """

    __slots__ = ("_asked", "_at", "_calendar", "_counts", "_customer", "_description", "_fields", "_own")

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
        description: str | None = None,
        counts: Callable[[str], object] = nothing_counted,
    ) -> None:
        self._fields = signal.fields
        self._description = description
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
            "reporter": reporter,
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
            return f"{self._own['title']}\n{self._described()}".lower()
        if field in ("customer", "tier", "customer.revenue"):
            return self._of_customer(field)
        if field in ("hour", "weekday", "is_business_hours"):
            return self._of_time(field)
        return self._counts(field)

    def _sent(self, field: str) -> object:
        return value_at(self._fields, field.removeprefix("fields."))

    def _described(self) -> str:
        if self._description is not None:
            return self._description
        found = (self._sent(field) for field in _DESCRIPTIONS)
        return "\n".join(text for text in found if isinstance(text, str))

    def _of_customer(self, field: str) -> object:
        if self._customer is None:
            return MISSING
        return {
            "customer": self._customer.name,
            "tier": self._customer.tier,
            "customer.revenue": self._customer.revenue,
        }[field]

    def _of_time(self, field: str) -> object:
        if self._at is None or (field == "is_business_hours" and self._calendar is None):
            return MISSING
        if field == "is_business_hours":
            return self._calendar is not None and self._calendar.is_open(self._at)
        local = self._at.astimezone(ZoneInfo(self._calendar.zone if self._calendar else "UTC"))
        return local.hour if field == "hour" else _WEEKDAYS[local.weekday()]


def value_at(document: object, path: str) -> object:
    """The value under a dotted path ("labels.severity", "a.b[0].c"), or MISSING.

    Names may hold dots themselves ("labels.app.kubernetes.io/name"): of several readings the one with the
    shortest first name that leads somewhere counts.
    """
    name, dot, rest = path.partition(".")
    while True:
        found = _entry(document, name)
        if found is not MISSING and dot:
            found = value_at(found, rest)
        if found is not MISSING or not dot:
            return found
        longer, dot, rest = rest.partition(".")
        name = f"{name}.{longer}"


def _entry(document: object, name: str) -> object:
    """What stands under one name, which may end in positions: `b[0][1]`."""
    if isinstance(document, Mapping) and name in document:
        return document[name]
    head, bracket, positions = name.partition("[")
    if not bracket or not positions.endswith("]"):
        return MISSING
    found = _entry(document, head) if head else document
    for position in positions[:-1].split("]["):
        found = _item(found, position)
    return found


def _item(document: object, position: str) -> object:
    is_list = isinstance(document, Sequence) and not isinstance(document, str | bytes)
    if not is_list or not position.isdecimal() or len(position) > 6:
        return MISSING
    items: Sequence[object] = document  # type: ignore[assignment]  # just seen to be one
    return items[int(position)] if int(position) < len(items) else MISSING
