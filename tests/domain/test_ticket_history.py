from datetime import UTC, datetime

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.customer import Customer
from desktop.domain.escalation import State
from desktop.domain.history import Recalled, recall
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.ticket import Ticket
from desktop.domain.ticket_history import opening_of, past_of
from tests.domain.policies import a_policy

OPENED = datetime(2026, 11, 2, 10, tzinfo=UTC)
BY = Actor.system("Import")
FACTS = {"file": "t.csv", "row": 2}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return a_policy()


def recalled(policy: Policy, owner_id: int | None = None, **said: object) -> Recalled:
    ticket = Ticket("T1", "It is slow", "Acme", OPENED, **{"severity": 2, **said})  # type: ignore[arg-type]
    opening = opening_of(
        ticket,
        Customer(7, "Acme"),
        policy,
        BY,
        system="Other",
        owner_id=owner_id,
        facts=FACTS,
    )
    return recall(opening, past_of(ticket, BY.name), policy)


def outcomes(one: Recalled) -> dict[str, str | None]:
    return {row.kind: row.outcome for row in one.opening.commitments}


def test_of_a_closed_ticket_only_what_the_file_knows_was_promised(policy: Policy) -> None:
    soon, later = OPENED.replace(hour=11), OPENED.replace(day=9)
    one = recalled(policy, state=State.CLOSED, resolved_at=soon, closed_at=later)
    assert outcomes(one) == {"resolve": "met"}


def test_a_late_resolution_counts_as_breached(policy: Policy) -> None:
    assert outcomes(recalled(policy, state=State.RESOLVED, resolved_at=OPENED.replace(day=30))) == {
        "resolve": "breached"
    }


def test_a_resolution_nobody_knows_the_time_of_is_neither_kept_nor_missed(policy: Policy) -> None:
    assert outcomes(recalled(policy, state=State.RESOLVED)) == {"resolve": "cancelled"}


def test_an_acknowledgement_in_the_file_is_judged(policy: Policy) -> None:
    one = recalled(
        policy, state=State.CLOSED, acknowledged_at=OPENED.replace(minute=1), closed_at=OPENED.replace(day=3)
    )
    assert outcomes(one)["acknowledge"] == "met"


def test_a_new_ticket_promises_everything_from_its_opening_on(policy: Policy) -> None:
    one = recalled(policy)
    assert set(outcomes(one)) == {kind.value for kind in Kind}
    assert {row.started_us for row in one.opening.commitments} == {one.opening.at_us}


def test_a_ticket_under_work_promises_no_acknowledgement_any_more(policy: Policy) -> None:
    one = recalled(policy, owner_id=3, state=State.WORKING)
    assert set(outcomes(one)) == {"contain", "resolve", "update"}
    assert one.opening.columns["owner_id"] == 3


def test_a_new_ticket_nobody_judged_waits_for_its_classification(policy: Policy) -> None:
    one = recalled(policy, severity=None)
    assert one.opening.columns["priority"] is None
    assert set(outcomes(one)) == {"assign"}


def test_an_open_ticket_has_no_instant_of_resolution_whatever_the_file_says(policy: Policy) -> None:
    one = recalled(policy, state=State.WORKING, resolved_at=OPENED.replace(day=3))
    assert one.opening.columns["resolved_at"] is None


def test_the_first_event_says_where_it_is_from(policy: Policy) -> None:
    one = recalled(policy, owner="Grace")
    assert one.opening.body["origin"] == FACTS
    assert one.opening.body["assigned_to"] == "Grace"


def test_what_the_other_system_says_of_its_own_target_is_kept(policy: Policy) -> None:
    assert recalled(policy, state=State.CLOSED, made_sla=False).opening.columns["made_sla"] == 0
