"""The score for any weights and factors: bounds, sum of the terms, rounding, and that more is never less."""

from fractions import Fraction
from math import floor

from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.policy import FACTORS, Policy
from desktop.domain.priority import score
from tests.domain.policies import a_policy, weighing

WEIGHTS = st.one_of(
    st.integers(0, 1000),
    st.floats(0, 1000, allow_nan=False).map(lambda weight: round(weight, 3)),
    st.fractions(0, 1000, max_denominator=97).map(str),
)
STEPS = st.one_of(st.none(), st.integers(0, 5), st.fractions(0, 5, max_denominator=8))
STATED = st.one_of(st.integers(0, 5), st.fractions(0, 5, max_denominator=8))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    weights = {key: draw(WEIGHTS) for key in FACTORS}
    assume(any(Fraction(weight) for weight in weights.values()))
    return weighing(**weights)


def given_factors(values):
    return st.fixed_dictionaries(dict.fromkeys(FACTORS, values))


@given(policies(), given_factors(STEPS))
def test_a_score_is_a_whole_number_from_0_to_100(policy, factors):
    found = score(factors, policy)
    assert isinstance(found.value, int)
    assert 0 <= found.value <= 100


@given(policies(), given_factors(STEPS))
def test_the_points_of_the_terms_add_up_to_the_exact_score(policy, factors):
    found = score(factors, policy)
    assert sum(term.points for term in found.terms) == found.exact


@given(policies(), given_factors(STEPS))
def test_the_maxima_of_the_terms_add_up_to_100(policy, factors):
    assert sum(term.maximum for term in score(factors, policy).terms) == 100


@given(policies(), given_factors(STATED))
def test_the_exact_score_is_that_of_the_formula(policy, factors):
    weights = {factor.key: factor.weight for factor in policy.factors}
    weighed = sum((weights[key] * Fraction(factors[key]) for key in FACTORS), Fraction())
    assert score(factors, policy).exact == 100 * weighed / (5 * sum(weights.values()))


@given(policies(), given_factors(STEPS))
def test_the_shown_score_rounds_the_exact_one_half_up(policy, factors):
    found = score(factors, policy)
    assert found.value == floor(found.exact + Fraction(1, 2))


@given(st.integers(0, 99))
def test_every_half_rounds_up(n):
    policy = weighing(
        business_impact=2 * n + 1, customer_segment=199 - 2 * n, **dict.fromkeys(FACTORS[2:], 0)
    )
    found = score({**dict.fromkeys(FACTORS, 0), "business_impact": 5}, policy)
    assert found.exact == n + Fraction(1, 2)
    assert found.value == n + 1


@given(policies(), given_factors(STATED), st.sampled_from(FACTORS), STATED)
def test_raising_a_factor_never_lowers_the_score(policy, factors, key, value):
    low, high = sorted((factors[key], value))
    lower, higher = score({**factors, key: low}, policy), score({**factors, key: high}, policy)
    assert lower.exact <= higher.exact
    assert lower.value <= higher.value
    assert lower.priority.rank >= higher.priority.rank


@given(policies(), given_factors(STEPS))
def test_a_missing_factor_scores_like_its_default(policy, factors):
    defaults = {factor.key: factor.default for factor in policy.factors}
    filled = {key: defaults[key] if value is None else value for key, value in factors.items()}
    assert score(factors, policy).exact == score(filled, policy).exact


@given(policies(), given_factors(STEPS))
def test_assumed_are_those_factors_that_are_missing(policy, factors):
    missing = tuple(key for key in FACTORS if factors[key] is None)
    assert score(factors, policy).assumed == missing


@given(policies(), given_factors(STATED), st.integers(1, 50))
def test_only_the_proportion_of_weights_matters(policy, factors, times):
    scaled = weighing(**{factor.key: str(factor.weight * times) for factor in policy.factors})
    assert score(factors, scaled).exact == score(factors, policy).exact


@given(given_factors(STATED))
def test_equal_weights_make_the_mean(factors):
    policy = weighing(**dict.fromkeys(FACTORS, 7))
    assert score(factors, policy).exact == 20 * sum(map(Fraction, factors.values())) / len(FACTORS)


@given(given_factors(STEPS))
def test_the_priority_is_the_band_of_the_shown_score(factors):
    policy = a_policy()
    found = score(factors, policy)
    assert found.priority is policy.priority_of(found.value)
