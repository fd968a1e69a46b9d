"""What would lift a score: the smallest changes that do, and nothing that does not."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.policy import FACTORS, Priority
from desktop.domain.priority import score
from desktop.domain.priority_lift import lifts
from tests.domain.policies import a_policy

POLICY = a_policy()
ANY = st.fixed_dictionaries(dict.fromkeys(FACTORS, st.one_of(st.none(), st.integers(0, 5))))
GOALS = st.sampled_from([*Priority, "senior", "sponsor"])


def of(*values):
    return score(dict(zip(FACTORS, values, strict=True)), POLICY)


def test_one_step_that_suffices_is_named_with_its_words():
    lift = lifts(of(4, 4, 3, 1, 4), POLICY, Priority.P1)[0]  # 68
    assert [(change.key, change.value) for change in lift.changes] == [("reputational_risk", 4)]
    assert lift.changes[0].why == "Named in trade press or widely in social media"
    assert lift.score == 77


def test_a_goal_reached_needs_nothing():
    assert lifts(of(5, 5, 5, 5, 5), POLICY, "sponsor") == ()


def test_sev1_alone_brings_in_the_seniors():
    found = lifts(of(0, 0, 0, 0, 1), POLICY, "senior")
    assert [[change.why for change in lift.changes] for lift in found] == [["SEV1 Business stopped"]]


def test_two_changes_are_offered_where_one_is_too_little():
    found = lifts(of(3, 3, 3, 3, 2), POLICY, Priority.P1)  # 56
    assert found
    assert all(len(lift.changes) == 2 for lift in found)


def test_what_no_two_changes_reach_is_out_of_reach():
    assert lifts(of(0, 0, 0, 0, 1), POLICY, "sponsor") == ()


def test_only_values_the_policy_has_are_offered():
    found = lifts(of(3, 2, 4, 4, 2), POLICY, Priority.P1)
    segments = {change.value for lift in found for change in lift.changes if change.key == "customer_segment"}
    assert segments <= {tier.factor for tier in POLICY.tiers}


@given(ANY, GOALS)
def test_every_lift_reaches_its_goal(factors, goal):
    for lift in lifts(score(factors, POLICY), POLICY, goal):
        lifted = score({**factors, **{change.key: change.value for change in lift.changes}}, POLICY)
        assert lifted.value == lift.score
        assert lifts(lifted, POLICY, goal) == ()


@given(ANY, GOALS)
def test_no_smaller_step_of_the_same_factor_would_do(factors, goal):
    for lift in lifts(score(factors, POLICY), POLICY, goal):
        if len(lift.changes) == 1:
            (change,) = lift.changes
            lower = score({**factors, change.key: change.value - 1}, POLICY)
            assert lower.value < lift.score
