"""The timeline: what happened, in one vocabulary used live, in drills and in debriefs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What can happen to an escalation."""

    OPENED = "escalation.opened"
    CLASSIFIED = "escalation.classified"
    RECLASSIFIED = "escalation.reclassified"
    ACKNOWLEDGED = "escalation.acknowledged"
    ASSIGNED = "escalation.assigned"
    REASSIGNED = "escalation.reassigned"
    MOVED = "escalation.moved"
    CONTAINED = "escalation.contained"
    RESOLVED = "escalation.resolved"
    CLOSED = "escalation.closed"
    REOPENED = "escalation.reopened"
    RETURNED = "escalation.returned"
    LINKED = "escalation.linked"
    SPLIT = "escalation.split"
    EDITED = "escalation.edited"
    UNDONE = "escalation.undone"
    REMINDED = "escalation.reminded"
    COMMITMENT_STARTED = "commitment.started"
    COMMITMENT_PAUSED = "commitment.paused"
    COMMITMENT_RESUMED = "commitment.resumed"
    COMMITMENT_MET = "commitment.met"
    COMMITMENT_BREACHED = "commitment.breached"
    ALARM_RAISED = "alarm.raised"
    ALARM_DELIVERED = "alarm.delivered"
    ALARM_FAILED = "alarm.failed"
    ALARM_ACKNOWLEDGED = "alarm.acknowledged"
    ALARM_SNOOZED = "alarm.snoozed"
    ALARM_SUPPRESSED = "alarm.suppressed"
    SNOOZE_ENDED = "alarm.snooze_ended"
    ONCALL_PAGED = "oncall.paged"
    ONCALL_ACKNOWLEDGED = "oncall.acknowledged"
    ONCALL_NOBODY = "oncall.nobody"
    UPDATE_DRAFTED = "update.drafted"
    UPDATE_SENT = "update.sent"
    UPDATE_OVERDUE = "update.overdue"
    CUSTOMER_ANSWERED = "customer.answered"
    CUSTOMER_ADDED = "customer.added"
    CUSTOMER_CHANGED = "customer.changed"
    CUSTOMER_MERGED = "customer.merged"
    CUSTOMER_ARCHIVED = "customer.archived"
    CUSTOMER_RESTORED = "customer.restored"
    CUSTOMER_UNDONE = "customer.undone"
    HANDOFF_OFFERED = "handoff.offered"
    HANDOFF_ACCEPTED = "handoff.accepted"
    HANDOFF_DECLINED = "handoff.declined"
    HANDOFF_ASKED = "handoff.asked"
    HANDOFF_ANSWERED = "handoff.answered"
    HANDOFF_WITHDRAWN = "handoff.withdrawn"
    DECISION_RECORDED = "decision.recorded"
    EXCEPTION_REQUESTED = "exception.requested"
    EXCEPTION_APPROVED = "exception.approved"
    EXCEPTION_EXPIRED = "exception.expired"
    COMMITTEE_REQUESTED = "committee.requested"
    COMMITTEE_DECIDED = "committee.decided"
    EVIDENCE_ATTACHED = "evidence.attached"
    EVIDENCE_REMOVED = "evidence.removed"
    OVERRIDE_APPLIED = "override.applied"
    RULE_APPLIED = "rule.applied"
    RULE_SUPPRESSED = "rule.suppressed"
    RULE_TRIPPED = "rule.tripped"
    PLAYBOOK_OPENED = "playbook.opened"
    PLAYBOOK_STEP_DONE = "playbook.step_done"
    PLAYBOOK_STEP_SKIPPED = "playbook.step_skipped"
    DEBRIEF_SCHEDULED = "debrief.scheduled"
    DEBRIEF_SIGNED = "debrief.signed"
    ACTION_CREATED = "action.created"
    ACTION_DONE = "action.done"
    ACTION_VERIFIED = "action.verified"
    NOTE_ADDED = "note.added"
    WATCHER_ADDED = "watcher.added"
    WATCHER_REMOVED = "watcher.removed"
    SIGNAL_JOINED = "signal.joined"
    SIGNAL_ACKNOWLEDGED = "signal.acknowledged"
    SIGNAL_RESOLVED = "signal.resolved"
    SIGNAL_RELEASED = "signal.released"
    SOURCE_CHANGED = "source.changed"
    STORM_BEGAN = "source.storm_began"
    STORM_ENDED = "source.storm_ended"
    RULE_CHANGED = "rule.changed"
    RULE_RESTORED = "rule.restored"
    AUTOMATION_STOPPED = "automation.stopped"
    AUTOMATION_RESUMED = "automation.resumed"
    MAINTENANCE_PLANNED = "maintenance.planned"
    MAINTENANCE_ANNOUNCED = "maintenance.announced"
    MAINTENANCE_OPENED = "maintenance.opened"
    MAINTENANCE_CLOSED = "maintenance.closed"
    MAINTENANCE_CANCELLED = "maintenance.cancelled"
    PARENT_SET = "escalation.parent_set"
    PARENT_CLEARED = "escalation.parent_cleared"
    REVIEW_WANTED = "review.wanted"
    REVIEW_SNOOZED = "review.snoozed"
    REVIEWED = "review.done"
    STAFF_CHANGED = "staff.changed"
    TIME_OFF_ADDED = "time_off.added"
    TIME_OFF_REMOVED = "time_off.removed"
    SCHEDULE_CHANGED = "roster.schedule_changed"
    OVERRIDE_ADDED = "roster.override_added"
    OVERRIDE_CANCELLED = "roster.override_cancelled"
    SHIFT_TAKEN = "roster.shift_taken"
    SWAP_ASKED = "roster.swap_asked"
    SWAP_ENDED = "roster.swap_ended"
    ROSTER_GAP = "roster.gap"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened; `escalation_id` is None for what concerns the whole desk.

    `body` holds what the kind needs. Common names in it: `from`, `to`, `reason`, `note`, `policy` (the
    version in force), `by_id` (the person), `changes` (the rows it changed, for undo), `deed` (the command's
    name for an undo menu), `undoes` (an earlier seq).
    """

    seq: int
    escalation_id: int | None
    kind: str
    at: datetime
    actor: str
    body: Mapping[str, Any]
    hash: str
