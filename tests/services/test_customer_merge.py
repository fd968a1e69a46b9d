"""Customers put away, brought back, and merged where two are the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from db.queries import customer as queries
from desktop.domain.customer import Customer
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.policy import Priority
from desktop.services.customer import CustomerService
from desktop.services.search import SearchService
from tests.factories import an_intake
from tests.fixtures_desk import CommandDesk

NORTHWIND = 1


@pytest.fixture
def customers(commands: CommandDesk) -> CustomerService:
    return CustomerService(
        store=commands.store, clock=commands.clock, bus=commands.bus, policy=commands.policy
    )


@pytest.fixture
def twin(customers: CustomerService, commands: CommandDesk) -> Customer:
    """The same customer again, under another name and with another weight."""
    return customers.create("North Wind Ltd", commands.coordinator, tier="standard", revenue=0)


@pytest.fixture
def opening(commands: CommandDesk) -> Callable[[Customer], int]:
    def opened(customer: Customer) -> int:
        intake = replace(an_intake(), customer_id=customer.id)
        return commands.commands.escalation.open(intake, commands.coordinator).id

    return opened


def test_an_archived_customer_is_offered_no_more_and_keeps_its_name(
    customers: CustomerService, commands: CommandDesk, twin: Customer
):
    customers.archive(twin.id, commands.lead)
    assert customers.complete("north wind") == ()
    assert [one.name for one in customers.all()] == ["Northwind"]
    with pytest.raises(Conflict, match="It is archived: restore it"):
        customers.create("north wind ltd", commands.lead)


def test_an_archived_customer_comes_back(customers: CustomerService, commands: CommandDesk, twin: Customer):
    customers.archive(twin.id, commands.lead)
    customers.restore(twin.id, commands.lead)
    assert [one.name for one in customers.complete("north wind")] == ["North Wind Ltd"]


def test_archiving_is_undone(customers: CustomerService, commands: CommandDesk, twin: Customer):
    done = customers.archive(twin.id, commands.lead).done
    undone = commands.commands.undoing.undo(done.seqs, commands.lead)
    assert undone.label == done.label == "Archiving of North Wind Ltd"
    assert customers.get(twin.id).archived_at is None


def test_adding_is_undone_by_archiving(customers: CustomerService, commands: CommandDesk):
    made = customers.add(Customer(0, "Fennel"), commands.lead)
    commands.commands.undoing.undo(made.done.seqs, commands.lead)
    assert customers.get(made.customer.id).archived_at is not None


def test_one_with_something_open_is_not_archived(customers: CustomerService, commands: CommandDesk):
    commands.open()
    with pytest.raises(DeskError, match="Northwind has 1 open escalation"):
        customers.archive(NORTHWIND, commands.lead)


def test_a_merge_moves_everything_and_scores_anew_what_is_open(
    customers: CustomerService, commands: CommandDesk, twin: Customer, opening: Callable[[Customer], int]
):
    ended, still_open = opening(twin), opening(twin)
    commands.commands.transition.resolve(ended, commands.senior)
    commands.commands.classification.classify(still_open, commands.coordinator)
    before, score = commands.get(still_open), commands.get(ended).score
    customers.merge(twin.id, NORTHWIND, commands.lead)
    assert {commands.get(id_).customer_id for id_ in (ended, still_open)} == {NORTHWIND}
    assert (before.priority, commands.get(still_open).priority) == (Priority.P3, Priority.P2)
    assert commands.get(ended).score == score


def test_both_timelines_tell_of_the_merge(
    customers: CustomerService, commands: CommandDesk, twin: Customer, opening: Callable[[Customer], int]
):
    ended, still_open = opening(twin), opening(twin)
    commands.commands.transition.resolve(ended, commands.senior)
    customers.merge(twin.id, NORTHWIND, commands.lead)
    for id_ in (ended, still_open):
        assert (
            commands.events(id_)[-1].body["reason"].startswith("customer merged: North Wind Ltd -> Northwind")
        )
    assert commands.commands.audit.verify().ok


def test_a_merge_is_undone_whole(
    customers: CustomerService, commands: CommandDesk, twin: Customer, opening: Callable[[Customer], int]
):
    ended, still_open, other = opening(twin), opening(twin), commands.open().id
    commands.commands.transition.resolve(ended, commands.senior)
    before = [replace(commands.get(id_), revision=0) for id_ in (ended, still_open, other)]
    done = customers.merge(twin.id, NORTHWIND, commands.lead).done
    undone = commands.commands.undoing.undo(done.seqs, commands.lead)
    assert customers.get(twin.id) == twin
    after = [replace(commands.get(id_), revision=0) for id_ in (ended, still_open, other)]
    assert [_standing(one) for one in after] == [_standing(one) for one in before]
    commands.commands.undoing.undo(undone.seqs, commands.lead)
    assert commands.get(ended).customer_id == commands.get(still_open).customer_id == NORTHWIND


def _standing(escalation):
    return escalation.customer_id, escalation.score_computed, escalation.priority_computed, escalation.state


def test_the_name_of_a_duplicate_leads_to_the_survivor(
    customers: CustomerService, commands: CommandDesk, twin: Customer
):
    third = customers.create("Norwind", commands.lead)
    customers.merge(third.id, twin.id, commands.lead)
    customers.merge(twin.id, NORTHWIND, commands.lead)
    with commands.store.read() as session:
        found = queries.ids_by_key(session)
    assert found == dict.fromkeys(("northwind", "north wind ltd", "norwind"), NORTHWIND)
    with pytest.raises(Conflict, match="It was merged into Northwind"):
        customers.create("Norwind", commands.lead)


def test_what_was_merged_is_found_under_the_new_name(
    customers: CustomerService, commands: CommandDesk, twin: Customer, opening: Callable[[Customer], int]
):
    ended = opening(twin)
    commands.commands.transition.resolve(ended, commands.senior)
    customers.merge(twin.id, NORTHWIND, commands.lead)
    search = SearchService(store=commands.store, clock=commands.clock)
    assert [hit.id for hit in search.find("northwind")] == [ended]


def test_what_cannot_be_merged_says_why(customers: CustomerService, commands: CommandDesk, twin: Customer):
    with pytest.raises(DeskError, match="cannot be merged into itself"):
        customers.merge(NORTHWIND, NORTHWIND, commands.lead)
    with pytest.raises(NotAllowed):
        customers.merge(twin.id, NORTHWIND, commands.on_call)
    customers.merge(twin.id, NORTHWIND, commands.lead)
    with pytest.raises(DeskError, match="North Wind Ltd is archived"):
        customers.merge(twin.id, NORTHWIND, commands.lead)
    with pytest.raises(DeskError, match="was merged into Northwind"):
        customers.restore(twin.id, commands.lead)


def test_the_list_tells_what_is_open_and_where_a_duplicate_went(
    customers: CustomerService, commands: CommandDesk, twin: Customer, opening: Callable[[Customer], int]
):
    opening(twin)
    customers.merge(twin.id, NORTHWIND, commands.lead)
    listed = {one.customer.name: (one.open_count, one.merged_into) for one in customers.listed()}
    assert listed == {"Northwind": (1, ""), "North Wind Ltd": (0, "Northwind")}


@pytest.mark.parametrize(
    ("values", "field"), [({"zone": "Nowhere"}, "zone"), ({"contacts": "x" * 501}, "contacts")]
)
def test_what_is_wrong_with_contacts_and_zone_is_named(
    customers: CustomerService, commands: CommandDesk, values: dict[str, str], field: str
):
    with pytest.raises(DeskError) as error:
        customers.edit(replace(customers.get(NORTHWIND), **values), commands.lead)
    assert error.value.field == field
