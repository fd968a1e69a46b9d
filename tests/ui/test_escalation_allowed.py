from desktop.domain.person import Role
from desktop.domain.rights import Action
from desktop.ui.escalation.allowed import Allowed
from tests.factories import MONDAY_US, an_actor
from tests.ui.escalation_cards import a_card


def allowed(*cards, roles=(Role.COORDINATOR,)):
    found = Allowed({card.id: card for card in cards}.get)
    found.set_actor(an_actor(*roles, person_id=7))
    return found


def test_a_right_that_is_missing_is_named():
    said = allowed(a_card(1)).why_not(Action.CONTAIN, (1,), MONDAY_US)
    assert "senior engineer" in said


def test_what_the_state_forbids_is_named():
    said = allowed(a_card(1, state="working")).why_not(Action.REOPEN, (1,), MONDAY_US)
    assert said == "It is open."


def test_one_of_many_that_can_is_enough():
    cards = (a_card(1, state="resolved"), a_card(2, state="new"))
    assert allowed(*cards).why_not(Action.ACKNOWLEDGE, (1, 2), MONDAY_US) == ""


def test_a_card_that_is_not_on_the_board_is_left_to_the_desk():
    assert allowed(a_card(1)).why_not(Action.REOPEN, (99,), MONDAY_US) == ""


def test_only_a_snoozed_card_can_be_woken():
    cards = (a_card(1), a_card(2, snoozed_us=MONDAY_US + 1))
    found = allowed(*cards)
    assert found.why_not(Action.END_SNOOZE, (1,), MONDAY_US) == "It is not snoozed."
    assert found.why_not(Action.END_SNOOZE, (2,), MONDAY_US) == ""
