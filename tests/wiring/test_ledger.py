"""The messages of a whole desk, as the pages ask for them: by the operator, and by nobody who may not."""

from datetime import timedelta

import pytest

from desktop.adapters.secrets import Secrets
from desktop.domain.clock import SystemClock
from desktop.domain.errors import NotAllowed
from desktop.domain.intake import Intake
from desktop.domain.message import Audience, Medium, Stage
from desktop.domain.person import Person, Role
from desktop.domain.promise import PromiseKind, PromiseState
from desktop.services.desk import SET_UP, Desk
from desktop.services.promise import PromiseLedger
from desktop.wiring.compose_parts import parts_of
from desktop.wiring.ledger import DeskLedger
from tests.factories import a_customer_row
from tests.services.alarm_desk import LEAD, P1

TEXT = "We have stopped it at 08:50 UTC."


class Whole:
    """A desk at which Maya works; Leo, a lead, is the other."""

    def __init__(self, folder) -> None:
        self.desk = Desk.open(folder / "desk.sqlite3", folder / "backups", SystemClock())
        self.maya = self.desk.person.ensure_first_person("Maya Chen")
        self.leo = self.desk.person.create(Person(0, "Leo Park", "", roles=frozenset({Role.LEAD})), LEAD)
        self.desk.policy.ensure_default(SET_UP)
        with self.desk.store.begin() as session:
            customer_id = a_customer_row(session, "Acme", tier="enterprise", revenue=900_000)
        intake = Intake(customer_id=customer_id, title="Checkout fails", **P1)
        self.id = self.desk.escalations.escalation.open(intake, LEAD).id
        secrets = Secrets(folder, "test", lambda: None)
        self.parts = parts_of(self.desk, lambda: secrets)
        self.parts.templates.ensure_shipped()
        self.ledger = DeskLedger(self.desk, lambda: self.parts)

    def draft(self, by):
        """A draft of somebody's, to be released."""
        draft = self.parts.drafts.open(self.id, Audience.CUSTOMER, Stage.CONTAINMENT, by)
        draft = self.parts.drafts.save(draft.with_text(Medium.EMAIL, "Contained", TEXT), by)
        return self.parts.sending.ask_release(draft, by)

    def promise(self):
        """A call back, promised for within the hour."""
        desk = self.desk
        ledger = PromiseLedger(store=desk.store, clock=desk.clock, cases=desk.escalations.cases)
        due_at = desk.clock.now() + timedelta(hours=1)
        return ledger.add(self.id, PromiseKind.CALL_BACK, due_at, LEAD)


@pytest.fixture
def whole(tmp_path):
    made = Whole(tmp_path)
    yield made
    made.desk.close()


def test_a_draft_of_somebody_else_is_read_and_released(whole):
    draft = whole.draft(whole.leo.actor())
    (row,) = whole.ledger.drafts()
    assert (row.waits, row.why_not) == (True, "")
    assert whole.ledger.texts(draft.id).texts[Medium.EMAIL] == ("Contained", TEXT)
    whole.ledger.release(draft.id)
    assert not whole.ledger.drafts()[0].waits


def test_nobody_releases_what_they_have_written(whole):
    draft = whole.draft(whole.maya.actor())
    (row,) = whole.ledger.drafts()
    assert row.why_not == "Who has written it cannot release it."
    with pytest.raises(NotAllowed):
        whole.ledger.release(draft.id)


def test_who_has_a_draft_open_is_named(whole):
    whole.draft(whole.maya.actor())
    whole.parts.drafts.here(whole.id, whole.leo.actor())
    assert whole.ledger.drafts()[0].writers == ("Leo Park",)


def test_a_promise_is_kept_or_taken_back_in_the_operators_name(whole):
    kept, back = whole.promise(), whole.promise()
    whole.ledger.keep(kept.id)
    whole.ledger.take_back(back.id, "They called themselves")
    found = {promise.id: promise for promise in whole.ledger.of(whole.id).promises}
    assert found[kept.id].state is PromiseState.KEPT
    assert found[back.id].reason == "They called themselves"
    assert found[kept.id].settled_by == "Maya Chen"


def test_who_may_not_send_sends_nothing_again(whole):
    onlooker = Person(0, "Theo Wynn", "", roles=frozenset({Role.TRAINER}))
    whole.desk.person.set_operator(whole.desk.person.create(onlooker, LEAD).id)
    with pytest.raises(NotAllowed):
        whole.ledger.send_again(1)


def test_what_was_promised_by_phone_is_waited_for(whole):
    due_at = whole.desk.clock.now() + timedelta(hours=2)
    whole.ledger.promise(whole.id, PromiseKind.FIX_BY, due_at, "The fix")
    (promise,) = whole.ledger.promises().open
    assert (promise.kind, promise.text, promise.due_at) == (PromiseKind.FIX_BY, "The fix", due_at)
