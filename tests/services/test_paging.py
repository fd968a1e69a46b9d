"""Channels of people: who changes them, in which order they stand, and where their addresses are."""

import pytest

from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.events import ChannelsChanged
from desktop.domain.person import Actor, Role
from desktop.services.paging import state_words
from tests.services.alarm_desk import LEAD
from tests.services.paging_desk import PagingDesk

HOOK = "json://desk:s3cr3t-pass@127.0.0.1:9/s3cr3t-path?+X-Key=s3cr3t-key"
MAIL = "mailto://desk:s3cr3t-pass@127.0.0.1:9?from=desk@example.org&to=leo@example.org"


@pytest.fixture
def desk(store, clock):
    return PagingDesk(store, clock)


def labels(desk):
    return [channel.label for channel in desk.paging.channels(desk.leo.id)]


def test_a_channel_shows_what_it_is_and_nothing_secret(desk):
    shown = [desk.channel(desk.leo, url).shown for url in (HOOK, MAIL)]
    assert shown == ["JSON to 127.0.0.1", "E-Mail to leo@example.org"]
    assert "s3cr3t" not in desk.all_texts()


def test_channels_are_tried_in_the_order_a_lead_gives_them(desk):
    first, second = (desk.channel(desk.leo, url, label) for url, label in ((HOOK, "one"), (MAIL, "two")))
    desk.paging.order(desk.leo.id, [second.id, first.id], LEAD)
    assert labels(desk) == ["two", "one"]


def test_an_order_of_other_channels_is_refused(desk):
    channel = desk.channel(desk.leo, HOOK)
    with pytest.raises(DeskError, match="have changed meanwhile"):
        desk.paging.order(desk.leo.id, [channel.id, 99], LEAD)


def test_another_address_forgets_the_first_and_wants_another_test(desk):
    before = desk.channel(desk.leo, HOOK)
    after = desk.paging.edit(before.id, LEAD, url=MAIL)
    assert list(desk.secrets.values()) == [MAIL]
    assert (after.kind, after.test_state, after.id) == ("mail", "untested", before.id)


def test_an_address_that_cannot_be_used_changes_nothing(desk):
    channel = desk.channel(desk.leo, HOOK)
    with pytest.raises(DeskError, match="no address that a page can be sent to"):
        desk.paging.edit(channel.id, LEAD, url="nonsense s3cr3t")
    assert list(desk.secrets.values()) == [HOOK]


def test_a_removed_channel_leaves_no_secret(desk):
    channel = desk.channel(desk.leo, HOOK)
    desk.paging.remove(channel.id, LEAD)
    assert (desk.secrets, labels(desk)) == ({}, [])


def test_what_cannot_be_kept_leaves_no_secret(desk):
    with pytest.raises(NotFound):
        desk.paging.add(99, HOOK, LEAD)
    assert desk.secrets == {}


def test_a_lead_alone_changes_channels(desk):
    somebody = Actor("Maya", desk.maya.id, frozenset({Role.COORDINATOR}))
    channel = desk.channel(desk.leo, HOOK)
    for change in (
        lambda: desk.paging.add(desk.leo.id, HOOK, somebody),
        lambda: desk.paging.edit(channel.id, somebody, enabled=False),
        lambda: desk.paging.remove(channel.id, somebody),
        lambda: desk.paging.order(desk.leo.id, [channel.id], somebody),
        lambda: desk.paging.test(channel.id, somebody),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_people_test_their_own(desk):
    channel = desk.channel(desk.leo, HOOK)
    desk.paging.test(channel.id, Actor("Leo", desk.leo.id, frozenset({Role.ON_CALL})))
    assert desk.paging.channels(desk.leo.id)[0].test_state == "under way"


def test_an_address_in_the_field_for_the_name_is_refused(desk):
    with pytest.raises(DeskError, match="an address, not a name"):
        desk.channel(desk.leo, HOOK, HOOK)


def test_whoever_has_a_working_channel_is_reachable(desk):
    desk.channel(desk.leo, HOOK)
    broken = desk.channel(desk.amara, HOOK)
    desk.paging.test(broken.id, LEAD)
    (page,) = desk.queue.claim(1)
    desk.queue.failed(page, "The server answered 404.", temporary=False)
    assert desk.paging.reachable() == {desk.leo.id}


def test_how_a_channel_stands_is_said_in_words(desk):
    channel = desk.channel(desk.leo, HOOK)
    assert state_words(channel) == "not tested"
    desk.paging.test(channel.id, LEAD)
    (page,) = desk.queue.claim(1)
    desk.queue.failed(page, "The server answered 404.", temporary=False)
    assert state_words(desk.paging.channels(desk.leo.id)[0]) == "failed: The server answered 404."
    assert state_words(desk.paging.edit(channel.id, LEAD, enabled=False)) == "switched off"


def test_every_change_is_told(desk):
    channel = desk.channel(desk.leo, HOOK)
    desk.paging.remove(channel.id, LEAD)
    told = [event for event in desk.heard if isinstance(event, ChannelsChanged)]
    assert [event.person_ids for event in told] == [(desk.leo.id,)] * 2
