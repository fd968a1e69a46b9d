"""A handoff as Markdown and PDF: the same things said, in both readers' zones, hostile text literal."""

from dataclasses import replace

import pytest

from desktop.adapters.documents import markdown, pdf
from desktop.adapters.documents.handoff import document_of, file_name
from desktop.domain.handoff import NoteKind, Part
from desktop.domain.person import Role
from desktop.services.handoff_view import HandoffView
from tests.fixtures_desk import CommandDesk
from tests.services.handoff_desk import HandoffDesk

HOSTILE = '#panic("x") $x$ *b* `c` <script> [a](http://e.x) {{7*7}} @me | # \\ = \u202eevil\x07'


@pytest.fixture
def desk(commands: CommandDesk) -> HandoffDesk:
    desk = HandoffDesk(commands)
    with commands.store.begin() as session:
        for role, zone in ((Role.ON_CALL, "Europe/Berlin"), (Role.SENIOR_ENGINEER, "Asia/Tokyo")):
            person_id = commands.staff[role].id
            session.sql("UPDATE person SET zone = ? WHERE id = ?", (zone, person_id))
    return desk


def markdown_of(view: HandoffView, desk: HandoffDesk) -> str:
    return markdown.render(document_of(view, desk.base.clock.now()))


def test_instants_are_said_in_the_zones_of_both_readers(desk: HandoffDesk):
    text = markdown_of(desk.offered(), desk)
    assert (
        "Tue 24 Nov 2026 02:00 Asia/Tokyo (UTC+09:00); Mon 23 Nov 2026 18:00 Europe/Berlin (UTC+01:00)"
        in text
    )


def test_promises_are_listed_with_a_column_for_each_zone(desk: HandoffDesk):
    text = markdown_of(desk.offered(), desk)
    assert "| Escalation | Promise | Due in Asia/Tokyo | Due in Europe/Berlin |" in text
    assert "| containment | Mon 23 Nov 2026 22:00 (UTC+09:00) | Mon 23 Nov 2026 14:00 (UTC+01:00) |" in text


def test_every_part_has_its_place_and_an_empty_one_says_so(desk: HandoffDesk):
    text = markdown_of(desk.offered(), desk)
    for part in Part:
        assert f"#### {part.heading}" in text
    assert text.count("Not yet known.") == 2


def test_a_draft_is_marked_and_an_offer_is_not(desk: HandoffDesk):
    draft = desk.draft()
    assert "**DRAFT, internal**" in markdown_of(draft, desk)
    offered = desk.handoff.offer(draft.id, desk.taker.id, desk.onno)
    assert "DRAFT" not in markdown_of(offered, desk)


def test_questions_stand_with_their_answers(desk: HandoffDesk):
    item = desk.offered().items[0]
    question = desk.handoff.ask_back(item.id, "Who has the logs?", desk.sana).items[0].questions[0]
    text = markdown_of(desk.handoff.answer(question.id, "Theo has", desk.onno), desk)
    assert "Who has the logs?" in text
    assert "Theo has" in text


def test_what_is_left_out_is_listed(desk: HandoffDesk):
    view = desk.draft(2)
    view = desk.handoff.leave_out(view.items[1].id, desk.onno)
    assert "## Not in this handoff: still Onno Kay's" in markdown_of(view, desk)


def test_hostile_text_means_nothing_in_markdown(desk: HandoffDesk):
    view = desk.draft(title=HOSTILE)
    view = desk.handoff.note(view.id, NoteKind.DO_NOT, HOSTILE, desk.onno)
    text = markdown_of(view, desk)
    assert '\\#panic("x") \\$x\\$ \\*b\\* \\`c\\` \\<script\\> \\[a\\](http\\://e.x)' in text
    assert "<script" not in text.replace("\\<script", "")
    assert "\u202e" not in text
    assert "\x07" not in text


@pytest.mark.parametrize(
    "start", ["# a", "- a", "1. a", "+ a", "> a", "```", "---", "===", "    a", "| a |", "2) a"]
)
def test_no_line_becomes_a_list_or_a_heading(start: str):
    line = markdown.escaped(start)
    assert line[0] == "\\" or line[:2] in ("1\\", "2\\") or line == "a"


def test_the_pdf_is_made_and_holds_its_pages(desk: HandoffDesk):
    made = pdf.render(document_of(desk.offered(12), desk.base.clock.now()))
    assert made.data.startswith(b"%PDF-")
    assert (
        len(pdf.render_pictures(document_of(desk.handoff.of_person(desk.giver.id)[0], desk.base.clock.now())))
        > 1
    )


def test_hostile_text_makes_the_same_pages_as_harmless_text_of_its_length(desk: HandoffDesk):
    view = desk.draft(title="x")
    document = document_of(view, desk.base.clock.now())
    harmless = replace(document, title="x" * len(HOSTILE))
    hostile = replace(document, title=HOSTILE)
    assert len(pdf.render_pictures(hostile)) == len(pdf.render_pictures(harmless)) == 1


def test_a_font_that_is_missing_is_said(desk: HandoffDesk, monkeypatch: pytest.MonkeyPatch):
    document = document_of(desk.draft(), desk.base.clock.now())
    monkeypatch.setattr(pdf, "FAMILIES", ("No Such Font", "Libertinus Serif"))
    assert pdf.render(document).notes == (
        "The font No Such Font is not on this machine: Libertinus Serif stands in for it.",
    )


def test_the_file_is_named_after_day_and_people(desk: HandoffDesk):
    assert file_name(desk.offered(), "pdf") == "handoff_2026-11-23_onno-kay_sana-ito.pdf"
