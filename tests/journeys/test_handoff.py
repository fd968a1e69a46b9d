"""Ada hands her shift over to Leo without touching the mouse; what he does not accept alarms."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from desktop.domain.clock import SystemClock
from desktop.domain.intake import Intake
from desktop.domain.person import Person
from desktop.services.desk import Desk
from tests.journeys.person import COLLEAGUE, EVERYBODY, PersonAtDesk

pytestmark = pytest.mark.journey

ADA, LEO = "Ada Quist", "Leo Marsh"


@contextmanager
def the_desk(person: PersonAtDesk) -> Iterator[Desk]:
    with closing(Desk.open(person.database, person.database.parent / "backups", SystemClock())) as desk:
        yield desk


def ada_owns(person: PersonAtDesk, count: int) -> None:
    """Leo has joined the desk, and Ada owns so many escalations."""
    with the_desk(person) as desk:
        desk.person.create(Person(0, LEO, "LM", roles=EVERYBODY), COLLEAGUE)
        ada = desk.person.operator()
        assert ada is not None
        for number in range(count):
            intake = Intake(1, f"Problem {number}", severity=4, owner_id=ada.id)
            desk.escalations.escalation.open(intake, COLLEAGUE)


def comes_to_work(person: PersonAtDesk, name: str) -> None:
    """Whoever was there leaves; somebody else sits down and starts the program."""
    if person.program is not None and person.program.poll() is None:
        person.pull_the_plug()
    with the_desk(person) as desk:
        found = desk.person.find(name)
        assert found is not None
        desk.person.set_operator(found.id)
    person.start()


def hand_over(person: PersonAtDesk) -> None:
    """By keyboard: the form, a next step, to whom, off it goes."""
    person.press("ctrl+shift+h")
    person.wait_to_see("Draft, not offered yet")
    person.press("Down", "Return")
    person.type("Ring Northwind at ten")
    person.press("ctrl+Return")
    person.wait_to_see("Say who it is handed over to.")
    person.type("leo")
    person.press("Return", "ctrl+Return")
    person.wait_to_see("Not accepted: still yours")


def number(person: PersonAtDesk, query: str) -> int:
    return int(person.rows(query)[0][0])


def owned_by(person: PersonAtDesk, name: str) -> int:
    found = person.rows(
        "SELECT count(*) FROM escalation e JOIN person p ON p.id = e.owner_id WHERE p.name = ?", name
    )
    return int(found[0][0])


def wait_for_owned(person: PersonAtDesk, name: str, count: int) -> None:
    person.desktop.wait_until(lambda: owned_by(person, name) == count, f"{name} owns {count}", 15)


def ask_back(person: PersonAtDesk, question: str, count: int) -> None:
    person.press("q")
    person.wait_to_see("What is unclear")
    person.type(question)
    person.press("ctrl+Return")
    asked = "SELECT count(*) FROM handoff_question"
    person.desktop.wait_until(lambda: number(person, asked) == count, "question asked")


def answer(person: PersonAtDesk, text: str, count: int) -> None:
    person.type(text)
    person.press("ctrl+Return")
    answered = "SELECT count(*) FROM handoff_question WHERE answered_at IS NOT NULL"
    person.desktop.wait_until(lambda: number(person, answered) == count, "answered")


def test_a_shift_of_twelve_is_handed_over_with_two_asked_back(person: PersonAtDesk):
    ada_owns(person, 12)
    comes_to_work(person, ADA)
    hand_over(person)
    assert number(person, "SELECT count(*) FROM handoff_item WHERE state = 'open'") == 12

    comes_to_work(person, LEO)
    person.wait_to_see("Ada Quist hands over 12 escalations to you.")
    person.press("g", "h")
    person.wait_to_see("Offered to you by Ada Quist")
    ask_back(person, "Which region is it?", 1)
    ask_back(person, "Who promised that?", 2)
    for taken in range(1, 11):
        person.press("a")
        wait_for_owned(person, LEO, taken)
    assert owned_by(person, ADA) == 2

    comes_to_work(person, ADA)
    person.wait_to_see("Leo Marsh asks back: 2 questions to answer.")
    person.press("g", "h")
    person.wait_to_see("Which region is it?")
    person.press("Return")
    answer(person, "Europe", 1)
    person.wait_to_see("Who promised that?")
    answer(person, "Mira did", 2)

    comes_to_work(person, LEO)
    person.press("g", "h")
    person.wait_to_see("10 of 12 escalations accepted")
    person.press("shift+a")
    person.wait_to_see("Read back, then accept 2 escalations")
    person.press("Return")
    wait_for_owned(person, LEO, 12)
    person.press("ctrl+z")
    wait_for_owned(person, ADA, 2)


def test_what_is_not_accepted_alarms(person: PersonAtDesk):
    ada_owns(person, 2)
    comes_to_work(person, ADA)
    hand_over(person)
    raised = "SELECT count(*) FROM alarm WHERE threshold = 'handoff_open' AND state = 'raised'"
    assert number(person, raised) == 0
    person.ask("sleep", 11 * 60)
    person.desktop.wait_until(lambda: number(person, raised) == 2, "alarm", 45)
    person.wait_to_see("The coordinator was alarmed", 20)
    assert owned_by(person, ADA) == 2


def test_words_of_a_handoff_survive_a_pulled_plug(person: PersonAtDesk):
    ada_owns(person, 1)
    comes_to_work(person, ADA)
    person.press("ctrl+shift+h")
    person.wait_to_see("Draft, not offered yet")
    person.press("Down", "Return")
    person.type("Ring Northwind")
    person.pause(2.2)
    person.pull_the_plug()
    person.start()
    person.press("ctrl+shift+h")
    person.wait_to_see("Draft, not offered yet")
    person.press("Down")
    kept = person.rows("SELECT actions || next_steps FROM handoff_item")
    assert "Ring Northwind" in kept[0][0]
    person.wait_to_see("Ring Northwind")
