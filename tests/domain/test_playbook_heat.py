"""What becomes of steps over versions, and what belongs together."""

from datetime import timedelta

from desktop.domain.playbook_heat import Cell, Seen, heat, related
from desktop.domain.playbook_run import StepState

DONE, SKIPPED, OPEN = StepState.DONE, StepState.SKIPPED, StepState.OPEN
TEXTS = {"look": "Look", "tell": "Tell", "old": "Old"}


def test_each_step_is_counted_for_each_version():
    seen = [
        Seen("look", 1, 1, DONE, is_late=True, took=timedelta(minutes=4)),
        Seen("look", 1, 2, SKIPPED, "no access"),
        Seen("look", 2, 3, DONE, hints=1, took=timedelta(minutes=2)),
    ]
    (row,) = heat(seen, TEXTS, ["look"])
    assert row.cells == {1: Cell(2, 1, 1, 1, 0), 2: Cell(1, 1, 0, 0, 1)}
    assert row.total == Cell(3, 2, 1, 1, 1)
    assert row.mean == timedelta(minutes=3)


def test_the_commonest_reason_for_skipping_comes_first():
    reasons = ["no access", "too late", "no access"]
    (row,) = heat([Seen("look", 1, at, SKIPPED, why) for at, why in enumerate(reasons)], TEXTS, ["look"])
    assert row.reasons == (("no access", 2), ("too late", 1))


def test_steps_stand_in_the_order_of_the_version_and_those_that_are_gone_last():
    rows = heat([Seen("old", 1, 1, DONE)], TEXTS, ["tell", "look"])
    assert [(row.step_id, row.is_gone) for row in rows] == [("tell", False), ("look", False), ("old", True)]


def test_a_step_that_nobody_came_to_is_no_trouble():
    assert heat([], TEXTS, ["look"])[0].total.trouble == 0
    assert Cell(4, 1, 2, 1, 0).trouble == 0.75


def test_searches_for_the_same_are_told_by_their_words():
    others = [(1, "refund twice"), (2, "database slow"), (3, "charged refund")]
    assert related("double refund charged", others) == (1, 3)
