import pytest

from desktop.domain.errors import DeskError
from desktop.domain.ticket import index_of
from desktop.domain.ticket_mapping import FORMAT, FieldRule, TicketMapping, translated
from tests.domain.tickets import COLUMNS, a_mapping


def a_document(**parts: object) -> dict[str, object]:
    document: dict[str, object] = {
        "format": FORMAT,
        "name": "Ours",
        "system": "Ours",
        "dates": ["iso"],
        "fields": {"reference": "{number}", "state": {"from": "{state}", "values": {"Open": "new"}}},
    }
    return document | parts


def test_a_mapping_survives_being_written_down() -> None:
    mapping = a_mapping()
    assert TicketMapping.from_mapping(mapping.to_mapping()) == mapping


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"format": "something/1"}, "format"),
        ({"system": ""}, "system"),
        ({"surprise": 1}, "surprise"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"dates": ["whenever"]}, "dates"),
        ({"dates": "iso"}, "dates"),
        ({"fields": {"colour": "{x}"}}, "fields.colour"),
        ({"fields": {"state": {"values": {}}}}, "fields.state"),
        ({"fields": {"state": {"from": "{s}", "values": {"open": "ajar"}}}}, "fields.state.values"),
    ],
)
def test_a_document_at_fault_is_refused_naming_the_place(parts: dict[str, object], field: str) -> None:
    with pytest.raises(DeskError) as fault:
        TicketMapping.from_mapping(a_document(**parts))
    assert fault.value.field == field


def test_words_are_translated_whatever_their_case() -> None:
    rule = FieldRule(("{state}",), {"in progress": "working"})
    assert translated("state", rule, "In Progress") == "working"


def test_the_desks_own_words_need_no_translation() -> None:
    assert translated("state", FieldRule(()), "Closed") == "closed"
    assert translated("severity", FieldRule(()), "SEV2") == "2"


def test_a_word_that_stands_for_nothing_is_known_as_that() -> None:
    assert translated("state", FieldRule(()), "limbo") is None


def test_a_field_can_be_taken_from_another_column_and_keeps_its_translation() -> None:
    changed = a_mapping().with_rule("state", "{text}")
    assert changed.rules["state"].sources == ("{text}",)
    assert changed.rules["state"].values == a_mapping().rules["state"].values


def test_a_field_can_be_left_out() -> None:
    assert "state" not in a_mapping().with_rule("state", "").rules


def test_a_word_can_be_given_another_meaning_or_none() -> None:
    changed = a_mapping().with_values("state", {"Open": "triaged", "busy": ""})
    assert changed.rules["state"].values["open"] == "triaged"
    assert "busy" not in changed.rules["state"].values


def test_required_fields_without_a_column_are_listed() -> None:
    assert a_mapping().unmapped(index_of(COLUMNS)) == []
    assert a_mapping().unmapped(index_of(("number", "text"))) == ["customer", "opened_at"]
