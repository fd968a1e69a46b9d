import pytest

from desktop.domain.errors import DeskError
from desktop.domain.ticket import index_of
from desktop.domain.ticket_template import bind, bind_first, column_key, missing, parse

INDEX = index_of(("Category", "u_symptom", "Short description"))


def made(template: str, *cells: str) -> str:
    return bind(parse(template), INDEX)(cells)


def test_case_spaces_and_signs_of_a_column_name_do_not_count() -> None:
    assert column_key("Short  description") == column_key("short_description")


def test_columns_of_signs_alone_stay_apart() -> None:
    assert column_key("#") != column_key("%")


def test_a_template_joins_its_columns() -> None:
    assert made("{category}: {u_symptom}", "Network", "slow", "") == "Network: slow"


def test_nothing_dangles_where_a_column_is_empty() -> None:
    assert made("{category}: {u_symptom}", "Network", "", "") == "Network"
    assert made("{category}: {u_symptom}", "", "slow", "") == "slow"


def test_a_template_of_empty_columns_says_nothing() -> None:
    assert made("Incident {category} ({u_symptom})", "", "", "") == ""


def test_a_text_without_columns_is_the_same_for_every_row() -> None:
    assert made("All users", "a", "b", "c") == "All users"


def test_the_first_template_that_says_something_counts() -> None:
    first = bind_first([parse("{short description}"), parse("{category}")], INDEX)
    assert first(("Network", "", "")) == "Network"
    assert first(("Network", "", "It is slow")) == "It is slow"


def test_the_columns_a_table_lacks_are_named() -> None:
    assert missing(parse("{category} {priority}"), INDEX) == ["priority"]


@pytest.mark.parametrize("text", ["{category", "category}", "{}", "{a{b}}"])
def test_a_brace_without_its_other_half_is_a_fault(text: str) -> None:
    with pytest.raises(DeskError):
        parse(text)
