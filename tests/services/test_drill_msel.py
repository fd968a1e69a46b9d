"""Lists of injects come into the library as drafts, in every dialect, and onto drafts that are there."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.adapters.msel import open_msel
from desktop.adapters.msel_write import csv_bytes
from desktop.domain.drill_msel_check import ListMapping, heading_at
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.person import Actor, Role
from desktop.services.drill_file import read_text, write_text
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_msel import MselImports, MselTable, MselWish, best_mapping, recognised
from tests.adapters.test_msel import DIALECTS
from tests.domain.drills import charged_twice

TRAINER = Actor("Theo Wynn", None, frozenset({Role.TRAINER}))


@pytest.fixture
def library(commands) -> DrillLibrary:
    return DrillLibrary(store=commands.store, clock=commands.clock, bus=commands.bus)


@pytest.fixture
def imports(commands, library) -> MselImports:
    return MselImports(store=commands.store, library=library)


def table_of(tmp_path: Path, lines: list[str]) -> MselTable:
    path = tmp_path / "list.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return open_msel(path)


def wish(table: MselTable, slug: str = "", **mapping: object) -> MselWish:
    at = heading_at(table.rows)
    assert at is not None
    return MselWish(at, ListMapping(**mapping), {}, slug)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_becomes_a_draft_of_two_injects(dialect, tmp_path, imports, library):
    table = table_of(tmp_path, DIALECTS[dialect])
    wanted = wish(table)
    assert recognised(table, wanted.header_at) == dialect
    preview = imports.preview(table, wanted)
    assert len(preview.create) == 2
    draft = imports.take_in(table, wanted, TRAINER)
    found = read_text(library.draft(draft.slug).text).scenario
    assert tuple(inject.id for inject in found.injects) == preview.create


def test_rows_with_errors_are_left_out_and_counted(tmp_path, imports):
    table = table_of(tmp_path, [*DIALECTS["OpenAEV"], "Send an email,soonish,Lead,Third,More,,,,,"])
    preview = imports.preview(table, wish(table))
    assert (len(preview.create), preview.skip) == (2, 2)


def test_a_list_without_a_valid_row_is_refused(tmp_path, imports):
    table = table_of(tmp_path, [*DIALECTS["HSEEP"][:1], "1,soonish,,Ada,,"])
    with pytest.raises(DeskError, match="No row"):
        imports.take_in(table, wish(table), TRAINER)


def test_a_list_brings_a_scenario_up_to_date_by_number(tmp_path, imports, library):
    slug = library.create(write_text(charged_twice()), TRAINER).slug
    path = tmp_path / "again.csv"
    path.write_bytes(csv_bytes(charged_twice()).replace(b"Charged", b"Charged again", 1))
    table = open_msel(path)
    preview = imports.preview(table, wish(table, slug))
    assert (preview.create, preview.skip) == ((), 0)
    before = len(preview.scenario.injects)
    imports.take_in(table, wish(table, slug), TRAINER)
    assert len(read_text(library.draft(slug).text).scenario.injects) == before == len(charged_twice().injects)


def test_a_published_scenario_gets_a_new_draft(tmp_path, imports, library):
    slug = library.create(write_text(charged_twice()), TRAINER).slug
    library.publish(slug, TRAINER, "First.")
    path = tmp_path / "again.csv"
    path.write_bytes(csv_bytes(charged_twice()))
    table = open_msel(path)
    assert imports.take_in(table, wish(table, slug), TRAINER).version == 2


def test_a_formula_arrives_as_text_from_a_chosen_sheet(tmp_path, imports):
    book = Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Injects")
    sheet.append(["No.", "Title", "Time", "To"])
    sheet.append([1, '=HYPERLINK("x")', "0:10", "Lead"])
    path = tmp_path / "list.xlsx"
    book.save(path)
    table = open_msel(path)
    assert (table.sheets, table.sheet) == (("Cover", "Injects"), "Injects")
    preview = imports.preview(table, wish(table))
    assert preview.scenario.injects[0].subject.startswith("=HYPERLINK")


def test_mappings_are_kept_by_name_and_offered_for_files_like_that(imports):
    mapping = ListMapping({"title": "Betreff", "at": "Zeit"}, "minutes")
    imports.save_mapping("Our sheet", mapping)
    assert dict(imports.mappings()) == {"Our sheet": mapping}
    assert best_mapping(("Zeit", "Betreff", "Wer"), imports.mappings()) == "Our sheet"
    assert best_mapping(("Title", "Time"), imports.mappings()) == ""
    imports.delete_mapping("Our sheet")
    assert dict(imports.mappings()) == {}


def test_only_trainers_and_leads_take_lists_in(tmp_path, imports):
    table = table_of(tmp_path, DIALECTS["HSEEP"])
    with pytest.raises(NotAllowed):
        imports.take_in(table, wish(table), Actor("Onno Kay", None, frozenset({Role.ON_CALL})))
