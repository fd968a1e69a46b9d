"""A gap lives until a later drill has exercised it and passed."""

import json

import pytest

from desktop.domain.drill_gap import GapState, codes_passed, must_follow, recurrences
from desktop.domain.drill_score import score_log
from desktop.domain.errors import DeskError
from desktop.services.drill_log_file import entries
from tests.domain.drills import charged_twice, worked_run


def test_a_gap_is_not_closed_by_typing_done():
    with pytest.raises(DeskError, match="exercises it and passes"):
        must_follow(GapState.ACTION_LINKED, GapState.VERIFIED)
    with pytest.raises(DeskError, match="becomes verified next"):
        must_follow(GapState.ACTION_LINKED, GapState.CLOSED)


@pytest.mark.parametrize("proof", [{"run_passed": True}, {"waiver": "The tool is gone. Lead, 3 March."}])
def test_a_passed_drill_or_a_written_waiver_verifies_it(proof):
    must_follow(GapState.ACTION_LINKED, GapState.VERIFIED, **proof)
    must_follow(GapState.VERIFIED, GapState.CLOSED)


def test_what_a_drill_exercised_without_a_fault_is_passed():
    scenario = charged_twice()
    log = entries([json.dumps(each) for each in worked_run()], scenario)
    passed = codes_passed(score_log(scenario, log))
    assert passed == {"DA1"}  # E09 was done well enough; DR4 was not exercised


def test_recurrence_is_the_same_code_at_the_same_place():
    here = frozenset({"billing"})
    earlier = [("DA2", here), ("DA2", frozenset({"payroll"})), ("HQ1", here)]
    assert recurrences("DA2", here, earlier) == 2
