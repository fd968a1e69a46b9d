"""The shipped policy as a document to change, and policies made of changed ones."""

import copy
from dataclasses import replace
from functools import cache
from typing import Any

from desktop import paths
from desktop.domain.policy import Policy
from desktop.services.yaml_text import read_yaml

#: As a value: take the part away.
GONE = object()


@cache
def _shipped() -> dict[str, Any]:
    document: dict[str, Any] = read_yaml(paths.resource("policies", "default.yaml").read_text("utf-8"))
    return document


def a_document(**parts: Any) -> dict[str, Any]:
    """The shipped policy's document, a copy of its own, with these parts of the top level instead."""
    return {**copy.deepcopy(_shipped()), **parts}


def a_policy(**parts: Any) -> Policy:
    """The shipped policy with these parts instead."""
    return Policy.from_mapping(a_document(**parts))


def changed(path: str, value: Any) -> dict[str, Any]:
    """The shipped document with another value, or none, at a path such as `ladder.P1.0.tell`."""
    document = a_document()
    *steps, last = path.split(".")
    part: Any = document
    for step in steps:
        part = part[int(step) if isinstance(part, list) else step]
    key = int(last) if isinstance(part, list) else last
    if value is GONE:
        del part[key]
    else:
        part[key] = value
    return document


def weighing(**weights: Any) -> Policy:
    """The shipped policy with other weights of some factors."""
    policy = _shipped_policy()
    factors = [replace(factor, weight=weights.get(factor.key, factor.weight)) for factor in policy.factors]
    return replace(policy, factors=tuple(factors))


@cache
def _shipped_policy() -> Policy:
    return a_policy()
