"""What the desk knows of mails: which escalation a thread belongs to, and whose customer a sender is."""

from collections.abc import Sequence
from typing import NamedTuple

from db.queries import customer as customers
from db.unit_of_work import Session
from desktop.domain.customer import Customer
from desktop.domain.escalation import OPEN_STATES, State


class Thread(NamedTuple):
    """The escalation a mail belongs to; `ended_us` None while it is open."""

    escalation_id: int
    number: str
    state: str
    ended_us: int | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still sees to it."""
        return State(self.state) in OPEN_STATES


def thread_of(session: Session, source_id: int, ids: Sequence[str]) -> int:
    """The escalation that one of these mails opened or joined, the first that did; 0 for none."""
    for reference in ids:
        row = session.sql(
            "SELECT s.escalation_id FROM message m JOIN signal s ON s.message_id = m.id"
            " WHERE m.source_id = ? AND m.reference = ? AND s.escalation_id IS NOT NULL"
            " UNION ALL SELECT escalation_id FROM alert WHERE source_id = ? AND dedup_key = ? LIMIT 1",
            (source_id, reference, source_id, reference),
        ).fetchone()
        if row is not None:
            return int(row[0])
    return 0


def state_of(session: Session, escalation_id: int) -> Thread:
    """How it stands with an escalation that there is."""
    row = session.sql(
        "SELECT id, number, state, coalesce(closed_at, resolved_at, last_event_at)"
        " FROM escalation WHERE id = ?",
        (escalation_id,),
    ).fetchone()
    found = Thread(*row)
    return found._replace(ended_us=None) if found.is_open else found


def customer_of(session: Session, address: str, *, by_domain: bool) -> Customer | None:
    """The one customer whose contacts name this address or else its domain; None for none or several."""
    wanted = [address.casefold()]
    if by_domain:
        wanted.append("@" + address.rpartition("@")[2].casefold())
    for text in wanted:
        rows = session.sql(
            "SELECT id, contacts FROM customer"
            " WHERE archived_at IS NULL AND instr(lower(contacts), ?) LIMIT 20",
            (text,),
        ).fetchall()
        found = [row[0] for row in rows if _names(row[1].casefold(), text)]
        if found:
            return customers.by_id(session, found[0]) if len(found) == 1 else None
    return None


def _names(contacts: str, text: str) -> bool:
    """Whether it stands there whole: @one.example is not named by @one.example.org."""
    start = 0
    while (at := contacts.find(text, start)) >= 0:
        before = contacts[at - 1] if at and text[0] != "@" else " "
        after = contacts[at + len(text) : at + len(text) + 2]
        goes_on = after[:1].isalnum() or after[:1] == "-" or (after[:1] == "." and after[1:2].isalnum())
        if not goes_on and not (before.isalnum() or before in ".-_+"):
            return True
        start = at + 1
    return False
