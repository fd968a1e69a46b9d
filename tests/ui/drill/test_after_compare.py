"""A run and what went on from it: both outcomes and score trees on one chart, and as a table."""

import json

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPixmap

from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import RunState
from desktop.services.drill_log_file import entries
from desktop.ui.drill.after import COMPARISON
from desktop.ui.drill.chart_dots import DotPlot, DotRow
from desktop.ui.drill.chart_heat import quarters_to
from desktop.ui.drill.chart_pareto import OTHER, bars_of
from tests.domain.drills import charged_twice, worked_run
from tests.ui.drill.after_stand import MINUTE_MS, Played
from tests.ui.drill.test_after_page import open_page as open_page


@pytest.fixture
def played(real_desk):
    return Played(real_desk)


@pytest.fixture
def forked(played, tmp_path):
    """A run, and one that went on from before its first decision and waited instead."""
    run = played.run()
    record, trainer = played.drills.record, played.drills.trainer
    log = entries([json.dumps(each) for each in worked_run()], charged_twice())
    seq = next(entry.seq for entry in log if entry.kind == "decision.recorded") - 1
    picture = tmp_path / "at.sqlite3"
    picture.write_bytes(b"a picture of the desk")
    record.add_snapshot(run.id, seq, log[seq - 1].sim_ms, str(picture))
    fork = record.fork(run.id, seq, trainer, folder="")
    first = len(record.log(fork.id)) + 1
    more = (
        Entry(first, 25 * MINUTE_MS, "clock.resumed"),
        Entry(first + 1, 26 * MINUTE_MS, "decision.recorded", {"decision": "D1", "option": "wait"}),
        Entry(first + 2, 90 * MINUTE_MS, "run.ended"),
    )
    record.append(fork.id, more, at=played.real.clock.now(), sim_ms=90 * MINUTE_MS, state=RunState.ENDED)
    played.judged(fork.id)
    return run.id, fork.id


@pytest.fixture
def page(open_page, forked):
    made = open_page(forked[0])
    made.tabs.setCurrentIndex(COMPARISON)
    return made


def test_a_run_without_a_fork_says_how_to_get_one(open_page, played):
    page = open_page(played.run().id)
    assert "Stop the replay at a decision" in page.comparison.empty.sentence


def test_both_outcomes_stand_side_by_side(page, forked):
    said = page.comparison.decided.text()
    assert said.startswith("Stop auto-recharge for all customers?")
    assert "Stop now under the lead's delegated authority → Wait for the finance director" in said
    assert f"Run {forked[0]}: 723 S, 16 of 17 scored; run {forked[1]}:" in page.comparison.summary.text()


def test_the_acts_that_count_in_both_are_held_against_each_other(page):
    rows = [row for row in page.comparison.table.model().rows if row.kind == "expectation"]
    shared = [row for row in rows if row.before is not None and row.after is not None]
    said = page.comparison.summary.text()
    assert shared
    assert f"In the {len(shared)} acts that count in both:" in said


def test_the_table_has_what_the_chart_draws(page):
    table = page.comparison.table.model()
    assert [table.index(0, column).data() for column in range(3)][:2] == ["Overall", "723"]
    drawn = [row.before for row in page.comparison.chart._rows]
    assert drawn == [line.before for line in table.rows]


def test_the_arrows_read_the_chart_out(page, qtbot):
    page.comparison.chart.setFocus()
    qtbot.keyClick(page.comparison.chart, Qt.Key.Key_Down)
    assert page.comparison.read_out.text().startswith("Recognition: Run")


def test_the_figures_are_copied_as_a_sheet_takes_them(page, qtbot):
    qtbot.mouseClick(page.comparison.copy.figures, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Part\tEarlier\tLater\tChange"
    assert lines[1].startswith("Overall\t723\t")


def test_the_chart_is_copied_as_a_picture(page, qtbot):
    qtbot.mouseClick(page.comparison.copy.picture, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().pixmap().width() == page.comparison.chart.grab().width()


def test_the_fork_is_a_practice_run_and_its_score_covers_its_own_part(open_page, forked):
    page = open_page(forked[1])
    about = page.hot_wash.figures.about.text()
    assert "practice: counts in no trend" in about
    assert f"went on from run {forked[0]}" in about


def test_from_a_kept_moment_the_page_asks_for_a_fork(page, forked, qtbot):
    page.replay.forward.click()
    with qtbot.waitSignal(page.fork_requested) as wanted:
        page.replay.fork.click()
    assert wanted.args[0] == forked[0]


def test_the_two_marks_differ_in_shape_not_in_colour_alone(theme, qtbot):
    pictures = []
    for row in (DotRow("Overall", 500, None), DotRow("Overall", None, 500)):
        plot = DotPlot(theme)
        qtbot.addWidget(plot)
        plot.show_rows([row], "before", "after", "")
        plot.resize(QSize(600, 120))
        picture = QPixmap(plot.size())
        plot.render(picture)
        centre = picture.toImage().pixelColor(round(plot._x(500)), round(plot._top(0) + plot._line() / 2))
        pictures.append(centre.lightness())
    assert abs(pictures[0] - pictures[1]) > 60


@pytest.mark.parametrize("rows", [[], [DotRow("x" * 500, 0, 1000)], [DotRow("one", None, None)] * 40])
def test_the_chart_paints_whatever_there_is(theme, qtbot, rows):
    plot = DotPlot(theme)
    qtbot.addWidget(plot)
    plot.show_rows(rows, "before", "after", "")
    plot.resize(200, 60)
    assert not plot.grab().isNull()
    assert isinstance(plot.sentence(), str)


def test_more_than_ten_codes_are_put_together():
    bars = bars_of([(f"DA{number}", 20 - number) for number in range(14)])
    assert [bar.code for bar in bars][-1] == OTHER
    assert len(bars) == 11
    assert bars[-1].percent == 100


def test_quarters_have_no_hole_and_go_back_a_year():
    assert quarters_to(["2026-Q1"]) == ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]
    assert quarters_to(["2026-Q4", "2025-Q4"]) == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert quarters_to([]) == []
