"""A schedule as a document of text, lists and mappings, checked part by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.instant import US_PER_DAY
from desktop.domain.policy_node import Node
from desktop.domain.roster_merge import OVERRIDE, Override, TimeOff
from desktop.domain.roster_restrict import EVERY_DAY, Restriction
from desktop.domain.roster_rotation import Entry, Unit
from desktop.domain.roster_value import (
    instant_text,
    read_day,
    read_stretch,
    read_time,
    read_wall,
    read_zone,
    wall_text,
)
from desktop.domain.worktime_rules import WEEKDAYS, time_text

_MOST_UNITS = 10_000


@dataclass(frozen=True, slots=True)
class Layer:
    """One rotation and when it is on duty; `zone` is empty for the schedule's, no restriction for always."""

    name: str
    start: datetime
    unit: Unit
    counts: tuple[int, ...]
    entries: tuple[Entry, ...]
    restrict: tuple[Restriction, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Rota:
    """What a schedule says: layers lowest first, overrides in the order they apply, dates of holidays."""

    zone: str
    layers: tuple[Layer, ...]
    overrides: tuple[Override, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    holidays: tuple[tuple[str, tuple[date, ...]], ...] = ()
    name: str = ""


def read_rota(document: Mapping[str, Any], *, holidays_follow: bool = False) -> Rota:
    """The schedule a document says; with `holidays_follow` its countries need no dates of their own.

    Raises: DeskError naming the fault, its path (`layers[0].every.unit`) in `field`.
    """
    if not isinstance(document, Mapping):
        raise DeskError("The schedule is not a mapping of names to values.")
    parts = Node(document).parts(("zone", "layers"), ("name", "overrides", "time_off", "holidays"))
    dates = _read_holidays(parts["holidays"]) if "holidays" in parts else {}
    known = None if holidays_follow else frozenset(dates)
    return Rota(
        zone=read_zone(parts["zone"]),
        layers=_read_layers(parts["layers"], known),
        overrides=tuple(map(_read_override, parts["overrides"].items(0))) if "overrides" in parts else (),
        time_off=tuple(map(_read_time_off, parts["time_off"].items(0))) if "time_off" in parts else (),
        holidays=tuple(sorted(dates.items())),
        name=parts["name"].text() if "name" in parts else "",
    )


def write_rota(rota: Rota) -> dict[str, Any]:
    """The document of `read_rota`; parts with nothing in them are left out."""
    document: dict[str, Any] = {"name": rota.name} if rota.name else {}
    document |= {"zone": rota.zone, "layers": [_write_layer(layer) for layer in rota.layers]}
    if rota.overrides:
        document["overrides"] = [_write_override(override) for override in rota.overrides]
    if rota.time_off:
        document["time_off"] = [_write_time_off(away) for away in rota.time_off]
    if rota.holidays:
        document["holidays"] = {name: [day.isoformat() for day in days] for name, days in rota.holidays}
    return document


def _read_layers(node: Node, known: frozenset[str] | None) -> tuple[Layer, ...]:
    layers = tuple(_read_layer(item, known) for item in node.items(0))
    names = [layer.name for layer in layers]
    for i, name in enumerate(names):
        if name in names[:i] or name == OVERRIDE:
            what = "stands for overrides" if name == OVERRIDE else "is the name of two layers"
            raise node.at(i).at("name").fault(f"“{name}” {what}.", "Choose another name.")
    return layers


def _read_layer(node: Node, known: frozenset[str] | None) -> Layer:
    parts = node.parts(("name", "start", "every", "people"), ("restrict", "zone"))
    every = parts["every"].parts(("unit", "count"))
    restrict = parts["restrict"].items(0) if "restrict" in parts else []
    return Layer(
        name=parts["name"].text(),
        start=read_wall(parts["start"]),
        unit=every["unit"].choice(Unit),
        counts=_counts(every["count"]),
        entries=tuple(map(_read_entry, parts["people"].items(0))),
        restrict=tuple(_read_restriction(item, known) for item in restrict),
        zone=read_zone(parts["zone"]) if "zone" in parts else "",
    )


def _write_layer(layer: Layer) -> dict[str, Any]:
    counts = layer.counts
    document: dict[str, Any] = {
        "name": layer.name,
        "start": wall_text(layer.start),
        "every": {"unit": layer.unit.value, "count": counts[0] if len(counts) == 1 else list(counts)},
        "people": [_write_entry(entry) for entry in layer.entries],
    }
    if layer.restrict:
        document["restrict"] = [_write_restriction(restriction) for restriction in layer.restrict]
    if layer.zone:
        document["zone"] = layer.zone
    return document


def _counts(node: Node) -> tuple[int, ...]:
    if isinstance(node.value, list | tuple):
        return tuple(item.whole(1, _MOST_UNITS) for item in node.items())
    return (node.whole(1, _MOST_UNITS),)


def _read_entry(node: Node) -> Entry:
    if not isinstance(node.value, Mapping):
        return Entry(_people(node))
    parts = node.parts(("people",), ("from", "to"))
    first = read_day(parts["from"]) if "from" in parts else None
    last = read_day(parts["to"]) if "to" in parts else None
    if first and last and last < first:
        raise parts["to"].fault("the last day is before the first.")
    return Entry(_people(parts["people"]), first, last)


def _write_entry(entry: Entry) -> list[str] | dict[str, Any]:
    people = list(entry.people)
    dates = {"from": entry.first_day, "to": entry.last_day}
    kept = {key: day.isoformat() for key, day in dates.items() if day is not None}
    return {"people": people, **kept} if kept else people


def _people(node: Node) -> tuple[str, ...]:
    return (node.text(),) if isinstance(node.value, str) else node.texts(0)


def _read_restriction(node: Node, known: frozenset[str] | None) -> Restriction:
    parts = node.parts((), ("days", "from", "to", "holidays", "only"))
    holidays = parts["holidays"].text() if "holidays" in parts else ""
    if known is not None and holidays and holidays not in known:
        raise parts["holidays"].fault(
            f"the holidays of “{holidays}” are not laid out in dates.", "List them under holidays."
        )
    if "only" in parts and not holidays:
        raise parts["only"].fault("there are no holidays this could be about.", "Name their country.")
    if "only" in parts and not isinstance(parts["only"].value, bool):
        raise parts["only"].fault("this is neither true nor false.")
    return Restriction(
        days=_days(parts["days"]) if "days" in parts else EVERY_DAY,
        from_us=read_time(parts["from"], may_be_midnight=False) if "from" in parts else 0,
        to_us=read_time(parts["to"], may_be_midnight=True) if "to" in parts else US_PER_DAY,
        holidays=holidays,
        only=parts["only"].value if "only" in parts else True,
    )


def _write_restriction(restriction: Restriction) -> dict[str, Any]:
    document: dict[str, Any] = {}
    if restriction.days != EVERY_DAY:
        document["days"] = [WEEKDAYS[day] for day in sorted(restriction.days)]
    document |= {"from": time_text(restriction.from_us), "to": time_text(restriction.to_us)}
    if restriction.holidays:
        document |= {"holidays": restriction.holidays, "only": restriction.only}
    return document


def _days(node: Node) -> frozenset[int]:
    for item in node.items():
        if item.value not in WEEKDAYS:
            raise item.fault(f"“{item.value}” is no day of the week.", f"Known are {', '.join(WEEKDAYS)}.")
    return frozenset(map(WEEKDAYS.index, node.texts()))


def _read_override(node: Node) -> Override:
    parts = node.parts(("from", "to"), ("add", "remove", "why"))
    add = _people(parts["add"]) if parts.get("add", Node(None)).value is not None else ()
    remove = _people(parts["remove"]) if parts.get("remove", Node(None)).value is not None else ()
    if not add and not remove:
        raise node.fault("nobody is added or removed.", "Name somebody under add or remove.")
    start, end = read_stretch(parts)
    return Override(start, end, add, remove, parts["why"].text() if "why" in parts else "")


def _write_override(override: Override) -> dict[str, Any]:
    document: dict[str, Any] = {"from": instant_text(override.from_us), "to": instant_text(override.to_us)}
    for key, people in (("add", override.add), ("remove", override.remove)):
        if people:
            document[key] = people[0] if len(people) == 1 else list(people)
    return document | ({"why": override.why} if override.why else {})


def _read_time_off(node: Node) -> TimeOff:
    parts = node.parts(("person", "from", "to"), ("reason",))
    start, end = read_stretch(parts)
    return TimeOff(parts["person"].text(), start, end, parts["reason"].text() if "reason" in parts else "")


def _write_time_off(away: TimeOff) -> dict[str, Any]:
    document = {"person": away.person, "from": instant_text(away.from_us), "to": instant_text(away.to_us)}
    return document | ({"reason": away.reason} if away.reason else {})


def _read_holidays(node: Node) -> dict[str, tuple[date, ...]]:
    return {name: tuple(sorted({read_day(day) for day in part.items(0)})) for name, part in node.entries()}
