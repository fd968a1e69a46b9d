"""The silence meter: when each circle last heard something, and who is about to feel forgotten."""

from datetime import timedelta

import pytest

from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.instant import to_us
from desktop.domain.silence import Feeling
from desktop.services.silence import SilenceService
from tests.factories import a_row
from tests.services.alarm_desk import LEAD, P1, P4, AlarmDesk
from tests.services.letter_desk import LetterDesk

MINUTE = timedelta(minutes=1)


class SilentDesk(AlarmDesk):
    """A desk with a P1, opened now, and its meter."""

    def __init__(self, store, clock):
        super().__init__(store, clock)
        self.id = self.open(**P1)
        self.silence = SilenceService(store=store, clock=clock, policy=self.policies)

    def of(self, circle):
        return next(one for one in self.silence.of(self.id) if one.circle is circle)

    def name(self, circle):
        """Somebody of a circle is a contact of the whole desk."""
        with self.store.begin() as session:
            a_row(session, "contact", circle=circle.value, name="x", reach="mail", address="x@example.org")

    def write(self, audience, to=None):
        now_us = to_us(self.clock.now())
        with self.store.begin() as session:
            sent_id = a_row(
                session,
                "sent_message",
                send_key=f"{session.revision()}",
                batch="test",
                escalation_id=self.id,
                audience=audience,
                stage="x",
                medium="email",
                way="mail" if to else "recorded",
                body="x",
                sent_at=now_us,
                by_name="Ada",
                hash="0",
                state="sent",
                state_at=now_us,
            )
            if to is not None:
                a_row(
                    session,
                    "message_recipient",
                    sent_id=sent_id,
                    escalation_id=self.id,
                    circle=to.value,
                    reach="mail",
                    name="x",
                    address="x@example.org",
                    state="sent",
                    state_at=now_us,
                )


@pytest.fixture
def desk(store, clock):
    return SilentDesk(store, clock)


def test_before_anything_is_said_silence_counts_from_when_it_was_known(desk, clock):
    clock.forward(10 * MINUTE)
    customer = desk.of(Circle.CUSTOMER)
    assert customer.heard_at is None
    assert customer.length(clock.now()) == 10 * MINUTE


def test_a_customer_is_forgotten_when_the_promised_time_is_over(desk, clock):
    now = clock.now()
    assert desk.of(Circle.CUSTOMER).feeling(now) is Feeling.INFORMED
    assert desk.of(Circle.CUSTOMER).feeling(now + 25 * MINUTE) is Feeling.WAITING
    assert desk.of(Circle.CUSTOMER).feeling(now + 30 * MINUTE) is Feeling.FORGOTTEN


def test_an_update_that_was_recorded_ends_the_silence(desk, clock):
    clock.forward(20 * MINUTE)
    desk.do.escalation.record_update(desk.id, "We are working on it.", LEAD)
    assert desk.of(Circle.CUSTOMER).heard_at == clock.now()
    assert desk.of(Circle.EXECUTIVE).heard_at is None


def test_a_message_to_the_account_team_tells_no_engineer(desk, clock):
    clock.forward(5 * MINUTE)
    desk.write("internal", Circle.ACCOUNT)
    assert desk.of(Circle.ACCOUNT).heard_at == clock.now()
    assert desk.of(Circle.ENGINEERS).heard_at is None


def test_what_was_said_to_all_inside_counts_for_both(desk, clock):
    clock.forward(5 * MINUTE)
    desk.write("internal")
    assert {desk.of(each).heard_at for each in (Circle.ACCOUNT, Circle.ENGINEERS)} == {clock.now()}


def test_the_longest_forgotten_come_first(desk, clock):
    desk.name(Circle.EXECUTIVE)
    clock.forward(45 * MINUTE)
    desk.write("internal")
    first, *others = desk.silence.overview()
    assert first.circle is Circle.CUSTOMER
    assert [one.circle for one in others] == [Circle.EXECUTIVE, Circle.ACCOUNT, Circle.ENGINEERS]


def test_nobody_inside_waits_before_anybody_is_named(desk, clock):
    clock.forward(45 * MINUTE)
    assert [one.circle for one in desk.silence.overview()] == [Circle.CUSTOMER]


def test_what_happened_long_before_the_desk_knew_is_no_silence(desk, clock):
    with desk.store.begin() as session:
        session.sql("UPDATE escalation SET opened_at = 0 WHERE id = ?", (desk.id,))
    clock.forward(10 * MINUTE)
    assert desk.of(Circle.CUSTOMER).length(clock.now()) == 10 * MINUTE


def test_of_a_small_problem_no_executive_waits_to_hear(desk):
    small = desk.open(**P4)
    waiting = {one.circle for one in desk.silence.overview() if one.escalation_id == small}
    assert waiting <= {Circle.CUSTOMER}


def test_once_it_is_over_nobody_waits(desk):
    with desk.store.begin() as session:
        session.sql("UPDATE escalation SET state = 'closed' WHERE id = ?", (desk.id,))
    assert desk.silence.of(desk.id) == ()


def test_a_message_that_failed_ended_no_silence(store, clock):
    letters = LetterDesk(store, clock)
    jo = letters.contacts.add(
        Contact(0, "Jo", Circle.CUSTOMER, Reach.MAIL, "jo@example.org", letters.customer_id), LEAD
    )
    letters.record(jo)
    letters.queue.failed(letters.queue.claim(1)[0], "refused", temporary=False)
    with store.begin() as session:
        session.sql("UPDATE sent_message SET state = 'failed'")
    silence = SilenceService(store=store, clock=clock, policy=AlarmDesk(store, clock).policies)
    customer = next(one for one in silence.of(letters.escalation_id) if one.circle is Circle.CUSTOMER)
    assert customer.heard_at is None
