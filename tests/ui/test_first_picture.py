"""The first picture stands where the real window will."""

import json

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from db.first_look import FirstLook
from desktop.ui.board.look import BoardLook
from desktop.ui.first_picture import FirstPicture
from desktop.wiring.picture import picture_of
from tests.factories import MONDAY_US
from tests.ui.board_support import FakeState, a_row

ROWS = [a_row(1, due_min=30), a_row(2, state="working", due_min=-2), a_row(3, state="triaged", due_min=90)]


def a_look(rows=ROWS, **board) -> FirstLook:
    return FirstLook(rows, "", {}, {"board": json.dumps(board)} if board else {})


def place_of(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


@pytest.fixture
def desk(open_window):
    state = FakeState()
    state.kept["window"] = json.dumps({"details": False})
    return open_window(*ROWS, state=state)


@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_bars_and_lanes_stand_where_they_are_painted(desk, theme, width):
    desk.window.resize(width, 800)
    picture = FirstPicture(ROWS, BoardLook(theme, parent=theme))
    desk.bot.addWidget(picture)
    picture.details = False
    picture.resize(desk.window.size())
    window, places = desk.window, picture.places()
    desk.bot.waitUntil(lambda: window.board.cards.width() == width - places.side)
    assert places.side == window.side.width()
    assert abs(places.menu - window.menuBar().height()) <= 1
    assert abs(places.filters - place_of(window.board.cards, window).top()) <= 1
    assert abs(places.status - place_of(window.status, window).top()) <= 1
    real = [lane for lane in window.board.cards.lanes.lanes if not lane.is_collapsed]
    for lane, (title, box) in zip(real, picture.lanes(), strict=True):
        place = place_of(lane, window)
        assert title == lane.title
        assert abs(box.left() - place.left()) <= 1
        assert abs(box.top() - place.top()) <= 1
        assert abs(box.width() - place.width()) <= 1


def test_it_is_painted_with_rows_and_without(qtbot, theme):
    for look in (a_look(), a_look([]), None):
        picture = picture_of(look, theme, MONDAY_US)
        qtbot.addWidget(picture)
        picture.resize(1280, 800)
        assert not picture.grab().isNull()


@pytest.mark.parametrize("left", [{"filter": {"unowned": True}}, {"is_table": True}, {"order": "title"}])
def test_it_shows_no_lanes_where_the_board_will_show_something_else(qtbot, theme, left):
    picture = picture_of(a_look(**left), theme, MONDAY_US)
    qtbot.addWidget(picture)
    picture.resize(1280, 800)
    assert list(picture.lanes()) == []


def test_the_real_board_takes_the_place_of_its_picture(qtbot, theme):
    picture, board = picture_of(a_look(), theme, MONDAY_US), QWidget()
    qtbot.addWidget(picture)
    picture.put_board(board)
    picture.resize(1280, 800)
    picture.show()
    at = picture.places()
    assert board.geometry() == QRect(at.side, at.top, 1280 - at.side, at.status - at.top)
