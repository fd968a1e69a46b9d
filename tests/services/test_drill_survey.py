"""The survey: whoever answered cannot be told from what is kept, nor from what is shown."""

from datetime import timedelta

import pytest

from desktop.domain.drill_record import SurveyAnswer
from desktop.domain.errors import DeskError
from desktop.services.drill_survey import FIXED
from tests.services.drill_desk import CHARGED, DrillDesk


def answered(drills: DrillDesk, run_id: int, *people: str) -> None:
    for words in people:
        drills.survey.answer(run_id, [SurveyAnswer("F1", 4), SurveyAnswer("F4", text=words)])


def test_four_questions_are_always_asked_and_the_scenarios_own_besides(drills: DrillDesk):
    drills.library.ensure_shipped()
    scenario = drills.library.scenario(CHARGED)
    questions = drills.survey.questions(scenario)
    assert questions[:4] == FIXED
    assert [each.text for each in questions[4:]] == [
        scenario.filled(each.text) for each in scenario.questions
    ]
    assert len({each.key for each in questions}) == len(questions)


def test_nothing_is_shown_below_three_answers(drills: DrillDesk):
    run, _ = drills.played()
    answered(drills, run.id, "a", "b")
    assert {(each.count, each.scores, each.texts) for each in drills.survey.results(run.id)} == {
        (2, (), ()),
        (0, (), ()),
    }


def test_three_answers_are_shown(drills: DrillDesk):
    run, _ = drills.played()
    answered(drills, run.id, "a", "b", "c")
    first, *_, words = drills.survey.results(run.id)[:4]
    assert (first.count, first.scores) == (3, (4, 4, 4))
    assert sorted(words.texts) == ["a", "b", "c"]


def test_a_question_few_have_answered_stays_closed_beside_one_many_have(drills: DrillDesk):
    run, _ = drills.played()
    answered(drills, run.id, "a", "b", "c")
    drills.survey.answer(run.id, [SurveyAnswer("F2", 1, "It was me")])
    assert drills.survey.results(run.id)[1].texts == ()


def test_nothing_that_is_kept_tells_who_answered_or_when(drills: DrillDesk):
    run, _ = drills.played()
    answered(drills, run.id, "a")
    with drills.desk.store.read() as session:
        columns = [row[1] for row in session.sql("PRAGMA table_info(survey_answer)")]
        days = {row[0] for row in session.sql("SELECT day FROM survey_answer")}
    assert columns == ["id", "run_id", "question", "score", "text", "day"]
    assert days == {drills.desk.clock.now().date().isoformat()}


def test_the_table_lies_in_no_order_of_arrival(drills: DrillDesk):
    run, _ = drills.played()
    people = [f"{number:02}" for number in range(30)]
    answered(drills, run.id, *people)
    with drills.desk.store.read() as session:
        lying = [
            row[0] for row in session.sql("SELECT text FROM survey_answer WHERE text <> '' ORDER BY rowid")
        ]
        ids = session.sql("SELECT count(*) FROM survey_answer WHERE id = rowid").fetchone()
    assert sorted(lying) == people
    assert lying != people
    assert ids == (60,)


def test_no_survey_before_the_end(drills: DrillDesk):
    run = drills.planned()
    with pytest.raises(DeskError, match="has ended"):
        answered(drills, run.id, "a")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([], "Nothing is answered"),
        ([SurveyAnswer("F4", text="  ")], "Nothing is answered"),
        ([SurveyAnswer("X9", 3)], "not asked"),
        ([SurveyAnswer("F1", 6)], "from 1 to 5"),
        ([SurveyAnswer("F4", 3)], "from 1 to 5"),
        ([SurveyAnswer("F1", 3), SurveyAnswer("F1", 4)], "answered once"),
        ([SurveyAnswer("F4", text="x" * 4001)], "4000 letters"),
    ],
)
def test_what_is_no_answer_is_refused(drills: DrillDesk, answers: list[SurveyAnswer], sentence: str):
    run, _ = drills.played()
    with pytest.raises(DeskError, match=sentence):
        drills.survey.answer(run.id, answers)


def test_answers_of_one_run_are_not_those_of_another(drills: DrillDesk):
    run, _ = drills.played()
    drills.desk.clock.forward(timedelta(days=1))
    other, _ = drills.played()
    answered(drills, run.id, "a", "b", "c")
    assert {each.count for each in drills.survey.results(other.id)} == {0}
