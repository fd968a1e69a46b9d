"""What teams do in an escalation, as a drill expects it: the words, the event that shows it, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.commitment import Kind
from desktop.domain.drill_scenario import Check, GapRef
from desktop.domain.timeline import EventKind


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `promise` is what the policy holds against it; without one, `deadline_s` counts."""

    text: str
    competence: str
    role: str
    event: str
    where: Mapping[str, Any] = field(default_factory=dict)
    promise: Kind | None = None
    deadline_s: int = 900
    weight: int = 2
    critical: bool = False
    gap: GapRef | None = None
    checks: tuple[Check, ...] = ()


_FACTS = (
    Check("tier", "Tier filled in", 1, "field:customer_tier"),
    Check("area", "Area filled in", 1, "field:product_area"),
)
_MESSAGE = (
    Check("impact", "What the customer notices is said", 2, "merge:impact_plain"),
    Check("next", "The next word has a clock time", 2, "merge:next_update_at"),
    Check("clean", "Neither guess nor blame nor guarantee", 1, "lint:tone"),
)
_FIVE = (
    Check("five", "State, impact, what was done, owners and next steps are there", 3, "handoff:complete"),
    Check("due", "What was promised goes over", 2, "handoff:commitments"),
    Check("dec", "What is still to decide, and by whom, goes over", 1, "handoff:decisions"),
)
_LATER_STAGES = ["periodic", "late", "correction", "containment", "resolution"]

#: Every act by a name of its own, in the order in which a drill lists them where times are equal.
ACTS: Mapping[str, Act] = {
    "assign": Act(
        "Given to somebody by name", "triage", "triage", "escalation.assigned", promise=Kind.ASSIGN,
        gap=GapRef("staffing_oncall", "ST1"),
    ),
    "acknowledge": Act(
        "Taken on by name", "triage", "oncall", "escalation.acknowledged", promise=Kind.ACKNOWLEDGE,
        critical=True,
        gap=GapRef("staffing_oncall", "ST1"),
    ),
    "classify": Act(
        "Level, tier and area set from what is known", "triage", "triage", "escalation.classified", weight=3,
        checks=_FACTS, gap=GapRef("data_availability", "DA5"),
    ),
    "regrade": Act(
        "The level looked at again, and set to what is known now", "triage", "lead",
        "escalation.reclassified",
        gap=GapRef("classification", "CL1"),
    ),
    "link": Act(
        "What has one cause brought under one number", "recognition", "triage", "escalation.linked", weight=3,
        critical=True, gap=GapRef("classification", "CL3"),
    ),
    "split": Act(
        "What has two causes taken apart", "recognition", "lead", "escalation.split",
        gap=GapRef("classification", "CL3"),
    ),
    "page": Act(
        "Somebody on call called in", "oncall_escalation", "lead", "oncall.paged", deadline_s=600, weight=3,
        gap=GapRef("staffing_oncall", "ST1"),
    ),
    "answer_page": Act(
        "The call answered", "oncall_escalation", "oncall", "oncall.acknowledged", deadline_s=600,
        gap=GapRef("staffing_oncall", "ST1"),
    ),
    "file": Act(
        "What was found filed with the escalation", "oncall_escalation", "oncall", "evidence.attached",
        weight=1,
        gap=GapRef("data_availability", "DA6"),
    ),
    "contain": Act(
        "Further harm stopped, and somebody senior confirms it", "oncall_escalation", "oncall",
        "escalation.contained", promise=Kind.CONTAIN, weight=3, critical=True,
    ),
    "first_update": Act(
        "First word to the customer sent", "communication", "comms", "update.sent", {"stage": "initial"},
        promise=Kind.UPDATE, weight=3, critical=True, checks=_MESSAGE, gap=GapRef("communication", "CO1"),
    ),
    "next_update": Act(
        "Next word sent by the hour the team itself has named", "communication", "comms", "update.sent",
        {"stage": _LATER_STAGES}, deadline_s=120, weight=3, gap=GapRef("communication", "CO1"),
    ),
    "brief": Act(
        "One's own people told where it stands", "communication", "lead", "", weight=1,
        gap=GapRef("communication", "CO3"),
    ),
    "decide": Act(
        "Choice recorded with who, why and when", "decision_rights", "lead", "decision.recorded",
        deadline_s=600,
        weight=3, gap=GapRef("decision_rights", "DR1"),
    ),
    "committee": Act(
        "The steering committee asked", "decision_rights", "lead", "committee.requested", deadline_s=1200,
        gap=GapRef("decision_rights", "DR2"),
    ),
    "take_over": Act(
        "Handed over in writing, and taken on", "handoff", "lead", "handoff.accepted", weight=4,
        critical=True,
        checks=_FIVE, gap=GapRef("handoff_quality", "HQ2"),
    ),
    "playbook": Act(
        "The playbook for it opened", "triage", "triage", "playbook.opened", weight=1,
        gap=GapRef("playbook", "PB3"),
    ),
    "resolve": Act(
        "Resolved with what was done, and nothing left open", "triage", "oncall", "escalation.resolved",
        promise=Kind.RESOLVE,
    ),
    "reopen": Act(
        "Opened again as soon as it is known to be back", "recognition", "triage", "escalation.reopened",
        weight=2, gap=GapRef("classification", "CL3"),
    ),
    "debrief": Act(
        "Debrief booked with an owner", "post_incident", "lead", "debrief.scheduled", deadline_s=1200,
        weight=1,
    ),
    "action": Act(
        "An action with one owner and a day written down", "post_incident", "lead", "action.created",
        deadline_s=1200, weight=1,
    ),
}  # fmt: skip

#: Which act an event on the timeline shows.
ACT_OF: Mapping[str, str] = {
    EventKind.ASSIGNED: "assign",
    EventKind.REASSIGNED: "assign",
    EventKind.ACKNOWLEDGED: "acknowledge",
    EventKind.CLASSIFIED: "classify",
    EventKind.RECLASSIFIED: "regrade",
    EventKind.LINKED: "link",
    EventKind.SPLIT: "split",
    EventKind.ONCALL_PAGED: "page",
    EventKind.ONCALL_ACKNOWLEDGED: "answer_page",
    EventKind.CONTAINED: "contain",
    EventKind.BRIEF_SENT: "brief",
    EventKind.COMMITTEE_REQUESTED: "committee",
    EventKind.HANDOFF_ACCEPTED: "take_over",
    EventKind.PLAYBOOK_OPENED: "playbook",
    EventKind.RESOLVED: "resolve",
    EventKind.REOPENED: "reopen",
    EventKind.DEBRIEF_SCHEDULED: "debrief",
    EventKind.ACTION_CREATED: "action",
}

#: What every escalation's policy wants, whether the real team did it or not.
ALWAYS = ("acknowledge", "classify", "assign", "first_update", "contain")

#: The weight of each competence in the drill's score, and what a drill that exercises it is to show.
COMPETENCE: Mapping[str, tuple[int, str]] = {
    "recognition": (15, "See early what it is, and what belongs to it."),
    "triage": (20, "Take it on and set its level by the facts there are."),
    "oncall_escalation": (20, "Have the right people at it, and stop further harm."),
    "handoff": (15, "Change the shift without losing a single promise."),
    "communication": (20, "Tell the customer what is true, at the hour that was promised."),
    "decision_rights": (15, "Decide with the right to, and leave a record of it."),
    "post_incident": (5, "Make sure that something is learned of it."),
}

ROLES: Mapping[str, str] = {
    "triage": "Triage",
    "lead": "Escalation lead",
    "oncall": "Engineer on call",
    "comms": "Customer liaison",
    "nextlead": "Lead of the next shift",
}
