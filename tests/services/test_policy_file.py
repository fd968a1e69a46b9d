"""A policy as a file: exported and imported exactly, checked before it is kept, holidays laid out."""

from dataclasses import replace

import holidays
import pytest
import yaml

from desktop import paths
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor, Role
from desktop.domain.policy import Policy
from desktop.services.bus import Bus
from desktop.services.policy import PolicyService, default_policy
from desktop.services.yaml_text import read_yaml
from tests.domain.policies import a_document, a_policy
from tests.factories import MONDAY

LEAD = Actor("Lena Lead", 1, frozenset({Role.LEAD}))


@pytest.fixture
def service(store, clock):
    service = PolicyService(store=store, clock=clock, bus=Bus())
    service.ensure_default(Actor.system("set-up"))
    return service


def test_a_file_that_was_exported_imports_as_an_equal_policy(service):
    imported = service.import_yaml(service.export_yaml(), LEAD)
    assert replace(imported, version=1) == service.version(1)


def test_exporting_twice_gives_the_same_file(service):
    service.import_yaml(service.export_yaml(1), LEAD)
    assert service.export_yaml(2) == service.export_yaml(1).replace("version: 1", "version: 2", 1)


def test_the_exported_file_is_what_the_policy_says(service):
    assert read_yaml(service.export_yaml(1)) == service.version(1).to_mapping()


def test_the_file_the_program_ships_can_be_imported_by_a_person(service):
    document = a_document(name="Copy")
    assert service.keep(document, LEAD).name == "Copy"


def test_a_faulty_file_keeps_nothing_and_names_the_place(service):
    text = service.export_yaml().replace("contain: 1 h", "contain: soon", 1)
    with pytest.raises(DeskError) as fault:
        service.import_yaml(text, LEAD)
    assert fault.value.field == "targets.P1.contain"
    assert len(service.versions()) == 1


def test_a_worked_example_that_lies_keeps_a_file_out(service):
    text = service.export_yaml().replace("score: 94", "score: 95", 1)
    with pytest.raises(DeskError, match="says 95 but comes to 94") as fault:
        service.import_yaml(text, LEAD)
    assert fault.value.field == "examples[0].score"


def test_a_policy_made_by_hand_is_checked_like_a_file(service):
    by_hand = replace(a_policy(), bands={})
    with pytest.raises(DeskError, match=r"bands\.P1: this part is missing"):
        service.keep(by_hand, LEAD)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "42"])
def test_what_is_no_policy_is_refused(service, text):
    with pytest.raises(DeskError, match="holds no"):
        service.import_yaml(text, LEAD)


def test_a_countrys_holidays_are_laid_out_on_import(service):
    document = a_document()
    document["calendars"]["business"]["holidays_of"] = "FR"
    business = service.keep(document, LEAD).calendars["business"]
    assert not business.is_open(MONDAY.replace(month=7, day=14, hour=12))  # 14 July, a Tuesday
    assert business.is_open(MONDAY.replace(month=4, day=3, hour=12))  # Good Friday is none in France


def test_a_part_of_a_country_has_holidays_of_its_own(service):
    document = a_document()
    document["calendars"]["business"]["holidays_of"] = "DE-BY"
    dates = service.keep(document, LEAD).holidays_of["business"].dates
    assert "2026-01-06" in dates


def test_laid_out_holidays_reach_thirty_years_ahead(service):
    document = a_document()
    document["calendars"]["business"]["holidays_of"] = "DE"
    assert "2056-12-25" in service.keep(document, LEAD).holidays_of["business"].dates


@pytest.mark.parametrize("country", ["XX", "DE-XX", "Germany!", ""])
def test_holidays_of_nowhere_are_a_fault_with_its_place(service, country):
    document = a_document()
    document["calendars"]["business"]["holidays_of"] = country
    with pytest.raises(DeskError) as fault:
        service.keep(document, LEAD)
    assert fault.value.field == "calendars.business.holidays_of"


def test_the_shipped_holidays_are_those_of_the_library():
    shipped = default_policy().holidays_of["business"]
    known = holidays.country_holidays("DE", years=range(2010, 2057))
    assert shipped.dates == tuple(day.isoformat() for day in sorted(known))


def test_the_shipped_file_is_a_policy_for_plain_yaml_readers_too():
    document = yaml.safe_load(paths.resource("policies", "default.yaml").read_text("utf-8"))
    assert Policy.from_mapping(document) == default_policy()
