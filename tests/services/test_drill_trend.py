"""The trend of a team: runs that count in their order, and nobody's name."""

from dataclasses import fields

from desktop.domain.drill_record import TrendPoint
from tests.services.drill_desk import MISSED, PASSED, DrillDesk


def test_the_runs_of_a_team_the_oldest_first(drills: DrillDesk):
    first, worse = drills.played(acts=MISSED)
    second, better = drills.played(acts=PASSED)
    points = drills.trends.of_team("Billing")
    assert [(point.run_id, point.overall, point.band) for point in points] == [
        (first.id, worse.overall, worse.band),
        (second.id, better.overall, better.band),
    ]
    assert points[1].competences == {each.name: each.score for each in better.competences}
    assert points[0].coverage == worse.coverage


def test_practice_and_forks_count_in_no_trend(drills: DrillDesk):
    run, score = drills.played(acts=PASSED)
    drills.played(acts=PASSED, practice=True)
    fork = drills.record.fork(run.id, 2, drills.trainer, folder="")
    drills.record.set_state(fork.id, drills.record.run(run.id).state)
    drills.record.keep_score(fork.id, score, drills.trainer)
    assert [point.run_id for point in drills.trends.of_team("Billing")] == [run.id]
    left = drills.trends.left_out("Billing")
    assert (left.practice, left.forks) == (1, 1)


def test_teams_have_trends_of_their_own(drills: DrillDesk):
    drills.played(acts=PASSED)
    drills.played(acts=PASSED, team="Network")
    drills.played(acts=PASSED, team="Sales", practice=True)
    assert drills.trends.teams() == ("Billing", "Network")
    assert len(drills.trends.of_team("Network")) == 1


def test_a_run_that_was_scored_again_counts_with_its_latest_score(drills: DrillDesk):
    run, _ = drills.played(acts=MISSED)
    _, better = drills.played(acts=PASSED, practice=True)
    drills.record.keep_score(run.id, better, drills.trainer)
    (point,) = drills.trends.of_team("Billing")
    assert point.overall == better.overall


def test_a_point_names_nobody():
    assert {field.name for field in fields(TrendPoint)} == {
        "run_id",
        "slug",
        "title",
        "team",
        "at",
        "overall",
        "band",
        "coverage",
        "competences",
    }
