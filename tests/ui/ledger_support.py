"""Messages of a made-up desk for the tests of their page: everything at hand, and what was asked of it."""

from datetime import UTC, datetime, timedelta

from desktop.domain.contact import Circle
from desktop.domain.letter import ListedDraft, Release
from desktop.domain.message import Audience, Medium, Sent, Stage, Way
from desktop.domain.policy_score import Priority
from desktop.domain.promise import Kept, Promise, PromiseKind, PromiseState
from desktop.domain.silence import Silence
from desktop.services.message_ledger import PromisesFound, Rate, Recipient, SentRow
from desktop.ui.message.ledger_ports import AboutOne, TextsFound, WaitingDraft

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOSTILE = "<b>Bold</b> \u202eevil {{ref}} " + "x" * 300


def a_promise(id_=1, *, minutes=12, kind=PromiseKind.NEXT_UPDATE, **fields):
    """A promise to Northwind, due in so many minutes."""
    facts = {
        "id": id_,
        "escalation_id": 7,
        "number": "ESC-2026-0007",
        "title": "Orders stop at payment",
        "customer_id": 1,
        "customer": "Northwind",
        "kind": kind,
        "text": "",
        "made_at": NOW - 20 * MINUTE,
        "made_by": "Cora Lind",
        "owner_id": 2,
        "owner": "Onno Kay",
        "due_at": NOW + minutes * MINUTE,
        "sent_id": 1,
        "state": PromiseState.OPEN,
    }
    return Promise(**(facts | fields))


def a_silence(circle=Circle.CUSTOMER, *, silent=40, allowed=30, heard=True, **fields):
    """A circle that has heard nothing for so many minutes."""
    since = NOW - silent * MINUTE
    facts = {
        "escalation_id": 7,
        "number": "ESC-2026-0007",
        "title": "Orders stop at payment",
        "customer": "Northwind",
        "priority": Priority.P1,
        "circle": circle,
        "since_at": since,
        "heard_at": since if heard else None,
        "due_at": since + allowed * MINUTE if allowed else None,
    }
    return Silence(**(facts | fields))


def a_sent(id_=1, *, recipients=(), **fields):
    """A message by mail to Northwind."""
    facts = {
        "id": id_,
        "escalation_id": 7,
        "audience": Audience.CUSTOMER,
        "stage": Stage.PERIODIC,
        "medium": Medium.EMAIL,
        "way": Way.MAIL,
        "recipients": "Jo Rey (jo@example.org)",
        "subject": "[ESC-2026-0007] Update 2",
        "body": "Now: we restart the queue.\nNext update by 15:30 UTC.",
        "values": {"current_step": "we restart the queue"},
        "next_update_at": NOW + 30 * MINUTE,
        "sent_at": NOW - 5 * MINUTE,
        "by": "Cora Lind",
        "released_by": "Leo Marsh",
        "state": "sent",
    }
    return SentRow(Sent(**(facts | fields)), "ESC-2026-0007", "Orders stop", "Northwind", tuple(recipients))


def a_recipient(state="sent", why="", id_=11):
    """Jo, and what became of the message to her."""
    return Recipient(id_, "Jo Rey", "jo@example.org", "mail", state, NOW - 4 * MINUTE, why)


def a_draft(id_=1, *, asked=False, why_not="", writers=(), **fields):
    """A draft of Cora's, perhaps to be released."""
    release = Release("Cora Lind", 1, NOW - 2 * MINUTE) if asked else None
    facts = {
        "id": id_,
        "escalation_id": 7,
        "number": "ESC-2026-0007",
        "title": "Orders stop at payment",
        "customer": "Northwind",
        "audience": Audience.CUSTOMER,
        "stage": Stage.CONTAINMENT,
        "next_update_at": NOW + 30 * MINUTE,
        "updated_at": NOW - 3 * MINUTE,
        "updated_by": "Cora Lind",
        "release": release,
    }
    return WaitingDraft(ListedDraft(**(facts | fields)), tuple(writers), why_not)


class MadeUp:
    """What the page asks for, from memory; `asked` is what was to be done."""

    def __init__(self):
        self.silent = ""
        self.asked = []
        self.error = None
        self.found = PromisesFound(
            (a_promise(1, minutes=-20), a_promise(2, kind=PromiseKind.CALL_BACK)),
            (a_promise(3, minutes=-90, state=PromiseState.KEPT, settled_at=NOW - 95 * MINUTE),),
            (Rate("Northwind", Kept(12, 2)),),
            (Rate("Onno Kay", Kept(3, 1)),),
            Kept(12, 2),
        )
        self.silences = (a_silence(), a_silence(Circle.EXECUTIVE, silent=100, allowed=120, heard=False))
        self.waiting = (a_draft(asked=True), a_draft(2, writers=("Mara Winter",)))
        self.rows = (a_sent(recipients=[a_recipient()]),)

    def promises(self):
        return self.found

    def silence(self):
        return self.silences

    def drafts(self):
        return self.waiting

    def texts(self, draft_id):
        return TextsFound(draft_id, {Medium.EMAIL: ("Contained", "At 08:50 UTC we stopped it.")})

    def sent(self, escalation_id=None, before_id=None):
        return () if before_id is not None else self.rows

    def of(self, escalation_id):
        return AboutOne(escalation_id, self.rows, self.found.open, self.silences)

    def release(self, draft_id):
        self._do("release", draft_id)

    def promise(self, escalation_id, kind, due_at, text):
        self._do("promise", escalation_id, kind, text)

    def keep(self, promise_id):
        self._do("keep", promise_id)

    def take_back(self, promise_id, reason):
        self._do("take back", promise_id, reason)

    def send_again(self, recipient_id):
        self._do("send again", recipient_id)

    def _do(self, *what):
        if self.error is not None:
            raise self.error
        self.asked.append(what)
