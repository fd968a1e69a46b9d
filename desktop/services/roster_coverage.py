"""Tells the desk of coming times with nobody on call: once for each, in time to find somebody."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.queries import person as people
from db.queries import schedule as schedules
from db.queries import swap as swaps
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session, Store
from desktop.domain.events import OutboxFilled, RosterChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Role
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.case import DESK
from desktop.services.desk_notice import put_notice
from desktop.services.roster_change import RosterWork, why_stale
from desktop.services.roster_tell import tell_beyond
from desktop.services.roster_values import RosterGap
from desktop.services.roster_view import gaps_of
from desktop.services.roster_words import span_text

_GAP = "roster.gap"
#: How far a gap is followed to its end, and the mark of one that has none within that.
_FAR = timedelta(days=400)
_ENDLESS = -1


def tell_gaps(store: Store, bus: Bus, now: datetime, ahead: timedelta) -> int:
    """Tell of gaps that begin until then and were not told of; gives how many notices that made.

    A gap that somebody's absence leaves is told of each time. One that the rota itself leaves comes again
    and again by the same plan, so it is told of once for each version.
    """
    with store.read() as session:
        is_due = any(_is_due(session, row, now, ahead) for row in schedules.all_schedules(session))
    if not is_due:
        return 0
    with store.begin() as session:
        work = RosterWork(session, now, DESK)
        for row in schedules.all_schedules(session):
            _end_stale(work, row)
            untold, filled = _news(session, row, now, ahead)
            schedules.forget_gaps(session, row.id, filled)
            if untold:
                _tell(work, row, untold)
        revision = session.revision()
    bus.publish(RosterChanged(revision))
    if work.told:
        bus.publish(OutboxFilled(work.told))
    return work.told


def _is_due(session: Session, row: ScheduleRow, now: datetime, ahead: timedelta) -> bool:
    is_stale = any(swap.from_us <= to_us(now) for swap in swaps.waiting(session, row.id))
    return is_stale or any(_news(session, row, now, ahead))


def _news(
    session: Session, row: ScheduleRow, now: datetime, ahead: timedelta
) -> tuple[list[RosterGap], list[int]]:
    """Gaps not told of yet, and the marks of those told of that were filled: they may open again."""
    told = schedules.gaps_told(session, row.id)
    near = gaps_of(session, row, now, now + ahead)
    if any(gap.end == now + ahead for gap in near):  # cut there: its own end is its mark
        near = tuple(gap for gap in gaps_of(session, row, now, now + _FAR) if gap.start < now + ahead)
    marks = {_mark(row, gap, now): gap for gap in reversed(near)}
    untold = [gap for mark, gap in reversed(marks.items()) if mark not in told]
    filled = [mark for mark in told if to_us(now) < mark <= to_us(now + ahead) and mark not in marks]
    return sorted(untold), sorted(filled)


def _mark(row: ScheduleRow, gap: RosterGap, now: datetime) -> int:
    """What a gap is known by: its end, for its beginning passes; one that the plan leaves by its version."""
    if not gap.away:
        return row.version
    return _ENDLESS if gap.end >= now + _FAR else to_us(gap.end)


def _tell(work: RosterWork, row: ScheduleRow, gaps: Sequence[RosterGap]) -> None:
    for gap in gaps:
        mark = _mark(row, gap, work.at)
        span = (to_us(gap.start), to_us(gap.end))
        if schedules.tell_gap(work.session, row.id, span[0], mark, work.at_us):
            facts = {"from": span[0], "to": span[1], "away": list(gap.away)}
            work.tell(EventKind.ROSTER_GAP, row, **facts)
    first = gaps[0]
    more = f" and {len(gaps) - 1} more times" if len(gaps) > 1 else ""
    why = f"{', '.join(map(work.person, first.away))} is away. " if first.away else ""
    by_plan = "The plan has nobody then. If that is meant, give the team hours."
    when = span_text((first.start, first.end), row.zone)
    title = f"Nobody on call: {row.name}"
    body = f"{when}{more} ({row.zone}). {why}{'Find somebody.' if first.away else by_plan}"
    subject = f"{_GAP}:{row.id}"
    put_notice(
        work.session, subject=subject, reason=_GAP, title=title, body=body, now_us=work.at_us, urgent=True
    )
    work.told += 1
    for person in people.by_role(work.session, Role.COORDINATOR):
        work.told += tell_beyond(work.session, person, _GAP, title, body, work.at_us)


def _end_stale(work: RosterWork, row: ScheduleRow) -> None:
    for swap in swaps.waiting(work.session, row.id):
        why = why_stale(work.session, row, swap, work.at_us, work.known)
        if why:
            work.end_swap(row, swap, "stale", why)
