"""Trends of a team over its drills: counted runs, never practice, never a person."""

import pytest

from desktop.ui.drill.trends import TrendsTab
from desktop.wiring.drill_calendar import DeskTrends
from tests.ui.drill.library_stand import stand, words_of

__all__ = ["stand"]


class Looker:
    """Somebody at the trends."""

    def __init__(self, stand):
        self.stand = stand
        self.tab = stand.show(TrendsTab(DeskTrends(stand.desk), stand.around))

    def rows(self):
        return self.tab.table.model().rows


@pytest.fixture
def looker(stand):
    stand.played.run(without=("E08", "E10"))
    stand.real.clock.forward(days=7)
    stand.played.run()
    return Looker(stand)


def test_without_drills_it_says_what_would_be_here(stand):
    looker = Looker(stand)
    assert "No drill counts yet" in looker.tab.empty.sentence


def test_each_counted_run_is_a_row_with_its_coverage(looker):
    assert len(looker.rows()) == 2
    assert looker.rows()[0].overall == 723
    assert looker.rows()[0].coverage == 941


def test_practice_runs_are_left_out_and_counted(stand):
    stand.played.run()
    stand.played.run(practice=True)
    looker = Looker(stand)
    assert len(looker.rows()) == 1
    assert "1 drill counted. 1 practice run is left out." in looker.tab.said.text()


def test_the_chart_says_its_points_to_a_screen_reader(looker):
    said = looker.tab.chart.accessibleName()
    assert said.startswith("Overall over drills.")
    assert "723, 94 % covered" in said


def test_one_competence_can_be_looked_at_alone(looker):
    looker.tab.what.set_value("handoff")
    looker.tab.what.activated.emit(looker.tab.what.currentIndex())
    assert looker.tab.chart.accessibleName().startswith("Handoff over drills.")


def test_the_last_two_drills_are_compared_by_competence(looker):
    assert looker.tab.plot.isVisible()
    assert "Communication 819, before" in looker.tab.plot.accessibleName()


def test_one_drill_alone_is_compared_with_nothing(stand):
    stand.played.run()
    looker = Looker(stand)
    assert not looker.tab.plot.isVisible()
    assert "With a second drill" in words_of(looker.tab)


def test_nobody_is_named(looker):
    shown = words_of(looker.tab) + looker.tab.chart.accessibleName() + looker.tab.plot.accessibleName()
    assert "Cora Lind" not in shown
    assert "Leo Marsh" not in shown


def test_both_charts_are_painted_in_every_theme_without_a_fault(looker, qtbot):
    from desktop.ui.theme import ThemeChoice

    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST):
        looker.stand.around.theme.choose(choice)
        assert not looker.tab.chart.grab().isNull()
        assert not looker.tab.plot.grab().isNull()


def test_a_row_leads_to_what_came_of_the_run(looker):
    wanted = looker.stand.heard(looker.tab.run_requested)
    looker.tab.table.opened.emit()
    assert wanted == [(looker.rows()[0].run_id,)]
