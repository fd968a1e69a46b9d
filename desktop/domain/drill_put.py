"""One value of a scenario changed by its place in the document: what forms write."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from desktop.domain.drill_check import check_scenario
from desktop.domain.drill_document import read_scenario, write_scenario
from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_scenario import Scenario


def value_at(document: object, path: Path) -> Any:  # noqa: ANN401 - a document holds anything
    """What stands at a place; None where nothing does."""
    for step in path:
        if isinstance(step, int):
            is_there = isinstance(document, Sequence) and not isinstance(document, str)
            document = document[step] if is_there and 0 <= step < len(document) else None  # type: ignore[index,arg-type]
        else:
            document = document.get(step) if isinstance(document, Mapping) else None
    return document


def put(scenario: Scenario, path: Path, value: object) -> Scenario:
    """The scenario with another value at a place; None takes out what stands there."""
    document = document_of(scenario)
    set_value(document, path, value)
    return scenario_of(document)


def put_all(scenario: Scenario, values: Mapping[Path, object]) -> Scenario:
    """The scenario with other values at several places, one after the other."""
    document = document_of(scenario)
    for path, value in values.items():
        set_value(document, path, value)
    return scenario_of(document)


def document_of(scenario: Scenario) -> dict[str, Any]:
    """The document of a scenario, which may be changed: it shares nothing with the scenario."""
    return deepcopy(write_scenario(scenario))


def set_value(document: Any, path: Path, value: object) -> None:  # noqa: ANN401
    """Write a value into a document, with the mappings and lists on the way to it."""
    holder = document
    for step, following in pairwise(path):
        inner = holder.get(step) if isinstance(step, str) else holder[step]
        if inner is None:
            inner = [] if isinstance(following, int) else {}
            holder[step] = inner
        holder = inner
    last = path[-1]
    if isinstance(last, int):
        if value is None:
            del holder[last]
        elif last == len(holder):
            holder.append(value)
        else:
            holder[last] = value
    elif value is None:
        holder.pop(last, None)
    else:
        holder[last] = value


def scenario_of(document: dict[str, Any]) -> Scenario:
    """The scenario of a document that has all its parts.

    Raises: ValueError where one is missing.
    """
    scenario, faults = read_scenario(document)
    if scenario is None:
        raise ValueError(faults[0].message)
    return scenario


def faults_of(scenario: Scenario) -> list[Fault]:
    """What is wrong with a scenario as it would be written; those of its form first, as with a file."""
    _, faults = read_scenario(write_scenario(scenario))
    return faults or check_scenario(scenario)
