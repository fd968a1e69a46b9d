"""What is written down when a notification arrives, fails, or nobody can say whether it arrived."""

from db.queries import alarm, timeline
from db.queries import outbox as rows
from db.queries.alarm import NewAlarm
from db.unit_of_work import Session
from desktop.domain.alarm import Told
from desktop.domain.policy_alarm import PAGE_KINDS, Occasion
from desktop.domain.timeline import EventKind

#: Who acts on the timeline when the desk itself does.
ACTOR = "Desk"
DIGEST, TEST = "digest", "test"


def note_delivery(session: Session, row: rows.OutboxRow, now_us: int, where: str) -> None:
    """On the timeline, the desk's own for a notification about many: it was shown, and where."""
    if row.channel in PAGE_KINDS:
        from desktop.services import page_record  # a desk that pages nobody does without it

        who = page_record.sent(session, row, now_us)
        _note(session, EventKind.ONCALL_PAGED, row, now_us, by=where, text=row.body, **who)
        return
    _note(session, EventKind.ALARM_DELIVERED, row, now_us, where=where, text=row.body)


def note_failure(session: Session, row: rows.OutboxRow, now_us: int, why: str) -> None:
    """On the timeline: an attempt failed, and why."""
    who: dict[str, str | int] = {}
    if row.channel in PAGE_KINDS:
        from desktop.services import page_record

        who = page_record.failed(session, row, now_us, why)
    _note(session, EventKind.ALARM_FAILED, row, now_us, attempt=row.attempts, why=why, **who)


def _note(session: Session, kind: EventKind, row: rows.OutboxRow, now_us: int, **details: str | int) -> None:
    if row.reason == TEST:
        return
    timeline.append(
        session,
        kind=kind,
        at_us=now_us,
        actor=ACTOR,
        escalation_id=row.escalation_id,
        body={"outbox": row.id, "channel": row.channel, "about": row.reason, **details},
    )


def send_through(session: Session, row: rows.OutboxRow, channel: str, now_us: int) -> None:
    """Put the same notification in again for another channel."""
    key = f"{row.key.rpartition('|')[0]}|{channel}"
    rows.put(session, [rows.NewRow(key, *row[2:7], channel, *row[8:12], now_us)])


def goes_on(session: Session, row: rows.OutboxRow, now_us: int) -> bool:
    """Whether a page that failed goes by another channel of the person now."""
    if row.channel not in PAGE_KINDS:
        return False
    from desktop.services import page_record

    return page_record.go_on(session, row, now_us)


def expire(session: Session, row: rows.OutboxRow, now_us: int, window: str) -> None:
    """End a row past its time: one that was being sent is uncertain, one nobody came for is old news.

    Old news is told by the digest; a digest nobody came for is left to the window. A page nobody came for
    becomes an alarm: that this desk sends none is what has to be known.
    """
    if row.state == "sending":
        why = "nobody knows whether it arrived; it is not sent again"
        note_failure(session, row, now_us, why)
        rows.move(session, row.id, "expired", at_us=now_us, error=why, is_done=True)
        return
    why = "nobody came for it in time"
    note_failure(session, row, now_us, why)
    rows.move(session, row.id, "expired", at_us=now_us, error=why, is_done=True)
    if row.channel in PAGE_KINDS:
        alarm_about(session, row, now_us)
    elif row.reason == DIGEST and row.channel != window:
        send_through(session, row, window, now_us)
    elif row.alarm_id is not None and row.reason != DIGEST:
        alarm.await_digest(session, row.alarm_id, now_us, session.revision())


def alarm_about(session: Session, row: rows.OutboxRow, now_us: int) -> int:
    """A notification that failed everywhere becomes an alarm on screen; gives the revision, 0 for none."""
    escalation_id = row.escalation_id or alarm.escalation_of(session, row.alarm_id)
    if not escalation_id:
        return 0
    revision = session.revision()
    alarm.add(
        session,
        [
            NewAlarm(
                escalation_id=escalation_id,
                commitment_id=None,
                subject=f"escalation:{escalation_id}:undelivered:{row.id}",
                threshold=Occasion.UNDELIVERED,
                step=0,
                due_us=now_us,
                raised_us=now_us,
                late_s=0,
                told=Told.NOT,
                state="raised",
                ended_us=None,
                ended_by=None,
                climb_us=None,
                revision=revision,
            )
        ],
    )
    return revision
