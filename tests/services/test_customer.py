"""Customers: found while their name is typed, added, changed."""

from dataclasses import replace

import pytest

from desktop.domain.customer import Customer, name_key, weighs_otherwise
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import CustomersChanged
from desktop.services.customer import CustomerService
from desktop.services.search import SearchService
from tests.fixtures_desk import CommandDesk


@pytest.fixture
def customers(commands: CommandDesk) -> CustomerService:
    return CustomerService(
        store=commands.store, clock=commands.clock, bus=commands.bus, policy=commands.policy
    )


def names(found: tuple[Customer, ...]) -> list[str]:
    return [customer.name for customer in found]


def test_a_new_customer_is_kept_as_typed_but_for_spaces(customers: CustomerService, commands: CommandDesk):
    made = customers.create("  Fennel &  Rye\n", commands.coordinator, tier="strategic", revenue=5)
    assert customers.get(made.id) == made
    assert (made.name, made.tier, made.revenue, made.currency) == ("Fennel & Rye", "strategic", 5, "EUR")


@pytest.mark.parametrize("name", ["NORTHWIND", " northwind\n", "Ｎorthwind"])
def test_a_name_is_the_same_however_it_is_written(
    customers: CustomerService, commands: CommandDesk, name: str
):
    with pytest.raises(Conflict, match="Northwind already"):
        customers.create(name, commands.coordinator)
    assert customers.find(name) is not None


def test_completion_puts_beginnings_before_words_within(customers: CustomerService, commands: CommandDesk):
    for name in ("Rye Mills", "Fennel & Rye", "Barley Ltd", "Bryer"):
        customers.create(name, commands.coordinator)
    assert names(customers.complete("ry")) == ["Rye Mills", "Fennel & Rye"]
    assert names(customers.complete("RYE fen")) == ["Fennel & Rye"]
    assert names(customers.complete("", limit=2)) == ["Barley Ltd", "Bryer"]


@pytest.mark.parametrize("text", ["%", "_", "'", '"', "\0", "*", "\U0010ffff"])
def test_completion_takes_signs_as_signs(customers: CustomerService, commands: CommandDesk, text: str):
    assert names(customers.complete(text)) == []


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [
        (" \n", {}, "name"),
        ("x" * 201, {}, "name"),
        ("A", {"tier": "golden"}, "tier"),
        ("A", {"revenue": -1}, "revenue"),
        ("A", {"revenue": 2**80}, "revenue"),
        ("A", {"currency": "Euro"}, "currency"),
    ],
)
def test_what_is_wrong_is_named(
    customers: CustomerService, commands: CommandDesk, name: str, facts: dict[str, object], field: str
):
    with pytest.raises(DeskError) as error:
        customers.create(name, commands.coordinator, **facts)
    assert error.value.field == field


def test_only_coordinators_and_leads_change_customers(customers: CustomerService, commands: CommandDesk):
    with pytest.raises(NotAllowed):
        customers.create("A", commands.on_call)


def test_a_change_is_told_and_says_whether_it_weighs(customers: CustomerService, commands: CommandDesk):
    told: list[CustomersChanged] = []
    commands.bus.subscribe(CustomersChanged, told.append)
    before = customers.get(1)
    moved = customers.edit(replace(before, region="DE"), commands.lead).customer
    weightier = customers.edit(replace(moved, tier="strategic"), commands.lead).customer
    assert [event.ids for event in told] == [(1,), (1,)]
    assert not weighs_otherwise(before, moved)
    assert weighs_otherwise(moved, weightier)


def test_a_renamed_customer_is_found_by_the_new_name_in_full_text(
    customers: CustomerService, commands: CommandDesk
):
    opened = commands.open()
    customers.edit(replace(customers.get(1), name="Southwind"), commands.lead)
    search = SearchService(store=commands.store, clock=commands.clock)
    assert [hit.id for hit in search.find("southwind")] == [opened.id]
    assert search.find("northwind") == ()


def test_a_customer_that_is_not_there_is_not_found(customers: CustomerService, commands: CommandDesk):
    with pytest.raises(NotFound):
        customers.get(99)
    with pytest.raises(NotFound):
        customers.edit(Customer(99, "Nobody"), commands.lead)


def test_the_folded_name_ignores_width_case_and_spaces():
    assert name_key(" Ａcme\t STRASSE ") == name_key("acme straße")
