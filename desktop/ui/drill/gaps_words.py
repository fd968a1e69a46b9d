"""How gaps and actions read in the register."""

from datetime import date, datetime

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_gap_deeds import ageing_step, is_settled
from desktop.domain.drill_record import ActionItem, ActionKind, ActionState, Gap
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_gaps import STATE_WORDS
from desktop.ui.text import STEP_TOKENS, STEP_WORDS, day, moment, one_line

ACTION_WORDS = {
    ActionState.PROPOSED: "Proposed",
    ActionState.ACCEPTED: "Accepted",
    ActionState.IN_PROGRESS: "In progress",
    ActionState.DONE: "Done, not verified",
    ActionState.VERIFIED: "Verified",
    ActionState.DECLINED: "Declined",
    ActionState.SUPERSEDED: "Superseded",
}
KIND_WORDS = {
    ActionKind.MITIGATE: "Mitigate",
    ActionKind.PREVENT: "Prevent",
    ActionKind.DETECT: "Detect",
    ActionKind.PROCESS: "Process",
    ActionKind.TRAIN: "Train",
    ActionKind.COMMUNICATE: "Communicate",
}
SEVERITIES = {1: "low", 2: "medium", 3: "high"}
_OVER = (GapState.DECLINED, GapState.CLOSED)


def due_words(due: date | None) -> str:
    """A day: "3 Dec 2026", or a dash."""
    return "–" if due is None else f"{day(datetime(due.year, due.month, due.day).astimezone())} {due.year}"


def gap_about(gap: Gap, now: datetime) -> str:
    """Everything that is known of a gap, line by line; nobody but its owner is named."""
    lines = [one_line(gap.detail)] if gap.detail else []
    seen = (
        f"run {gap.run_id}" if gap.run_id else f"escalation {gap.escalation_id}" if gap.escalation_id else ""
    )
    found = f"Seen {moment(gap.found_at, now)}" + (f" in {seen}" if seen else "")
    if gap.expectation:
        found += f", by {gap.expectation}"
    lines.append(f"{found}. Severity {SEVERITIES.get(gap.severity, gap.severity)}.")
    if gap.places:
        lines.append(f"Where: {', '.join(gap.places)}.")
    if times := words.times_words(gap.times):
        lines.append(f"{times} within 12 months, drills and real escalations together.")
    if gap.owner:
        lines.append(f"{one_line(gap.owner)} closes it by {due_words(gap.due)}.")
    for said, text in (
        ("Declined because", gap.declined_why),
        ("Without a drill:", gap.waiver),
        ("Playbook", f"{gap.playbook_slug} {gap.playbook_step}".strip()),
    ):
        if text:
            lines.append(f"{said} {one_line(text)}")
    if gap.verified_by_run:
        lines.append(f"Run {gap.verified_by_run} exercised it and passed.")
    return "\n".join(lines)


def gap_second(gap: Gap) -> str:
    """The second line of a gap in the table."""
    parts = [words.plain(gap.category), one_line(gap.detail)]
    return " · ".join(part for part in parts if part)


def gap_sentence(gap: Gap) -> str:
    """A gap for a screen reader."""
    parts = [words.gap_words(gap), STATE_WORDS[gap.state], words.times_words(gap.times), gap.team]
    if gap.owner:
        parts.append(f"{gap.owner}, due {due_words(gap.due)}")
    return ", ".join(part for part in parts if part)


def gap_mark(gap: Gap, now: datetime) -> tuple[str, int]:
    """The strip of a gap: its age where it has a day, else nothing."""
    if gap.due is None or gap.state in _OVER or gap.state is GapState.VERIFIED:
        return ("text.success", -2) if gap.state is GapState.CLOSED else ("", -1)
    step = ageing_step(gap.found_at, gap.due, now)
    return f"{STEP_TOKENS[step]}.accent", step


def action_mark(action: ActionItem, now: datetime) -> tuple[str, int]:
    """The strip of an action: its age while it is open, a tick once it is verified."""
    if action.state is ActionState.VERIFIED:
        return "text.success", -2
    if is_settled(action):
        return "", -1
    step = ageing_step(action.made_at, action.due, now)
    return f"{STEP_TOKENS[step]}.accent", step


def action_age(action: ActionItem, now: datetime) -> str:
    """The age of an action in a word; its day being over is said as such."""
    if is_settled(action):
        return ""
    step = ageing_step(action.made_at, action.due, now)
    return "Overdue" if step == len(STEP_WORDS) - 1 else STEP_WORDS[step]


def action_about(action: ActionItem, now: datetime) -> str:
    """Everything that is known of an action."""
    lines = [f"{KIND_WORDS[action.kind]} · {ACTION_WORDS[action.state]}"]
    lines.append(
        f"{one_line(action.owner)} does it by {due_words(action.due)}. Made {moment(action.made_at, now)}."
    )
    if action.gap_id:
        lines.append(f"It closes gap {action.gap_id}.")
    for said, text in (
        ("Evidence:", action.evidence),
        ("Verified by", action.verified_by),
        ("Because", action.why),
    ):
        if text:
            lines.append(f"{said} {one_line(text)}")
    return "\n".join(lines)


def action_sentence(action: ActionItem, now: datetime) -> str:
    """An action for a screen reader."""
    parts = [one_line(action.text), ACTION_WORDS[action.state], action.owner, f"due {due_words(action.due)}"]
    if age := action_age(action, now):
        parts.append(age)
    return ", ".join(parts)
