"""The clock an escalation shows: its tightest commitment, kept beside it so that the board reads one row."""

from collections.abc import Iterable
from typing import Any

from desktop.domain.ageing import tightest
from desktop.domain.commitment_row import CommitmentRow, Held
from desktop.domain.instant import from_us, to_us

NO_CLOCK: dict[str, Any] = {
    "clock_kind": None,
    "clock_paused": 0,
    "clock_step": None,
    "clock_warming_at": None,
    "clock_at_risk_at": None,
    "clock_soon_at": None,
    "clock_due_at": None,
    "clock_until": None,
}


def clock_columns(held: Iterable[Held], at_us: int) -> dict[str, Any]:
    """The `clock_*` columns as they stand now; instants in microseconds, None where there is no clock."""
    running = [part for part in held if part.row.is_running]
    if not running:
        return NO_CLOCK
    row, until_us = _alike(running) or _tightest(running, at_us)
    is_paused = row.paused_us is not None
    steps = (row.warming_us, row.at_risk_us, row.soon_us, row.due_us)
    return {
        "clock_kind": row.kind,
        "clock_paused": int(is_paused),
        "clock_step": sum(step_us <= row.paused_us for step_us in steps)
        if row.paused_us is not None
        else None,
        "clock_warming_at": row.warming_us,
        "clock_at_risk_at": row.at_risk_us,
        "clock_soon_at": row.soon_us,
        "clock_due_at": row.due_us,
        "clock_until": until_us,
    }


def _tightest(running: list[Held], at_us: int) -> tuple[CommitmentRow, int | None]:
    pairs = [(part.commitment(), part.row) for part in running]
    lead = tightest((commitment for commitment, _ in pairs), from_us(at_us))
    assert lead is not None
    row = next(row for commitment, row in pairs if commitment is lead.commitment)
    return row, None if lead.until is None else to_us(lead.until)


def _alike(running: list[Held]) -> tuple[CommitmentRow, int | None] | None:
    """The tightest of commitments that run together: begun at once, on one calendar, never paused.

    Always the one due first. As the clocks of an opening mostly are so, this spares it the general question.
    """
    first = running[0].row
    together = (first.started_us, first.calendar, first.policy_version)
    for held in running:
        row = held.row
        if held.pauses or (row.started_us, row.calendar, row.policy_version) != together:
            return None
    return min((held.row for held in running), key=lambda row: (row.due_us, row.kind)), None
