"""The fixed words of the drill format: kinds, channels, competences, gap codes, events to be matched."""

from enum import StrEnum

FORMAT = "drill-scenario/1"


class InjectType(StrEnum):
    """What an inject is for, in the words of exercise doctrine."""

    STANDARD = "standard"
    CONTINGENCY = "contingency"
    ADAPTIVE = "adaptive"
    COMPLEXITY = "complexity"
    EXPECTED_ACTION = "expected_action"
    ADMIN = "admin"


class Trigger(StrEnum):
    """What fires an inject: its time, a person, or its time and a condition."""

    SCHEDULED = "scheduled"
    MANUAL = "manual"
    CONDITIONAL = "conditional"


class Channel(StrEnum):
    """How an inject reaches the players."""

    TICKET = "ticket"
    EMAIL = "email"
    CHAT = "chat"
    PHONE = "phone"
    MONITORING = "monitoring"
    DASHBOARD = "dashboard"
    SOCIAL = "social"
    PRESS = "press"
    VERBAL = "verbal"
    DOCUMENT = "document"
    NONE = "none"


class Evidence(StrEnum):
    """Who says that an expectation was met: the product's events, staff, or whichever comes first."""

    AUTO = "auto"
    MANUAL = "manual"
    EITHER = "either"


class Status(StrEnum):
    """What became of an expectation."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    CLEAN = "clean"
    VIOLATED = "violated"
    NOT_OBSERVED = "not_observed"
    NOT_EXERCISED = "not_exercised"


class Mode(StrEnum):
    """Who sets the pace: the drill's clock or the facilitator."""

    CLOCK = "clock"
    FACILITATOR = "facilitator"


class OnOverdue(StrEnum):
    """What becomes of injects that a jump passes."""

    HOLD = "hold"
    FIRE = "fire"


#: The competences there are, in the order reports show them.
COMPETENCES = (
    "recognition",
    "triage",
    "oncall_escalation",
    "handoff",
    "communication",
    "decision_rights",
    "post_incident",
)

#: Gap categories and what each of their codes means.
GAPS: dict[str, dict[str, str]] = {
    "data_availability": {
        "DA1": "figure not obtainable in time",
        "DA2": "signal or dashboard missing or contradictory",
        "DA3": "data stale",
        "DA4": "access denied",
        "DA5": "tier, contract or entitlement unknown",
        "DA6": "evidence not attached",
    },
    "handoff_quality": {
        "HQ1": "no acceptance",
        "HQ2": "required part missing",
        "HQ3": "commitment dropped",
        "HQ4": "duplicate effort",
        "HQ5": "customer had to repeat",
        "HQ6": "wrong recipient or time zone",
    },
    "decision_rights": {
        "DR1": "approver unclear",
        "DR2": "approval late",
        "DR3": "acted without authority",
        "DR4": "approver unreachable, no delegate",
        "DR5": "conflicting decisions",
        "DR6": "decision not recorded",
    },
    "communication": {"CO1": "late", "CO2": "inaccurate", "CO3": "audience forgotten", "CO4": "tone"},
    "classification": {
        "CL1": "level wrong",
        "CL2": "criteria unclear",
        "CL3": "not joined to related incident",
    },
    "staffing_oncall": {"ST1": "unreachable", "ST2": "one person, several roles", "ST3": "fatigue"},
    "tooling": {"TO1": "tool failed", "TO2": "fallback unknown"},
    "playbook": {
        "PB1": "missing",
        "PB2": "wrong",
        "PB3": "not found",
        "PB4": "not followed for good reason",
    },
}

#: Events of the timeline that are made up from others: nobody does them as such.
DERIVED = ("escalation.resolved_early", "update.overdue")

#: What players do in the inbox of a drill, which the product outside of drills does not have.
IN_THE_INBOX = ("data.requested", "data.doubted")

#: What an expectation can be matched with: the names the product's own timeline uses.
MATCHABLE = (
    "escalation.opened",
    "escalation.acknowledged",
    "escalation.classified",
    "escalation.reclassified",
    "escalation.linked",
    "escalation.split",
    "escalation.assigned",
    "escalation.reassigned",
    "escalation.contained",
    "escalation.resolved",
    "escalation.closed",
    "escalation.reopened",
    "escalation.returned",
    "alarm.acknowledged",
    "oncall.paged",
    "oncall.acknowledged",
    "update.drafted",
    "update.sent",
    "update.failed",
    "fact.set",
    "fact.approved",
    "promise.broken",
    "handoff.offered",
    "handoff.accepted",
    "handoff.declined",
    "handoff.asked",
    "handoff.answered",
    "decision.recorded",
    "exception.requested",
    "exception.approved",
    "committee.requested",
    "committee.decided",
    "evidence.attached",
    "override.applied",
    "playbook.opened",
    "playbook.step_done",
    "playbook.step_skipped",
    "playbook.proposed",
    "roster.override_added",
    "roster.shift_taken",
    "debrief.scheduled",
    "debrief.signed",
    "action.created",
    "action.done",
    "note.added",
    *IN_THE_INBOX,
    *DERIVED,
)

#: What an effect does to the drill's desk; "delay" beside one puts it off.
EFFECTS = ("create_ticket", "set_field", "release_data", "roster_change", "dashboard_value")

#: How an automatic check begins; what follows names the field, the merge field, the part or the word list.
CHECK_KINDS = ("field", "merge", "handoff", "lint")

RATINGS = ("P", "S", "M", "U")


def is_gap_code(code: str) -> bool:
    """Whether a category has such a code."""
    return any(code in codes for codes in GAPS.values())


def gap_title(code: str) -> str:
    """What a gap's code means; the code itself where it is not known."""
    return next((codes[code] for codes in GAPS.values() if code in codes), code)
