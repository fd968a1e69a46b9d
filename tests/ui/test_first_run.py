"""The first start: three questions, all answered already."""

from datetime import time

import pytest
from PySide6.QtCore import Qt

from desktop.domain.person import Role
from desktop.services.desk import Desk
from desktop.ui.first_run import FirstAnswers, FirstRun, account_name, computer_zone, keep_answers
from tests.ui.alarm_support import dressed


@pytest.fixture
def first(qtbot):
    dressed()
    made = FirstRun("Ada Quist", "Europe/Berlin")
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_enter_starts_with_the_answers_that_are_there(qtbot, first):
    with qtbot.waitSignal(first.answered) as told:
        qtbot.keyClick(first.name, Qt.Key.Key_Return)
    assert told.args == [FirstAnswers("Ada Quist", "Europe/Berlin", wants_sample=True)]


def test_esc_skips_the_questions_and_leaves_the_desk_empty(qtbot, first):
    with qtbot.waitSignal(first.answered) as told:
        qtbot.keyClick(first.name, Qt.Key.Key_Escape)
    assert told.args == [FirstAnswers("Ada Quist", "Europe/Berlin")]


def test_other_answers_are_taken(qtbot, first):
    first.name.setText("  Kofi   Prah ")
    first.hours.button("office").click()
    first.sample.click()
    with qtbot.waitSignal(first.answered) as told:
        first.start_button.click()
    assert told.args == [FirstAnswers("Kofi Prah", "Europe/Berlin", time(8), time(18))]


@pytest.mark.parametrize(("field", "text"), [("name", "   "), ("zone", "Europe/Nowhere")])
def test_an_impossible_answer_is_told_beside_its_field(qtbot, first, field, text):
    told = []
    first.answered.connect(told.append)
    getattr(first, field).setText(text)
    first.start_button.click()
    assert getattr(first, f"{field}_row").error
    assert told == []


def test_the_answers_become_the_first_person(tmp_path, store, clock):
    desk = Desk.over(store, tmp_path, clock)
    keep_answers(desk.person, desk.settings, FirstAnswers("Ada Quist", "Europe/Berlin", time(8), time(18)))
    ada = desk.person.operator()
    assert (ada.name, ada.zone, ada.quiet_from, ada.quiet_to) == (
        "Ada Quist",
        "Europe/Berlin",
        time(18),
        time(8),
    )
    assert Role.LEAD in ada.roles
    assert desk.settings.current.first_run_done


def test_the_computer_has_a_name_and_a_zone_to_offer():
    assert isinstance(account_name(), str)
    assert computer_zone()
