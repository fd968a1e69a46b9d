"""The score by example: its arithmetic, its terms and reasons, and what it decides."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.policy import FACTORS
from desktop.domain.priority import Override, assess, factors_of, score
from desktop.domain.priority_words import amount_text, number_text
from tests.domain.policies import a_policy, weighing

POLICY = a_policy()
NOBODY_KNOWS = dict.fromkeys(FACTORS)


def factors(impact=0, segment=0, revenue=0, reputation=0, technical=0):
    return dict(zip(FACTORS, (impact, segment, revenue, reputation, technical), strict=True))


def test_the_checkout_of_the_picture_scores_94():
    found = score(factors(5, 5, 4, 4, 5), POLICY)
    assert (found.value, found.priority) == (94, "P1")


@pytest.mark.parametrize(("value", "priority"), [(0, "P4"), (5, "P1")])
def test_the_ends_of_the_scale(value, priority):
    found = score(dict.fromkeys(FACTORS, value), POLICY)
    assert (found.value, found.priority) == (20 * value, priority)


def test_terms_show_points_of_maximum():
    terms = score(factors(5, 5, 4, 4, 5), POLICY).terms
    assert [(term.name, term.shown) for term in terms] == [
        ("Business impact", "30 / 30"),
        ("Customer segment", "20 / 20"),
        ("Revenue", "12 / 15"),
        ("Reputational risk", "12 / 15"),
        ("Technical severity", "20 / 20"),
    ]


def test_points_that_are_not_whole_show_one_decimal():
    term = score(factors(3), weighing(business_impact=12.5)).terms[0]
    assert term.shown == "9.1 / 15.2"


@pytest.mark.parametrize(
    ("weights", "given", "exact", "value"),
    [
        # One factor of weight 1 among the 7 others: 100 · f / (5 · 8) = 2.5 f.
        ((1, 7, 0, 0, 0), (1, 0, 0, 0, 0), Fraction(5, 2), 3),
        ((1, 7, 0, 0, 0), (3, 0, 0, 0, 0), Fraction(15, 2), 8),
        ((1, 7, 0, 0, 0), (5, 0, 0, 0, 0), Fraction(25, 2), 13),
        ((0.5, 3.5, 0, 0, 0), (1, 0, 0, 0, 0), Fraction(5, 2), 3),
        ((1, 2, 0, 0, 0), (1, 0, 0, 0, 0), Fraction(20, 3), 7),
        (("1/3", "2/3", 0, 0, 0), (1, 0, 0, 0, 0), Fraction(20, 3), 7),
        ((1, 6, 0, 0, 0), (1, 0, 0, 0, 0), Fraction(20, 7), 3),
        ((3, 28, 0, 0, 0), (1, 0, 0, 0, 0), Fraction(60, 31), 2),
    ],
)
def test_exactly_half_a_point_rounds_up(weights, given, exact, value):
    policy = weighing(**dict(zip(FACTORS, weights, strict=True)))
    found = score(factors(*given), policy)
    assert (found.exact, found.value) == (exact, value)


def test_half_a_point_below_a_band_lifts_into_it():
    """74.5 is shown as 75, and what is shown decides."""
    policy = weighing(business_impact=149, customer_segment=51, **dict.fromkeys(FACTORS[2:], 0))
    found = score(factors(5), policy)
    assert (found.exact, found.value, found.priority) == (Fraction(149, 2), 75, "P1")


@pytest.mark.parametrize("value", [2.5, Fraction(5, 2)])
def test_a_factor_may_lie_between_two_steps(value):
    assert score(factors(value), POLICY).value == 15


@pytest.mark.parametrize("key", FACTORS)
@pytest.mark.parametrize("value", [-1, 6, 5.01, float("nan"), float("inf"), True, "3", object()])
def test_a_factor_out_of_range_is_named(key, value):
    with pytest.raises(DeskError) as fault:
        score({**factors(), key: value}, POLICY)
    assert fault.value.field == key
    assert POLICY.factor(key).name in fault.value.message


def test_a_factor_that_is_not_known_is_refused():
    with pytest.raises(DeskError, match="no factor “mood”") as fault:
        score({**factors(), "mood": 3}, POLICY)
    assert fault.value.field == "mood"


def test_what_is_missing_counts_with_the_policys_default():
    assert [term.value for term in score(NOBODY_KNOWS, POLICY).terms] == [3, 2, 2, 1, 2]


def test_what_is_left_out_is_missing_too():
    assert score({}, POLICY) == score(NOBODY_KNOWS, POLICY)


def test_what_is_missing_is_marked_as_assumed():
    found = score({**factors(), "revenue_contribution": None}, POLICY)
    assert found.assumed == ("revenue_contribution",)
    assert [term.assumed for term in found.terms] == [False, False, True, False, False]
    assert found.terms[2].why == "Not known; 2 of 5 assumed"


def test_a_score_is_provisional_while_anything_is_assumed():
    assert score(NOBODY_KNOWS, POLICY).provisional
    assert not score(factors(), POLICY).provisional


@pytest.mark.parametrize(
    ("impact", "technical", "value", "senior", "sponsor"),
    [(5, 5, 100, True, True), (4, 4, 90, True, True), (5, 1, 84, True, False), (2, 2, 70, False, False)],
)
def test_seniors_and_sponsor_are_involved_from_their_thresholds(impact, technical, value, senior, sponsor):
    found = score(factors(impact, 5, 5, 5, technical), POLICY)
    assert (found.value, found.senior, found.sponsor) == (value, senior, sponsor)


def test_any_sev1_involves_seniors():
    found = score(factors(technical=5), POLICY)
    assert (found.value, found.senior) == (20, True)


def test_a_sev1_that_is_only_assumed_involves_nobody():
    grave = replace(POLICY.factors[-1], default=5)
    policy = replace(POLICY, factors=(*POLICY.factors[:-1], grave))
    assert not score({**factors(), "technical_severity": None}, policy).senior


@pytest.mark.parametrize(
    ("impact", "segment", "value", "near"),
    [
        (5, 5, 50, False),
        (4, 5, 44, False),
        (3, 5, 38, True),
        (3, 4, 34, True),
        (2, 5, 32, True),
        (1, 5, 26, False),
    ],
)
def test_a_score_close_to_a_bands_edge_needs_review(impact, segment, value, near):
    found = score(factors(impact, segment), POLICY)
    assert (found.value, found.near_edge) == (value, near)


@pytest.mark.parametrize(("value", "near"), [(71, False), (72, True), (75, True), (78, True), (79, False)])
def test_the_margin_of_review_reaches_three_points_either_way(value, near):
    policy = weighing(business_impact=value, customer_segment=100 - value, **dict.fromkeys(FACTORS[2:], 0))
    found = score(factors(5), policy)
    assert (found.value, found.near_edge) == (value, near)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (factors(5), "The customer cannot sell, ship or bill"),
        (factors(0, 5), "Strategic customer"),
        (factors(0, 0, 4), "2 M to 10 M EUR a year"),
        (factors(0, 0, 5), "10 M EUR a year or more"),
        (factors(0, 0, 1), "10 k to 100 k EUR a year"),
        (factors(0, 0, 0, 4), "Named in trade press or widely in social media"),
        (factors(0, 0, 0, 0, 5), "SEV1 Business stopped"),
    ],
)
def test_a_term_says_why_in_the_policys_words(given, why):
    assert why in [term.why for term in score(given, POLICY).terms]


def test_no_revenue_is_below_the_first_band():
    assert score(factors(), POLICY).terms[2].why == "Below 10 k EUR a year"


@pytest.mark.parametrize(
    ("key", "value", "why"), [("customer_segment", 3, "3 of 5"), ("business_impact", 2.5, "2.5 of 5")]
)
def test_a_value_the_policy_has_no_word_for_is_a_number(key, value, why):
    terms = {term.key: term for term in score({**factors(), key: value}, POLICY).terms}
    assert terms[key].why == why


def test_a_better_reason_takes_the_place_of_the_policys():
    assert score(factors(), POLICY, why={"reputational_risk": "rule 7"}).terms[3].why == "Rule 7"


def test_factors_come_from_customer_and_severity():
    assert factors_of(
        POLICY, business_impact=5, tier="strategic", revenue=4_200_000, reputational_risk=None, severity=1
    ) == factors(5, 5, 4, None, 5)


def test_an_assessment_names_the_customers_own_figures():
    found = assess(
        POLICY, business_impact=5, tier="Strategic", revenue=4_200_000, reputational_risk=4, severity=1
    )
    assert [term.why for term in found.terms[1:]] == [
        "Strategic customer",
        "4.2 M EUR a year",
        "Named in trade press or widely in social media",
        "SEV1 Business stopped",
    ]


def test_a_tier_the_policy_does_not_have_is_assumed_and_named():
    found = assess(POLICY, business_impact=0, tier="platinum", revenue=0, reputational_risk=0, severity=4)
    assert found.assumed == ("customer_segment",)
    assert found.terms[1].why == "The policy has no tier “platinum”; 2 of 5 assumed"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1 k"),
        (6_000, "6 k"),
        (949_960, "950 k"),
        (999_949, "999.9 k"),
        (999_950, "1 M"),
        (4_200_000, "4.2 M"),
        (4_250_000, "4.3 M"),
        (1_234_000_000, "1.2 B"),
        (5_000_000_000_000, "5000 B"),
    ],
)
def test_an_amount_is_short(amount, text):
    assert amount_text(amount) == text


@pytest.mark.parametrize(("number", "text"), [("12", "12"), ("25/2", "12.5"), ("1/20", "0.1"), ("1/21", "0")])
def test_a_number_has_one_decimal_at_most(number, text):
    assert number_text(Fraction(number)) == text


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_an_override_keeps_what_was_computed():
    override = Override("priority", "P2", "P1", "The chief executive called", "J. Lindqvist", NOON)
    assert (override.computed, override.value) == ("P2", "P1")


@pytest.mark.parametrize(
    ("value", "reason", "words"), [("P1", " ", "needs a reason"), ("P2", "I said so", "is P2 already")]
)
def test_an_override_needs_a_reason_and_a_difference(value, reason, words):
    with pytest.raises(DeskError, match=words):
        Override("priority", "P2", value, reason, "J. Lindqvist", NOON)
