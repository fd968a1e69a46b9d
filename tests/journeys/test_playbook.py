"""In the real window: a playbook is found, run, skipped, improved, published, and put into Git."""

import shutil
from contextlib import closing

import pytest

from desktop.domain.clock import SystemClock
from desktop.domain.intake import Intake
from desktop.services.desk import Desk
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_run import PlaybookRuns
from desktop.services.playbook_shipped import ensure_shipped
from tests.adapters.git_repos import a_bare_repository, git
from tests.journeys.person import COLLEAGUE, PersonAtDesk

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


def test_a_playbook_is_found_run_and_a_step_skipped(person: PersonAtDesk) -> None:
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


def slow_service_was_skipped(person: PersonAtDesk, times: int) -> None:
    """Colleagues have run the shipped playbook and left out the same step each time."""
    with closing(Desk.open(person.database, person.database.parent / "b", SystemClock())) as desk:
        library = PlaybookService(store=desk.store, clock=desk.clock, bus=desk.bus)
        ensure_shipped(library)
        playbook_id = library.by_slug("slow-service")
        assert playbook_id is not None
        runs = PlaybookRuns(desk.escalations.cases, desk.bus)
        for number in range(times):
            opened = desk.escalations.escalation.open(Intake(1, f"Slow {number}", severity=3), COLLEAGUE)
            run = runs.open(opened.id, playbook_id, COLLEAGUE)
            runs.skip(run.id, "since-when", COLLEAGUE, "no access to the releases")


def press_button(person: PersonAtDesk, words: str) -> None:
    """Press the button of these words once it is there."""
    person.desktop.wait_until(lambda: person.ask("click", words), f"button {words!r}")


def published(person: PersonAtDesk) -> tuple[int, str]:
    """Version and change note of what is in use."""
    rows = person.rows(
        "SELECT v.number, v.change_note FROM playbook p JOIN playbook_version v"
        " ON v.playbook_id = p.id AND v.number = p.published WHERE p.slug = 'slow-service'"
    )
    return int(rows[0][0]), str(rows[0][1])


def test_what_was_skipped_three_times_becomes_the_next_version(person: PersonAtDesk) -> None:
    slow_service_was_skipped(person, 3)
    person.start()
    person.press("ctrl+p")
    person.wait_to_see("Find a playbook by words")
    person.type("slow or timing out")
    person.wait_to_see("1 playbook ·")
    person.press("shift+Return")
    person.wait_to_see("Find out for whom and since when")
    press_button(person, "In use")
    press_button(person, "Begin a draft")
    drafts = "SELECT content FROM playbook_draft"
    person.desktop.wait_until(lambda: person.rows(drafts), "a draft")
    wait_for_focus(person, "Title")
    person.press("End")
    person.type(" for many")
    person.desktop.wait_until(lambda: "timing out for many" in str(person.rows(drafts)), "draft kept")
    person.press("ctrl+Return")
    wait_for_focus(person, "Why")
    person.type("Three desks could not see the releases")
    person.press("ctrl+Return")
    person.desktop.wait_until(lambda: published(person)[0] == 2, "version 2 in use")

    assert published(person)[1].startswith("Three desks could not see the releases")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
def test_all_playbooks_go_to_a_repository_of_the_team(person: PersonAtDesk) -> None:
    bare = a_bare_repository(person.desktop.folder / "team.git")
    slow_service_was_skipped(person, 0)
    person.start()
    person.ask("page", "page.playbook")
    person.ask("tab", 1)
    press_button(person, "Name a repository…")
    wait_for_focus(person, "Address")
    person.type(str(bare))
    person.press("Return")
    person.wait_to_see("folder playbooks")
    press_button(person, "Look at the repository")
    person.wait_to_see("15 to go out")
    press_button(person, "Add 15 to the repository")
    person.wait_to_see("Nothing differs")

    assert len(git(bare, "ls-tree", "-r", "--name-only", "main").splitlines()) == 15
    assert git(bare, "fsck", "--strict") == ""


def tab_to(person: PersonAtDesk, name: str) -> None:
    """Tab until the keyboard is in the field of that name."""
    for _ in range(60):
        if name in (person.ask("focus") or ()):
            return
        person.press("Tab")
    raise AssertionError(f"Tab never comes to {name!r}")


def leo_approves(person: PersonAtDesk) -> None:
    """The reviewer, at another desk on the same database."""
    with closing(Desk.open(person.database, person.database.parent / "b", SystemClock())) as desk:
        library = PlaybookService(store=desk.store, clock=desk.clock, bus=desk.bus)
        playbook_id = library.by_slug("parcels-lost")
        assert playbook_id is not None
        library.answer_review(playbook_id, COLLEAGUE, approves=True)


def test_a_playbook_is_written_from_nothing_reviewed_by_another_and_published(person: PersonAtDesk) -> None:
    person.start()
    person.press("g", "p")
    person.wait_to_see("A customer saw the data of another")
    press_button(person, "New playbook…")
    wait_for_focus(person, "Title")
    person.type("Parcels lost")
    person.press("Return")
    person.wait_to_see("Parcels lost, 1-draft1")
    for name, words in (
        ("Purpose", "Find the parcel or pay for it."),
        ("Reviewers: add a name", "Leo Marsh"),
        ("Begin when", "A parcel is three days late"),
        ("Done when", "The customer has it or the money"),
        ("Do not", "Promise a day the carrier has not named"),
    ):
        tab_to(person, name)
        person.type(words)
        if name == "Reviewers: add a name":
            person.press("Return")
    person.press("ctrl+shift+n")
    person.type("Ask the carrier where it was seen last")
    drafts = "SELECT content FROM playbook_draft"
    person.desktop.wait_until(lambda: "seen last" in str(person.rows(drafts)), "draft kept")
    press_button(person, "Ask for review")
    state = "SELECT state FROM playbook_draft"
    person.desktop.wait_until(lambda: person.rows(state) == [("in_review",)], "draft in review")
    leo_approves(person)
    person.wait_to_see("Leo Marsh approves")
    press_button(person, "Publish…")
    wait_for_focus(person, "Why")
    person.type("We had nothing for this")
    person.press("ctrl+Return")
    versions = (
        "SELECT p.title, v.number, v.approved_by FROM playbook_version v"
        " JOIN playbook p ON p.id = v.playbook_id WHERE p.slug = 'parcels-lost'"
    )
    person.desktop.wait_until(lambda: person.rows(versions), "version 1 in use")

    assert person.rows(versions)[0][:2] == ("Parcels lost", 1)
    assert "Leo Marsh" in person.rows(versions)[0][2]
