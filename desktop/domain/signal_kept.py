"""A signal as the desk keeps it, with what became of it, and what a source repeats."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from desktop.domain.disposition import Cause, Disposition
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.signal_type import Signal


@dataclass(frozen=True, slots=True)
class KeptSignal:
    """One signal with its one disposition; `number` is that of its escalation, empty for none.

    `rule` is what the rule behind it is called by now, empty for none.
    """

    id: int
    message_id: int
    place: int
    source_id: int
    source: str
    kind: str
    received_at: datetime
    signal: Signal
    fingerprint: str
    disposition: Disposition
    cause: Cause
    why: str
    rule_id: int | None
    rule_version: int | None
    rule: str
    escalation_id: int | None
    number: str
    decided_at: datetime
    decided_by: str


class Alert(NamedTuple):
    """What a source repeats under one key; instants in microseconds, `ended_us` that of its escalation."""

    id: int
    source_id: int
    key: str
    escalation_id: int
    fingerprint: str
    times: int
    first_us: int
    last_us: int
    told_us: int
    resolved_us: int | None
    number: str
    state: str
    ended_us: int | None

    @property
    def is_open(self) -> bool:
        """Whether its escalation still waits for somebody."""
        return State(self.state) in OPEN_STATES
