"""Reads and writes what a policy document says about ageing and about telling people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desktop.domain.ageing import AgeingRule
from desktop.domain.errors import DeskError
from desktop.domain.policy_alarm import (
    PAGE_KINDS,
    Afterwards,
    Announcement,
    Budget,
    FloodRule,
    GroupRule,
    InApp,
    LadderStep,
    Occasion,
    QuietRule,
    Unless,
    Urgency,
)
from desktop.domain.policy_node import Node, number_value, span_text
from desktop.domain.policy_score import Priority, Severity
from desktop.domain.policy_score_document import read_by_priority, read_severity_name
from desktop.domain.policy_telling import read_receivers

_MOST_ALARMS = 1000
_MOST_CHIMES = 2
#: Occasions that the first policies did not know.
_LATER: Mapping[Occasion, Announcement] = {
    Occasion.HANDOFF_OPEN: Announcement(
        urgency=Urgency.NORMAL,
        in_app=InApp.BANNER_STAYS,
        sound=0,
        repeat_at=(),
        to=("role:coordinator",),
        act="Ask both sides why it was not accepted; until then it is still the giver's.",
        severities=frozenset(Severity),
        untouched_for=None,
        afterwards=Afterwards.NOTHING,
    )
}


def read_ageing(node: Node) -> AgeingRule:
    """The shares and minutes at which a commitment ages."""
    parts = node.parts(("warming", "at_risk", "breaching_soon", "minutes_need"))
    at_risk = parts["at_risk"].parts(("share", "left"))
    soon = parts["breaching_soon"].parts(("share", "left"))
    try:
        return AgeingRule(
            warming=parts["warming"].parts(("share",))["share"].number(),
            at_risk=at_risk["share"].number(),
            at_risk_left=at_risk["left"].span(may_be_zero=True),
            soon=soon["share"].number(),
            soon_left=soon["left"].span(may_be_zero=True),
            minutes_need=parts["minutes_need"].number(),
        )
    except DeskError as fault:
        if fault.field.startswith(f"{node.path}."):
            raise
        raise node.fault(fault.message) from None


def write_ageing(rule: AgeingRule) -> dict[str, Any]:
    """The document of `read_ageing`."""
    return {
        "warming": {"share": number_value(rule.warming)},
        "at_risk": {"share": number_value(rule.at_risk), "left": span_text(rule.at_risk_left)},
        "breaching_soon": {"share": number_value(rule.soon), "left": span_text(rule.soon_left)},
        "minutes_need": number_value(rule.minutes_need),
    }


def read_announce(node: Node) -> dict[Occasion, Announcement]:
    """How each occasion is told; policies made before an occasion was known tell it as `_LATER` says."""
    parts = node.parts(tuple(each for each in Occasion if each not in _LATER), tuple(_LATER))
    return {each: _read_announcement(parts[each]) if each in parts else _LATER[each] for each in Occasion}


def write_announce(announce: Mapping[Occasion, Announcement]) -> dict[str, Any]:
    """The document of `read_announce`; what is nothing or usual is left out."""
    return {str(occasion): _write_announcement(announce[occasion]) for occasion in Occasion}


def read_flood(node: Node) -> FloodRule:
    """When a flood begins and ends; it ends below where it begins."""
    parts = node.parts(("enter", "leave", "window", "alone"))
    enter = parts["enter"].whole(1, _MOST_ALARMS)
    leave = parts["leave"].whole(1, _MOST_ALARMS)
    if leave > enter:
        raise parts["leave"].fault(
            f"{leave} is more than the {enter} a flood begins at.", "Let it end lower."
        )
    return FloodRule(enter, leave, parts["window"].span(), _read_occasions(parts["alone"]))


def write_flood(rule: FloodRule) -> dict[str, Any]:
    """The document of `read_flood`."""
    return {
        "enter": rule.enter,
        "leave": rule.leave,
        "window": span_text(rule.window),
        "alone": _write_occasions(rule.alone),
    }


def read_grouping(node: Node) -> GroupRule:
    """How announcements that belong together keep each other company."""
    parts = node.parts(("wait", "update_every", "repeat_every"))
    return GroupRule(parts["wait"].span(), parts["update_every"].span(), parts["repeat_every"].span())


def write_grouping(rule: GroupRule) -> dict[str, Any]:
    """The document of `read_grouping`."""
    return {
        "wait": span_text(rule.wait),
        "update_every": span_text(rule.update_every),
        "repeat_every": span_text(rule.repeat_every),
    }


def read_budget(node: Node) -> Budget:
    """How many alarms an hour a person can bear."""
    parts = node.parts(("per_hour", "limit_per_hour"))
    per_hour = parts["per_hour"].whole(1, _MOST_ALARMS)
    return Budget(per_hour, parts["limit_per_hour"].whole(per_hour, _MOST_ALARMS))


def write_budget(budget: Budget) -> dict[str, Any]:
    """The document of `read_budget`."""
    return {"per_hour": budget.per_hour, "limit_per_hour": budget.limit_per_hour}


def read_quiet(node: Node) -> QuietRule:
    """What gets through quiet hours."""
    return QuietRule(_read_occasions(node.parts(("lets_pass",))["lets_pass"]))


def write_quiet(rule: QuietRule) -> dict[str, Any]:
    """The document of `read_quiet`."""
    return {"lets_pass": _write_occasions(rule.lets_pass)}


def read_ladder(node: Node) -> dict[Priority, tuple[LadderStep, ...]]:
    """The steps of each priority, in order of delay within each condition; may be none."""
    return {priority: _read_steps(part) for priority, part in read_by_priority(node).items()}


def write_ladder(ladder: Mapping[Priority, tuple[LadderStep, ...]]) -> dict[str, Any]:
    """The document of `read_ladder`."""
    return {str(priority): [_write_step(step) for step in ladder[priority]] for priority in Priority}


def _read_announcement(node: Node) -> Announcement:
    parts = node.parts(
        ("urgency", "in_app"),
        ("sound", "repeat_at", "to", "act", "severities", "untouched_for", "afterwards"),
    )
    announcement = Announcement(
        urgency=parts["urgency"].choice(Urgency),
        in_app=parts["in_app"].choice(InApp),
        sound=parts["sound"].whole(0, _MOST_CHIMES) if "sound" in parts else 0,
        repeat_at=_read_rising(parts["repeat_at"]) if "repeat_at" in parts else (),
        to=read_receivers(parts["to"]) if "to" in parts else (),
        act=parts["act"].text() if "act" in parts else "",
        severities=_read_severities(parts["severities"]) if "severities" in parts else frozenset(Severity),
        untouched_for=parts["untouched_for"].span() if "untouched_for" in parts else None,
        afterwards=parts["afterwards"].choice(Afterwards) if "afterwards" in parts else Afterwards.NOTHING,
    )
    if announcement.is_told:
        for key, hint in (("act", "Say what the person is to do."), ("to", "Say whom it is for.")):
            if key not in parts:
                raise Node(None, f"{node.path}.{key}").fault("what is announced needs this.", hint)
    return announcement


def _write_announcement(announcement: Announcement) -> dict[str, Any]:
    document: dict[str, Any] = {"urgency": str(announcement.urgency), "in_app": str(announcement.in_app)}
    if announcement.severities != frozenset(Severity):
        document["severities"] = [severity.name for severity in sorted(announcement.severities)]
    if announcement.untouched_for is not None:
        document["untouched_for"] = span_text(announcement.untouched_for)
    if announcement.sound:
        document["sound"] = announcement.sound
    if announcement.repeat_at:
        document["repeat_at"] = [span_text(span) for span in announcement.repeat_at]
    if announcement.afterwards is not Afterwards.NOTHING:
        document["afterwards"] = str(announcement.afterwards)
    if announcement.to:
        document["to"] = list(announcement.to)
    if announcement.act:
        document["act"] = announcement.act
    return document


def _read_rising(node: Node) -> tuple[timedelta, ...]:
    spans: list[timedelta] = []
    for item in node.items():
        span = item.span()
        if spans and span <= spans[-1]:
            raise item.fault(f"{span_text(span)} is not later than the one before.")
        spans.append(span)
    return tuple(spans)


def _read_severities(node: Node) -> frozenset[Severity]:
    return frozenset(read_severity_name(item) for item in node.items())


def _read_occasions(node: Node) -> dict[Priority, frozenset[Occasion]]:
    parts = node.parts((), tuple(Priority))
    return {
        priority: frozenset(item.choice(Occasion) for item in parts[priority].items(least=0))
        for priority in Priority
        if priority in parts
    }


def _write_occasions(occasions: Mapping[Priority, frozenset[Occasion]]) -> dict[str, Any]:
    return {
        str(priority): [str(occasion) for occasion in Occasion if occasion in occasions[priority]]
        for priority in Priority
        if priority in occasions
    }


def _read_steps(node: Node) -> tuple[LadderStep, ...]:
    steps: list[LadderStep] = []
    latest: dict[Unless, timedelta] = {}
    for item in node.items(least=0):
        step = _read_step(item)
        if step.delay < latest.get(step.condition, timedelta()):
            raise item.fault("this step comes before the one above it.", "Put the steps in order of delay.")
        latest[step.condition] = step.delay
        steps.append(step)
    return tuple(steps)


def _read_step(node: Node) -> LadderStep:
    parts = node.parts(("unless", "after", "tell"), ("repeat", "channels"))
    repeats, every = 0, timedelta()
    if "repeat" in parts:
        repeat = parts["repeat"].parts(("times", "every"))
        repeats, every = repeat["times"].whole(1, _MOST_ALARMS), repeat["every"].span()
    return LadderStep(
        delay=parts["after"].span(may_be_zero=True),
        targets=read_receivers(parts["tell"]),
        repeats=repeats,
        repeat_every=every,
        condition=parts["unless"].choice(Unless),
        channels=_read_channels(parts["channels"]) if "channels" in parts else (),
    )


def _read_channels(node: Node) -> tuple[str, ...]:
    kinds = node.texts()
    for item in node.items():
        if item.text() not in PAGE_KINDS:
            raise item.fault(f"“{item.text()}” is no kind of channel.", f"There are {', '.join(PAGE_KINDS)}.")
    return kinds


def _write_step(step: LadderStep) -> dict[str, Any]:
    document: dict[str, Any] = {
        "unless": str(step.condition),
        "after": span_text(step.delay),
        "tell": list(step.targets),
    }
    if step.repeats:
        document["repeat"] = {"times": step.repeats, "every": span_text(step.repeat_every)}
    if step.channels:
        document["channels"] = list(step.channels)
    return document
