"""Why something needs review, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.review import (
    Reason,
    ReviewItem,
    age_us,
    next_back_us,
    queue,
    reasons,
    sentences,
    why_of,
    why_text,
)
from tests.domain.rules import a_rule, decided, do

SEV1 = a_rule(do("set_severity", 1), id=1, name="EU")
SEV2 = a_rule(do("set_severity", 2), id=2, name="Cards")
ASKING = a_rule(do("review", "odd"), id=3, name="Odd")
PROPOSING = a_rule(do("add_tag", "eu"), id=4, name="Shy", mode="propose")


@pytest.mark.parametrize(
    ("rules", "more", "why"),
    [
        ([SEV1], {}, ()),
        ([], {}, (Reason.UNCLASSIFIED,)),
        ([], {"is_classified": True}, ()),
        ([SEV1, SEV2], {"is_classified": True}, (Reason.DISPUTED,)),
        ([SEV1, SEV2], {}, (Reason.DISPUTED, Reason.UNCLASSIFIED)),
        ([SEV1, ASKING], {}, (Reason.ASKED,)),
        ([SEV1, PROPOSING], {}, (Reason.PROPOSAL,)),
        ([SEV1], {"near_edge": True}, (Reason.NEAR_EDGE,)),
        ([SEV1], {"came_back": True}, (Reason.CAME_BACK,)),
    ],
)
def test_why_something_needs_review(rules, more, why):
    assert reasons(decided(*rules), **more) == why


def test_what_no_rule_was_asked_about_is_unclassified_until_somebody_says_what_it_is():
    assert (reasons(None), reasons(None, is_classified=True)) == ((Reason.UNCLASSIFIED,), ())


def test_the_reasons_are_told_with_what_the_rules_say():
    decision = decided(SEV1, SEV2, ASKING, PROPOSING)
    assert sentences(decision, reasons(decision)) == (
        "The rules dispute: “EU” sets the severity to SEV1 but “Cards” sets the severity to SEV2.",
        "No rule classifies it.",
        "Rule “Odd” asks a person to look: odd",
        "Rule “Shy” proposes: adds the tag “eu”",
    )


@given(st.sets(st.sampled_from(Reason)))
def test_reasons_are_the_same_after_being_kept(why):
    assert why_of(why_text(why)) == tuple(reason for reason in Reason if reason in why)


def test_reasons_of_a_later_version_are_left_out():
    assert why_of("disputed haunted") == (Reason.DISPUTED,)


def test_every_reason_has_a_sentence():
    assert all(reason.sentence for reason in Reason)


def item(number, since_us, snoozed_us=0):
    return ReviewItem(number, since_us, snoozed_us, "disputed")


def test_the_oldest_comes_first_and_of_equals_the_lower_number():
    items = [item(3, 5), item(2, 9), item(1, 5)]
    assert [one.escalation_id for one in queue(items, 100)] == [1, 3, 2]


@pytest.mark.parametrize(("now_us", "waiting"), [(49, [2]), (50, [1, 2])])
def test_what_is_put_off_comes_back_in_its_old_place(now_us, waiting):
    assert [one.escalation_id for one in queue([item(1, 5, 50), item(2, 9)], now_us)] == waiting


def test_the_next_return_is_that_of_the_shortest_snooze_still_running():
    items = [item(1, 5, 50), item(2, 5, 40), item(3, 5)]
    assert [next_back_us(items, now_us) for now_us in (0, 40, 50)] == [40, 50, None]


def test_an_age_is_never_less_than_nothing():
    assert (age_us(item(1, 5), 12), age_us(item(1, 5), 2)) == (7, 0)
