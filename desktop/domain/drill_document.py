"""A whole scenario as a document of mappings, lists and words, and back."""

from collections.abc import Mapping
from typing import Any

from desktop.domain import drill_parts_document as parts
from desktop.domain.drill_inject_document import read_inject, write_inject
from desktop.domain.drill_node import Fault, Part
from desktop.domain.drill_scenario import Rubric, Safety, Scenario, World
from desktop.domain.drill_words import FORMAT

_REQUIRED = (
    "format", "id", "version", "title", "summary", "origin", "tags", "clock", "roles", "objectives",
    "competences", "phases", "injects",
)  # fmt: skip
_OPTIONAL = (
    "difficulty", "playbook", "safety", "variables", "world", "complications", "rubric", "debrief",
)  # fmt: skip
MOST_INJECTS = 200


def read_scenario(document: object) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a document and everything that is wrong with its form; None where it is no scenario."""
    faults: list[Fault] = []
    root = Part(document, faults)
    if not isinstance(document, Mapping):
        root.fault("This is no drill scenario.", f"It begins with  format: {FORMAT}")
        return None, faults
    if not _is_readable(root):
        return None, faults
    found = root.parts(_REQUIRED, _OPTIONAL)
    if any(key not in found for key in _REQUIRED):
        return None, faults
    return _scenario(found), faults


def _is_readable(root: Part) -> bool:
    said = root.value.get("format")
    if said == FORMAT:
        return True
    place = root.at("format") if "format" in root.value else root
    name, _, major = str(said).partition("/")
    if name == FORMAT.partition("/")[0] and major.isdigit():
        place.fault(
            f"This scenario was written for a newer program ({said}).", f"This one reads {FORMAT}; update it."
        )
    else:
        place.fault("This is no drill scenario.", f"It begins with  format: {FORMAT}")
    return False


def _scenario(found: dict[str, Part]) -> Scenario:
    return Scenario(
        id=found["id"].name(r"[a-z0-9-]{3,60}", "drl-charged-twice"),
        version=found["version"].whole(1, 10**6, 1),
        title=found["title"].text(most=200),
        summary=found["summary"].text(),
        origin=parts.read_origin(found["origin"]),
        tags=parts.read_tags(found["tags"]),
        pace=parts.read_pace(found["clock"]),
        roles=tuple(parts.read_role(item) for item in found["roles"].items(least=1)),
        objectives=tuple(parts.read_objective(item) for item in found["objectives"].items(least=1, most=6)),
        competences=parts.read_competences(found["competences"]),
        phases=tuple(parts.read_phase(item) for item in found["phases"].items(least=1)),
        injects=tuple(read_inject(item) for item in found["injects"].items(least=1, most=MOST_INJECTS)),
        difficulty=found["difficulty"].whole(1, 5, 3) if "difficulty" in found else None,
        playbook=parts.read_playbook(found["playbook"]) if "playbook" in found else None,
        safety=parts.read_safety(found["safety"]) if "safety" in found else Safety(),
        variables=parts.read_variables(found["variables"]) if "variables" in found else {},
        world=parts.read_world(found["world"]) if "world" in found else World(),
        complications=(
            tuple(parts.read_card(item) for item in found["complications"].items())
            if "complications" in found
            else ()
        ),
        rubric=parts.read_rubric(found["rubric"]) if "rubric" in found else Rubric(),
        questions=parts.read_questions(found["debrief"]) if "debrief" in found else (),
    )


def write_scenario(scenario: Scenario) -> dict[str, Any]:
    """The document of `read_scenario`: always the same keys in the same order, usual values left out."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "id": scenario.id,
        "version": scenario.version,
        "title": scenario.title,
        "summary": scenario.summary,
        "origin": parts.without_empty(
            {name: getattr(scenario.origin, name) for name in ("kind", "ref", "anonymised")}
        ),
        "difficulty": scenario.difficulty,
        "tags": {
            axis: list(getattr(scenario.tags, axis)) for axis in parts.AXES if getattr(scenario.tags, axis)
        },
        "playbook": None
        if scenario.playbook is None
        else {"id": scenario.playbook.id, "version": scenario.playbook.version},
        "clock": parts.write_pace(scenario.pace),
        "roles": [parts.write_role(role) for role in scenario.roles],
        "safety": {
            "banner": scenario.safety.banner,
            "stop_phrase": scenario.safety.stop_phrase,
            "outbox": "captured",
        },
        "variables": dict(scenario.variables),
        "objectives": [{"id": each.id, "text": each.text} for each in scenario.objectives],
        "competences": dict(scenario.competences),
        "phases": [parts.write_phase(phase) for phase in scenario.phases],
        "world": parts.write_world(scenario.world),
        "injects": [write_inject(inject) for inject in scenario.injects],
        "complications": [parts.write_card(card) for card in scenario.complications],
        "rubric": parts.write_rubric(scenario.rubric),
        "debrief": parts.write_questions(scenario.questions),
    }
    return {key: value for key, value in document.items() if key in _REQUIRED or value not in (None, [], {})}
