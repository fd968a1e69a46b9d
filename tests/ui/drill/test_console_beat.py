"""The console is shown a drill four times a second: nothing that a person does may be lost by that."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.drill_view import FeedLine
from desktop.ui.drill.console import Console
from tests.ui.drill.console_stand import MINUTE, MemoryDirector, large, view_of


@pytest.fixture
def desk(stage, qtbot):
    """A console as large as a window, shown whatever view it is given."""
    console = Console(stage)
    qtbot.addWidget(console)
    console.resize(1280, 800)
    console._stack.setCurrentIndex(1)
    with qtbot.waitExposed(console):
        console.show()
    yield console.desk
    assert console is not None  # it owns what the tests look at


def at(minutes, scenario=None):
    director = MemoryDirector(scenario) if scenario is not None else MemoryDirector()
    director.start("Tess")
    director.later(int(minutes * MINUTE))
    return director


def test_a_beat_makes_no_widget_anew(desk):
    director = at(15)
    desk.show_view(view_of(director))
    cards, decision = dict(desk.inject.expects.cards), desk.inject.decision
    director.later(1000)
    desk.show_view(view_of(director))
    assert desk.inject.expects.cards == cards
    assert desk.inject.decision is decision


def test_a_beat_opens_no_window_of_its_own(desk):
    before = set(QApplication.topLevelWidgets())
    director = at(15)
    for _ in range(3):
        director.later(4 * MINUTE)
        desk.show_view(view_of(director))
    opened = [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]
    assert opened == []


def test_the_chosen_line_and_the_place_scrolled_to_stay(desk):
    director = at(3, large(120))
    desk.show_view(view_of(director))
    desk.list.choose("Z050")
    top = desk.list.verticalScrollBar().value()
    assert top > 0
    director.later(2 * MINUTE)
    desk.show_view(view_of(director))
    assert desk.list.current().key == "Z050"
    assert desk.list.verticalScrollBar().value() == top


def test_the_newest_evidence_is_in_sight_unless_somebody_reads_further_up(desk, qtbot):
    view = view_of(at(15))
    feed = tuple(FeedLine(n, n * 100, "note.added", f"Number {n}") for n in range(1, 201))
    desk.show_view(replace(view, feed=feed[:100]))
    bar = desk.feed.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    bar.setValue(30)
    desk.show_view(replace(view, feed=feed))
    assert bar.value() == 30
    bar.setValue(bar.maximum())
    desk.show_view(replace(view, feed=(*feed, FeedLine(201, 30000, "note.added", "The last"))))
    last = bar.maximum()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > last)


def test_what_was_missed_comes_between_without_taking_the_place_away(desk):
    view = view_of(at(15))
    feed = tuple(FeedLine(n, n * 100, "note.added", f"Number {n}") for n in range(1, 101))
    missed = tuple(FeedLine(0, 9_850, "expectation.missed", f"E0{n} was missed", tone="miss") for n in (1, 2))
    desk.show_view(replace(view, feed=feed))
    desk.feed.verticalScrollBar().setValue(300)
    desk.feed.choose("9")
    desk.feed.verticalScrollBar().setValue(300)
    desk.show_view(replace(view, feed=(*feed[:98], *missed, *feed[98:])))
    assert desk.feed.verticalScrollBar().value() == 300
    assert desk.feed.current().words == "Number 9"
    assert [row.words for row in desk.feed.lines.rows if row.tone == "miss"] == [
        "E01 was missed", "E02 was missed",
    ]  # fmt: skip


def test_a_click_on_evidence_shows_what_it_met(desk):
    director = at(4)
    director.run.tell(director.mono_ms, "escalation.acknowledged", {}, by="Support triage")
    director.later(8 * MINUTE)
    desk.show_view(view_of(director))
    row = next(row for row in desk.feed.lines.rows if row.meets == ("E01",))
    desk.feed.choose(row.key)
    desk.feed.opened.emit()
    assert (desk.shown, desk.meant) == ("I01", "E01")


@pytest.mark.parametrize("hostile", ["<b>x</b>" * 1300, "\u202eabc" * 2000, "a" * 10_000])
def test_hostile_words_are_shown_as_they_are_and_push_nothing_apart(desk, hostile, qtbot):
    view = view_of(at(15))
    injects = tuple(
        replace(line, title=hostile, body=hostile, subject=hostile, notes=hostile, red_flags=(hostile,))
        for line in view.injects
    )
    acts = tuple(replace(line, text=hostile, hints=(hostile,)) for line in view.expectations)
    points = tuple(replace(line, question=hostile, options=(("a", hostile),)) for line in view.decisions)
    feed = (FeedLine(1, 0, "note.added", hostile, hostile),)
    width = desk.window().width()
    desk.show_view(replace(view, injects=injects, expectations=acts, decisions=points, feed=feed,
                           noted_gaps=(("DR1", hostile),), slow_why=hostile))  # fmt: skip
    QApplication.sendPostedEvents()
    assert desk.window().width() == width
    assert desk.inject.player.body.textFormat() is Qt.TextFormat.PlainText


def test_with_two_hundred_injects_and_two_thousand_lines_a_beat_makes_no_list_anew(desk, qtbot):
    view = view_of(at(3, large(200)))
    feed = tuple(FeedLine(n, n * 90, "note.added", f"Number {n}", "Ana", "player") for n in range(1, 2001))
    desk.show_view(replace(view, feed=feed))
    made = []
    for lines in (desk.list.lines, desk.feed.lines):
        lines.modelReset.connect(lambda: made.append("anew"))
    rows = desk.feed.lines.rows
    for beat in range(1, 13):
        desk.show_view(replace(view, sim_ms=view.sim_ms + 250 * beat, feed=feed))
    assert made == []
    assert all(a is b for a, b in zip(rows, desk.feed.lines.rows, strict=True))
