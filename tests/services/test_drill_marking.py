"""At a drill's own desk everything that is told carries the mark; at a real one nothing does."""

import json

import pytest

from db.queries import setting
from desktop.domain.message import Medium, Stage
from desktop.services.drill_marking import DeskMark
from tests.fixtures_desk import CommandDesk
from tests.services.alarm_desk import P1, AlarmDesk
from tests.services.message_desk import MessageDesk
from tests.services.paging_desk import PagingDesk

HOOK = "json://127.0.0.1:9/hook"


def mark(store, word="DRILL"):
    with store.begin() as session:
        setting.put(session, "drill_mark", json.dumps(word))


@pytest.fixture
def desk(commands: CommandDesk) -> MessageDesk:
    mark(commands.store)
    return MessageDesk(commands)


def is_marked(body):
    lines = body.splitlines()
    return lines[0].startswith("DRILL") and lines[-1].startswith("DRILL")


def test_a_real_desk_has_no_mark(store):
    assert DeskMark(store)() == ""


@pytest.mark.parametrize("damaged", ["", "{", "7", "null"])
def test_a_damaged_setting_is_no_mark(store, damaged):
    with store.begin() as session:
        setting.put(session, "drill_mark", damaged)
    assert DeskMark(store)() == ""


def test_every_channel_is_rendered_between_head_and_foot(desk: MessageDesk):
    shown = desk.drafts.render(desk.open())
    assert shown
    assert all(is_marked(each.text.body) for each in shown.values())
    assert shown[Medium.EMAIL].text.subject.startswith("DRILL: ")


def test_what_is_sent_and_recorded_carries_it(desk: MessageDesk):
    sent = desk.send()
    assert is_marked(sent.body)
    assert sent.subject.startswith("DRILL: ")


def test_it_goes_back_in_where_somebody_took_it_out(desk: MessageDesk):
    draft = desk.open()
    body = desk.body(draft)
    plain = "\n".join(line for line in body.splitlines() if "DRILL" not in line)
    sent = desk.sending.send(
        desk.type(draft, plain), desk.by, desk.mail(), dict.fromkeys(range(40), "a drill")
    )[0]
    assert is_marked(sent.body)


def test_what_was_said_elsewhere_is_recorded_with_it(desk: MessageDesk):
    sent = desk.sending.record(desk.id, "We call back at ten.", desk.by)
    assert is_marked(sent.body)
    assert "We call back at ten." in sent.body


def test_the_mark_gives_no_rule_anything_to_find(commands: CommandDesk):
    plain = MessageDesk(commands)
    before = {each.rule for each in plain.sending.check(plain.open(Stage.INITIAL))}
    mark(commands.store)
    drafts = plain.another()
    after = plain.another_sending(drafts).check(plain.open(Stage.INITIAL))
    assert {each.rule for each in after} <= before


def test_a_message_of_a_real_desk_says_nothing_of_it(commands: CommandDesk):
    assert "DRILL" not in MessageDesk(commands).send().body


def test_notifications_carry_it(store, clock):
    mark(store)
    alarms = AlarmDesk(store, clock)
    alarms.open(**P1)
    alarms.alarm.sweep()
    (item,) = alarms.outbox.claim()
    assert item.title.startswith("DRILL: ")


def test_pages_carry_it_too(store, clock):
    mark(store)
    paging = PagingDesk(store, clock)
    paging.channel(paging.leo, HOOK)
    paging.open(**P1, owner_id=paging.leo.id)
    paging.sweep()
    (page,) = paging.queue.claim(5)
    assert page.title.startswith("DRILL: ")
    assert is_marked(page.body)
