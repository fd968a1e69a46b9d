"""The ladder as rows: read, checked step by step, compared, kept as a new version of the policy."""

from dataclasses import replace

import pytest

from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.person import Actor, Role
from desktop.domain.policy import Priority
from desktop.services.ladder_editing import LadderRow, LadderService
from tests.services.alarm_desk import LEAD, AlarmDesk

STEP = LadderRow("acknowledge", "5 min", ("role:coordinator",))


@pytest.fixture
def desk(store, clock):
    return AlarmDesk(store, clock)


@pytest.fixture
def ladder(desk):
    return LadderService(store=desk.store, policy=desk.policies, people=desk.people)


def test_rows_are_the_policys_steps(ladder):
    rows = ladder.rows(Priority.P1)
    assert rows[2] == LadderRow("acknowledge", "10 min", ("role:on-call leader",), 3, "10 min")


def test_rows_as_they_are_differ_in_nothing(ladder):
    assert ladder.difference(Priority.P1, ladder.rows(Priority.P1)) == ()


def test_what_changes_is_said_step_by_step(ladder):
    rows = [replace(row, after="7 min") if row.after == "5 min" else row for row in ladder.rows(Priority.P1)]
    assert ladder.difference(Priority.P1, rows) == (
        "No longer: unless acknowledged, after 5 min: coordinator",
        "New: unless acknowledged, after 7 min: coordinator",
    )


def test_saving_makes_a_new_version_that_counts_at_once(ladder, desk):
    before = desk.policy.version
    row = LadderRow("acknowledge", "5 min", ("person:Leo Park",), 2, "3 min", ("sms", "mail"))
    ladder.save({Priority.P2: [row]}, LEAD, before)
    assert (ladder.version(), ladder.rows(Priority.P2)) == (before + 1, (row,))
    assert len(ladder.rows(Priority.P1)) == 9


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (replace(STEP, after="soon"), "Step 2 of P1, after: “soon” is not a length of time."),
        (replace(STEP, tell=()), "Step 2 of P1, tell: 0 listed, at least 1 wanted."),
        (replace(STEP, tell=("squad:x",)), "Step 2 of P1, tell: “squad:x” is nobody the desk could tell."),
        (replace(STEP, tell=("role:janitor",)), "Step 2 of P1, tell: there is no role “janitor”."),
        (replace(STEP, tell=("person:Nobody",)), "Step 2 of P1: nobody at the desk is called “Nobody”."),
        (replace(STEP, tell=("rotation:Days",)), "Step 2 of P1: no schedule is called “Days”."),
        (replace(STEP, tell=("team:Blue",)), "Step 2 of P1: no team is called “Blue”."),
        (replace(STEP, times=2), "Step 2 of P1, every: “” is not a length of time."),
        (replace(STEP, channels=("pigeon",)), "Step 2 of P1, channels: “pigeon” is no kind of channel."),
        (replace(STEP, after="1 min"), "Step 2 of P1: this step comes before the one above it."),
        (
            replace(STEP, unless="paid"),
            "Step 2 of P1, unless: “paid” is none of acknowledge, contain, resolve.",
        ),
    ],
)
def test_a_step_at_fault_is_named(ladder, row, said):
    with pytest.raises(DeskError) as fault:
        ladder.check(Priority.P1, [STEP, row])
    assert fault.value.message == said
    assert fault.value.field.startswith("P1[1]")


def test_a_lead_alone_keeps_it(ladder):
    with pytest.raises(NotAllowed, match="cannot change the ladder"):
        ladder.save({Priority.P1: [STEP]}, Actor("Maya", 1, frozenset({Role.COORDINATOR})))


def test_another_version_in_force_meanwhile_is_told(ladder, desk):
    version = ladder.version()
    ladder.save({Priority.P1: [STEP]}, LEAD, version)
    with pytest.raises(Conflict):
        ladder.save({Priority.P2: [STEP]}, LEAD, version)


def test_nothing_changed_makes_no_version(ladder):
    with pytest.raises(DeskError, match="Nothing has changed"):
        ladder.save({Priority.P1: ladder.rows(Priority.P1)}, LEAD)


def test_everybody_who_can_be_told_can_be_chosen(ladder):
    targets = dict(ladder.choices().targets)
    assert targets["person:Leo Park"] == "Leo Park"
    assert {"owner", "role:coordinator"} <= set(targets)
    assert "role:owner" not in targets
