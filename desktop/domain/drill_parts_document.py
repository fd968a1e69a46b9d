"""The smaller parts of a scenario as its document holds them, and back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from desktop.domain.drill_inject_document import ID, read_effect, write_effect
from desktop.domain.drill_node import Part, write_duration
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
    SeatRole,
    Tags,
    World,
)
from desktop.domain.drill_words import COMPETENCES, RATINGS, Mode, OnOverdue

_ORIGINS = ("original", "public_pattern", "real_escalation")
#: The axes of a drill's tags.
AXES = ("product_area", "customer_tier", "incident_type")
_WORLD = ("customers", "escalations", "roster", "dashboards")
_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_SPEEDS = (1, 2, 5, 10)


def read_origin(part: Part) -> Origin:
    """Where it comes from."""
    found = part.parts(("kind",), ("ref", "anonymised"))
    return Origin(
        found["kind"].word(_ORIGINS) if "kind" in found else "",
        found["ref"].text(may_be_empty=True) if "ref" in found else "",
        found["anonymised"].flag() if "anonymised" in found else False,
    )


def read_tags(part: Part) -> Tags:
    """What it is about."""
    found = part.parts((), AXES)
    return Tags(**{axis: found[axis].texts() for axis in found})


def read_pace(part: Part) -> Pace:
    """Its clock."""
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


def read_role(part: Part) -> SeatRole:
    """A seat."""
    found = part.parts(("id", "title"), ("seats", "staff", "substitute_of", "absent"))
    return SeatRole(
        found["id"].name(ID, "lead") if "id" in found else "",
        found["title"].text(most=100) if "title" in found else "",
        found["seats"].whole(1, 50, 1) if "seats" in found else 1,
        found["staff"].flag() if "staff" in found else False,
        found["substitute_of"].text() if "substitute_of" in found else "",
        found["absent"].flag() if "absent" in found else False,
    )


def read_objective(part: Part) -> Objective:
    """An objective."""
    found = part.parts(("id", "text"))
    return Objective(
        found["id"].name(ID, "OBJ1") if "id" in found else "", found["text"].text() if "text" in found else ""
    )


def read_competences(part: Part) -> dict[str, int]:
    """The weights of competences."""
    weights = {}
    for key, item in part.entries():
        if Part(key, part.faults, item.path).word(COMPETENCES):
            weights[key] = item.whole(1, 1000, 1)
    if not weights and isinstance(part.value, Mapping):
        part.fault("no competence is weighted.", f"Known are {', '.join(COMPETENCES)}.")
    return weights


def read_phase(part: Part) -> Phase:
    """A phase."""
    found = part.parts(("id", "title", "from"), ("story",))
    return Phase(
        found["id"].name(ID, "P1") if "id" in found else "",
        found["title"].text(most=200) if "title" in found else "",
        found["from"].duration() if "from" in found else 0,
        found["story"].instant() if "story" in found else None,
    )


def read_playbook(part: Part) -> PlaybookRef | None:
    """The playbook it was written for."""
    found = part.parts(("id", "version"))
    return PlaybookRef(found["id"].text(), found["version"].whole(1, 10**6, 1)) if len(found) == 2 else None


def read_safety(part: Part) -> Safety:
    """What marks and stops it."""
    found = part.parts((), ("banner", "stop_phrase", "outbox"))
    if "outbox" in found and found["outbox"].value != "captured":
        found["outbox"].fault("nothing of a drill ever leaves the machine.", "Write  outbox: captured")
    return Safety(
        found["banner"].text(most=40) if "banner" in found else "DRILL",
        found["stop_phrase"].text(most=40) if "stop_phrase" in found else "No duff",
    )


def read_variables(part: Part) -> dict[str, str]:
    """The words put into its texts."""
    return {key: item.text(may_be_empty=True) for key, item in part.entries()}


def read_world(part: Part) -> World:
    """What its desk is filled with."""
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
            else:
                part.at(key).text()
    return {key: item.free() for key, item in part.entries()}


def read_card(part: Part) -> Complication:
    """A complication."""
    found = part.parts(("id", "text"), ("effects", "weight"))
    effects = [read_effect(item) for item in found["effects"].items()] if "effects" in found else []
    return Complication(
        found["id"].name(ID, "C1") if "id" in found else "",
        found["text"].text() if "text" in found else "",
        tuple(effect for effect in effects if effect),
        found["weight"].whole(1, 1000, 1) if "weight" in found else 1,
    )


def read_rubric(part: Part) -> Rubric:
    """The figures of its score."""
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


def read_questions(part: Part) -> tuple[Question, ...]:
    """What is asked right afterwards."""
    found = part.parts(("questions",))
    questions = []
    for item in found["questions"].items() if "questions" in found else ():
        asked = item.parts(("to", "text"))
        if len(asked) == 2:
            questions.append(Question(asked["to"].text(), asked["text"].text()))
    return tuple(questions)


def without_empty(document: dict[str, Any]) -> dict[str, Any]:
    """A document without what says nothing."""
    return {key: value for key, value in document.items() if value not in (None, "", False, [], {})}


def write_pace(pace: Pace) -> dict[str, Any]:
    """The document of `read_pace`."""
    return {
        "mode": pace.mode.value,
        "start": pace.start.isoformat(),
        "duration": write_duration(pace.duration_s),
        "speeds": list(pace.speeds),
        "auto_slow": pace.auto_slow,
        "on_overdue": pace.on_overdue.value,
    }


def write_role(role: SeatRole) -> dict[str, Any]:
    """The document of `read_role`."""
    rest = {"staff": role.staff, "substitute_of": role.substitute_of, "absent": role.absent}
    return {"id": role.id, "title": role.title, "seats": role.seats, **without_empty(rest)}


def write_phase(phase: Phase) -> dict[str, Any]:
    """The document of `read_phase`."""
    story = {"story": phase.story.isoformat()} if phase.story else {}
    return {"id": phase.id, "title": phase.title, "from": write_duration(phase.from_s), **story}


def write_world(world: World) -> dict[str, Any]:
    """The document of `read_world`."""
    return without_empty(
        {key: [dict(thing) for thing in getattr(world, key)] for key in _WORLD}
        | {"withheld": list(world.withheld)}
    )


def write_card(card: Complication) -> dict[str, Any]:
    """The document of `read_card`."""
    effects = {"effects": [write_effect(effect) for effect in card.effects]} if card.effects else {}
    return {"id": card.id, "text": card.text, **effects, "weight": card.weight}


def write_rubric(rubric: Rubric) -> dict[str, Any]:
    """The document of `read_rubric`."""
    return {
        "rating_points": dict(rubric.rating_points),
        "late_floor": rubric.late_floor,
        "bands": dict(rubric.bands),
        "critical_cap": rubric.critical_cap,
        "hint_cost": rubric.hint_cost,
    }


def write_questions(questions: tuple[Question, ...]) -> dict[str, Any]:
    """The document of `read_questions`."""
    return {"questions": [{"to": each.to, "text": each.text} for each in questions]} if questions else {}
