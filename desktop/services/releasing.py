"""What a person makes of a signal that was held."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from db.queries import message as messages
from desktop.domain.disposition import Cause, Disposition, Told, Verdict
from desktop.domain.instant import to_us
from desktop.domain.signal_kept import KeptSignal
from desktop.services.case import Work
from desktop.services.judging import Heard, Judge


class Release(StrEnum):
    """What a person does with a signal that was held."""

    OPEN = "open"
    JOIN = "join"
    DISMISS = "dismiss"
    DECIDE = "decide"


class Releasing(NamedTuple):
    """What a person does with signals, into which escalation, and why."""

    how: Release
    into_id: int | None
    reason: str


def hear_again(work: Work, judge: Judge, kept: KeptSignal, releasing: Releasing) -> Heard:
    """A held signal as it is decided about now: by the rules, or as the person says."""
    how, into_id, reason = releasing
    message = messages.get(work.session, kept.message_id)
    heard = judge.hear(
        kept.signal,
        judge.source(kept.source_id),
        message_id=kept.message_id,
        place=kept.place,
        received_us=to_us(kept.received_at),
        sha256=message.sha256,
    )
    by_hand: Callable[[], Verdict] | None = {
        Release.OPEN: lambda: _opened_by_hand(heard, work.by.name),
        Release.JOIN: lambda: _by_hand(
            heard, Disposition.JOINED, f"{work.by.name} joined it.", Told(into_id or 0, "")
        ),
        Release.DISMISS: lambda: _by_hand(
            heard,
            Disposition.SUPPRESSED,
            f"{work.by.name} dismissed it{': ' + reason if reason else '.'}",
            None,
        ),
    }.get(how)
    if by_hand is not None:
        heard.verdict = by_hand()
    return heard


def _opened_by_hand(heard: Heard, name: str) -> Verdict:
    alert = heard.alert
    if alert is not None and alert.is_open:
        # Another of the same key was opened first.
        told = Told(alert.escalation_id, alert.number)
        return _by_hand(heard, Disposition.JOINED, f"{name} let it join {alert.number}.", told)
    return _by_hand(heard, Disposition.OPENED, f"{name} opened it.", None)


def _by_hand(heard: Heard, disposition: Disposition, why: str, joins: Told | None) -> Verdict:
    return replace(heard.verdict, disposition=disposition, cause=Cause.PERSON, why=why, joins=joins)
