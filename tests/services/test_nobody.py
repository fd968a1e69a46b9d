"""Nobody on call, no owner: an alarm that reaches whoever sits at the desk, never silence."""

import json
from dataclasses import replace

from desktop.domain.events import OutboxFilled
from desktop.domain.person import Person, Role
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.person import PersonService
from desktop.services.receiving import ReceivingService
from desktop.services.settings import SettingsService
from desktop.services.signals import SignalService
from desktop.services.source import SourceService
from tests.services.alarm_desk import LEAD, AlarmDesk
from tests.services.signal_desk import SignalDesk, do


def notices(desk):
    with desk.store.read() as session:
        return session.sql("SELECT title, body FROM outbox WHERE reason = 'nobody' ORDER BY id").fetchall()


def test_a_signal_without_owner_alarms_whoever_sits_here(store, clock):
    desk = AlarmDesk(store, clock)
    parts = {"store": store, "clock": clock, "bus": desk.bus}
    source = SourceService(**parts, policy=desk.policies).add(
        Source(0, "", "Probe", SourceKind.GENERIC), LEAD
    )
    body = json.dumps({"title": "Disk full", "severity": "critical"}).encode()
    ReceivingService(store=store, bus=desk.bus).keep([NewMessage(source.id, body, clock.now())])
    SignalService(cases=desk.do.cases, hooks=desk.do.escalation.on_opened).process()
    for _ in range(12):
        clock.forward(minutes=5)
        desk.calm()
        desk.sweep()
    reasons = {(item.reason, item.escalation_id) for item in desk.shown}
    assert desk.thresholds(1, "assign")[-1][0] == "breached"
    assert ("breached", 1) in reasons


def wanting_on_call(desk: SignalDesk, team: str = "Payments"):
    desk.rule(do("open"), do("assign_on_call", team))


def test_a_rule_that_finds_nobody_on_call_says_so_on_the_timeline(desk: SignalDesk):
    wanting_on_call(desk)
    kept = desk.send("db")
    (event,) = [event for event in desk.base.events(kept.escalation_id) if event.kind == "oncall.nobody"]
    assert (event.body["targets"], event.body["rule"]) == (["on call for Payments"], "Checkout")
    assert desk.escalation(kept).needs_review


def test_and_the_desk_is_told_at_once(desk: SignalDesk):
    wanting_on_call(desk)
    number = desk.send("db").number
    (row,) = notices(desk)
    assert tuple(row) == ("Nobody is on call for Payments", f"{number} has no owner: Disk of db is full")
    assert len(desk.told(OutboxFilled)) == 1


def test_repeats_tell_it_no_second_time(desk: SignalDesk):
    wanting_on_call(desk)
    desk.send("db")
    desk.repeat("db")
    assert len(notices(desk)) == 1


def test_where_somebody_is_on_call_nobody_is_missed(desk: SignalDesk):
    onno = desk.base.staff[Role.ON_CALL]
    people = PersonService(
        store=desk.store, clock=desk.clock, bus=desk.bus, settings=SettingsService(store=desk.store)
    )
    people.edit(replace(onno, team="Payments"), desk.lead)
    wanting_on_call(desk)
    kept = desk.send("db")
    assert (desk.escalation(kept).owner_id, notices(desk)) == (onno.id, [])


def test_a_rule_made_later_says_so_for_what_is_open(desk: SignalDesk):
    kept = desk.send("db")
    desk.rule(do("assign_on_call", "Payments"))
    desk.repeat("db")
    assert ("oncall.nobody" in desk.kinds(kept), len(notices(desk))) == (True, 1)


def test_once_somebody_owns_it_repeats_say_nothing(desk: SignalDesk):
    kept = desk.send("db")
    owner: Person = desk.base.staff[Role.ON_CALL]
    desk.base.commands.ownership.assign(kept.escalation_id, owner.id, desk.lead)
    wanting_on_call(desk)
    desk.repeat("db")
    assert notices(desk) == []
