"""Escalations with a past: what is known, what follows from it, what nobody knows."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.commitment import Kind
from desktop.domain.customer import Customer
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.history import Past, Recalled, recall
from desktop.domain.instant import to_us
from desktop.domain.opening import build
from desktop.domain.person import Actor
from desktop.domain.timeline import EventKind
from tests.domain.policies import a_policy
from tests.factories import MONDAY, MONDAY_US, an_intake

POLICY = a_policy()
OPENING = build(
    an_intake(), Customer(1, "Northwind", "enterprise", 2_000_000), POLICY, MONDAY, Actor("Import")
)


def after(minutes: float) -> "timedelta":
    return MONDAY + timedelta(minutes=minutes)


def recalled(state: State, **facts: object) -> Recalled:
    return recall(OPENING, Past(state, **facts), POLICY)


def outcomes(found: Recalled) -> dict[str, str | None]:
    return {row.kind: row.outcome for row in found.opening.commitments}


def test_a_closed_one_has_met_and_missed_what_its_instants_say():
    found = recalled(
        State.CLOSED,
        assigned_at=after(5),
        acknowledged_at=after(20),
        contained_at=after(100),
        resolved_at=after(300),
        closed_at=after(900),
    )
    assert outcomes(found) == {
        "assign": "met",
        "acknowledge": "breached",
        "contain": "met",
        "resolve": "met",
        "update": "cancelled",
    }
    assert found.opening.columns["clock_kind"] is None
    assert found.opening.columns["closed_at"] == to_us(after(900))


def test_what_is_unknown_was_done_with_the_next_thing_known():
    found = recalled(State.RESOLVED, resolved_at=after(300))
    stops = {row.kind: row.stopped_us for row in found.opening.commitments}
    assert stops["assign"] == stops["acknowledge"] == stops["contain"] == to_us(after(300))
    assert outcomes(found)["acknowledge"] == "breached"


def test_a_closed_one_without_a_resolution_was_resolved_when_it_was_closed():
    found = recalled(State.CLOSED, closed_at=after(300))
    assert found.opening.columns["resolved_at"] == to_us(after(300))


def test_what_must_have_been_done_nobody_knows_when_is_called_off():
    found = recalled(State.WORKING)
    assert outcomes(found) == {
        "assign": None,
        "acknowledge": "cancelled",
        "contain": None,
        "resolve": None,
        "update": None,
    }


def test_an_open_one_goes_on_from_where_it_stood():
    found = recalled(State.ACKNOWLEDGED, assigned_at=after(1), acknowledged_at=after(4))
    assert found.opening.columns["clock_kind"] == "update"
    assert found.opening.columns["acknowledge_wanted"] == 0
    assert {kind for kind, outcome in outcomes(found).items() if outcome is None} == {
        "contain",
        "resolve",
        "update",
    }


def test_the_past_is_told_in_order():
    found = recalled(State.CLOSED, assigned_at=after(9), acknowledged_at=after(9), closed_at=after(30))
    assert found.events == (
        (EventKind.ASSIGNED, to_us(after(9))),
        (EventKind.ACKNOWLEDGED, to_us(after(9))),
        (EventKind.RESOLVED, to_us(after(30))),
        (EventKind.CLOSED, to_us(after(30))),
    )


def test_nothing_happened_before_it_was_opened():
    found = recalled(State.RESOLVED, acknowledged_at=after(-60), resolved_at=after(-30))
    assert {row.stopped_us for row in found.opening.commitments} == {MONDAY_US}


maybe = st.none() | st.integers(-1000, 100_000).map(after)


names = ("assigned_at", "acknowledged_at", "contained_at", "resolved_at", "closed_at")
pasts = st.fixed_dictionaries(dict.fromkeys(names, maybe))


@given(st.sampled_from(State), pasts)
def test_any_past_gives_rows_that_hold_together(state: State, past: dict[str, object]):
    found = recalled(state, **past)
    rows = {Kind(row.kind): row for row in found.opening.commitments}
    for row in rows.values():
        assert (row.stopped_us is None) == (row.outcome is None)
        assert row.stopped_us is None or row.stopped_us >= row.started_us
        assert (row.outcome == "breached") == (row.breached_us is not None)
        assert row.is_running or row.next_threshold is None
    if state not in OPEN_STATES:
        assert not any(row.is_running for row in rows.values())
    stops = [rows[kind].stopped_us for kind in (Kind.ACKNOWLEDGE, Kind.CONTAIN, Kind.RESOLVE)]
    known = [us for us in stops if us is not None]
    assert state in OPEN_STATES or known == sorted(known)
