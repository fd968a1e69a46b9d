"""A whole scenario as a document of mappings, lists and words, and back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from desktop.domain.drill_inject_document import ID, read_effect, read_inject, write_effect, write_inject
from desktop.domain.drill_node import Fault, Part, write_duration
from desktop.domain.drill_scenario import (
    Complication,
    Objective,
    Origin,
    Pace,
    Phase,
    PlaybookRef,
    Question,
    Rubric,
    Safety,
    Scenario,
    SeatRole,
    Tags,
    World,
)
from desktop.domain.drill_words import COMPETENCES, FORMAT, RATINGS, Mode, OnOverdue

_REQUIRED = (
    "format", "id", "version", "title", "summary", "origin", "tags", "clock", "roles", "objectives",
    "competences", "phases", "injects",
)  # fmt: skip
_OPTIONAL = (
    "difficulty", "playbook", "safety", "variables", "world", "complications", "rubric", "debrief",
)  # fmt: skip
_ORIGINS = ("original", "public_pattern", "real_escalation")
_AXES = ("product_area", "customer_tier", "incident_type")
_WORLD = ("customers", "escalations", "roster", "dashboards")
MOST_INJECTS = 200
_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_SPEEDS = (1, 2, 5, 10)


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
    if len(found) < len(_REQUIRED) and any(key not in found for key in _REQUIRED):
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
        origin=_read_origin(found["origin"]),
        tags=_read_tags(found["tags"]),
        pace=_read_pace(found["clock"]),
        roles=tuple(_read_role(item) for item in found["roles"].items(least=1)),
        objectives=tuple(_read_objective(item) for item in found["objectives"].items(least=1, most=6)),
        competences=_read_competences(found["competences"]),
        phases=tuple(_read_phase(item) for item in found["phases"].items(least=1)),
        injects=tuple(read_inject(item) for item in found["injects"].items(least=1, most=MOST_INJECTS)),
        difficulty=found["difficulty"].whole(1, 5, 3) if "difficulty" in found else None,
        playbook=_read_playbook(found["playbook"]) if "playbook" in found else None,
        safety=_read_safety(found["safety"]) if "safety" in found else Safety(),
        variables=_read_variables(found["variables"]) if "variables" in found else {},
        world=_read_world(found["world"]) if "world" in found else World(),
        complications=(
            tuple(_read_card(item) for item in found["complications"].items())
            if "complications" in found
            else ()
        ),
        rubric=_read_rubric(found["rubric"]) if "rubric" in found else Rubric(),
        questions=_read_questions(found["debrief"]) if "debrief" in found else (),
    )


def _read_origin(part: Part) -> Origin:
    found = part.parts(("kind",), ("ref", "anonymised"))
    return Origin(
        found["kind"].word(_ORIGINS) if "kind" in found else "",
        found["ref"].text(may_be_empty=True) if "ref" in found else "",
        found["anonymised"].flag() if "anonymised" in found else False,
    )


def _read_tags(part: Part) -> Tags:
    found = part.parts((), _AXES)
    return Tags(**{axis: found[axis].texts() for axis in found})


def _read_pace(part: Part) -> Pace:
    found = part.parts(("mode", "start", "duration"), ("speeds", "auto_slow", "on_overdue"))
    speeds = (
        tuple(item.whole(1, 60, 1) for item in found["speeds"].items(least=1))
        if "speeds" in found
        else _SPEEDS
    )
    if 1 not in speeds:
        found["speeds"].fault("a drill can always run at 1.", "Add 1 to the speeds.")
    duration_s = found["duration"].duration() if "duration" in found else 0
    if "duration" in found and not duration_s:
        found["duration"].fault("a drill takes some time.", 'Write it like "90m".')
    return Pace(
        mode=found["mode"].choice(Mode, Mode.CLOCK) if "mode" in found else Mode.CLOCK,
        start=(found["start"].instant() if "start" in found else None) or _SOME_TIME,
        duration_s=duration_s,
        speeds=speeds,
        auto_slow=found["auto_slow"].flag() if "auto_slow" in found else True,
        on_overdue=found["on_overdue"].choice(OnOverdue, OnOverdue.HOLD)
        if "on_overdue" in found
        else OnOverdue.HOLD,
    )


def _read_role(part: Part) -> SeatRole:
    found = part.parts(("id", "title"), ("seats", "staff", "substitute_of", "absent"))
    return SeatRole(
        found["id"].name(ID, "lead") if "id" in found else "",
        found["title"].text(most=100) if "title" in found else "",
        found["seats"].whole(1, 50, 1) if "seats" in found else 1,
        found["staff"].flag() if "staff" in found else False,
        found["substitute_of"].text() if "substitute_of" in found else "",
        found["absent"].flag() if "absent" in found else False,
    )


def _read_objective(part: Part) -> Objective:
    found = part.parts(("id", "text"))
    return Objective(
        found["id"].name(ID, "OBJ1") if "id" in found else "", found["text"].text() if "text" in found else ""
    )


def _read_competences(part: Part) -> dict[str, int]:
    weights = {}
    for key, item in part.entries():
        if Part(key, part.faults, item.path).word(COMPETENCES):
            weights[key] = item.whole(1, 1000, 1)
    if not weights and isinstance(part.value, Mapping):
        part.fault("no competence is weighted.", f"Known are {', '.join(COMPETENCES)}.")
    return weights


def _read_phase(part: Part) -> Phase:
    found = part.parts(("id", "title", "from"), ("story",))
    return Phase(
        found["id"].name(ID, "P1") if "id" in found else "",
        found["title"].text(most=200) if "title" in found else "",
        found["from"].duration() if "from" in found else 0,
        found["story"].instant() if "story" in found else None,
    )


def _read_playbook(part: Part) -> PlaybookRef | None:
    found = part.parts(("id", "version"))
    return PlaybookRef(found["id"].text(), found["version"].whole(1, 10**6, 1)) if len(found) == 2 else None


def _read_safety(part: Part) -> Safety:
    found = part.parts((), ("banner", "stop_phrase", "outbox"))
    if "outbox" in found and found["outbox"].value != "captured":
        found["outbox"].fault("nothing of a drill ever leaves the machine.", "Write  outbox: captured")
    return Safety(
        found["banner"].text(most=40) if "banner" in found else "DRILL",
        found["stop_phrase"].text(most=40) if "stop_phrase" in found else "No duff",
    )


def _read_variables(part: Part) -> dict[str, str]:
    return {key: item.text(may_be_empty=True) for key, item in part.entries()}


def _read_world(part: Part) -> World:
    found = part.parts((), (*_WORLD, "withheld"))
    lists = {
        key: tuple(_read_thing(item, needs_id=key == "customers") for item in found[key].items())
        for key in _WORLD
        if key in found
    }
    return World(**lists, withheld=found["withheld"].texts() if "withheld" in found else ())


def _read_thing(part: Part, *, needs_id: bool) -> dict[str, Any]:
    if not isinstance(part.value, Mapping):
        part.fault("this is not a mapping of names to values.")
        return {}
    if needs_id:
        for key in ("id", "name"):
            if key not in part.value:
                part.fault(f"“{key}” is missing here.", f"Add  {key}: …")
    return {key: _plain(item) for key, item in part.entries()}


def _plain(part: Part) -> Any:  # noqa: ANN401 - what a world holds is its own
    if isinstance(part.value, Mapping):
        return {key: _plain(item) for key, item in part.entries()}
    if isinstance(part.value, list):
        return [_plain(item) for item in part.items()]
    return part.text(may_be_empty=True) if isinstance(part.value, str) else part.value


def _read_card(part: Part) -> Complication:
    found = part.parts(("id", "text"), ("effects", "weight"))
    effects = [read_effect(item) for item in found["effects"].items()] if "effects" in found else []
    return Complication(
        found["id"].name(ID, "C1") if "id" in found else "",
        found["text"].text() if "text" in found else "",
        tuple(effect for effect in effects if effect),
        found["weight"].whole(1, 1000, 1) if "weight" in found else 1,
    )


def _read_rubric(part: Part) -> Rubric:
    found = part.parts((), ("rating_points", "late_floor", "bands", "critical_cap", "hint_cost"))
    usual = Rubric()
    return Rubric(
        _read_points(found["rating_points"], RATINGS) if "rating_points" in found else usual.rating_points,
        found["late_floor"].whole(0, 500, 250) if "late_floor" in found else usual.late_floor,
        _read_points(found["bands"], RATINGS[:3]) if "bands" in found else usual.bands,
        found["critical_cap"].word(RATINGS) or "M" if "critical_cap" in found else usual.critical_cap,
        found["hint_cost"].whole(0, 1000, 100) if "hint_cost" in found else usual.hint_cost,
    )


def _read_points(part: Part, names: tuple[str, ...]) -> dict[str, int]:
    found = part.parts(names)
    points = {name: found[name].whole(0, 1000) for name in names if name in found}
    if list(points.values()) != sorted(points.values(), reverse=True):
        part.fault(f"{', '.join(names)} do not go down from best to worst.")
    return points | {name: 0 for name in names if name not in points}


def _read_questions(part: Part) -> tuple[Question, ...]:
    found = part.parts(("questions",))
    questions = []
    for item in found["questions"].items() if "questions" in found else ():
        asked = item.parts(("to", "text"))
        if len(asked) == 2:
            questions.append(Question(asked["to"].text(), asked["text"].text()))
    return tuple(questions)


def write_scenario(scenario: Scenario) -> dict[str, Any]:
    """The document of `read_scenario`: always the same keys in the same order, usual values left out."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "id": scenario.id,
        "version": scenario.version,
        "title": scenario.title,
        "summary": scenario.summary,
        "origin": _without_empty(
            {name: getattr(scenario.origin, name) for name in ("kind", "ref", "anonymised")}
        ),
        "difficulty": scenario.difficulty,
        "tags": {axis: list(getattr(scenario.tags, axis)) for axis in _AXES if getattr(scenario.tags, axis)},
        "playbook": None
        if scenario.playbook is None
        else {"id": scenario.playbook.id, "version": scenario.playbook.version},
        "clock": _write_pace(scenario.pace),
        "roles": [_write_role(role) for role in scenario.roles],
        "safety": {
            "banner": scenario.safety.banner,
            "stop_phrase": scenario.safety.stop_phrase,
            "outbox": "captured",
        },
        "variables": dict(scenario.variables),
        "objectives": [{"id": each.id, "text": each.text} for each in scenario.objectives],
        "competences": dict(scenario.competences),
        "phases": [_write_phase(phase) for phase in scenario.phases],
        "world": _write_world(scenario.world),
        "injects": [write_inject(inject) for inject in scenario.injects],
        "complications": [_write_card(card) for card in scenario.complications],
        "rubric": _write_rubric(scenario.rubric),
        "debrief": _write_questions(scenario.questions),
    }
    return {key: value for key, value in document.items() if key in _REQUIRED or value not in (None, [], {})}


def _without_empty(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", False, [], {})}


def _write_pace(pace: Pace) -> dict[str, Any]:
    return {
        "mode": pace.mode.value,
        "start": pace.start.isoformat(),
        "duration": write_duration(pace.duration_s),
        "speeds": list(pace.speeds),
        "auto_slow": pace.auto_slow,
        "on_overdue": pace.on_overdue.value,
    }


def _write_role(role: SeatRole) -> dict[str, Any]:
    rest = {"staff": role.staff, "substitute_of": role.substitute_of, "absent": role.absent}
    return {"id": role.id, "title": role.title, "seats": role.seats, **_without_empty(rest)}


def _write_phase(phase: Phase) -> dict[str, Any]:
    story = {"story": phase.story.isoformat()} if phase.story else {}
    return {"id": phase.id, "title": phase.title, "from": write_duration(phase.from_s), **story}


def _write_world(world: World) -> dict[str, Any]:
    return _without_empty(
        {key: [dict(thing) for thing in getattr(world, key)] for key in _WORLD}
        | {"withheld": list(world.withheld)}
    )


def _write_card(card: Complication) -> dict[str, Any]:
    effects = {"effects": [write_effect(effect) for effect in card.effects]} if card.effects else {}
    return {"id": card.id, "text": card.text, **effects, "weight": card.weight}


def _write_rubric(rubric: Rubric) -> dict[str, Any]:
    return {
        "rating_points": dict(rubric.rating_points),
        "late_floor": rubric.late_floor,
        "bands": dict(rubric.bands),
        "critical_cap": rubric.critical_cap,
        "hint_cost": rubric.hint_cost,
    }


def _write_questions(questions: tuple[Question, ...]) -> dict[str, Any]:
    return {"questions": [{"to": each.to, "text": each.text} for each in questions]} if questions else {}
