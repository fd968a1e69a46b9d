"""The after-action report of the worked run, and the gap register, read back in every form."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desktop.adapters.documents.drill_pack import texts_of
from desktop.adapters.documents.drill_report import file_stem, report_of
from desktop.adapters.documents.gap_register import register_of
from desktop.adapters.documents.saving import ENDINGS, save
from desktop.domain.drill_after import AfterAction, Surveyed
from desktop.domain.drill_gap import GapState, proposals
from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import (
    ActionItem,
    ActionKind,
    ActionState,
    Gap,
    NoteKind,
    ObserverNote,
    Run,
    RunMode,
    RunState,
    Seat,
)
from desktop.domain.drill_score import score_log
from tests.domain.drills import charged_twice, worked_run

HELD = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def entries() -> tuple[Entry, ...]:
    made = []
    for seq, said in enumerate(worked_run(), start=1):
        body = {name: value for name, value in said.items() if name not in ("sim_s", "kind")}
        made.append(Entry(seq, said["sim_s"] * 1000, said["kind"], body))
    return tuple(made)


def after(state: RunState = RunState.SCORED) -> AfterAction:
    scenario, log = charged_twice(), entries()
    score = score_log(scenario, log)
    gaps = tuple(
        Gap(
            number, each.category, each.code, each.title, each.why, each.severity, GapState.OPEN, HELD,
            "engine", run_id=7, expectation=each.expectation, times=3 if each.code == "HQ3" else 1,
        )
        for number, each in enumerate(proposals(score), start=1)
    )  # fmt: skip
    action = ActionItem(
        1, "Name a delegate for finance approvals", ActionKind.PROCESS, ActionState.ACCEPTED, 3, "Iris Vale",
        date(2026, 12, 11), HELD, "Lead", run_id=7, gap_id=4,
    )  # fmt: skip
    run = Run(
        7, scenario.id, 1, scenario.title, RunMode.TABLE, state, False, "Night crew", 42, 5_400_000, HELD,
        "Trainer", HELD, HELD, overall=score.overall, band=score.band,
        seats=(Seat("lead", "Escalation lead", "Mona Secret"),),
    )  # fmt: skip
    notes = (
        ObserverNote(1, 7, 600_000, HELD, "Observer", "Asked for the figure twice", NoteKind.IMPROVEMENT),
        ObserverNote(2, 7, 660_000, HELD, "Observer", "PRIVATE WORDS", is_private=True),
    )
    survey = (Surveyed("Was it believable?", (4, 5, 5), ("More phone calls",)),)
    return AfterAction(run, scenario, score, log, HELD, notes, gaps, (action,), survey, {"E01": (600, 1260)})


def test_the_report_says_what_is_always_said_together():
    text = "\n".join(texts_of(report_of(after())))
    assert "723 S · 16 of 17 scored" in text
    assert "handoff" in text
    assert "378" in text


def test_every_expected_action_gap_and_agreed_action_stands_in_it():
    known = after()
    text = "\n".join(texts_of(report_of(known)))
    for wanted in (*(each.text for each in known.score.expectations), *(gap.code for gap in known.gaps)):
        assert wanted in text
    assert "Name a delegate for finance approvals" in text
    assert "3rd time within 12 months" in text
    assert "21 min" in text


def test_nobody_who_took_part_is_named_and_nothing_private_told():
    text = "\n".join(texts_of(report_of(after())))
    assert "Mona Secret" not in text
    assert "PRIVATE WORDS" not in text
    assert "Escalation lead" in text


def test_it_is_a_draft_until_the_run_is_closed_and_always_a_drill():
    assert report_of(after()).mark == "DRILL · DRAFT"
    assert report_of(after(RunState.CLOSED)).mark == "DRILL"
    assert file_stem(after()).startswith("DRILL_")


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_report_is_written_and_read_back_in_every_form(tmp_path: Path, ending: str):
    target = tmp_path / f"report{ending}"
    save(report_of(after()), target)
    text = READERS[ending](target)
    for wanted in ("723 S", "Improvement plan", "Name a delegate", "DA5", "DRILL"):
        assert wanted in text, wanted


def _pdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def _docx(path: Path) -> str:
    made = docx.Document(str(path))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def _xlsx(path: Path) -> str:
    book = load_workbook(path)
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value]
    return "\n".join([*book.sheetnames, *cells])


def _plain(path: Path) -> str:
    return path.read_text("utf-8")


def _json(path: Path) -> str:
    return json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)


READERS = {".pdf": _pdf, ".docx": _docx, ".md": _plain, ".html": _plain, ".xlsx": _xlsx, ".json": _json}


def test_the_register_puts_what_comes_again_first():
    known = after()
    blocks = register_of(known.gaps, known.actions, HELD)
    text = "\n".join(texts_of(blocks))
    assert text.index("commitment dropped") < text.index(
        "required part missing", text.index("Handoff quality")
    )
    assert "7 gaps, 7 of them not closed, 1 seen before" in text


def test_an_empty_register_says_so():
    text = "\n".join(texts_of(register_of((), (), HELD)))
    assert "0 gaps" in text
    assert "No action was agreed yet." in text
