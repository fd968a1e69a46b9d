import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tests.ui.board_support import a_row


def many_lanes():
    states = ("new", "triaged", "acknowledged", "working", "contained")
    return [a_row(i, state=state, due_min=20 * i - 30) for i, state in enumerate(states, 1)]


def collapsed(stand):
    return [lane.state for lane in stand.page.cards.lanes.lanes if lane.is_collapsed]


def test_with_room_every_lane_is_open(open_board):
    assert collapsed(open_board(*many_lanes(), width=1400)) == []


def test_without_room_the_lanes_that_matter_least_become_strips(open_board):
    stand = open_board(*many_lanes(), width=800)
    assert collapsed(stand) == ["contained", "resolved"]


def test_a_click_on_a_strip_makes_room_for_its_cards(open_board):
    stand = open_board(*many_lanes(), width=800)
    strip = stand.page.cards.lanes.lane("contained").strip
    stand.bot.mouseClick(strip, Qt.MouseButton.LeftButton)
    assert "contained" not in collapsed(stand)


def test_the_keys_open_a_strip_they_come_to(open_board):
    stand = open_board(*many_lanes(), width=800)
    stand.click("working", 0)
    stand.press(Qt.Key.Key_Right)
    assert stand.selected == (5,)
    assert "contained" not in collapsed(stand)


def test_a_strip_says_how_many_and_how_bad(open_board):
    stand = open_board(*many_lanes(), width=800)
    strip = stand.page.cards.lanes.lane("new").strip
    assert strip.accessibleName() == "Show lane New: 1 cards, worst breached, 10 m over"


def test_a_heading_says_count_worst_step_and_tightest_clock(open_board):
    stand = open_board(a_row(1, due_min=-3), a_row(2, due_min=100))
    facts = stand.page.cards.lanes.lane("triaged").header.facts
    assert (facts.shown, facts.worst_word, facts.clock) == (2, "Breached", "3 m over")


def test_a_heading_tells_what_the_filter_hides(open_board):
    stand = open_board(a_row(1), a_row(2, customer="Acme"))
    stand.page.filters.search.setText("acme")
    header = stand.page.cards.lanes.lane("triaged").header
    assert header.accessibleName().startswith("Triaged, 1 of 2 cards")


@pytest.mark.parametrize("density", ["compact", "normal", "comfortable"])
def test_a_card_can_be_clicked_at_every_density(open_board, density):
    stand = open_board(a_row(1), a_row(2, due_min=95))
    stand.page.set_density(density)
    stand.click("triaged", 1)
    assert stand.selected == (2,)


def test_a_screen_reader_finds_the_selected_card(open_board):
    stand = open_board(a_row(1), a_row(2, due_min=95))
    stand.click("triaged", 1)
    table = QAccessible.queryAccessibleInterface(stand.lane("triaged"))
    cells = [table.child(at) for at in range(table.childCount())]
    chosen = [
        cell.text(QAccessible.Text.Name) for cell in cells if cell is not None and cell.state().selected
    ]
    assert [name.partition(",")[0] for name in chosen] == ["ESC-2026-0002"]
