"""Playbooks open on escalations, and how far their steps have come."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us
from desktop.domain.playbook_run import Kept, StepState

_RUN = (
    "SELECT r.id, r.escalation_id, r.playbook_id, p.slug, r.version, r.opened_at, r.opened_by, r.ended_at,"
    " r.ended_by, CASE WHEN p.retired_at IS NULL THEN p.published ELSE 0 END, r.stayed"
    " FROM playbook_run r JOIN playbook p ON p.id = r.playbook_id "
)
_STEP = (
    "SELECT run_id, id, step_id, version, state, at, by, reason, evidence, answer, due_at, hints, gone"
    " FROM playbook_run_step "
)


class RunRow(NamedTuple):
    """A run as stored; instants in microseconds. `newest` is the published version of its playbook."""

    id: int
    escalation_id: int
    playbook_id: int
    slug: str
    version: int
    opened_us: int
    opened_by: str
    ended_us: int | None
    ended_by: str
    newest: int
    stayed: int


def add(session: Session, escalation_id: int, playbook_id: int, version: int, at_us: int, by: str) -> int:
    """Open a playbook on an escalation; gives the run."""
    run = session.sql(
        "INSERT INTO playbook_run (escalation_id, playbook_id, version, opened_at, opened_by)"
        " VALUES (?, ?, ?, ?, ?)",
        (escalation_id, playbook_id, version, at_us, by),
    )
    return int(run.lastrowid or 0)


def add_step(session: Session, run_id: int, step_id: str, version: int, due_us: int | None) -> int:
    """Put an open step into a run; gives the row."""
    row = session.sql(
        "INSERT INTO playbook_run_step (run_id, step_id, version, due_at) VALUES (?, ?, ?, ?)",
        (run_id, step_id, version, due_us),
    )
    return int(row.lastrowid or 0)


def get(session: Session, run_id: int) -> RunRow:
    """One run.

    Raises: NotFound.
    """
    row = session.sql(f"{_RUN} WHERE r.id = ?", (run_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such playbook open any more.")
    return RunRow._make(row)


def open_run(session: Session, escalation_id: int, playbook_id: int) -> int | None:
    """The run of this playbook that is open on an escalation."""
    row = session.sql(
        "SELECT id FROM playbook_run WHERE escalation_id = ? AND playbook_id = ? AND ended_at IS NULL",
        (escalation_id, playbook_id),
    ).fetchone()
    return None if row is None else int(row[0])


def of_escalation(session: Session, escalation_id: int) -> list[RunRow]:
    """The runs of an escalation: open ones first, the latest opened first among them."""
    rows = session.sql(
        f"{_RUN} WHERE r.escalation_id = ? ORDER BY r.ended_at IS NOT NULL, r.opened_at DESC, r.id DESC",
        (escalation_id,),
    )
    return [RunRow._make(row) for row in rows]


def steps(session: Session, run_ids: Sequence[int]) -> dict[int, tuple[Kept, ...]]:
    """The steps of runs, those that are gone included."""
    if not run_ids:
        return {}
    marks = ", ".join("?" * len(run_ids))
    found: dict[int, list[Kept]] = {run_id: [] for run_id in run_ids}
    for run_id, *row in session.sql(f"{_STEP} WHERE run_id IN ({marks}) ORDER BY id", run_ids):
        found[run_id].append(_kept(row))
    return {run_id: tuple(kept) for run_id, kept in found.items()}


def count_hint(session: Session, step_row: int) -> None:
    """Somebody said that a step is unclear."""
    session.sql("UPDATE playbook_run_step SET hints = hints + 1 WHERE id = ?", (step_row,))


def _kept(row: Sequence[Any]) -> Kept:
    row_id, step_id, version, state, at_us, by, reason, evidence, answer, due_us, hints, gone = row
    return Kept(
        row_id,
        step_id,
        version,
        StepState(state),
        None if at_us is None else from_us(at_us),
        by,
        reason,
        evidence,
        answer,
        None if due_us is None else from_us(due_us),
        hints,
        bool(gone),
    )
