"""Pages that quiet hours held back: at their end those that still matter go as one."""

from collections.abc import Collection, Sequence
from itertools import groupby

from db.queries import channel as channels
from db.queries import outbox as rows
from db.unit_of_work import Session
from desktop.domain import alarm_text as text
from desktop.domain.policy_alarm import Urgency
from desktop.services.undelivered import DIGEST, expire


def let_go(session: Session, now_us: int) -> int:
    """Let go what is due: one page for each person, none about what is over; gives how many."""
    due = rows.held(session, now_us)
    gone = rows.held_gone(session, now_us) if due else set()
    for row in due:
        if row.id in gone:
            rows.move(session, row.id, "expired", at_us=now_us, detail="no longer true", is_done=True)
    standing = [row for row in due if row.id not in gone]
    count = 0
    for person_id, group in groupby(standing, key=lambda row: row.person_id):
        count += _send_as_one(session, person_id, list(group), now_us)
    return count


def give_up(session: Session, row_ids: Collection[int], now_us: int, window: str) -> None:
    """End those of these that nobody let go: no program sends pages here, and none may seem to be under way.

    What still matters is told as not delivered, once for each escalation and person.
    """
    gone = rows.held_gone(session, now_us)
    last: dict[tuple[int, int | None], rows.OutboxRow] = {}
    for row in rows.held(session, now_us):
        if row.id not in row_ids:
            continue
        if row.id in gone:
            rows.move(session, row.id, "expired", at_us=now_us, detail="no longer true", is_done=True)
            continue
        key = (row.escalation_id or -row.id, row.person_id)
        if key in last:
            earlier = last[key].id
            rows.move(session, earlier, "expired", at_us=now_us, detail="a later one counts", is_done=True)
        last[key] = row
    for row in last.values():
        expire(session, row, now_us, window)


def _send_as_one(session: Session, person_id: int | None, held: Sequence[rows.OutboxRow], now_us: int) -> int:
    latest = {row.escalation_id or -row.id: row for row in held}  # the last word about each escalation
    if len(latest) == 1:
        (last,) = latest.values()
        _end(session, [row for row in held if row.id != last.id], now_us)
        rows.move(session, last.id, "pending", at_us=now_us, detail="quiet hours are over", try_us=now_us)
        return 1
    _end(session, held, now_us)
    usable = channels.usable(session).get(person_id or 0)
    if not usable:
        return 0
    first = next(iter(latest.values()))
    body = "; ".join(row.body.partition(" — ")[0] + ", " + row.title for row in latest.values())
    row = rows.NewRow(
        key=f"quiet|{now_us}|0|{person_id}|page:{usable[0].id}",
        escalation_id=None,
        alarm_id=first.alarm_id,
        reason=DIGEST,
        step=0,
        person_id=person_id,
        channel=usable[0].kind,
        urgency=Urgency.NORMAL.value,
        title=f"{len(latest)} alarms during your quiet hours",
        body=text.cut(body, text.BODY_MOST),
        sound=0,
        created_us=now_us,
        channel_id=usable[0].id,
    )
    return int(rows.put_one(session, row) != 0)


def _end(session: Session, held: Sequence[rows.OutboxRow], now_us: int) -> None:
    for row in held:
        rows.move(session, row.id, "expired", at_us=now_us, detail="told with others", is_done=True)
