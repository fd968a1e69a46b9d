"""A desk that pages, for tests: real services, a real pump and a keeper of secrets in memory."""

from typing import Any, Self

from db.unit_of_work import Store
from desktop.adapters.page_pump import PagePump
from desktop.adapters.paging import ApprisePost
from desktop.domain.channel import Channel
from desktop.domain.clock import ManualClock
from desktop.domain.person import Person
from desktop.services.page_ack import PageAcks
from desktop.services.page_queue import PageQueue
from desktop.services.pager import PagerSource
from desktop.services.paging import PagingService
from tests.services.alarm_desk import LEAD, AlarmDesk


class InMemory(dict[str, str]):
    """Secrets of one test."""

    def put(self, name: str, value: str) -> None:
        self[name] = value

    def delete(self, name: str) -> None:
        self.pop(name, None)


class PagingDesk(AlarmDesk):
    """Maya sits at the desk; whoever has a channel is paged. With no `start` the test sends by hand."""

    def __init__(self, store: Store, clock: ManualClock, name: str = "desk") -> None:
        super().__init__(store, clock, name)
        self.secrets = InMemory()
        self.post = ApprisePost()
        self.base = "https://desk.example.org"
        self.reads_mail = False
        self.paging = PagingService(
            store=store, clock=clock, bus=self.bus, secrets=self.secrets, looker=self.post
        )
        self.queue = PageQueue(
            store=store,
            clock=clock,
            bus=self.bus,
            outbox=self.outbox,
            desk=name,
            link_base=lambda: self.base,
            reads_mail=lambda: self.reads_mail,
        )
        self.acks = PageAcks(store=store, clock=clock, acknowledge=self.alarm.acknowledge)
        self.alarm.pager = PagerSource(store)
        self.pump = PagePump(
            pages=self.queue, send=self.post.send, address=self.secrets.get, clock=clock, hands=2
        )

    def __enter__(self) -> Self:
        self.pump.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.pump.stop()

    def channel(self, person: Person, url: str, label: str = "") -> Channel:
        """Adds a channel."""
        return self.paging.add(person.id, url, LEAD, label)

    def pages(self, *columns: str) -> list[Any]:
        """These columns of the pages in the outbox, in order."""
        wanted = ", ".join(columns or ("state",))
        found = self.rows(f"SELECT {wanted} FROM outbox WHERE channel_id IS NOT NULL ORDER BY id")
        return [row[0] if len(row) == 1 else row for row in found]

    def all_texts(self) -> str:
        """Everything the database holds, as one text."""
        with self.store.read() as session:
            tables = [row[0] for row in session.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return "\n".join(repr(row) for table in tables for row in session.sql(f'SELECT * FROM "{table}"'))


def a_token(link_or_body: str) -> str:
    """The token of the link in a page."""
    return link_or_body.partition("/v1/ack/")[2].split()[0]
