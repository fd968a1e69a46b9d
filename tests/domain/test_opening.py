"""All rows of an opening, worked out before anything is stored."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import NOTHING_TOLD, Held, as_commitment, derived, started
from desktop.domain.customer import Customer
from desktop.domain.errors import DeskError
from desktop.domain.escalation_clock import _tightest, clock_columns
from desktop.domain.instant import to_us
from desktop.domain.opening import Opening, build
from desktop.domain.person import Actor
from desktop.domain.policy import Policy, Priority
from desktop.domain.priority import assess
from tests.domain.policies import a_policy
from tests.factories import MONDAY, MONDAY_US, an_intake

NORTHWIND = Customer(1, "Northwind", "enterprise", 2_000_000)
SHIPPED = a_policy()
BY = Actor("Cora Lind")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return SHIPPED


def opening(policy: Policy, **facts: object) -> Opening:
    return build(an_intake(**facts), NORTHWIND, policy, MONDAY, BY)


instants = st.integers(0, 7 * 86_400).map(lambda s: MONDAY_US + s * 1_000_000)
kinds = st.sampled_from(Kind)
priorities = st.sampled_from(Priority)


@given(kinds, priorities, instants)
def test_a_started_commitment_has_the_instants_its_rules_give(kind: Kind, priority: Priority, at_us: int):
    policy = SHIPPED
    row = started(kind, priority, policy, at_us)
    assert row == derived(row, (), policy, NOTHING_TOLD, at_us)
    assert as_commitment(row, (), policy).due == MONDAY + timedelta(microseconds=row.due_us - MONDAY_US)


@given(st.lists(st.tuples(kinds, priorities), min_size=1, max_size=5), instants, st.integers(0, 10 * 86_400))
def test_clocks_begun_together_are_led_as_the_general_rule_says(
    what: list[tuple[Kind, Priority]], at_us: int, later_s: int
):
    policy = SHIPPED
    held = [Held(started(kind, priority, policy, at_us), (), policy) for kind, priority in what]
    now_us = at_us + later_s * 1_000_000
    shown = clock_columns(held, now_us)
    row, until_us = _tightest(held, now_us)
    assert (shown["clock_kind"], shown["clock_due_at"]) == (row.kind, row.due_us)
    assert shown["clock_until"] == until_us


def test_no_commitment_shows_no_clock():
    assert clock_columns([], MONDAY_US)["clock_kind"] is None


def test_the_score_is_that_of_intake_and_customer(policy: Policy):
    built = opening(policy)
    expected = assess(
        policy, business_impact=3, tier="enterprise", revenue=2_000_000, reputational_risk=2, severity=2
    )
    assert built.score == expected
    assert built.columns["score"] == built.columns["score_computed"] == expected.value


def test_an_unknown_factor_makes_it_provisional(policy: Policy):
    assert opening(policy, business_impact=None).columns["provisional"] == 1


def test_a_score_near_a_bands_edge_needs_review(policy: Policy):
    built = opening(policy, business_impact=4)
    assert (built.score.value, built.columns["needs_review"]) == (74, 1)


def test_the_trouble_may_have_begun_before_the_desk_heard_of_it(policy: Policy):
    built = opening(policy, opened_at=MONDAY - timedelta(hours=5))
    assert built.columns["opened_at"] == to_us(MONDAY - timedelta(hours=5))
    assert all(row.started_us == MONDAY_US for row in built.commitments)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " \n"}, "title"),
        ({"severity": 7}, "severity"),
        ({"business_impact": 9}, "business_impact"),
        ({"reputational_risk": True}, "reputational_risk"),
        ({"issue_type": "nonsense"}, "issue_type"),
        ({"area": "nonsense"}, "nonsense"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(policy: Policy, facts: dict[str, object], field: str):
    with pytest.raises(DeskError) as refusal:
        opening(policy, **facts)
    assert refusal.value.field == field


def test_an_issue_type_of_another_area_is_refused(policy: Policy):
    one, other = policy.areas[:2]
    with pytest.raises(DeskError, match="another product area"):
        opening(policy, area=one.key, issue_type=other.issue_types[0].key)


def test_without_a_severity_the_issue_types_own_counts(policy: Policy):
    issue_type = policy.areas[0].issue_types[0]
    built = opening(policy, severity=None, issue_type=issue_type.key)
    assert built.columns["severity"] == built.columns["severity_computed"] == issue_type.severity
    assert built.columns["area"] == policy.areas[0].key


def test_without_anything_the_severity_is_the_lowest(policy: Policy):
    assert opening(policy, severity=None).columns["severity"] == 4
