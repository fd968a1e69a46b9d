"""The wizards as a screen reader, a pointer and Tab find them, with small and with large letters."""

from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from desktop.domain.person import Role
from desktop.services.desk import Desk
from desktop.ui.drill.from_escalation import LINES
from desktop.wiring.drill_wizards import from_escalation, msel_wizard
from tests.adapters.test_msel import DIALECTS
from tests.support.walk import clipped, too_small, twice_named, unnamed


@contextmanager
def letters(size_pt):
    before = QApplication.font()
    font = QApplication.font()
    font.setPointSizeF(size_pt)
    QApplication.setFont(font)
    try:
        yield
    finally:
        QApplication.setFont(before)


@pytest.fixture(params=[10.0, 15.0], ids=["as usual", "150 %"])
def size_pt(request):
    return request.param


@pytest.fixture
def desk(commands, tmp_path) -> Desk:
    desk = Desk.over(commands.store, tmp_path, commands.clock)
    desk.person.set_operator(commands.staff[Role.TRAINER].id)
    return desk


def faults(window):
    # A box is known by the label beside it; what Qt calls its name here is what is chosen in it.
    twice = [each for each in twice_named(window) if not each.startswith("ComboBox")]
    return unnamed(window), twice, too_small(window), clipped(window)


def shown(wizard, qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(wizard)
    window.resize(1024, 768)
    window.show()
    return window


def test_every_step_of_the_list_wizard(desk, around, qtbot, tmp_path, size_pt):
    path = tmp_path / "list.csv"
    rows = ["3,soonish,Later,Ada,Lead,Wait", "Part two,,,,,"]
    path.write_text("\n".join([*DIALECTS["HSEEP"], *rows]), encoding="utf-8")
    with letters(size_pt):
        wizard = msel_wizard(desk, around)
        window = shown(wizard, qtbot)
        wizard.open_file(path)
        qtbot.waitUntil(wizard.frame.next.isEnabled)
        for step in range(4):
            qtbot.waitUntil(lambda step=step: wizard.frame.step == step)
            qtbot.wait(30)
            assert (step, faults(window)) == (step, ([], [], [], []))
            if step < 3:
                wizard.frame.next.click()


def test_each_choice_of_a_column_has_its_label(desk, around, qtbot):
    wizard = msel_wizard(desk, around)
    qtbot.addWidget(wizard)
    labels = {label.buddy(): label.text() for label in wizard.columns.findChildren(QLabel) if label.buddy()}
    assert labels[wizard.columns.targets["title"].box] == "Title"


def test_every_step_of_the_escalation_wizard(desk, commands, around, qtbot, size_pt):
    opened = commands.open(title="Northwind cannot print")
    with letters(size_pt):
        wizard = from_escalation(desk, around)
        window = shown(wizard, qtbot)
        qtbot.wait(30)
        assert faults(window) == ([], [], [], [])
        wizard.open_escalation(opened.id)
        for step in range(LINES, 4):
            qtbot.waitUntil(lambda step=step: wizard.frame.step == step)
            qtbot.wait(30)
            assert (step, faults(window)) == (step, ([], [], [], []))
            wizard.frame.next.click()
