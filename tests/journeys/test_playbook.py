"""Ada runs a playbook by keyboard: finds it, does a step, skips one, and it is all on record."""

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey

_TITLE = "Charged twice since Sunday"


def states(person: PersonAtDesk) -> dict[str, str]:
    """What became of each step so far."""
    return dict(person.rows("SELECT step_id, state FROM playbook_run_step"))


def wait_for_focus(person: PersonAtDesk, name: str) -> None:
    """Until the keyboard is in the widget of that name."""
    person.desktop.wait_until(lambda: name in (person.ask("focus") or ()), f"keyboard in {name!r}")


def find_playbook(person: PersonAtDesk, query: str) -> None:
    """Ctrl+P from anywhere, a few words, Enter."""
    person.press("ctrl+p")
    person.wait_to_see("Find a playbook by words")
    person.type(query)
    person.wait_to_see("1 playbook ·")
    person.press("Return")


def test_a_playbook_is_found_run_and_a_step_skipped(person: PersonAtDesk):
    person.colleague_opens(_TITLE)
    person.start()
    person.wait_for_card("New", _TITLE)
    person.press("Home", "Return")
    find_playbook(person, "charged twice")
    wait_for_focus(person, "Steps of the playbook")
    person.press("space")
    person.desktop.wait_until(lambda: states(person)["stop-charging"] == "done", "step done")
    wait_for_focus(person, "Steps of the playbook")
    person.press("s")
    wait_for_focus(person, "Why it does not fit here")
    person.type("Finance holds payouts already")
    person.press("Return")
    person.desktop.wait_until(lambda: states(person)["hold-payouts"] == "skipped", "step skipped")

    ((reason, told),) = person.rows(
        "SELECT reason, (SELECT count(*) FROM timeline WHERE kind LIKE 'playbook.step%')"
        " FROM playbook_run_step WHERE step_id = 'hold-payouts'"
    )
    assert (reason, told) == ("Finance holds payouts already", 2)
