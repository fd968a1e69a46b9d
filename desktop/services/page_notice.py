"""Tells one person something that is no alarm, by their quietest channel; in their quiet hours it waits."""

from db.queries import channel as channels
from db.queries import outbox as rows
from db.unit_of_work import Session
from desktop.domain.alarm_text import plain
from desktop.domain.channel import ChannelKind, in_turn
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Person
from desktop.domain.policy_alarm import Urgency
from desktop.domain.quiet import quiet_until

_TITLE_MOST, _BODY_MOST = 120, 1000  # a mail has room; a gateway cuts what it cannot send
_QUIETEST = (ChannelKind.MAIL, ChannelKind.CHAT, ChannelKind.WEBHOOK)


def page_person(session: Session, person: Person, *, reason: str, title: str, body: str, now_us: int) -> bool:
    """Put a page for a person in, such as that their shifts moved; False for somebody without a channel.

    The same said at one instant is put once. `OutboxFilled` is the caller's to publish, after the commit.
    """
    usable = channels.usable(session).get(person.id)
    if not usable:
        return False
    channel = in_turn(usable, _QUIETEST)[0]
    row = rows.NewRow(
        key=f"{reason}:{person.id}|{now_us}:{title}:{body}|0|{person.id}|page:{channel.id}",
        escalation_id=None,
        alarm_id=None,
        reason=reason,
        step=0,
        person_id=person.id,
        channel=channel.kind,
        urgency=Urgency.NORMAL.value,
        title=plain(title, _TITLE_MOST),
        body=plain(body, _BODY_MOST),
        sound=0,
        created_us=now_us,
        channel_id=channel.id,
    )
    until = quiet_until(person, from_us(now_us))
    return (rows.put_one(session, row) if until is None else rows.hold(session, row, to_us(until))) != 0
