"""Tells whoever sits at the desk of promises that were just broken."""

from collections.abc import Sequence

from db.unit_of_work import Session
from desktop.domain.promise import Promise, PromiseKind
from desktop.services.desk_notice import put_notice

_REASON = "promise_broken"
_ACT = "Tell them now, and say by when it comes."


def put(session: Session, broken: Sequence[Promise], now_us: int) -> int:
    """One notice for each promise; late updates have an alarm of their own. Gives how many were put in."""
    return sum(
        put_notice(
            session,
            subject=f"promise:{promise.id}",
            reason=_REASON,
            title=f"{promise.number}: promise not kept",
            body=f"{promise.kind.word} for {promise.customer}. {promise.text or _ACT}",
            now_us=now_us,
        )
        for promise in broken
        if promise.kind is not PromiseKind.NEXT_UPDATE
    )
