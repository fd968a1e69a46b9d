"""What a person sees while the log of a replay is read."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.tickets.loading_page import LoadingPage


class Reader:
    share = 0.25


@pytest.fixture
def page(stage, qtbot):
    made = LoadingPage("incidents_events.csv", Reader(), stage)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_it_names_the_log(page):
    assert page.said.text() == "Loading the log incidents_events.csv…"


def test_a_short_reading_shows_no_progress(page, stage):
    stage.heartbeat.beat()
    assert not page.meter.isVisible()


def test_a_reading_of_more_than_a_second_says_how_far_it_has_come(page, stage):
    stage.heartbeat.beat()
    stage.heartbeat.beat()
    assert page.meter.isVisible()
    assert page.share.text() == "25% read"


def test_it_can_be_cancelled(page, qtbot):
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
