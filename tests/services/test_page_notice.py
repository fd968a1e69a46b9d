"""What a person is told that is no alarm goes by their quietest channel, and never wakes them."""

from dataclasses import replace
from datetime import time

import pytest

from db.queries import channel as channels
from desktop.domain.instant import to_us
from desktop.services.page_notice import page_person
from tests.services.alarm_desk import LEAD
from tests.services.paging_desk import PagingDesk

HOOK = "json://127.0.0.1:9/hook"
WORDS = {"reason": "roster.changed", "title": "Your shifts moved", "body": "Days: Monday is yours."}


@pytest.fixture
def desk(store, clock):
    return PagingDesk(store, clock)


def tell(desk, person):
    with desk.store.begin() as session:
        return page_person(session, person, **WORDS, now_us=to_us(desk.clock.now()))


def test_somebody_with_a_channel_is_told_there_once(desk):
    desk.channel(desk.leo, HOOK)
    assert [tell(desk, desk.leo), tell(desk, desk.leo)] == [True, False]
    (page,) = desk.queue.claim(5)
    assert (page.title, page.body) == ("Your shifts moved", "Days: Monday is yours.")


def test_it_goes_by_mail_where_there_is_one(desk):
    desk.channel(desk.leo, HOOK)
    desk.channel(desk.leo, "mailto://127.0.0.1:9?from=a@example.org&to=leo@example.org")
    tell(desk, desk.leo)
    assert desk.pages("channel") == ["mail"]


def test_it_counts_towards_no_limit_of_pages(desk):
    desk.channel(desk.leo, HOOK)
    tell(desk, desk.leo)
    with desk.store.read() as session:
        assert channels.page_counts(session, 0) == {}


def test_somebody_without_a_channel_is_not(desk):
    assert not tell(desk, desk.leo)


def test_it_waits_for_the_end_of_quiet_hours(desk, clock):
    desk.channel(desk.leo, HOOK)
    sleeper = desk.people.edit(replace(desk.leo, quiet_from=time(0), quiet_to=time(12)), LEAD)
    tell(desk, sleeper)
    assert desk.queue.claim(5) == ()
    clock.set(clock.now().replace(hour=12))
    assert [page.title for page in desk.queue.claim(5)] == ["Your shifts moved"]


def test_where_it_cannot_be_told_nobody_is_alarmed(desk):
    desk.channel(desk.leo, HOOK)
    tell(desk, desk.leo)
    (page,) = desk.queue.claim(5)
    desk.queue.failed(page, "The server answered 404.", temporary=False)
    assert (desk.pages(), desk.alarm.open_alarms()) == (["failed"], ())
