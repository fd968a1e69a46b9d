"""The clock shown on the board: which commitment it is, and when that changes with time alone."""

from datetime import timedelta

from desktop.domain.instant import from_us
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk


def shown(commands: CommandDesk, escalation_id: int) -> tuple[str, object]:
    with commands.store.read() as session:
        kind, until = session.sql(
            "SELECT clock_kind, clock_until FROM escalation WHERE id = ?", (escalation_id,)
        ).fetchone()
    return kind, until and from_us(until)


def test_what_is_tightest_for_good_is_not_looked_at_again(commands: CommandDesk):
    opened = commands.open()
    assert shown(commands, opened.id) == ("assign", None)
    assert commands.commands.clocks.refresh_due() == ()


def test_the_clock_follows_the_tightest_as_time_passes(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    commands.clock.forward(minutes=100)
    commands.commands.escalation.record_update(opened.id, "Still on it.", commands.coordinator)
    kind, until = shown(commands, opened.id)
    assert kind == "contain"
    assert until is not None
    commands.clock.set(until)
    assert commands.commands.clocks.refresh_due() == (opened.id,)
    assert shown(commands, opened.id)[0] == "update"


def test_a_refresh_is_told_to_the_board(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    commands.clock.forward(minutes=100)
    commands.commands.escalation.record_update(opened.id, "Still on it.", commands.coordinator)
    commands.clock.set(MONDAY + timedelta(hours=3, minutes=40))
    told = len(commands.told)
    commands.commands.clocks.refresh_due()
    assert [event.ids for event in commands.told[told:]] == [(opened.id,)]


def test_a_threshold_that_was_told_is_not_told_again(commands: CommandDesk):
    opened = commands.open()
    row = next(row for row in commands.commitments(opened.id) if row.kind == "contain")
    with commands.store.begin() as session:
        session.sql(
            "INSERT INTO alarm (escalation_id, commitment_id, subject, threshold, due_at, raised_at)"
            " VALUES (?, ?, ?, 'at_risk', ?, ?)",
            (opened.id, row.id, f"commitment:{row.id}", row.at_risk_us, row.at_risk_us),
        )
    commands.clock.forward(hours=3, minutes=1)
    commands.commands.escalation.note(opened.id, "Hm.", commands.coordinator)
    row = next(row for row in commands.commitments(opened.id) if row.kind == "contain")
    assert (row.next_threshold, row.next_threshold_us) == ("breaching_soon", row.soon_us)


def test_a_told_threshold_is_told_anew_when_the_deadline_moved_beyond_it(commands: CommandDesk):
    opened = commands.open()
    row = next(row for row in commands.commitments(opened.id) if row.kind == "contain")
    with commands.store.begin() as session:
        session.sql(
            "INSERT INTO alarm (escalation_id, commitment_id, subject, threshold, due_at, raised_at)"
            " VALUES (?, ?, ?, 'at_risk', ?, ?)",
            (opened.id, row.id, f"commitment:{row.id}", row.at_risk_us, row.at_risk_us),
        )
    commands.clock.forward(hours=3, minutes=1)
    commands.commands.classification.override(opened.id, commands.coordinator, "Minor.", priority="P4")
    row = next(row for row in commands.commitments(opened.id) if row.kind == "contain")
    assert (row.next_threshold, row.next_threshold_us) == ("at_risk", row.at_risk_us)
