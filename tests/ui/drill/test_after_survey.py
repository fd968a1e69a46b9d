"""The survey: one after another at one screen, nobody's answers left on it."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.drill_record import SurveyAnswer
from desktop.ui.drill.after import SURVEY
from tests.ui.drill.after_stand import Played
from tests.ui.drill.test_after_page import open_page as open_page
from tests.ui.drill.test_after_page import press, settle


@pytest.fixture
def played(real_desk):
    return Played(real_desk)


@pytest.fixture
def survey(open_page, played):
    """The survey of a run that has ended."""
    page = open_page(played.run().id)
    page.tabs.setCurrentIndex(SURVEY)
    return page.survey


def answer(survey, text, around, qtbot):
    """One person answers the last question in words."""
    press(survey.begin if survey.begin.isVisible() else survey.next_one, around, qtbot)
    survey._fields[-1].words.setPlainText(text)
    press(survey.send, around, qtbot)


def test_it_asks_the_usual_questions_and_those_of_the_scenario(survey, played, around, qtbot):
    press(survey.begin, around, qtbot)
    assert len(survey._fields) == 4 + 3
    assert survey._fields[0].hasFocus() or survey._fields[0].grades.isAncestorOf(survey.focusWidget())


def test_a_digit_grades(survey, around, qtbot):
    press(survey.begin, around, qtbot)
    qtbot.keyClick(survey._fields[0].grades, Qt.Key.Key_4)
    assert survey._fields[0].answer().score == 4


def test_nothing_of_ones_answers_stays_on_the_screen(survey, around, qtbot):
    answer(survey, "My secret", around, qtbot)
    assert survey.next_one.isVisible()
    press(survey.next_one, around, qtbot)
    assert all(not field.words.toPlainText() for field in survey._fields)


def test_answers_are_shown_from_the_third_on(survey, around, qtbot):
    for text in ("One", "Two"):
        answer(survey, text, around, qtbot)
    press(survey.finish, around, qtbot)
    assert not survey.results.isVisible()
    assert "1 more is needed" in survey.told.text()
    answer(survey, "Three", around, qtbot)
    press(survey.finish, around, qtbot)
    assert survey.results.isVisible()
    assert survey.count.text() == "3 people have answered"


def test_nothing_answered_is_not_sent(survey, played, around, qtbot):
    press(survey.begin, around, qtbot)
    press(survey.send, around, qtbot)
    assert "Answer at least one question" in survey.missing.text()
    assert survey.send.isVisible()


def test_another_run_begins_anew(open_page, played, around, qtbot):
    first, second = played.run(), played.run()
    played.survey.answer(first.id, [SurveyAnswer("F1", 5)])
    page = open_page(first.id)
    press(page.survey.begin, around, qtbot) if page.survey.isVisible() else page.survey._ask()
    page.show_run(second.id)
    settle(around, qtbot)
    assert page.survey.stack.currentIndex() == 0
    assert page.survey.count.text() == "0 people have answered"
