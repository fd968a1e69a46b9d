"""What is done to a run inside one transaction."""

from collections.abc import Sequence
from typing import Any

from db.queries import playbook_run as rows
from db.queries.playbook_run import RunRow
from desktop.domain.errors import Conflict
from desktop.domain.escalation import Done
from desktop.domain.instant import from_us, to_us
from desktop.domain.playbook import Content, Decision, Step
from desktop.domain.playbook_run import Kept, Run, RunStep, StepState, due_at, joined, move
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.case import Case

_LONGEST = 200


def run_of(row: RunRow, content: Content, kept: Sequence[Kept]) -> Run:
    """A run with its steps as its version says them."""
    return Run(
        id=row.id,
        escalation_id=row.escalation_id,
        playbook_id=row.playbook_id,
        slug=row.slug,
        version=row.version,
        content=content,
        steps=joined(content, kept),
        opened_at=from_us(row.opened_us),
        opened_by=row.opened_by,
        ended_at=None if row.ended_us is None else from_us(row.ended_us),
        ended_by=row.ended_by,
        newest=row.newest,
        stayed=row.stayed,
    )


def due_us(step: Step, opened_us: int) -> int | None:
    """Until when a step wants to be done."""
    at = due_at(step, from_us(opened_us))
    return None if at is None else to_us(at)


def must_be_open(one: RunStep) -> None:
    """Let pass a step that is still to be done.

    Raises: Conflict saying who did or skipped it.
    """
    if one.state is StepState.DONE:
        raise Conflict(f"{one.kept.by} did that step already.", hint="Reopen it to do it again.")
    if one.state is StepState.SKIPPED:
        raise Conflict(f"{one.kept.by} skipped that step.", hint="Reopen it to do it after all.")


def told(case: Case, kind: EventKind, run: Run, one: RunStep, **facts: object) -> Done:
    """Write the event of one step."""
    about: dict[str, Any] = {"run": run.id, "version": run.version, "title": run.title}
    about |= {"step": one_line(one.step.text)[:_LONGEST], "step_id": one.step.id}
    return case.tell(kind, "Playbook step", **about | facts)


def right_of(decision: Decision | None) -> str:
    """Who may decide, as the event of a decision keeps it."""
    if decision is None:
        return ""
    delegate = f", or {decision.delegate} in their place" if decision.delegate else ""
    limit = f" ({decision.limit})" if decision.limit else ""
    return f"{decision.who}{delegate}{limit}" if decision.who else ""


def adopt(case: Case, run: Run, content: Content, kept: Sequence[Kept]) -> None:
    """Let a run go on by the newest version: what was done stays done, open steps are due as that says."""
    opened_us, by_id, moved = to_us(run.opened_at), {one.step_id: one for one in kept}, move(content, kept)
    for step in content.steps:
        due = due_us(step, opened_us)
        if step.id in moved.added:
            row_id = rows.add_step(case.work.session, run.id, step.id, run.newest, due)
            case.changes.added("playbook_run_step", row_id, undone={"gone": 1}, made={"gone": 0})
        elif by_id[step.id].state is StepState.OPEN:
            case.changes.set("playbook_run_step", by_id[step.id].id, version=run.newest, due_at=due, gone=0)
        else:
            case.changes.set("playbook_run_step", by_id[step.id].id, gone=0)
    for step_id in moved.gone:
        case.changes.set("playbook_run_step", by_id[step_id].id, gone=1)
    case.changes.set("playbook_run", run.id, version=run.newest)
