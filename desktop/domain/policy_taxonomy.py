"""The taxonomy of a policy: issue types by product area."""

from dataclasses import dataclass
from typing import Any

from desktop.domain.policy_node import Node
from desktop.domain.policy_score import Severity
from desktop.domain.policy_score_document import read_severity_name


@dataclass(frozen=True, slots=True)
class IssueType:
    """One kind of problem, the severity it has until somebody judges it, and incidents of it."""

    key: str
    name: str
    severity: Severity
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A product area with its issue types; their keys are unique over all areas."""

    key: str
    name: str
    issue_types: tuple[IssueType, ...]


def read_areas(node: Node) -> tuple[Area, ...]:
    """The areas of a document; no issue type may stand in two of them."""
    areas: list[Area] = []
    seen: dict[str, str] = {}
    for key, part in node.entries():
        parts = part.parts(("name", "issue_types"))
        types = []
        for type_key, type_part in parts["issue_types"].entries():
            if type_key in seen:
                raise type_part.fault(
                    f"{seen[type_key]} has this issue type already.", "Give it another key."
                )
            seen[type_key] = part.path
            types.append(_read_issue_type(type_key, type_part))
        areas.append(Area(key, parts["name"].text(), tuple(types)))
    return tuple(areas)


def write_areas(areas: tuple[Area, ...]) -> dict[str, Any]:
    """The document of `read_areas`."""
    return {
        area.key: {
            "name": area.name,
            "issue_types": {
                kind.key: {"name": kind.name, "severity": kind.severity.name, "examples": list(kind.examples)}
                for kind in area.issue_types
            },
        }
        for area in areas
    }


def _read_issue_type(key: str, node: Node) -> IssueType:
    parts = node.parts(("name", "severity", "examples"))
    return IssueType(
        key, parts["name"].text(), read_severity_name(parts["severity"]), parts["examples"].texts()
    )
