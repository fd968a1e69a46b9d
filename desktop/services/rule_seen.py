"""What signals really contain: the fields and values that the rule editor offers while one types."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from db.queries import signal as signals
from db.queries.signal import SignalFilter
from db.unit_of_work import Session
from desktop.domain.rule_field import FIELDS, FieldKind
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.signal_path import child
from desktop.domain.signal_type import DESK

_LOOKED_AT = 500
_MOST_VALUES = 20
_LONGEST_VALUE = 120
_DEEPEST, _MOST_ITEMS = 6, 3
#: What stands at the top under these names is asked for by the name alone.
_GROUPS = ("labels", "annotations")


class SeenField(NamedTuple):
    """A field that conditions may ask for; in how many signals it was seen, and with which values."""

    name: str
    label: str
    kind: FieldKind
    times: int
    values: tuple[tuple[str, int], ...]


def fields_seen(session: Session, prefix: str, limit: int) -> tuple[SeenField, ...]:
    """The fields whose names begin so, those every signal has first, then the most frequent."""
    wanted = prefix.strip().lower()
    seen: dict[str, Counter[str]] = {
        name: Counter(known.choices) for name, known in FIELDS.items() if not name.endswith("*")
    }
    times: Counter[str] = Counter()
    for kept in signals.recent(session, SignalFilter(), limit=_LOOKED_AT):
        found = [(name, value) for name, value in _said(kept) if name.lower().startswith(wanted)]
        times.update({name for name, _ in found})
        for name, value in found:
            seen.setdefault(name, Counter())[value] += 1
    fields = [_field(name, times[name], values) for name, values in seen.items()]
    chosen = [field for field in fields if field.name.lower().startswith(wanted)]
    chosen.sort(key=lambda field: (field.name not in FIELDS, -field.times, field.name))
    return tuple(chosen[:limit])


def _field(name: str, count: int, values: Counter[str]) -> SeenField:
    known = FIELDS.get(name)
    label, kind = (known.label, known.kind) if known is not None else (name, FieldKind.ANY)
    return SeenField(name, label, kind, count, tuple(values.most_common(_MOST_VALUES)))


def _said(kept: KeptSignal) -> Iterator[tuple[str, str]]:
    signal = kept.signal
    for name, value in (
        ("kind", kept.kind),
        ("action", signal.action.value),
        ("title", signal.title),
        ("severity_hint", signal.severity_hint),
        ("customer", signal.understood("customer")),
        ("reporter", signal.understood("reporter")),
    ):
        if value:
            yield name, value[:_LONGEST_VALUE]
    for name, value in signal.fields.items():
        if name != DESK:
            yield from _flat(child("", name) if name in _GROUPS else child("fields", name), value, 0)


def _flat(path: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for name, inner in value.items():
            yield from _flat(child(path, name), inner, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for place, inner in enumerate(value[:_MOST_ITEMS]):
            # A list of texts is asked as a whole: it holds when one of them does.
            is_plain = not isinstance(inner, Mapping | list)
            yield from _flat(path if is_plain else f"{path}[{place}]", inner, depth + 1)
    elif value is not None and not isinstance(value, Mapping | list) and str(value).strip():
        word = str(value).lower() if isinstance(value, bool) else str(value)
        yield path, word[:_LONGEST_VALUE]
