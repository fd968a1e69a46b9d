"""One escalation from the first message to cause and prevention, by keyboard alone, on a virtual desktop."""

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey

_TABS = 60
_TITLE = "Orders come in late"


def begin(person: PersonAtDesk, stage: str) -> None:
    """U on the card: the page proposes a stage, Enter takes it."""
    person.press("u")
    person.wait_to_see("To Northwind Traders")
    person.desktop.wait_until(
        lambda: person.ask("focus")[1] == "What the message is", "the list of stages", 10
    )
    person.desktop.wait_until(lambda: stage in proposed(person), f"{stage} proposed", 10)
    person.press("Return")


def proposed(person: PersonAtDesk) -> str:
    """The reason that stands below the stages."""
    return " ".join(said for _, name, text in person.ask("texts") for said in (name, text))


def go_to(person: PersonAtDesk, name: str) -> None:
    """Tab on until a field has the keyboard."""
    for _ in range(_TABS):
        if person.ask("focus")[1] == name:
            return
        person.press("Tab")
        person.pause(0.15)
    raise AssertionError(f"no way to {name!r}")


def write(person: PersonAtDesk, **facts: str) -> None:
    """Write facts into their fields, from the top to the bottom."""
    for label, text in facts.items():
        go_to(person, label.replace("_", " "))
        person.press("ctrl+a")
        person.type(text)


def approve(person: PersonAtDesk, label: str, text: str) -> None:
    """Write a statement that has to be approved, and approve it."""
    write(person, **{label: text})
    person.press("Tab")
    person.wait_to_see(f"Approve: {label}")
    person.press("shift+Tab")
    person.desktop.wait_until(lambda: person.ask("focus")[1] == f"Approve: {label}", "the button", 10)
    person.press("Return")


def send(person: PersonAtDesk, stage: str) -> str:
    """Ctrl+Enter: what was copied is on record; gives its text."""
    before = len(sent(person))
    person.press("ctrl+Return")
    person.desktop.wait_until(lambda: len(sent(person)) == before + 1, f"{stage} sent", 15)
    person.wait_to_see("Copied and marked as sent")
    last_stage, body = sent(person)[-1]
    assert last_stage == stage
    return body


def sent(person: PersonAtDesk) -> list[tuple[str, str]]:
    return [tuple(row) for row in person.rows("SELECT stage, body FROM sent_message ORDER BY id")]


def comes_to_the_desk(person: PersonAtDesk) -> None:
    """The escalation is there, and its card has the keyboard."""
    person.colleague_opens(_TITLE, severity=3)
    person.start()
    seen = lambda: any(_TITLE in card for lane in person.ask("cards").values() for card in lane)  # noqa: E731
    person.desktop.wait_until(seen, "the card", 15)
    person.press("Down")


def test_a_customer_is_told_everything_from_the_first_word_to_the_cause(person):
    comes_to_the_desk(person)

    begin(person, "told nothing yet")
    write(
        person,
        Title_in_plain_words=_TITLE,
        What_customers_see="orders of this morning show late; new orders work",
        Role_of_the_owner="operations team",
        Where_to_reach_us="support@desk.example",
    )
    assert "orders of this morning show late" in send(person, "initial")

    begin(person, "waits for the next update")
    write(
        person, What_is_done_now="We restore the import", Next_steps="Import the rest, operations"
    )
    assert "We restore the import" in send(person, "periodic")

    person.ask("sleep", 30 * 3600)
    begin(person, "The time promised has passed")
    write(person, What_is_done_now="We check what was imported")
    assert "did not write until now" in send(person, "late")

    person.press("shift+c")
    person.wait_to_see("What stopped it")
    person.press("Return")
    begin(person, "It is contained")
    write(person, What_is_still_impaired="orders before nine", What_is_watched="Rate of orders")
    assert "Rate of orders" in send(person, "containment")

    person.press("shift+r")
    person.wait_to_see("The customer's problem is gone.")
    person.press("1", "Return")
    begin(person, "does not know")
    approve(person, "Data loss", "No data was lost.")
    write(person, How_customers_can_tell="every order of today is listed", Review_due="2026-12-01 12:00")
    assert "No data was lost." in send(person, "resolution")

    begin(person, "not why it happened")
    write(person, Summary="Orders of one morning came in late.")
    approve(person, "What set it off", "An import of the night did not end.")
    approve(person, "Root cause", "Two imports ran into one another.")
    write(
        person,
        What_we_have_changed="Imports wait for one another, since 2026-11-23",
        What_we_will_change="An alarm for late imports, operations, by 2026-12-15",
    )
    assert "Two imports ran into one another." in send(person, "post_resolution")

    kinds = person.rows("SELECT count(*) FROM timeline WHERE kind = 'update.sent'")
    assert kinds == [(6,)]


def test_a_half_written_message_survives_the_plug(person):
    comes_to_the_desk(person)
    begin(person, "told nothing yet")
    person.type("Orders come in la")
    person.wait_to_see("Draft kept")
    person.pull_the_plug()
    person.start()
    person.press("Down")
    begin(person, "told nothing yet")
    assert person.field("Title in plain words") == "Orders come in la"
