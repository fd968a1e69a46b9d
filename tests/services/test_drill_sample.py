"""The sample of played drills, as scenes of the tour and other tests use it."""

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_log import Kind
from desktop.domain.drill_score import score_log
from tests.services.drill_desk import DrillDesk
from tests.support.drill_sample import TEAM, fill


def test_it_plays_runs_that_count_one_for_practice_and_one_forked(drills: DrillDesk):
    played = fill(drills.desk.store, drills.desk.clock.now())
    assert [point.run_id for point in drills.trends.of_team(TEAM)] == [played.first.id, played.latest.id]
    assert (played.practice.practice, played.fork.forked_from) == (True, played.latest.id)
    assert (played.first.overall or 0) < (played.latest.overall or 0)
    assert drills.record.unfinished() == ()


def test_the_better_run_closes_a_gap_of_the_first_and_another_is_a_recurrence(drills: DrillDesk):
    played = fill(drills.desk.store, drills.desk.clock.now())
    verified = drills.gaps.all(state=GapState.VERIFIED)
    assert {gap.verified_by_run for gap in verified} == {played.latest.id}
    assert {gap.code for gap in verified} >= {"DA2", "DR1"}
    assert {gap.state for gap in drills.gaps.all()} >= {GapState.PROPOSED, GapState.OPEN, GapState.DECLINED}
    assert max(gap.times for gap in drills.gaps.all()) > 1


def test_its_logs_are_whole_and_score_the_same_again(drills: DrillDesk):
    played = fill(drills.desk.store, drills.desk.clock.now())
    for run in (played.first, played.latest, played.fork):
        log = drills.record.log(run.id)
        assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
        assert log[-1].kind == Kind.ENDED
        assert score_log(drills.record.scenario(run.id), log).overall == run.overall


def test_its_survey_can_be_shown(drills: DrillDesk):
    played = fill(drills.desk.store, drills.desk.clock.now())
    assert drills.survey.results(played.first.id)[0].scores == (3, 4, 5)
