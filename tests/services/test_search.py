"""Finding escalations while a problem is typed in, and by number or words."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries import customer as customers
from db.queries.customer import NewCustomer
from desktop.domain.escalation import Opened
from desktop.services.search import SearchService
from tests.fixtures_desk import CommandDesk


@pytest.fixture
def search(commands: CommandDesk) -> SearchService:
    return SearchService(store=commands.store, clock=commands.clock)


def closed(commands: CommandDesk, **facts: Any) -> Opened:
    opened = commands.open(**facts)
    commands.commands.transition.to_standard(opened.id, commands.coordinator, "not_urgent", "can wait")
    return opened


def test_open_and_past_escalations_with_a_title_alike_are_found(commands: CommandDesk, search: SearchService):
    running = commands.open(title="Checkout times out for EU merchants")
    past = closed(commands, title="Checkout timed out in the EU")
    commands.open(title="Nightly export is empty")
    similar = search.similar("checkout time")
    assert [hit.id for hit in similar.open] == [running.id]
    assert [hit.id for hit in similar.past] == [past.id]


def test_the_last_word_may_be_unfinished(commands: CommandDesk, search: SearchService):
    opened = commands.open(title="Reconciliation differs")
    assert [hit.id for hit in search.similar("reconc").open] == [opened.id]


def test_the_description_is_searched_too(commands: CommandDesk, search: SearchService):
    opened = commands.open(title="Orders stop", description="The settlement batch hangs at midnight")
    assert [hit.id for hit in search.similar("settlement").open] == [opened.id]


def test_same_customer_and_a_title_alike_is_a_likely_duplicate(commands: CommandDesk, search: SearchService):
    with commands.store.begin() as session:
        other = customers.insert(session, NewCustomer("Other", "other", None, None, "EUR", "", None))
    stranger = commands.open(title="Checkout times out", customer_id=other)
    same = commands.open(title="Checkout times out", customer_id=1)
    hits = search.similar("Checkout timing out", customer_id=1).open
    assert [(hit.id, hit.likely_duplicate) for hit in hits] == [(same.id, True), (stranger.id, False)]
    assert hits[0].why == "Same customer, similar title"


def test_the_same_reference_is_a_likely_duplicate_whatever_it_says(
    commands: CommandDesk, search: SearchService
):
    opened = closed(commands, title="Something else", external_source="jira", external_ref="OPS-77")
    commands.open(external_source="servicenow", external_ref="INC1")
    hits = search.similar("Login fails", external_ref=" OPS-77 ").past
    assert [(hit.id, hit.likely_duplicate, hit.why) for hit in hits] == [
        (opened.id, True, "Same reference OPS-77")
    ]


@pytest.mark.parametrize("text", ["ESC-2026-0002", "esc-2026-2", "2026-0002", "0002", "2", "ESC 2026 0002"])
def test_a_number_is_found_whole_or_short(commands: CommandDesk, search: SearchService, text: str):
    commands.open()
    opened = commands.open()
    assert search.find(text)[0].id == opened.id


def test_open_ones_come_first_then_the_newest(commands: CommandDesk, search: SearchService):
    first = commands.open(title="Login loop")
    past = closed(commands, title="Login loop")
    commands.clock.forward(timedelta(hours=1))
    newest = commands.open(title="Login loop")
    assert [hit.id for hit in search.find("login")] == [newest.id, first.id, past.id]


def test_words_of_title_and_customer_must_all_occur(commands: CommandDesk, search: SearchService):
    opened = commands.open(title="Login loop")
    assert [hit.id for hit in search.find("north log")] == [opened.id]
    assert search.find("north zebra") == ()


def test_accents_do_not_matter(commands: CommandDesk, search: SearchService):
    opened = commands.open(title="Überweisung schlägt fehl")
    assert [hit.id for hit in search.find("uberweisung schlagt")] == [opened.id]


def test_an_old_number_leads_to_what_it_became(commands: CommandDesk, search: SearchService):
    survivor = commands.open()
    with commands.store.begin() as session:
        session.sql(
            "INSERT INTO number_alias (number, escalation_id) VALUES ('ESC-2025-0099', ?)", (survivor.id,)
        )
    assert [hit.id for hit in search.find("esc-2025-99")] == [survivor.id]


def test_an_edited_title_is_found_by_its_new_words_only(commands: CommandDesk, search: SearchService):
    opened = commands.open(title="Login loop")
    commands.commands.escalation.edit(opened.id, {"title": "Session expires"}, commands.coordinator)
    assert [hit.id for hit in search.find("session expires")] == [opened.id]
    assert search.find("loop") == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=30) | st.text(alphabet='"*^:-(){}+ \0ORANDNEAR', max_size=30))
def test_no_text_is_a_query_or_an_error(commands: CommandDesk, search: SearchService, text: str):
    search.similar(text, external_ref=text)
    search.find(text)


def test_nothing_typed_finds_nothing(commands: CommandDesk, search: SearchService):
    commands.open()
    assert (search.similar(" "), search.find("")) == (search.similar(""), ())


def test_at_most_as_many_as_asked_for(commands: CommandDesk, search: SearchService):
    for _ in range(9):
        commands.open(title="Login loop")
    assert len(search.similar("login loop", limit=4).open) == 4
    assert len(search.find("login", limit=3)) == 3
