"""Thresholds are taken as the rules say, and what is looked for every few seconds is found by an index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries import alarm, alarm_change, alarm_state, outbox
from desktop.domain.alarm import reached
from desktop.services.alarm_claim import claim
from tests.factories import MONDAY_US, a_commitment_row, an_escalation_row

CLOCKS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(sorted), min_size=1, max_size=6
)


class Plans:
    """A session that explains each question before it asks it."""

    def __init__(self, session) -> None:
        self.session = session
        self.lines: list[str] = []

    def sql(self, text, parameters=()):
        plan = self.session.sql(f"EXPLAIN QUERY PLAN {text}", parameters)
        self.lines += [row[3] for row in plan.fetchall()]
        return self.session.sql(text, parameters)

    def revision(self):
        return self.session.revision()


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: alarm.is_threshold_due(session, 1),
        lambda session: alarm.due_together(session, 1, 9),
        lambda session: alarm.take_due(session, 1, 0, 9),
        lambda session: alarm.is_anything_due(session, 1),
        lambda session: alarm.to_attend(session, 1, 9),
        lambda session: alarm.waiting_together(session, 1),
        lambda session: alarm.raised_of(session, [1]),
        lambda session: alarm.grouped_since(session, 1),
        lambda session: alarm.count_told(session, 1, 2),
        lambda session: alarm_state.has_changes(session, "seen"),
        lambda session: alarm_change.changed_since(session, 1, 1, 9),
        lambda session: alarm_change.forgotten(session, 1, 9),
        lambda session: alarm_change.next_instants(session, 1, 1),
        lambda session: outbox.ready(session, ("desktop",), 1, 9),
        lambda session: outbox.overdue(session, 1, 1),
        lambda session: outbox.pending_gone(session),
        lambda session: outbox.shown_by(session, "desk"),
    ],
)
def test_what_is_asked_every_few_seconds_reads_no_whole_table(store, ask):
    with store.begin() as session:
        plans = Plans(session)
        ask(plans)
    whole = [line for line in plans.lines if line.startswith("SCAN") and "INDEX" not in line]
    assert [line for line in whole if line != "SCAN CONSTANT ROW"] == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clocks=CLOCKS, looks=st.lists(st.integers(0, 10), min_size=1, max_size=5))
def test_thresholds_are_taken_exactly_as_the_rules_say(store, clocks, looks):
    with store.begin() as session:
        escalation = an_escalation_row(session)
        wanted = {}
        for ordinal, instants in enumerate(clocks):
            risk, soon, due = (MONDAY_US + instant for instant in instants)
            ended = {"stopped_at": MONDAY_US, "outcome": "met"} if ordinal else {}
            commitment = a_commitment_row(
                session, escalation, ordinal=ordinal, at_risk_at=risk, soon_at=soon, due_at=due,
                next_threshold="at_risk", next_threshold_at=risk, **ended,
            )  # fmt: skip
            wanted[commitment] = reached("at_risk", risk, soon, due, MONDAY_US + max(looks))
        for look in sorted(looks):
            claim(session, MONDAY_US + look, MONDAY_US + look, 100)
        for commitment, (passed, name, at_us) in wanted.items():
            raised = session.sql(
                "SELECT threshold, due_at FROM alarm WHERE commitment_id = ? ORDER BY id", (commitment,)
            ).fetchall()
            left = session.sql(
                "SELECT next_threshold, next_threshold_at FROM commitment WHERE id = ?", (commitment,)
            ).fetchone()
            assert raised == [(threshold.value, instant) for threshold, instant in passed]
            assert left == (name, at_us)
