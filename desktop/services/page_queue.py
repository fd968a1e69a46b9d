"""Pages on their way out: taken from the outbox one by one, with the words and the link they go with."""

import hashlib
import secrets
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from db.queries import channel as channels
from db.queries import outbox as rows
from db.queries import page as tokens
from db.unit_of_work import Session, Store
from desktop.domain.channel import ChannelKind
from desktop.domain.clock import Clock
from desktop.domain.drill_mark import marked_line, marked_text
from desktop.domain.events import ChannelsChanged
from desktop.domain.instant import US_PER_DAY, from_us, to_us
from desktop.domain.policy_alarm import PAGE_KINDS
from desktop.services.bus import Bus
from desktop.services.drill_marking import mark_of
from desktop.services.outbox import DEADLINE_US, OutboxService
from desktop.services.page_held import let_go

#: A page can be acknowledged from outside for so long: nobody's shift is longer.
VALID_US = US_PER_DAY // 2
#: An old link says for so long that it has expired, and is then unknown.
_REMEMBERED_US = 30 * US_PER_DAY
#: Where the listener answers links; the token follows.
PATH = "/v1/ack/"
_LINK, _MAIL = "link", "mail"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be sent now. What is in it and not in the outbox is known to its receiver alone."""

    id: int
    person_id: int | None
    channel_id: int | None
    kind: str
    secret_name: str
    label: str
    attempt: int
    title: str = field(repr=False)
    body: str = field(repr=False)


class PageQueue:
    """Hands out pages and takes back what became of them; every call is one short transaction.

    `link_base` gives where the listener can be reached from outside, as `https://desk.example.org`, empty
    where nowhere; `reads_mail` whether the desk reads a mailbox.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        bus: Bus,
        outbox: OutboxService,
        desk: str,
        link_base: Callable[[], str] = lambda: "",
        reads_mail: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._outbox = outbox
        self._desk = desk
        self._link_base = link_base
        self._reads_mail = reads_mail

    def claim(self, limit: int) -> tuple[Page, ...]:
        """Pages to be sent now, the oldest first; each goes to one caller only, who has ten seconds."""
        now_us = to_us(self._clock.now())
        with self._store.read() as session:
            if not rows.ready(session, PAGE_KINDS, now_us, 1) and not rows.held(session, now_us):
                return ()
        pages: list[Page] = []
        with self._store.begin() as session:
            let_go(session, now_us)
            for row in rows.ready(session, PAGE_KINDS, now_us, limit):
                if rows.claim(session, row.id, self._desk, now_us + DEADLINE_US):
                    rows.note(session, row.id, now_us, "sending")
                    pages.append(self._page(session, row, now_us))
        return tuple(pages)

    def next_at(self) -> datetime | None:
        """When the first page waits to be sent; None where none waits."""
        with self._store.read() as session:
            at_us = tokens.next_try_us(session)
        return None if at_us is None else from_us(at_us)

    def sent(self, page: Page) -> None:
        """It was taken over."""
        self._outbox.delivered(page.id, page.label)
        self._tell(page)

    def failed(self, page: Page, why: str, *, temporary: bool) -> None:
        """It was not: tried again, or by the person's next channel, or turned into an alarm."""
        self._outbox.failed(page.id, why, temporary)
        self._tell(page)

    def unsure(self, page: Page, why: str) -> None:
        """Nobody knows; it is not sent again."""
        self._outbox.unsure(page.id, why)
        self._tell(page)

    def _tell(self, page: Page) -> None:
        if page.person_id is not None:
            self._bus.publish(ChannelsChanged((page.person_id,), self._store.revision()))

    def _page(self, session: Session, row: rows.OutboxRow, now_us: int) -> Page:
        title, body = self._words(session, row, now_us)
        mark = mark_of(session)
        channel = channels.get(session, row.channel_id) if row.channel_id is not None else None
        return Page(
            id=row.id,
            person_id=row.person_id,
            channel_id=row.channel_id,
            kind=row.channel,
            secret_name=channel.secret_name if channel is not None else "",
            label=channel.label if channel is not None else "",
            attempt=row.attempts + 1,
            title=marked_line(title, mark),
            body=marked_text(body, mark),
        )

    def _words(self, session: Session, row: rows.OutboxRow, now_us: int) -> tuple[str, str]:
        if row.escalation_id is None or row.person_id is None:
            return row.title, row.body
        title, lines, hashes = row.title, [row.body], dict[str, str]()
        base = self._link_base().rstrip("/")
        if base:
            token = secrets.token_urlsafe(32)
            hashes[_LINK] = hash_of(token)
            lines.append(f"Acknowledge: {base}{PATH}{token}")
        if row.channel == ChannelKind.MAIL and self._reads_mail():
            reference = new_reference()
            hashes[_MAIL] = hash_of(reference)
            title = f"{title} [page {reference}]"
            lines.append("Or acknowledge by answering this mail.")
        if not hashes:
            lines.append("Acknowledge it at the desk.")
        tokens.forget(session, now_us - _REMEMBERED_US)
        tokens.put(session, row.id, hashes, now_us, now_us + VALID_US)
        return title, "\n\n".join(lines)


def hash_of(token: str) -> str:
    """What the desk keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_reference() -> str:
    """What names a page in a mail's subject: 80 bits, in letters that survive any mail program."""
    return b32encode(secrets.token_bytes(10)).decode().lower()
