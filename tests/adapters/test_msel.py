"""Lists of injects in every dialect become drafts, and ours travels out and in without a loss."""

import csv
import io
import json
from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.adapters.msel import read_msel
from desktop.adapters.msel_mapping import load_mapping
from desktop.adapters.msel_write import csv_bytes, xlsx_bytes
from desktop.domain.drill_msel_import import Imported
from desktop.domain.drill_msel_time import read_stamp, resolve
from desktop.domain.errors import DeskError
from desktop.services.drill_file import read_text, write_text
from desktop.services.drill_log_file import entries
from tests.domain.drills import charged_twice, worked_run

SCENARIO = charged_twice()
SHARED = (
    "Inject #", "Title", "Scheduled Time", "From / Source", "To / Target", "Delivery Method",
    "Expected Action", "Notes",
)  # fmt: skip

DIALECTS = {
    "Cadence": [
        "Inject #,Title,Description,Scheduled Time,Scenario Day,Scenario Time,From / Source,To / Target,"
        "Delivery Method,Track,Phase,Expected Action,Notes,Priority,Location,Responsible Controller",
        "1,Card charged,Four times 900,09:00,1,14:30,Customer,Triage,Email,Money,One,Acknowledge it,"
        "Quietly,2,"
        "Room 3,Ada",
        "2,Suspended,We cannot work,09:06,1,14:36,Shop,\"Triage, Lead\",Phone,Money,Two,Join both,,"
        "1,Room 3,Bo",
    ],
    "Conducttr": [
        "Number,Time,From,Faction,To,Team,Method,Subject,Message,Expected Action,Tab",
        "1,0:14,Reporter,Press,Comms,Blue,tweet,Comment?,Is it true?,Prepare a statement,Media",
        "2,0:30,Chief,Board,Lead,Blue,call,How many?,Two lines please,Say what is known,Board",
    ],
    "OpenAEV": [
        "Action to be taken,Timeline,Teams,Subject,Content,Comments,Expectation Description,Expectation Name,"
        "Expectation Score,Done/To do",
        "Facilitator / Run the exercise,,,,,,,,,",
        "Send an email,D+0 H+0 M+10,Comms,First call,They ask,Slowly,In 10 min,Answer the customer,100,To do",
        "Send an email,D+0 H+1 M+5,Lead,Second call,They ask again,,,Decide,100,To do",
    ],
    "PreparedEx": [
        "Name of Exercise,Blind cockpit,,,,,",
        "Person of Contact,Ada,,,,,",
        "Seq No,Date/Time Delivered,Inject Type,Delivery Method,Originator (From),Recipient (To),"
        "Inject description",
        "1,2026-03-02 09:00,Information,Email,Bank,Lead,The file has not come. Please call.",
        "2,2026-03-02 09:12,Escalation,Phone,Bank,Lead,We close at noon",
    ],
    "Blueprint": [
        "Control Number,Description,Status,Time,Move,Group,Exercise Date,Type,Delivery Method,"
        "Title/Name,From Org,"
        "To Org,Summary,Source Type,Source Name,Card,Url,Date Posted",
        "A-1,They shout,Approved,T+5,0,East,2026-03-02,Inject,Email,Shouting,Customers,Desk,Short,"
        "News,Paper,C1,,",
        "A-2,Silence,Approved,T+25,1,East,2026-03-02,Information,Chat,Quiet,Customers,Desk,Short,"
        "News,Paper,C1,,",
    ],
    "short form": [
        "No.,Inject,Expected Outcome,Evaluator Comments",
        "1,The phones are dead,Use the radio,Watch who notices",
        "2,The radio is dead,Send a runner,",
    ],
    "HSEEP": [
        "Event #,Event Time,Event Description,Responsible Controller,Recipient Player(s),"
        "Expected Outcome of Player Action",
        "1,H+0,Power fails,Ada,Lead,Call the engineer",
        "2,H+1,Power returns,Ada,Lead;Comms,Inform customers",
    ],
}  # fmt: skip


def taken(tmp_path, lines, name="list.csv") -> Imported:
    path = tmp_path / name
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return read_msel(path)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_is_known_by_its_heading_and_gives_two_injects(dialect, tmp_path):
    imported = taken(tmp_path, DIALECTS[dialect])
    assert imported.dialect == dialect
    assert len(imported.scenario.injects) == 2
    assert all(inject.subject for inject in imported.scenario.injects)


@pytest.mark.parametrize("dialect", ["Cadence", "Conducttr", "OpenAEV", "short form", "HSEEP"])
def test_a_draft_with_expected_actions_can_be_played_as_it_is(dialect, tmp_path):
    reading = read_text(write_text(taken(tmp_path, DIALECTS[dialect]).scenario))
    assert [str(fault) for fault in reading.errors] == []


def test_what_is_missing_is_told(tmp_path):
    imported = taken(tmp_path, DIALECTS["PreparedEx"])
    assert imported.scenario.title == "Blind cockpit"
    assert any("Nothing is expected" in each for each in imported.told)
    assert any("objectives" in each for each in imported.told)


@pytest.mark.parametrize(
    ("dialect", "times"),
    [
        ("Cadence", [0, 360]), ("Conducttr", [840, 1800]), ("OpenAEV", [600, 3900]), ("PreparedEx", [0, 720]),
        ("Blueprint", [300, 1500]), ("short form", [0, 0]), ("HSEEP", [0, 3600]),
    ],
)  # fmt: skip
def test_each_dialects_times_are_understood(dialect, times, tmp_path):
    assert [inject.at_s for inject in taken(tmp_path, DIALECTS[dialect]).scenario.injects] == times


def test_what_has_no_place_is_kept_in_the_notes_and_goes_back_to_its_column(tmp_path):
    scenario = taken(tmp_path, DIALECTS["Cadence"]).scenario
    assert "[Location] Room 3" in scenario.injects[0].notes
    row = rows(csv_bytes(scenario))[0]
    assert (row["Location"], row["Track"], row["Priority"], row["Notes"]) == (
        "Room 3",
        "Money",
        "2",
        "Quietly",
    )


def test_a_line_of_its_own_is_no_inject(tmp_path):
    skipped = taken(tmp_path, DIALECTS["OpenAEV"]).skipped
    assert [each.row for each in skipped] == [2]


def test_a_row_whose_time_cannot_be_read_is_left_out_and_told(tmp_path):
    lines = [*DIALECTS["HSEEP"], "3,soonish,Later,Ada,Lead,Wait"]
    imported = taken(tmp_path, lines)
    assert imported.skipped[0].why == "its time “soonish” cannot be read"
    assert len(imported.scenario.injects) == 2


def test_a_number_given_twice_is_told(tmp_path):
    imported = taken(tmp_path, [*DIALECTS["HSEEP"], "2,H+2,Again,Ada,Lead,Wait"])
    assert [inject.id for inject in imported.scenario.injects] == ["I01", "I02", "I02-2"]
    assert any("given twice" in each for each in imported.told)


def test_a_file_without_a_heading_is_refused(tmp_path):
    with pytest.raises(DeskError, match="no heading"):
        taken(tmp_path, ["a,b", "1,2"])


def test_a_mapping_says_which_column_is_what(tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        'columns: {title: Beat, at: When}\ntimes: minutes\nstart: "2026-05-04T08:00:00+02:00"\n'
    )
    path = tmp_path / "odd.csv"
    path.write_text("Beat,When\nFirst,1:30\nSecond,2:00\n")
    scenario = read_msel(path, load_mapping(mapping)).scenario
    assert [(each.subject, each.at_s) for each in scenario.injects] == [("First", 90), ("Second", 120)]
    assert scenario.pace.start.isoformat() == "2026-05-04T08:00:00+02:00"


def test_a_wrong_mapping_says_what_was_meant(tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("columns: {titel: Beat}\n")
    with pytest.raises(DeskError, match="Did you mean “title”"):
        load_mapping(mapping)


def test_a_workbooks_times_and_formulas_are_read(tmp_path):
    book = Workbook()
    book.active.title = "Cover"
    book.active.append(["Exercise for spring"])
    sheet = book.create_sheet("MSEL")
    sheet.append(["Title", "Time", "Description"])
    sheet.append(["First", timedelta(minutes=14), "=1+1"])
    sheet.append(["Second", time(0, 30), "plain"])
    path = tmp_path / "list.xlsx"
    book.save(path)
    injects = read_msel(path).scenario.injects
    assert [(each.at_s, each.body) for each in injects] == [(840, "=1+1"), (1800, "plain")]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("14m", 840), ("0:14", 840), ("00:14:00", 840), ("D+2 H+3 M+45", 186300), ("T+45", 2700), ("H+2",
        7200),
        ("J+1", 86400), ("15 min", 900), ("1 day, 2:00:00", 93600), ("20", 1200), ("0.0104166667", 900),
        ("-1d", -86400),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(text, seconds):
    assert resolve([read_stamp(text)])[0] == [seconds]


@pytest.mark.parametrize("text", ["soon", "25:77", "13:00 pm", "12/12"])
def test_what_is_no_time_is_none(text):
    assert read_stamp(text) is None


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def shared(data: bytes) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in SHARED) for row in rows(data)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_goes_out_and_in_and_is_the_same(ending, tmp_path):
    path = tmp_path / f"list.{ending}"
    path.write_bytes(csv_bytes(SCENARIO) if ending == "csv" else xlsx_bytes(SCENARIO))
    assert shared(csv_bytes(read_msel(path).scenario)) == shared(csv_bytes(SCENARIO))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=40).map(
    str.strip
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0, 5400)), min_size=1, max_size=6))
def test_whatever_stands_in_a_list_comes_back(tmp_path_factory, cells):
    injects = tuple(
        replace(
            inject, at_s=at_s, after=None, subject=subject or "x", body=body,
            source_from=" ".join(sender.split()),
            notes=notes,
        )
        for inject, (subject, body, sender, notes, at_s) in zip(SCENARIO.injects, cells, strict=False)
    )  # fmt: skip
    path = tmp_path_factory.mktemp("msel") / "list.csv"
    scenario = replace(SCENARIO, injects=injects, variables={})
    path.write_bytes(csv_bytes(scenario))
    assert shared(csv_bytes(read_msel(path).scenario)) == shared(csv_bytes(scenario))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_taken_for_a_formula_and_none_is_changed(sign, tmp_path):
    first = replace(SCENARIO.injects[0], subject=f"{sign}1+1")
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(replace(SCENARIO, injects=(first,))))
    assert rows(path.read_bytes())[0]["Title"] == f"'{sign}1+1"
    assert read_msel(path).scenario.injects[0].subject == f"{sign}1+1"


def test_the_list_of_a_run_says_what_became_of_each_inject(tmp_path):
    log = entries([json.dumps(each) for each in worked_run()], SCENARIO)
    told = rows(csv_bytes(SCENARIO, log))
    first = told[0]
    assert (first["Status"], first["Fired At"], first["Result"]) == ("fired", "00:00:00", "met\nmet")
    assert first["Score"] == "1000\n500"
    assert {row["Inject #"]: row["Status"] for row in told}["I05B"] == "pending"
    path = tmp_path / "run.xlsx"
    path.write_bytes(xlsx_bytes(SCENARIO, log))
    assert read_msel(path).dialect == "own"


def test_the_storys_own_hours_come_back_too(tmp_path):
    scenario = taken(tmp_path, DIALECTS["Cadence"]).scenario
    assert (scenario.pace.start.hour, scenario.pace.start.minute) == (14, 30)
    told = [(row["Scenario Day"], row["Scenario Time"]) for row in rows(csv_bytes(scenario))]
    assert told == [("1", "14:30"), ("1", "14:36")]


def test_an_hour_of_the_story_that_leaps_is_kept(tmp_path):
    later = DIALECTS["Cadence"][2].replace("09:06,1,14:36", "09:06,3,08:00")
    scenario = taken(tmp_path, [*DIALECTS["Cadence"][:2], later]).scenario
    row = rows(csv_bytes(scenario))[1]
    assert (row["Scenario Day"], row["Scenario Time"], row["Scheduled Time"]) == ("3", "08:00", "00:06:00")
