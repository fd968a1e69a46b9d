"""Every place of a scenario's document that names something, so that a name can be changed everywhere."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from desktop.domain.drill_inject_document import ID
from desktop.domain.drill_node import Path
from desktop.domain.drill_put import document_of, scenario_of, set_value
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError

_ANCHORS = ("inject", "expectation", "decision")
_VARIABLE = r"[A-Za-z_][A-Za-z0-9_]{0,39}"
_FREE = ("withheld", "variable", "dashboard", "customer")


class Spot(NamedTuple):
    """A place that names a thing of a kind; `owner` is the decision of an option.

    `is_own` where the thing itself stands, else something refers to it from here.
    """

    kind: str
    owner: str
    name: str
    path: Path
    is_own: bool = False


def spots(document: Mapping[str, Any]) -> Iterator[Spot]:
    """All of them, in the order of the document."""
    for kind, key in (("role", "roles"), ("objective", "objectives"), ("phase", "phases")):
        for i, each in enumerate(document.get(key) or ()):
            yield Spot(kind, "", each["id"], (key, i, "id"), True)
            if each.get("substitute_of"):
                yield Spot("role", "", each["substitute_of"], (key, i, "substitute_of"))
    yield from _world(document.get("world") or {})
    for i, inject in enumerate(document["injects"]):
        yield from _inject(inject, ("injects", i))
    for i, card in enumerate(document.get("complications") or ()):
        yield Spot("complication", "", card["id"], ("complications", i, "id"), True)
        yield from _effects(card, ("complications", i))
    for i, each in enumerate((document.get("debrief") or {}).get("questions") or ()):
        if each["to"] != "all":
            yield Spot("role", "", each["to"], ("debrief", "questions", i, "to"))


def _world(world: Mapping[str, Any]) -> Iterator[Spot]:
    named = (
        ("customers", "id", "customer", True), ("dashboards", "id", "dashboard", True),
        ("roster", "role", "role", False), ("escalations", "customer", "customer", False),
    )  # fmt: skip
    for key, field, kind, is_own in named:
        for i, each in enumerate(world.get(key) or ()):
            if isinstance(each.get(field), str):
                yield Spot(kind, "", each[field], ("world", key, i, field), is_own)
    for i, name in enumerate(world.get("withheld") or ()):
        yield Spot("withheld", "", name, ("world", "withheld", i), True)


def _inject(inject: Mapping[str, Any], at: Path) -> Iterator[Spot]:
    yield Spot("inject", "", inject["id"], (*at, "id"), True)
    yield Spot("phase", "", inject["phase"], (*at, "phase"))
    for n, role in enumerate(inject.get("to") or ()):
        yield Spot("role", "", role, (*at, "to", n))
    for kind in _ANCHORS:
        if kind in (inject.get("after") or {}):
            yield Spot(kind, "", inject["after"][kind], (*at, "after", kind))
    if inject.get("when"):
        yield from _condition(inject["when"], (*at, "when"))
    yield from _effects(inject, at)
    if inject.get("decision"):
        yield from _decision(inject["decision"], (*at, "decision"))
    for n, one in enumerate(inject.get("expect") or ()):
        yield from _expectation(one, (*at, "expect", n))


def _condition(condition: Mapping[str, Any], at: Path) -> Iterator[Spot]:
    for kind in _ANCHORS:
        if kind in condition:
            yield Spot(kind, "", condition[kind], (*at, kind))
            if kind == "decision":
                for n, word in enumerate(condition["is"]):
                    yield Spot("option", condition[kind], word, (*at, "is", n))
    for form in ("all", "any"):
        for n, part in enumerate(condition.get(form) or ()):
            yield from _condition(part, (*at, form, n))
    if "not" in condition:
        yield from _condition(condition["not"], (*at, "not"))


def _effects(holder: Mapping[str, Any], at: Path) -> Iterator[Spot]:
    named = (
        ("create_ticket", "customer", "customer"), ("roster_change", "role", "role"),
        ("dashboard_value", "id", "dashboard"),
    )  # fmt: skip
    for n, effect in enumerate(holder.get("effects") or ()):
        for key, field, kind in named:
            value = effect.get(key)
            if isinstance(value, Mapping) and isinstance(value.get(field), str):
                yield Spot(kind, "", value[field], (*at, "effects", n, key, field))
        if isinstance(effect.get("release_data"), str):
            yield Spot("withheld", "", effect["release_data"], (*at, "effects", n, "release_data"))


def _decision(decision: Mapping[str, Any], at: Path) -> Iterator[Spot]:
    name = decision["id"]
    yield Spot("decision", "", name, (*at, "id"), True)
    yield Spot("role", "", decision["role"], (*at, "role"))
    yield Spot("option", name, decision["default"], (*at, "default"))
    for n, option in enumerate(decision["options"]):
        yield Spot("option", name, option["id"], (*at, "options", n, "id"), True)


def _expectation(one: Mapping[str, Any], at: Path) -> Iterator[Spot]:
    yield Spot("expectation", "", one["id"], (*at, "id"), True)
    yield Spot("role", "", one["role"], (*at, "role"))
    match = one.get("match") or {}
    where = match.get("where") or {}
    if match.get("event") != "decision.recorded" or not isinstance(where.get("decision"), str):
        return
    yield Spot("decision", "", where["decision"], (*at, "match", "where", "decision"))
    option = where.get("option")
    if isinstance(option, str):
        yield Spot("option", where["decision"], option, (*at, "match", "where", "option"))
    for n, each in enumerate(option if isinstance(option, list) else ()):
        yield Spot("option", where["decision"], str(each), (*at, "match", "where", "option", n))


def references(scenario: Scenario, kind: str, name: str, owner: str = "") -> tuple[Path, ...]:
    """The places that refer to a thing."""
    if kind == "variable":
        mark = re.compile(r"\{\{\s*" + re.escape(name) + r"\s*\}\}")
        return tuple(path for text, path in texts(document_of(scenario)) if mark.search(text))
    return tuple(
        spot.path
        for spot in spots(document_of(scenario))
        if not spot.is_own and (spot.kind, spot.owner, spot.name) == (kind, owner, name)
    )


def rename(
    scenario: Scenario, kind: str, old: str, new: str, owner: str = "", at: Path | None = None
) -> Scenario:
    """The scenario with another name for a thing, wherever it is named.

    Where two things have that name, only the one `at` a place gets another: the rest means the other one.

    Raises: DeskError when it cannot be called so.
    """
    document = document_of(scenario)
    found = list(spots(document))
    _refuse(document, found, kind, new, owner)
    if kind == "variable":
        return _with_variable(document, old, new)
    named = [spot for spot in found if (spot.kind, spot.owner, spot.name) == (kind, owner, old)]
    if at is not None and sum(spot.is_own for spot in named) > 1:
        named = [spot for spot in named if spot.path == at]
    for spot in named:
        set_value(document, spot.path, new)
    return scenario_of(document)


def taken(scenario: Scenario, kind: str, owner: str = "") -> frozenset[str]:
    """The names that no other thing of the kind may have."""
    document = document_of(scenario)
    if kind == "variable":
        return frozenset(document.get("variables") or ())
    return _taken(list(spots(document)), kind, owner)


def _taken(found: list[Spot], kind: str, owner: str) -> frozenset[str]:
    kinds = ("inject", "complication") if kind in ("inject", "complication") else (kind,)
    return frozenset(
        spot.name for spot in found if spot.is_own and spot.kind in kinds and spot.owner == owner
    )


def _refuse(document: Mapping[str, Any], found: list[Spot], kind: str, new: str, owner: str) -> None:
    shape = _VARIABLE if kind == "variable" else r"\S.{0,59}" if kind in _FREE else ID
    if not re.fullmatch(shape, new):
        raise DeskError(
            f"“{new[:40]}” cannot be a name here.", hint="Use letters and digits, beginning with a letter."
        )
    known = (document.get("variables") or ()) if kind == "variable" else _taken(found, kind, owner)
    if new in known:
        raise DeskError(f"There is “{new}” already.", hint="Choose another name.")


def _with_variable(document: dict[str, Any], old: str, new: str) -> Scenario:
    variables = document.get("variables") or {}
    document["variables"] = {new if key == old else key: value for key, value in variables.items()}
    mark = re.compile(r"\{\{\s*" + re.escape(old) + r"\s*\}\}")
    for text, path in list(texts(document)):
        if mark.search(text):
            set_value(document, path, mark.sub("{{" + new + "}}", text))
    return scenario_of(document)


def texts(part: object, path: Path = ()) -> Iterator[tuple[str, Path]]:
    """Every text within a document, with its place; values of variables hold none."""
    if path == ("variables",):
        return
    if isinstance(part, str):
        yield part, path
    elif isinstance(part, Mapping):
        for key, inner in part.items():
            yield from texts(inner, (*path, str(key)))
    elif isinstance(part, list):
        for n, inner in enumerate(part):
            yield from texts(inner, (*path, n))
