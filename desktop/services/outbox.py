"""The outbox: hands out what is to be shown, once, and keeps what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import alarm_state
from db.queries import outbox as rows
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.drill_mark import marked_line
from desktop.domain.errors import NotFound
from desktop.domain.events import AlarmsChanged, OutboxFilled
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.policy_alarm import PAGE_KINDS, InApp, Urgency
from desktop.services import undelivered
from desktop.services.bus import Bus
from desktop.services.drill_marking import mark_of

DESKTOP = "desktop"
WINDOW = "window"
#: A row fails over from each channel to the one after it.
CHANNELS = (DESKTOP, WINDOW)
#: A row is on screen this long after it was handed out, or nobody knows and it is never sent again.
DEADLINE_US = 10 * US_PER_SECOND
#: A temporary failure is tried again after so long, so many times.
RETRY_US = 15 * US_PER_SECOND
RETRIES = 3
#: What nobody came for within this time is no news any more: the digest tells it.
UNCLAIMED_US = 60 * US_PER_SECOND
_BURST_US = 10 * US_PER_SECOND
_IN_APP = {
    Urgency.LOW: InApp.BADGE,
    Urgency.NORMAL: InApp.BANNER,
    Urgency.CRITICAL: InApp.BANNER_STAYS,
}


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A notification to be shown now.

    `replaces` names the one notification on screen it takes the place of: `escalation:12`, `flood`, `digest`.
    """

    id: int
    escalation_id: int | None
    alarm_id: int | None
    reason: str
    channel: str
    urgency: str
    in_app: str
    title: str
    body: str
    sound: int
    attempts: int
    created_at: datetime
    deadline_at: datetime
    replaces: str

    @property
    def can_acknowledge(self) -> bool:
        """Whether there is one escalation to acknowledge or snooze."""
        return self.escalation_id is not None


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """How a row stands, and each state it went through: when, which, why."""

    id: int
    state: str
    attempts: int
    error: str
    history: tuple[tuple[datetime, str, str], ...]


class OutboxService:
    """The outbox of one program instance, whose name is `desk`; every call is one short transaction."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, desk: str = "desk") -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self.desk = desk
        self._sounded_us = 0
        self._left_us: dict[int, int] = {}

    def claim(self, channels: Sequence[str] = (DESKTOP,), limit: int = 20) -> tuple[OutboxItem, ...]:
        """What waits for these channels, the oldest first; each row is handed to one caller only.

        Each must be reported as delivered or failed within ten seconds. Of a burst only the first sounds.
        """
        now_us = to_us(self._clock.now())
        with self._store.read() as session:
            waiting = rows.ready(session, channels, now_us, limit)
        if not waiting:
            return ()
        deadline_us = now_us + DEADLINE_US
        items: list[OutboxItem] = []
        with self._store.begin() as session:
            is_silent = alarm_state.get(session, "silenced").get("until_us", 0) > now_us
            mark = mark_of(session)
            for row in rows.ready(session, channels, now_us, limit):
                if rows.claim(session, row.id, self.desk, deadline_us):
                    rows.note(session, row.id, now_us, "sending")
                    sound = 0 if is_silent else self._sound(row.sound, now_us)
                    items.append(_item(row, sound, deadline_us, mark))
        return tuple(items)

    def delivered(self, row_id: int, detail: str = "") -> None:
        """It is on screen; `detail` says where.

        What comes after the deadline is believed too: better told late than held for unsure.
        """
        with self._store.begin() as session:
            row = _found(session, row_id)
            if row.state not in ("sending", "expired"):
                return
            # A page is nothing that could be taken off a screen again.
            is_done = row.channel in PAGE_KINDS
            rows.move(session, row_id, "sent", at_us=self._now_us(), detail=detail, is_done=is_done)
            undelivered.note_delivery(session, row, self._now_us(), detail or row.channel)

    def confirmed(self, row_id: int, detail: str = "") -> None:
        """The person clicked or closed it: it is no longer on screen."""
        with self._store.begin() as session:
            if _found(session, row_id).state == "sent":
                rows.move(session, row_id, "confirmed", at_us=self._now_us(), detail=detail, is_done=True)

    def failed(self, row_id: int, why: str, temporary: bool = False) -> None:
        """It could not be shown: tried again, or through the next channel, or turned into an alarm itself."""
        with self._store.begin() as session:
            row = _found(session, row_id)
            # That a page has failed is believed late too, from whoever sent it: another channel may do.
            is_late = row.state == "expired" and row.channel in PAGE_KINDS and row.claimed_by == self.desk
            if row.state != "sending" and not is_late:
                return
            revision = self._fail(session, row, why, temporary)
        self._bus.publish(OutboxFilled(1))
        if revision:
            self._bus.publish(AlarmsChanged((row.escalation_id or 0,), revision))

    def unsure(self, row_id: int, why: str) -> None:
        """Nobody can say whether it arrived: it is never sent again."""
        with self._store.begin() as session:
            row = _found(session, row_id)
            if row.state == "sending":
                undelivered.note_failure(session, row, self._now_us(), why)
                rows.move(session, row_id, "expired", at_us=self._now_us(), error=why, is_done=True)

    def taken_back(self) -> tuple[str, ...]:
        """What this desk shows although its reason has gone, by `replaces`: to be closed on screen now."""
        with self._store.read() as session:
            gone = rows.shown_by(session, self.desk)
        if not gone:
            return ()
        with self._store.begin() as session:
            for row in gone:
                rows.close(session, row.id, self._now_us(), "no longer true")
        return tuple(dict.fromkeys(_replaces(row) for row in gone))

    def withdraw(self, escalation_id: int) -> None:
        """Nothing that waits about an escalation is sent any more."""
        with self._store.begin() as session:
            for row in rows.pending_of(session, escalation_id):
                rows.move(session, row.id, "expired", at_us=self._now_us(), detail="withdrawn", is_done=True)

    def test(self) -> int:
        """Puts a test notification in; gives its id."""
        now_us = self._now_us()
        with self._store.begin() as session:
            row = rows.NewRow(
                key=f"test|{session.revision()}|0|0|{DESKTOP}",
                escalation_id=None,
                alarm_id=None,
                reason=undelivered.TEST,
                step=0,
                person_id=None,
                channel=DESKTOP,
                urgency=Urgency.NORMAL,
                title="Test notification",
                body="This is how an alarm of this desk arrives.",
                sound=1,
                created_us=now_us,
            )
            row_id = rows.put_one(session, row)
        self._bus.publish(OutboxFilled(1))
        return row_id

    def status(self, row_id: int) -> OutboxStatus:
        """How a row stands.

        Raises: NotFound.
        """
        with self._store.read() as session:
            row = _found(session, row_id)
            history = rows.history(session, row_id)
        return OutboxStatus(
            row.id, row.state, row.attempts, row.error, tuple((from_us(at), s, why) for at, s, why in history)
        )

    def silence(self, until: datetime | None) -> None:
        """No sound from this desk until then; None lets it sound again."""
        with self._store.begin() as session:
            if until is None:
                alarm_state.drop(session, "silenced")
            else:
                alarm_state.put(session, "silenced", {"until_us": to_us(until)})

    def silenced_until(self) -> datetime | None:
        """Until when sounds are silenced; None when they are not."""
        with self._store.read() as session:
            until_us = alarm_state.get(session, "silenced").get("until_us", 0)
        return from_us(until_us) if until_us > self._now_us() else None

    def expire(self) -> int:
        """Ends what is past its deadline, which is never sent again; gives how many rows."""
        now_us = self._now_us()
        with self._store.read() as session:
            late = rows.overdue(session, now_us, now_us - UNCLAIMED_US)
            gone = rows.pending_gone(session)
            left = self._left_over(session, now_us)
        if not late and not gone and not left:
            return 0
        with self._store.begin() as session:
            for row in rows.pending_gone(session):
                rows.move(session, row.id, "expired", at_us=now_us, detail="no longer true", is_done=True)
            for row in rows.overdue(session, now_us, now_us - UNCLAIMED_US):
                undelivered.expire(session, row, now_us, WINDOW)
            if left:
                from desktop.services import page_held  # a desk that pages nobody does without it

                page_held.give_up(session, left, now_us, WINDOW)
        return len(late) + len(gone) + len(left)

    def _left_over(self, session: Session, now_us: int) -> set[int]:
        """Pages that nobody let go at the end of quiet hours, though this desk, awake, has waited for it."""
        self._left_us = {row.id: self._left_us.get(row.id, now_us) for row in rows.held(session, now_us)}
        return {row_id for row_id, since_us in self._left_us.items() if since_us <= now_us - UNCLAIMED_US}

    def _fail(self, session: Session, row: rows.OutboxRow, why: str, temporary: bool) -> int:
        now_us = self._now_us()
        undelivered.note_failure(session, row, now_us, why)
        is_test_page = row.reason == undelivered.TEST and row.channel in PAGE_KINDS
        if temporary and row.attempts <= RETRIES and not is_test_page:
            rows.move(session, row.id, "pending", at_us=now_us, error=why, try_us=now_us + RETRY_US)
            return 0
        rows.move(session, row.id, "failed", at_us=now_us, error=why, is_done=True)
        later = CHANNELS[CHANNELS.index(row.channel) + 1 :] if row.channel in CHANNELS else ()
        if later:
            undelivered.send_through(session, row, later[0], now_us)
            return 0
        if is_test_page or undelivered.goes_on(session, row, now_us):
            return 0
        return undelivered.alarm_about(session, row, now_us)

    def _sound(self, chimes: int, now_us: int) -> int:
        if not chimes or 0 <= now_us - self._sounded_us < _BURST_US:
            return 0
        self._sounded_us = now_us
        return chimes

    def _now_us(self) -> int:
        return to_us(self._clock.now())


def silence_span() -> timedelta:
    """How long one press silences the sounds (ux.md 1.2)."""
    return timedelta(minutes=10)


def _found(session: Session, row_id: int) -> rows.OutboxRow:
    row = rows.find(session, row_id)
    if row is None:
        raise NotFound("There is no such notification in the outbox.")
    return row


def _replaces(row: rows.OutboxRow) -> str:
    return row.key.partition("|")[0]


def _item(row: rows.OutboxRow, sound: int, deadline_us: int, mark: str) -> OutboxItem:
    return OutboxItem(
        id=row.id,
        escalation_id=row.escalation_id,
        alarm_id=row.alarm_id,
        reason=row.reason,
        channel=row.channel,
        urgency=row.urgency,
        in_app=_IN_APP.get(Urgency(row.urgency), InApp.BANNER),
        title=marked_line(row.title, mark),
        body=row.body,
        sound=sound,
        attempts=row.attempts + 1,
        created_at=from_us(row.created_us),
        deadline_at=from_us(deadline_us),
        replaces=_replaces(row),
    )
