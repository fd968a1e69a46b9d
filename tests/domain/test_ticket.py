from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.escalation import State
from desktop.domain.policy import Policy
from desktop.domain.ticket import LONGEST_TITLE, TicketReader
from desktop.domain.ticket_mapping import FieldRule
from tests.domain.policies import a_policy
from tests.domain.tickets import COLUMNS, NOW, a_mapping, a_reader, a_row


@pytest.fixture(scope="module")
def policy() -> Policy:
    return a_policy()


def test_a_row_becomes_a_ticket(policy: Policy) -> None:
    ticket = a_reader(policy).read(a_row(state="Busy", priority="HIGH", who="Ada"))
    assert (ticket.reference, ticket.title, ticket.customer) == ("T1", "It is slow", "Acme")
    assert (ticket.state, ticket.severity, ticket.owner) == (State.WORKING, 2, "Ada")
    assert ticket.opened_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"text": "  "}, "title"),
        ({"company": "?"}, "customer"),
        ({"opened": ""}, "opened_at"),
        ({"opened": "soon"}, "opened_at"),
        ({"opened": "2031-01-01 00:00"}, "opened_at"),
        ({"state": "limbo"}, "state"),
        ({"priority": "purple"}, "severity"),
        ({"state": "solved", "resolved": "2026-11-19 10:00"}, "resolved_at"),
        ({"company": "x" * 300}, "name"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_naming_the_field(
    policy: Policy, cells: dict[str, str], field: str
) -> None:
    with pytest.raises(DeskError) as fault:
        a_reader(policy).read(a_row(**cells))
    assert fault.value.field == field


def test_a_row_without_its_number_is_refused(policy: Policy) -> None:
    with pytest.raises(DeskError, match="Reference is empty"):
        a_reader(policy).read(a_row(""))


def test_a_row_with_too_many_cells_is_refused(policy: Policy) -> None:
    with pytest.raises(DeskError, match="10 cells, the header 9"):
        a_reader(policy).read((*a_row(), "and more"))


def test_empty_cells_at_the_end_of_a_row_may_be_left_out(policy: Policy) -> None:
    assert a_reader(policy).read(a_row()[:5]).state is State.NEW


def test_the_instant_of_resolution_does_not_matter_while_it_is_open(policy: Policy) -> None:
    ticket = a_reader(policy).read(a_row(state="busy", resolved="2026-11-19 10:00"))
    assert ticket.is_open


def test_a_long_title_is_cut_and_kept_whole_in_the_description(policy: Policy) -> None:
    ticket = a_reader(policy).read(a_row(text="word " * 200_000))
    assert len(ticket.title) == LONGEST_TITLE
    assert ticket.description == ("word " * 200_000).strip()


def test_nul_and_line_ends_in_a_title_do_no_harm(policy: Policy) -> None:
    assert a_reader(policy).read(a_row(text="a\x00b\r\nc")).title == "a\ufffdb c"


def test_a_word_nobody_translated_takes_the_meaning_of_any_other(policy: Policy) -> None:
    mapping = a_mapping(state=FieldRule(("{state}",), {}, otherwise="working"))
    assert a_reader(policy, mapping).read(a_row(state="limbo")).state is State.WORKING


def test_an_area_the_policy_does_not_have_is_refused(policy: Policy) -> None:
    mapping = a_mapping(area=FieldRule(("{who}",)))
    with pytest.raises(DeskError, match="no product area “Basement”"):
        a_reader(policy, mapping).read(a_row(who="Basement"))


def test_an_area_is_known_by_its_name_too(policy: Policy) -> None:
    area = policy.areas[0]
    mapping = a_mapping(area=FieldRule(("{who}",)))
    assert a_reader(policy, mapping).read(a_row(who=area.name.upper())).area == area.key


def test_a_required_field_without_a_column_is_named(policy: Policy) -> None:
    with pytest.raises(DeskError, match="no column for: Customer"):
        TicketReader(a_mapping(), (*COLUMNS[:2], "opened"), policy, NOW)


def test_what_a_field_said_leaves_a_print_that_changes_with_it(policy: Policy) -> None:
    reader = a_reader(policy)
    before, after = reader.read(a_row()), reader.read(a_row(text="It is fast"))
    assert before.prints != after.prints
    assert before.prints == reader.read(a_row()).prints


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_row_is_read_or_refused_with_a_sentence(cells: list[str]) -> None:
    assert said_of(cells)


@cache
def _reader() -> TicketReader:
    return a_reader(a_policy())


def said_of(cells: list[str]) -> str:
    try:
        return _reader().read(cells).title
    except DeskError as fault:
        return fault.message
