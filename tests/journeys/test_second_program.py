"""Another program writes to the same desk while the window is open: it shows within moments."""

import sys

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey

TICKETS = """\
number,title,customer,severity,opened
T-1,The archive answers with an error,Fennel & Rye,2,2026-11-23 08:00
T-2,Webhooks time out,Copper Power,3,2026-11-23 08:10
"""
MAPPING = """\
format: escalation-desk-import/1
name: Colleagues
system: Tracker
zone: UTC
fields:
  reference: "{number}"
  title: "{title}"
  customer: "{customer}"
  severity: "{severity}"
  opened_at: "{opened}"
"""


def test_an_import_beside_the_window_shows_on_the_board(person: PersonAtDesk):
    folder = person.desktop.folder
    (folder / "tickets.csv").write_text(TICKETS)
    (folder / "mine.yaml").write_text(MAPPING)
    person.start()
    assert person.cards("New") == []
    arguments = ("import", str(folder / "tickets.csv"), "--mapping", str(folder / "mine.yaml"))
    status = person.desktop.run(
        sys.executable, "-m", "desktop", "--database", str(person.database), *arguments
    )
    assert status == 0
    person.wait_for_card("New", "The archive answers with an error", seconds=3)
    person.wait_for_card("New", "Webhooks time out", seconds=3)


def test_a_colleagues_escalation_shows_on_the_board(person: PersonAtDesk):
    person.start()
    person.colleague_opens("Nobody can pay by card", severity=3)
    person.wait_for_card("New", "Nobody can pay by card", seconds=3)


def test_asking_for_a_new_escalation_brings_its_form_into_the_open_window(person: PersonAtDesk):
    person.start()
    person.look_away()
    program = (sys.executable, "-m", "desktop", "--database", str(person.database))
    assert person.desktop.run(*program, "--new") == 0
    person.desktop.wait_until(lambda: "Customer" in (person.ask("focus") or []), "the form with the keyboard")


def test_a_start_can_begin_with_the_form_of_a_new_escalation(person: PersonAtDesk):
    person.start("--new")
    assert "Customer" in person.ask("focus")
