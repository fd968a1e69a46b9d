"""What moves along when escalations become one or two: signals, what their sources repeat, children."""

from collections.abc import Sequence

from db.queries import alert as alerts
from db.queries import escalation as escalations
from db.queries import family as families
from db.queries import message as messages
from db.queries import signal as signals
from desktop.domain.errors import DeskError
from desktop.domain.evidence import Evidence
from desktop.domain.signal_kept import KeptSignal
from desktop.services.case import Case
from desktop.services.family_tree import announcer


def chosen_signals(case: Case, signal_ids: Sequence[int]) -> list[KeptSignal]:
    """The signals to take out of an escalation; what came to it by a merge may be among them.

    Raises: NotFound; DeskError for one that counts on another escalation or on none.
    """
    session = case.work.session
    chosen = [signals.get(session, signal_id) for signal_id in dict.fromkeys(signal_ids)]
    for signal in chosen:
        counts_on = signal.escalation_id
        if counts_on is None or escalations.survivor(session, counts_on) != case.id:
            raise DeskError(
                f"“{signal.signal.title}” does not belong to {case.escalation.number}.",
                field="signals",
                hint="Only what this escalation holds can be split off.",
            )
    return chosen


def evidence_of(pieces: Sequence[Evidence], taken: Sequence[KeptSignal], case: Case) -> list[Evidence]:
    """The evidence that is the messages of these signals."""
    hashes = {messages.get(case.work.session, signal.message_id).sha256 for signal in taken}
    return [piece for piece in pieces if piece.sha256 in hashes]


def move_signals(case: Case, taken: Sequence[KeptSignal], to_id: int) -> None:
    """Let signals count on another escalation, and with them what comes under their keys later."""
    for signal in taken:
        case.changes.set("signal", signal.id, escalation_id=to_id)
    for source_id, key in dict.fromkeys((one.source_id, one.signal.dedup_key or "") for one in taken):
        alert = alerts.get(case.work.session, source_id, key)
        if alert is not None and alert.escalation_id == case.id:
            case.changes.set("alert", alert.id, escalation_id=to_id)


def move_alerts(case: Case, to_id: int) -> None:
    """Let everything that is repeated under a key of one escalation count on another."""
    for alert in alerts.of_escalation(case.work.session, case.id):
        case.changes.set("alert", alert.id, escalation_id=to_id)


def move_children(case: Case, to_id: int) -> None:
    """Make what was part of one escalation part of another, or of the one that is part of itself."""
    session = case.work.session
    top_id = announcer(session, to_id, but_id=case.id)
    for child in families.children(session, case.id):
        case.changes.set("escalation", child.id, parent_id=None if child.id == top_id else top_id)
        if child.id != to_id:
            case.work.case(child.id).settle()
