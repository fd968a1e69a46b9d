"""Injects, expectations, decisions and effects as a scenario's document holds them, and back."""

from typing import Any

from desktop.domain.drill_condition_document import read_condition, write_condition
from desktop.domain.drill_node import Part, write_duration
from desktop.domain.drill_scenario import (
    After,
    Check,
    DecisionPoint,
    Effect,
    Expectation,
    GapRef,
    Inject,
    Match,
    Option,
)
from desktop.domain.drill_words import COMPETENCES, EFFECTS, Channel, Evidence, InjectType, Trigger

ID = r"[A-Za-z][A-Za-z0-9_-]{0,23}"
_INJECT = (
    "at", "after", "when", "from", "to", "subject", "body", "notes", "red_flags", "artifact", "effects",
    "decision", "expect", "source",
)  # fmt: skip
_EXPECTATION = (
    "evidence", "match", "deadline", "grace", "critical", "negative", "checks", "hints", "gap",
)  # fmt: skip
_ANCHORS = ("inject", "expectation", "decision")


def read_inject(part: Part) -> Inject:
    """One inject; what is wrong with it is noted."""
    found = part.parts(("id", "phase", "type", "trigger", "channel"), _INJECT)
    if ("at" in found) == ("after" in found):
        part.fault(
            "an inject has either “at” or “after”.",
            'Write  at: "14m"  or  after: {inject: I01, delay: "5m"}.',
        )

    def text(key: str) -> str:
        return found[key].text(may_be_empty=True) if key in found else ""

    return Inject(
        id=found["id"].name(ID, "I01") if "id" in found else "",
        phase=found["phase"].text() if "phase" in found else "",
        type=found["type"].choice(InjectType, InjectType.STANDARD)
        if "type" in found
        else InjectType.STANDARD,
        trigger=found["trigger"].choice(Trigger, Trigger.MANUAL) if "trigger" in found else Trigger.MANUAL,
        channel=found["channel"].choice(Channel, Channel.NONE) if "channel" in found else Channel.NONE,
        at_s=found["at"].duration(may_be_negative=True) if "at" in found else None,
        after=_read_after(found["after"]) if "after" in found else None,
        when=read_condition(found["when"]) if "when" in found else None,
        source_from=text("from"),
        to=found["to"].texts() if "to" in found else (),
        subject=text("subject"),
        body=text("body"),
        notes=text("notes"),
        red_flags=found["red_flags"].texts() if "red_flags" in found else (),
        artifact=_mapping(found["artifact"]) if "artifact" in found else None,
        effects=_read_effects(found["effects"]) if "effects" in found else (),
        decision=_read_decision(found["decision"]) if "decision" in found else None,
        expect=tuple(read_expectation(item) for item in found["expect"].items()) if "expect" in found else (),
        source=text("source"),
    )


def read_expectation(part: Part) -> Expectation:
    """One expectation; what is wrong with it is noted."""
    found = part.parts(("id", "text", "competence", "role", "weight"), _EXPECTATION)
    is_negative = found["negative"].flag() if "negative" in found else False
    if not is_negative and "deadline" not in found:
        part.fault("“deadline” is missing here.", 'Add  deadline: "10m", or  negative: true.')
    for key in ("deadline", "grace"):
        if is_negative and key in found:
            found[key].fault(f"what must not happen has no {key}.", "Leave it out.")
    return Expectation(
        id=found["id"].name(ID, "E01") if "id" in found else "",
        text=found["text"].text() if "text" in found else "",
        competence=found["competence"].word(COMPETENCES) if "competence" in found else "",
        role=found["role"].text() if "role" in found else "",
        evidence=_evidence(found),
        weight=found["weight"].whole(1, 1000, 1) if "weight" in found else 1,
        match=_read_match(found["match"]) if "match" in found else None,
        deadline_s=found["deadline"].duration() if "deadline" in found and not is_negative else 0,
        grace_s=found["grace"].duration() if "grace" in found and not is_negative else 0,
        critical=found["critical"].flag() if "critical" in found else False,
        negative=is_negative,
        checks=tuple(_read_check(item) for item in found["checks"].items()) if "checks" in found else (),
        hints=found["hints"].texts() if "hints" in found else (),
        gap=_read_gap(found["gap"]) if "gap" in found else None,
    )


def _evidence(found: dict[str, Part]) -> Evidence:
    if "evidence" in found:
        return found["evidence"].choice(Evidence, Evidence.MANUAL)
    return Evidence.AUTO if "match" in found else Evidence.MANUAL


def _read_after(part: Part) -> After | None:
    found = part.parts((), (*_ANCHORS, "field", "delay"))
    anchors = [key for key in _ANCHORS if key in found]
    if len(anchors) != 1:
        part.fault(
            "“after” names exactly one inject, expectation or decision.",
            'Write  after: {inject: I01, delay: "5m"}.',
        )
        return None
    kind = anchors[0]
    field = found["field"].text() if "field" in found else ""
    if field and kind != "expectation":
        found["field"].fault("only an expectation's event has fields.", "Leave it out.")
    return After(kind, found[kind].text(), field, found["delay"].duration() if "delay" in found else 0)


def _read_effects(part: Part) -> tuple[Effect, ...]:
    return tuple(effect for item in part.items() if (effect := read_effect(item)))


def read_effect(part: Part) -> Effect | None:
    """What is done to the drill's desk; None where it cannot be told."""
    found = part.parts((), (*EFFECTS, "delay"))
    kinds = [key for key in EFFECTS if key in found]
    if len(kinds) != 1:
        part.fault("an effect does exactly one thing.", f"Known are {', '.join(EFFECTS)}.")
        return None
    kind = kinds[0]
    return Effect(kind, found[kind].free(), found["delay"].duration() if "delay" in found else 0)


def _read_decision(part: Part) -> DecisionPoint | None:
    found = part.parts(("id", "question", "role", "deadline", "default", "options"))
    if len(found) < 6:
        return None
    options = tuple(_read_option(item) for item in found["options"].items(least=2))
    decision = DecisionPoint(
        id=found["id"].name(ID, "D1"),
        question=found["question"].text(),
        role=found["role"].text(),
        deadline_s=found["deadline"].duration(),
        default=found["default"].text(),
        options=options,
    )
    ids = [option.id for option in options]
    if decision.default not in ids:
        found["default"].fault(f"“{decision.default}” is none of the options.", f"They are {', '.join(ids)}.")
    for i, one in enumerate(ids):
        if one in ids[:i]:
            found["options"].at(i).fault(f"there are two options “{one}”.")
    return decision


def _read_option(part: Part) -> Option:
    found = part.parts(("id", "label"))
    return Option(
        found["id"].name(ID, "stop") if "id" in found else "",
        found["label"].text() if "label" in found else "",
    )


def _read_match(part: Part) -> Match | None:
    found = part.parts(("event",), ("where",))
    if "event" not in found:
        return None
    return Match(found["event"].text(), _mapping(found["where"]) if "where" in found else {})


def _read_check(part: Part) -> Check:
    found = part.parts(("id", "text"), ("weight", "auto"))
    return Check(
        found["id"].name(ID, "tier") if "id" in found else "",
        found["text"].text() if "text" in found else "",
        found["weight"].whole(1, 1000, 1) if "weight" in found else 1,
        found["auto"].text() if "auto" in found else "",
    )


def _read_gap(part: Part) -> GapRef | None:
    found = part.parts(("category", "code"))
    return GapRef(found["category"].text(), found["code"].text()) if len(found) == 2 else None


def _mapping(part: Part) -> dict[str, Any]:
    return {key: each.free() for key, each in part.entries()}


def write_inject(inject: Inject) -> dict[str, Any]:
    """The document of `read_inject`, its keys always in the same order."""
    document: dict[str, Any] = {"id": inject.id}
    if inject.at_s is not None:
        document["at"] = write_duration(inject.at_s)
    if inject.after is not None:
        document["after"] = _write_after(inject.after)
    document |= {"phase": inject.phase, "type": inject.type.value, "trigger": inject.trigger.value}
    if inject.when is not None:
        document["when"] = write_condition(inject.when)
    document["channel"] = inject.channel.value
    rest = {
        "from": inject.source_from,
        "to": list(inject.to),
        "subject": inject.subject,
        "body": inject.body,
        "notes": inject.notes,
        "red_flags": list(inject.red_flags),
        "artifact": None if inject.artifact is None else dict(inject.artifact),
        "effects": [write_effect(effect) for effect in inject.effects],
        "decision": _write_decision(inject.decision) if inject.decision else None,
        "expect": [write_expectation(each) for each in inject.expect],
        "source": inject.source,
    }
    return document | {key: value for key, value in rest.items() if value not in (None, "", [])}


def write_expectation(one: Expectation) -> dict[str, Any]:
    """The document of `read_expectation`."""
    document: dict[str, Any] = {
        "id": one.id, "text": one.text, "competence": one.competence, "role": one.role,
        "evidence": one.evidence.value,
    }  # fmt: skip
    if one.match is not None:
        where = {"where": dict(one.match.where)} if one.match.where else {}
        document["match"] = {"event": one.match.event, **where}
    if one.negative:
        document["negative"] = True
    else:
        document["deadline"] = write_duration(one.deadline_s)
        if one.grace_s:
            document["grace"] = write_duration(one.grace_s)
    document["weight"] = one.weight
    if one.critical:
        document["critical"] = True
    if one.checks:
        document["checks"] = [_write_check(check) for check in one.checks]
    if one.hints:
        document["hints"] = list(one.hints)
    if one.gap is not None:
        document["gap"] = {"category": one.gap.category, "code": one.gap.code}
    return document


def write_effect(effect: Effect) -> dict[str, Any]:
    """The document of `read_effect`."""
    delay = {"delay": write_duration(effect.delay_s)} if effect.delay_s else {}
    return {effect.kind: effect.value, **delay}


def _write_after(after: After) -> dict[str, Any]:
    document = {after.kind: after.ref}
    if after.field:
        document["field"] = after.field
    return document | {"delay": write_duration(after.delay_s)}


def _write_decision(decision: DecisionPoint) -> dict[str, Any]:
    return {
        "id": decision.id,
        "question": decision.question,
        "role": decision.role,
        "deadline": write_duration(decision.deadline_s),
        "default": decision.default,
        "options": [{"id": option.id, "label": option.label} for option in decision.options],
    }


def _write_check(check: Check) -> dict[str, Any]:
    auto = {"auto": check.auto} if check.auto else {}
    return {"id": check.id, "text": check.text, "weight": check.weight, **auto}
