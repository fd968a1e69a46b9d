"""The board for a room: large, light, few cards; what it shows, and what it leaves as it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.board import BoardRow
from desktop.domain.board_filter import BoardFilter
from desktop.ui.presentation.cards import CARDS_MOST, rows_from
from desktop.ui.presentation.mode import Presentation
from desktop.ui.presentation.window import RoomWindow
from desktop.ui.theme import ThemeChoice
from tests.ui.board_support import a_row
from tests.ui.window_support import WindowStand


@dataclass
class FakePump:
    held: int = 0
    told: list[bool] = field(default_factory=list)

    def hold_back(self, is_held: bool) -> None:
        self.told.append(is_held)


@dataclass
class FakeBanners:
    told: list[bool] = field(default_factory=list)

    def hold(self, is_held: bool) -> None:
        self.told.append(is_held)


@dataclass
class Room:
    """A window and its presentation."""

    stand: WindowStand
    mode: Presentation
    pump: FakePump
    banners: FakeBanners
    bot: QtBot

    @property
    def window(self) -> RoomWindow:
        assert self.mode.window is not None
        return self.mode.window

    def enter(self, size: tuple[int, int] = (1440, 900)) -> RoomWindow:
        self.mode.enter()
        self.window.showNormal()
        self.window.resize(*size)
        self.window.activateWindow()
        self.bot.waitExposed(self.window)
        return self.window


Enters = Callable[..., Room]


@pytest.fixture
def room(open_window: Callable[..., WindowStand], qtbot: QtBot) -> Iterator[Enters]:
    made: list[Room] = []

    def opened(*rows: BoardRow) -> Room:
        stand = open_window(*rows)
        pump, banners = FakePump(), FakeBanners()
        mode = Presentation(stand.window, stand.window.board, stand.stage, pump, banners)
        stand.window.dispatcher.add_handlers(mode.handles())
        made.append(Room(stand, mode, pump, banners, qtbot))
        return made[-1]

    yield opened
    for each in made:
        each.mode.leave()


def _many(count: int) -> list[BoardRow]:
    return [a_row(number, due_min=number, state="working") for number in range(1, count + 1)]


def _fonts(window: QWidget) -> list[QFont]:
    return [widget.font() for widget in window.findChildren(QWidget) if widget.isVisible()]


@pytest.mark.parametrize("size", [(1024, 768), (1440, 900), (1920, 1080), (3840, 2160)])
def test_no_more_than_twelve_cards_are_shown_however_large_the_screen(room: Enters, size: tuple[int, int]):
    window = room(*_many(60)).enter(size)
    assert 4 <= len(window.cards.ids) <= CARDS_MOST


def test_the_most_urgent_cards_of_all_lanes_come_first(room: Enters):
    rows = [a_row(1, due_min=50), a_row(2, due_min=5, state="working"), a_row(3, due_min=20, state="new")]
    assert room(*rows).enter().cards.ids == [2, 3, 1]


def test_no_text_is_smaller_than_eighteen_points(room: Enters):
    window = room(*_many(3)).enter()
    assert min(font.pointSizeF() for font in _fonts(window)) >= 18


def test_it_is_light_in_a_dark_desk_and_the_desk_stays_dark(room: Enters):
    here = room(*_many(3))
    here.stand.stage.theme.choose(ThemeChoice.DARK)
    before = QApplication.palette()
    window = here.enter()
    assert window.palette().window().color().lightnessF() > 0.9
    assert here.stand.stage.theme.name == "dark"
    assert QApplication.palette() == before


def test_it_stays_light_when_the_desk_turns_dark_meanwhile(room: Enters):
    here = room(*_many(3))
    window = here.enter()
    here.stand.stage.theme.choose(ThemeChoice.DARK)
    assert window.palette().window().color().lightnessF() > 0.9


def test_leaving_finds_the_window_as_it_was(room: Enters):
    here = room(*_many(3))
    main = here.stand.window
    before = (main.geometry(), main.windowState(), main.menuBar().isVisible(), QApplication.font())
    here.enter()
    here.mode.leave()
    assert (main.geometry(), main.windowState(), main.menuBar().isVisible(), QApplication.font()) == before


def test_the_action_begins_and_ends_it_and_is_checked_meanwhile(room: Enters):
    here = room(*_many(3))
    here.stand.do("presentation")
    assert here.mode.is_on
    assert here.stand.stage.actions["presentation"].isChecked()
    here.stand.do("presentation")
    assert not here.mode.is_on
    assert not here.stand.stage.actions["presentation"].isChecked()


def test_escape_leaves(room: Enters):
    here = room(*_many(3))
    here.bot.keyClick(here.enter().cards, Qt.Key.Key_Escape)
    assert not here.mode.is_on


def test_a_button_says_how_to_leave_and_does_so(room: Enters):
    here = room(*_many(3))
    button = here.enter().bar.leave
    assert "Esc or F11" in button.text()
    here.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not here.mode.is_on


def test_the_keys_of_a_clicker_turn_the_page(room: Enters):
    window = room(*_many(30)).enter()
    first = window.cards.ids
    window.cards.turn(1)
    assert window.cards.ids[0] == first[-1] + 1
    assert window.bar.place.text() == f"{len(first) + 1}–{2 * len(first)} of 30"
    window.cards.turn(-1)
    assert window.cards.ids == first


def test_the_last_page_is_the_end(room: Enters):
    window = room(*_many(14)).enter()
    for _ in range(5):
        window.cards.turn(1)
    assert window.cards.ids[-1] == 14
    assert not window.bar.next.isEnabled()


def test_notifications_and_banners_wait_until_it_is_over(room: Enters):
    here = room(*_many(3))
    here.enter()
    assert here.pump.told == here.banners.told == [True]
    here.mode.leave()
    assert here.pump.told == here.banners.told == [True, False]


def test_what_was_held_back_is_told_at_the_end(room: Enters):
    here = room(*_many(3))
    here.enter()
    here.pump.held = 2
    with here.bot.waitSignal(here.mode.message_requested) as told:
        here.mode.leave()
    assert told.args == ["2 alarms came during the presentation"]


def test_a_filter_never_hides_a_breach_in_silence_here_either(room: Enters):
    here = room(a_row(1, due_min=-5), a_row(2, title="Refund twice"))
    here.stand.window.board.sight.set_filter(BoardFilter(text="refund"))
    window = here.enter()
    assert window.cards.ids == [2]
    assert window.bar.hidden.isVisible()
    assert window.bar.hidden.text() == "1 breached filtered out"


def test_cards_that_come_are_shown_with_the_next_second(room: Enters):
    here = room(a_row(1))
    window = here.enter()
    here.stand.board.put(a_row(2, due_min=3))
    here.stand.clock.forward(seconds=3)
    for _ in range(2):
        here.stand.stage.heartbeat.beat()
        here.stand.settle()
    assert window.cards.ids == [2, 1]


def test_a_screen_reader_hears_the_whole_card(room: Enters):
    cards = room(a_row(1)).enter().cards
    spoken = cards.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "ESC-2026-0001" in spoken
    assert "Northwind Retail" in spoken
    assert "owner nobody" in spoken


def test_enter_on_a_card_goes_back_to_the_window_with_it(room: Enters):
    here = room(*_many(3))
    window = here.enter()
    window.cards.setCurrentIndex(window.cards.model().index(0, 1))
    with here.bot.waitSignal(here.mode.open_requested) as opened:
        window.cards.activated.emit(window.cards.currentIndex())
    assert opened.args == [2]
    assert not here.mode.is_on


def test_an_empty_board_is_no_error(room: Enters):
    window = room().enter()
    assert window.cards.ids == []
    assert window.bar.place.text() == "No cards"


def test_closing_its_window_ends_it(room: Enters):
    here = room(*_many(3))
    here.enter().close()
    assert not here.mode.is_on
    assert here.pump.told[-1] is False


def test_rows_of_all_lanes_come_in_one_order(room: Enters):
    board = room(*_many(5), a_row(9, due_min=2.5, state="new")).stand.window.board
    assert [row.id for row in rows_from(board.rows, 1, 3)] == [2, 9, 3]
