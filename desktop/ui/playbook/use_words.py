"""The words of a playbook in use."""

from datetime import datetime

from desktop.domain.instant import span_us
from desktop.domain.playbook import Decision, StepKind
from desktop.domain.playbook_run import Run, RunStep, StepState
from desktop.ui.text import counted, duration, moment, one_line

#: What a step of each kind is called.
KIND_WORDS = {
    StepKind.CHECK: "Check",
    StepKind.DECIDE: "Decide",
    StepKind.SEND: "Send",
    StepKind.PAGE: "Page",
    StepKind.HAND_OVER: "Hand over",
}


def step_mark(one: RunStep, now: datetime) -> tuple[str, int]:
    """The colour of a step's strip and its mark: a tick when done, nothing when skipped."""
    if one.state is StepState.DONE:
        return "text.success", -2
    if one.state is StepState.SKIPPED:
        return "text.disabled", -1
    return ("text.danger", 0) if one.is_late(now) else ("primary.bar", 0)


def step_state(one: RunStep, now: datetime) -> str:
    """How far it has come, in a line: "Done today 14:20 by Cora", "Due today 15:00 · late"."""
    kept = one.kept
    if kept.state is StepState.DONE:
        late = " · late" if one.is_late(now) else ""
        return f"Done {moment(kept.at or now, now)} by {one_line(kept.by)}{late}"
    if kept.state is StepState.SKIPPED:
        return f"Skipped by {one_line(kept.by)}: {one_line(kept.reason)}"
    parts = [KIND_WORDS[one.step.kind]]
    if one.step.role:
        parts.append(one_line(one.step.role))
    if kept.due_at is not None:
        over = (
            f"late since {moment(kept.due_at, now)}"
            if one.is_late(now)
            else f"due {moment(kept.due_at, now)}"
        )
        parts.append(over)
    if one.step.is_optional:
        parts.append("optional")
    return " · ".join(parts)


def step_sentence(one: RunStep, now: datetime) -> str:
    """A step to a screen reader."""
    return f"{one_line(one.step.text)}, {step_state(one, now)}"


def step_more(one: RunStep, decision: Decision | None) -> str:
    """All that there is to know of a step besides its text, a line for each thing."""
    lines: list[str] = []
    if one.kept.answer:
        lines.append(f"Decided: {one.kept.answer}")
    if one.kept.evidence:
        lines.append(f"Evidence: {one.kept.evidence}")
    elif one.step.evidence and one.is_open:
        lines.append(f"Evidence wanted: {one.step.evidence}")
    if decision is not None:
        lines.append(right_words(decision))
    if one.kept.hints:
        lines.append(f"Said to be unclear {counted(one.kept.hints, 'time')}.")
    return "\n".join(filter(None, lines))


def right_words(decision: Decision) -> str:
    """Who may decide: "May decide: lead, else coordinator; up to 5,000; recorded in the ticket"."""
    parts = [f"May decide: {decision.who}" + (f", else {decision.delegate}" if decision.delegate else "")]
    if decision.limit:
        parts.append(f"limit: {decision.limit}")
    if decision.recorded:
        parts.append(f"recorded: {decision.recorded}")
    return "; ".join(parts) if decision.who else ""


def progress(run: Run) -> str:
    """How far a run has come: "3 of 7 steps"."""
    return f"{run.settled} of {counted(len(run.steps), 'step')}"


def run_head(run: Run, now: datetime) -> str:
    """Which version, since when and by whom; how it ended."""
    since = f"{run.label} · opened {moment(run.opened_at, now)} by {one_line(run.opened_by)}"
    if run.ended_at is None:
        return since
    took = duration(span_us(run.ended_at - run.opened_at))
    return f"{since} · closed {moment(run.ended_at, now)} by {one_line(run.ended_by)} after {took}"
