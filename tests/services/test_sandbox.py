"""The sandbox: what was kept, decided once more beside the desk, with the difference; and nothing changes."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.disposition import Cause, Disposition
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.domain.maintenance import MaintenanceWindow
from desktop.domain.rule import Rule
from desktop.services.maintenance import MaintenanceService
from desktop.services.sandbox import Sandbox
from tests.services.signal_desk import MAPPING, SignalDesk, a_rule_document, cond, do


@pytest.fixture
def sandbox(desk: SignalDesk) -> Sandbox:
    return Sandbox(store=desk.store, clock=desk.clock)


def a_draft(*actions, **more) -> Rule:
    return Rule.from_mapping(a_rule_document(*actions, **more))


def everything(desk: SignalDesk) -> list[int]:
    return [kept.id for kept in desk.signals.recent(limit=5_000)]


def a_morning(desk: SignalDesk) -> None:
    """Two problems, repeats, one of them over; the clock moves on between."""
    for key, state in (("db", ""), ("web", ""), ("db", ""), ("db", "ok"), ("web", ""), ("gone", "ok")):
        desk.send(key, state=state, severity="high")
        desk.clock.forward(minutes=7)


def changes(difference) -> list[tuple[str, ...]]:
    return [row.changes for row in difference.rows]


def fingerprint(desk: SignalDesk) -> str:
    with desk.store.read() as session:
        tables = [
            row[0] for row in session.sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        found = [list(session.sql(f'SELECT * FROM "{table}"')) for table in tables]
    return hashlib.sha256(repr(found).encode()).hexdigest()


def test_the_same_rules_make_the_same_of_it(desk: SignalDesk, sandbox: Sandbox):
    desk.rule(do("set_severity", 2), do("open"), when=(cond("title", "contains", "web"),))
    a_morning(desk)
    difference = sandbox.replay(everything(desk))
    assert (difference.changed, changes(difference)) == (0, [()] * 6)
    assert difference.then == difference.now == {"opened": 2, "joined": 3, "suppressed": 1}


def test_what_a_draft_would_suppress_is_told_with_the_rule(desk: SignalDesk, sandbox: Sandbox):
    a_morning(desk)
    draft = a_draft(do("suppress", "Known"), when=(cond("title", "contains", "web"),))
    difference = sandbox.replay(everything(desk), [draft])
    assert changes(difference)[1] == ("Suppressed instead of opened", "Rule: none → Checkout, version 1")
    assert difference.now[Disposition.SUPPRESSED] == 3


def test_what_would_be_opened_otherwise_is_told_field_by_field(desk: SignalDesk, sandbox: Sandbox):
    desk.send("db", severity="low")
    owner = desk.base.staff["on-call"]
    draft = a_draft(do("open"), do("set_severity", 1), do("assign", owner.id))
    (row,) = sandbox.replay(everything(desk), [draft]).rows
    assert row.changes[:2] == (f"Severity: SEV{row.then.severity} → SEV1", "Owner: nobody → Onno Kay")


def test_what_people_did_since_is_no_difference(desk: SignalDesk, sandbox: Sandbox):
    kept = desk.send("db", severity="high")
    desk.clock.forward(minutes=1)
    desk.base.commands.ownership.assign(kept.escalation_id, desk.base.staff["on-call"].id, desk.lead)
    desk.base.commands.escalation.edit(kept.escalation_id, {"title": "Full again"}, desk.lead)
    (row,) = sandbox.replay([kept.id]).rows
    assert (row.changes, row.then.title, row.then.owner) == ((), "Disk of db is full", "")


def test_a_repeat_alone_joins_what_was_open_then(desk: SignalDesk, sandbox: Sandbox):
    first = desk.send("db")
    desk.clock.forward(minutes=30)
    second = desk.send("db")
    desk.clock.forward(minutes=30)
    desk.base.commands.transition.resolve(first.escalation_id, desk.base.senior)
    (row,) = sandbox.replay([second.id]).rows
    assert (row.changes, row.now.disposition, row.now.number) == ((), "joined", first.number)


def test_what_people_ended_meanwhile_is_ended_there_too(desk: SignalDesk, sandbox: Sandbox):
    first = desk.send("db")
    desk.base.commands.transition.resolve(first.escalation_id, desk.base.senior)
    desk.clock.forward(days=3)
    assert desk.send("db").disposition == "opened"
    assert sandbox.replay(everything(desk)).now == {"opened": 2}


def test_a_whole_period_of_a_source_is_replayed(desk: SignalDesk, sandbox: Sandbox):
    begin = desk.clock.now()
    a_morning(desk)
    desk.add_source("Other")
    difference = sandbox.replay_period(desk.probe.id, begin, begin + timedelta(minutes=20))
    assert [row.signal.signal.dedup_key for row in difference.rows] == ["db", "web", "db"]


def test_what_was_held_by_the_switch_shows_what_rules_make_of_it(desk: SignalDesk, sandbox: Sandbox):
    desk.switch.stop("Too much", desk.lead)
    desk.send("db")
    (row,) = sandbox.replay(everything(desk)).rows
    assert row.changes[0] == "Opened instead of held"


def test_a_storm_is_braked_there_too(desk: SignalDesk, sandbox: Sandbox):
    source = desk.add_source("Noise", storm_count=5)
    for number in range(9):
        desk.send(f"k{number}", source=source)
        desk.clock.forward(seconds=1)
    assert sandbox.replay(everything(desk)).changed == 0


def test_a_repeat_of_the_storm_alone_is_braked_by_what_came_before(desk: SignalDesk, sandbox: Sandbox):
    source = desk.add_source("Noise", storm_count=5)
    kept = []
    for number in range(9):
        kept.append(desk.send(f"k{number}", source=source))
        desk.clock.forward(seconds=1)
    (row,) = sandbox.replay([kept[-1].id]).rows
    assert (row.now.disposition, row.now.cause) == ("held", Cause.STORM)


def test_maintenance_covers_what_it_covered(desk: SignalDesk, sandbox: Sandbox):
    now_us = to_us(desk.clock.now())
    service = MaintenanceService(store=desk.store, clock=desk.clock, bus=desk.bus)
    window = service.plan(MaintenanceWindow(0, "Upgrade", now_us, now_us + 3_600_000_000), desk.lead)
    desk.send("db")
    desk.clock.forward(minutes=5)
    service.end_now(window.id, desk.lead)
    desk.send("web")
    difference = sandbox.replay(everything(desk))
    assert (difference.changed, difference.now) == (0, {"suppressed": 1, "opened": 1})


def test_what_rules_count_of_the_time_before_is_there(desk: SignalDesk, sandbox: Sandbox):
    desk.send("db1", title="Disk 1 is full")
    desk.clock.forward(days=2)
    desk.rule(do("suppress", "Again"), when=(cond("repeat.7d", "at least", 1),))
    second = desk.send("db2", title="Disk 2 is full")
    (row,) = sandbox.replay([second.id]).rows
    assert (row.now.disposition, row.changes) == ("suppressed", ())


def test_a_rule_that_would_trip_is_named_and_goes_on(desk: SignalDesk, sandbox: Sandbox):
    source = desk.add_source("Noise", storm_count=100)
    for number in range(30):
        desk.send(f"k{number}", source=source)
    draft = a_draft(do("open"), do("set_severity", 1))
    difference = sandbox.replay(everything(desk), [draft])
    assert (difference.tripped, {row.now.severity for row in difference.rows}) == (("Checkout",), {1})


def test_what_cannot_be_read_cannot_be_read_there_either(desk: SignalDesk, sandbox: Sandbox):
    desk.keep(b"{", source=desk.probe)
    desk.signals.process()
    (row,) = sandbox.replay(everything(desk)).rows
    assert (row.then.disposition, row.now.disposition, row.changes) == ("rejected", "rejected", ())


def test_what_is_read_otherwise_now_is_told(desk: SignalDesk, sandbox: Sandbox):
    desk.send("db", details={"title": "Inner"})
    mapping = {**MAPPING, "title": "details.title"}
    desk.sources.edit(replace(desk.sources.get(desk.probe.id), mapping=mapping), desk.lead)
    (row,) = sandbox.replay(everything(desk)).rows
    assert row.changes == ("Title: Disk of db is full → Inner",)


def test_nothing_is_written_at_the_desk(desk: SignalDesk, sandbox: Sandbox):
    a_morning(desk)
    before = fingerprint(desk)
    heard = len(desk.heard)
    sandbox.replay(everything(desk), [a_draft(do("suppress", "Known"))])
    assert (fingerprint(desk), len(desk.heard)) == (before, heard)


def test_twice_gives_the_same(desk: SignalDesk, sandbox: Sandbox):
    a_morning(desk)
    draft = a_draft(do("open"), do("set_severity", 1))
    assert sandbox.replay(everything(desk), [draft]) == sandbox.replay(everything(desk), [draft])


def test_nothing_is_not_replayed(sandbox: Sandbox):
    with pytest.raises(DeskError, match="no signal to replay"):
        sandbox.replay([])


@pytest.mark.thorough
def test_a_thousand_signals_are_replayed(desk: SignalDesk, sandbox: Sandbox):
    source = desk.add_source("Noise", storm_count=10_000)
    for number in range(1_000):
        desk.keep({"title": f"Disk {number % 400} is full", "key": f"k{number % 400}"}, source=source)
        desk.clock.forward(seconds=7)
    while desk.signals.process().remaining:
        pass
    difference = sandbox.replay(everything(desk))
    assert difference.now == {"opened": 400, "joined": 600}
