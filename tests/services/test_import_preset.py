import pytest

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.ticket import index_of
from desktop.services.import_preset import from_yaml, preset, presets, recognised, to_yaml

SERVICENOW = [
    "number",
    "incident_state",
    "location",
    "category",
    "subcategory",
    "u_symptom",
    "opened_at",
    "priority",
]
SERVICENOW_LIST = ["Number", "Opened", "Short description", "Caller", "Priority", "State", "Company"]
JIRA = ["Summary", "Issue key", "Issue id", "Project name", "Status", "Priority", "Assignee", "Created"]
BUGS = ["Bug ID", "Product", "Component", "Assignee", "Status", "Resolution", "Summary", "Opened"]
HELPDESK = ["ticket", "opened_at", "closed_at", "last_activity", "seriousness", "customer", "product"]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (SERVICENOW, "ServiceNow incidents"),
        (SERVICENOW_LIST, "ServiceNow incidents"),
        (JIRA, "Jira issues"),
        (BUGS, "Bugzilla bugs"),
        (HELPDESK, "Help desk tickets"),
    ],
)
def test_a_file_is_recognised_by_its_columns(columns: list[str], name: str) -> None:
    found = recognised(columns, presets().values())
    assert found is not None
    assert found.name == name
    assert found.unmapped(index_of(columns)) == []


def test_an_unknown_file_is_not_taken_for_another() -> None:
    assert recognised(("a", "b", "c"), presets().values()) is None


@pytest.mark.parametrize("name", ["servicenow", "jira", "bugzilla", "helpdesk"])
def test_a_preset_survives_being_written_as_yaml(name: str) -> None:
    assert from_yaml(to_yaml(preset(name))) == preset(name)


def test_an_unknown_preset_names_those_there_are() -> None:
    with pytest.raises(NotFound, match="servicenow"):
        preset("remedy")


@pytest.mark.parametrize("text", ["", "- a list", "format: other/1", "a: ["])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(DeskError):
        from_yaml(text)
