"""Numbers and labels of escalations."""

from desktop.domain.escalation import OPEN_STATES, Bulk, Done, State, number_of


def test_numbers_have_four_digits_until_they_need_five():
    assert [number_of(2026, n) for n in (1, 412, 9999, 10000)] == [
        "ESC-2026-0001",
        "ESC-2026-0412",
        "ESC-2026-9999",
        "ESC-2026-10000",
    ]


def test_what_is_done_or_elsewhere_is_not_open():
    assert set(State) - OPEN_STATES == {State.RESOLVED, State.CLOSED, State.STANDARD, State.MERGED}


def test_one_command_on_one_escalation_keeps_its_label():
    done = Done((1,), (5,), "Move of ESC-2026-0001")
    assert Bulk((done,), ()).label == "Move of ESC-2026-0001"
    assert Bulk((done, done), ()).label == "Move of 2 escalations"
    assert Bulk((), ()).label == ""


def test_states_are_named_for_people():
    assert (State.NEW.word, State.STANDARD.word) == ("New", "Sent to standard support")
