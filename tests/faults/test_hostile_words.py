"""Hostile words through form, import and notification: shown as text, never interpreted, never a crash."""

import csv
import unicodedata
from contextlib import closing
from html import unescape

import pytest

from desktop.adapters.tickets import open_table
from desktop.adapters.tickets_refused import save_refused
from desktop.command.importing import importer
from desktop.domain.intake import Intake, NewEvidence
from desktop.domain.ticket_mapping import TicketMapping
from desktop.ui.notice import BUTTONS, Notice
from desktop.ui.notify_dbus import DBusNotifier
from tests.faults.busy_desk import BY, furnished
from tests.faults.hostile import UNSHOWN, WORDS

MAPPING = {
    "format": "escalation-desk-import/1",
    "name": "Test",
    "system": "Test",
    "zone": "UTC",
    "fields": {
        "reference": "{number}",
        "title": "{title}",
        "customer": "{customer}",
        "description": "{description}",
        "opened_at": "{opened}",
    },
}

hostile = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)


@pytest.fixture
def desk(tmp_path):
    with closing(furnished(tmp_path / "desk.sqlite3")) as made:
        yield made


def opened(desk, words):
    """An escalation with these words wherever a person can write any; gives its id."""
    customer = desk.customer.create(words[:200], BY, tier="enterprise", revenue=2_000_000)
    intake = Intake(
        customer_id=customer.id,
        title=words,
        description=words,
        severity=1,
        business_impact=5,
        reputational_risk=5,
        reporter=words,
        source=words,
        external_source=words,
        external_ref=words,
        team=words,
        evidence=(NewEvidence(words, words.encode("utf-8", "replace"), words),),
    )
    escalation_id = desk.escalations.escalation.open(intake, BY).id
    desk.escalations.escalation.note(escalation_id, words, BY)
    desk.escalations.pausing.pause(escalation_id, "waiting_on_customer", BY, waiting_on=words, note=words)
    return escalation_id


def as_kept(words):
    """What no text can hold is shown as a replacement; the rest is kept letter by letter."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in words)


@hostile
def test_what_was_typed_is_kept_as_text(desk, words):
    escalation_id = opened(desk, words)
    details = desk.escalations.details.details(escalation_id, BY)
    assert details.escalation.title == " ".join(as_kept(words).split())
    assert as_kept(words).strip().replace("\r\n", "\n").replace("\r", "\n") == details.escalation.description
    assert [row.id for row in desk.board.rows()] == [escalation_id]
    assert desk.escalations.audit.verify().ok


@hostile
def test_searching_for_it_finds_it_or_nothing(desk, words):
    opened(desk, words)
    for text in (words, words[:20], words[-20:]):
        assert len(desk.search.find(text)) <= 1
        desk.search.similar(text, 1, text)
        desk.customer.complete(text)
        desk.escalations.escalation.find(text)


@hostile
def test_a_notification_of_it_is_short_plain_text(desk, words):
    opened(desk, words)
    desk.clock.forward(minutes=30)
    desk.alarm.sweep()
    items = desk.outbox.claim(("desktop", "window"))
    assert items
    for item in items:
        assert (len(item.title) <= 48, len(item.body) <= 160) == (True, True)
        assert {unicodedata.category(c) for c in item.title + item.body} & {"Cc", "Cf", "Cs", "Zl"} == set()


@hostile
def test_a_notification_service_is_given_no_markup(qtbot, notification_service, words):
    notifier = DBusNotifier("Escalation Desk", "io.github.desk")
    notifier.start()
    qtbot.waitUntil(lambda: notifier.is_available)
    with qtbot.waitSignal(notifier.shown):
        notifier.show(Notice(1, "escalation:1", words, words, "normal", 0, BUTTONS))
    (shown,) = notification_service.displayed
    notifier.close()
    assert not set("<>") & set(shown.body)
    assert unescape(shown.body)[:20] == as_kept(words).replace("\ufffd", " ")[:20] or "\ufffd" in as_kept(
        words
    )


def written(path, rows):
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["number", "title", "customer", "description", "opened"])
        writer.writerows(rows)
    return open_table(path)


@hostile
def test_an_imported_row_is_kept_as_text_or_refused(desk, tmp_path, words):
    plain = [
        (f"P-{n}", "Orders stop", "Northwind", "Plain words. " * 20, "2026-11-20 10:00") for n in range(9)
    ]
    rows = [(f"T-{n}", words, words, words, "2026-11-20 10:00") for n in (1, 2)]
    table = written(tmp_path / "tickets.csv", [*plain, *rows, (words,) * 5])
    job = importer(desk).start(table, TicketMapping.from_mapping(MAPPING), BY, dry=False)
    while not job.report.done:
        job.step()
    assert (job.report.new + len(job.report.refused), len(job.report.refused) >= 1) == (12, True)
    assert {row.customer for row in desk.board.rows()} >= {"Northwind"}
    save_refused(tmp_path / "refused.csv", table.columns, job.report.refused)
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert not any(cell.startswith(("=", "+", "-", "@")) or "\0" in cell for cell in cells)


@hostile
def test_evidence_of_that_name_stays_in_its_folder(desk, tmp_path, words):
    escalation_id = opened(desk, words)
    (evidence,) = desk.evidence.all(escalation_id)
    folder = tmp_path / "shown"
    folder.mkdir()
    path = desk.evidence.write_to(evidence.id, folder)
    assert path.resolve().parent == folder.resolve()
    assert not UNSHOWN & set(path.name)
    assert path.stat().st_mode & 0o111 == 0
