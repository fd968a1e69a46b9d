"""A customer that weighs something else: what is open is scored anew, and back when that is undone."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.customer import Customer
from desktop.domain.customer_change import CustomerDone
from desktop.domain.errors import Conflict, NotAllowed
from desktop.domain.escalation import Opened
from desktop.domain.events import CustomersChanged, EscalationChanged
from desktop.domain.policy import Priority
from desktop.services.customer import CustomerService
from desktop.services.search import SearchService
from tests.fixtures_desk import CommandDesk

Change = Callable[..., CustomerDone]


@pytest.fixture
def customers(commands: CommandDesk) -> CustomerService:
    return CustomerService(
        store=commands.store, clock=commands.clock, bus=commands.bus, policy=commands.policy
    )


@pytest.fixture
def change(customers: CustomerService, commands: CommandDesk) -> Change:
    """Gives Northwind other values."""

    def changed(**values: object) -> CustomerDone:
        return customers.edit(replace(customers.get(1), **values), commands.lead)

    return changed


@pytest.fixture
def opened(commands: CommandDesk) -> Opened:
    """A P2 of an enterprise customer."""
    made = commands.open()
    commands.commands.classification.classify(made.id, commands.coordinator)
    return made


def targets(commands: CommandDesk, id_: int) -> dict[str, int]:
    return {row.kind: row.target_s for row in commands.commitments(id_) if row.is_running}


def test_another_tier_scores_what_is_open_anew(commands: CommandDesk, change: Change, opened: Opened):
    before = commands.get(opened.id)
    change(tier="standard", revenue=0)
    after = commands.get(opened.id)
    assert before.priority is Priority.P2
    assert after.priority is Priority.P3
    assert after.score == after.score_computed < before.score


def test_the_event_tells_why(commands: CommandDesk, change: Change, opened: Opened):
    change(tier="standard", revenue=0)
    told = [event for event in commands.events(opened.id) if event.kind == "escalation.reclassified"][-1]
    assert told.body["reason"] == (
        "customer changed: tier enterprise -> standard, revenue 2,000,000 EUR -> 0 EUR"
    )
    assert told.body["priority"] == ["P2", "P3"]
    assert told.actor == commands.lead.name


def test_what_runs_keeps_its_start_and_takes_the_target_of_the_new_priority(
    commands: CommandDesk, change: Change, opened: Opened
):
    (before,) = commands.commitments(opened.id, Kind.RESOLVE)
    change(tier="standard", revenue=0)
    (after,) = commands.commitments(opened.id, Kind.RESOLVE)
    assert after.started_us == before.started_us
    assert (before.target_s, before.calendar) == (24 * 3600, "")
    assert after.calendar != ""
    assert after.due_us > before.due_us


def test_a_target_that_is_past_is_breached_now(commands: CommandDesk, change: Change, opened: Opened):
    commands.clock.forward(hours=2)
    change(tier="strategic", revenue=10**9)
    (contain,) = commands.commitments(opened.id, Kind.CONTAIN)
    assert commands.get(opened.id).priority is Priority.P1
    assert contain.breached_us is not None
    assert commands.kinds(opened.id)[-1] == "commitment.breached"


def test_an_override_stays_with_the_computed_value_beside_it(
    commands: CommandDesk, change: Change, opened: Opened
):
    commands.commands.classification.override(opened.id, commands.lead, "The press calls", priority="P1")
    change(tier="standard", revenue=0)
    after = commands.get(opened.id)
    assert (after.priority, after.priority_computed) == (Priority.P1, Priority.P3)
    assert after.override_reason == "The press calls"


def test_what_is_over_keeps_its_score(commands: CommandDesk, change: Change, opened: Opened):
    commands.commands.transition.resolve(opened.id, commands.senior)
    before = commands.get(opened.id)
    change(tier="standard")
    assert commands.get(opened.id) == before


def test_a_change_that_does_not_weigh_leaves_scores_and_timelines_alone(
    commands: CommandDesk, change: Change, opened: Opened
):
    before = commands.events(opened.id)
    change(region="DE", contacts="Ann Lee, ann@example.org", zone="Europe/Berlin")
    assert commands.events(opened.id) == before


def test_the_board_hears_of_all_of_it_at_once(commands: CommandDesk, change: Change):
    ids = {commands.open().id for _ in range(3)}
    commands.told.clear()
    heard: list[CustomersChanged] = []
    commands.bus.subscribe(CustomersChanged, heard.append)
    change(tier="strategic")
    assert [set(event.ids) for event in commands.told if isinstance(event, EscalationChanged)] == [ids]
    assert [event.ids for event in heard] == [(1,)]


def test_an_undo_scores_back_and_a_redo_again(commands: CommandDesk, change: Change, opened: Opened):
    before, promised = commands.get(opened.id), targets(commands, opened.id)
    done = change(tier="standard", revenue=0).done
    undone = commands.commands.undoing.undo(done.seqs, commands.lead)
    back = commands.get(opened.id)
    assert (back.score, back.priority, targets(commands, opened.id)) == (
        before.score,
        before.priority,
        promised,
    )
    commands.commands.undoing.undo(undone.seqs, commands.lead)
    assert commands.get(opened.id).priority is Priority.P3
    assert commands.commands.audit.verify().ok


def test_an_undo_brings_back_an_override_that_had_become_the_computed_value(
    commands: CommandDesk, change: Change, opened: Opened
):
    commands.commands.classification.override(opened.id, commands.lead, "Quiet week", priority="P3")
    before = commands.get(opened.id)
    done = change(tier="standard", revenue=0).done
    commands.commands.undoing.undo(done.seqs, commands.lead)
    after = commands.get(opened.id)
    assert (after.priority, after.override_reason, after.priority_computed) == (
        before.priority,
        before.override_reason,
        before.priority_computed,
    )


def test_an_undo_scores_back_also_what_was_changed_or_opened_meanwhile(
    commands: CommandDesk, change: Change, opened: Opened, customers: CustomerService
):
    done = change(tier="standard", revenue=0).done
    commands.commands.classification.classify(opened.id, commands.coordinator, business_impact=5)
    later = commands.open()
    commands.commands.undoing.undo(done.seqs, commands.lead)
    fresh = commands.open()
    assert customers.get(1).tier == "enterprise"
    assert commands.get(later.id).score_computed == commands.get(fresh.id).score_computed
    changed = commands.get(opened.id)
    assert changed.business_impact == 5
    assert changed.score == changed.score_computed > commands.get(fresh.id).score_computed


def test_what_another_changed_since_is_not_undone_and_named(commands: CommandDesk, change: Change):
    done = change(tier="growth").done
    change(tier="strategic")
    with pytest.raises(Conflict, match="Leo Marsh has changed it since: change"):
        commands.commands.undoing.undo(done.seqs, commands.lead)
    with pytest.raises(NotAllowed):
        commands.commands.undoing.undo(done.seqs, commands.on_call)


def test_undoing_twice_is_refused(commands: CommandDesk, change: Change):
    done = change(region="DE").done
    commands.commands.undoing.undo(done.seqs, commands.lead)
    with pytest.raises(Conflict, match="undone already"):
        commands.commands.undoing.undo(done.seqs, commands.lead)


def test_an_undone_name_is_found_again_in_full_text(commands: CommandDesk, change: Change, opened: Opened):
    done = change(name="Southwind").done
    commands.commands.undoing.undo(done.seqs, commands.lead)
    search = SearchService(store=commands.store, clock=commands.clock)
    assert [hit.id for hit in search.find("northwind")] == [opened.id]


def test_the_change_itself_is_on_the_timeline_of_the_desk(commands: CommandDesk, change: Change):
    change(tier="growth")
    with commands.store.read() as session:
        (row,) = session.sql("SELECT actor, body FROM timeline WHERE kind = 'customer.changed'").fetchall()
    assert row[0] == "Leo Marsh"
    assert '"weighs":"tier enterprise -> growth"' in row[1]
    assert commands.commands.audit.verify().ok


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"tier": "standard", "revenue": 0}, "1 of 1 open escalation changes band: ESC-2026-0001 P2 to P3."),
        ({"tier": "strategic"}, "1 of 1 open escalation gets another score; none changes band."),
        ({"region": "DE"}, ""),
    ],
)
def test_a_preview_says_what_would_change_and_changes_nothing(
    customers: CustomerService,
    commands: CommandDesk,
    opened: Opened,
    values: dict[str, object],
    sentence: str,
):
    before = commands.get(opened.id)
    found = customers.preview(replace(customers.get(1), **values))
    assert found.sentence == sentence
    assert commands.get(opened.id) == before


def test_a_preview_is_what_comes_true(commands: CommandDesk, change: Change, customers: CustomerService):
    for impact in range(6):
        commands.open(business_impact=impact)
    wanted: Customer = replace(customers.get(1), tier="standard", revenue=0)
    foreseen = customers.preview(wanted)
    before = {f"ESC-2026-{id_:04}": commands.get(id_).priority_computed for id_ in range(1, 7)}
    change(tier="standard", revenue=0)
    after = {number: commands.get(int(number[-4:])).priority_computed for number in before}
    moved = {number: (before[number], after[number]) for number in before if before[number] != after[number]}
    assert {one.number: (one.before, one.after) for one in foreseen.moved} == moved != {}
