"""Cards that pulse, and what is spoken without being asked for."""

from tests.ui.board.conftest import Opens, Stand
from tests.ui.board_support import a_row

FRAMES = 24  # three pulses of a second at eight frames each


def _start(stand: Stand) -> None:
    """Time goes by itself from now on."""
    stand.stage.heartbeat.start()


def _frames(stand: Stand, count: int = 1) -> None:
    for _ in range(count):
        stand.stage.heartbeat.quickly_ticked.emit()


def _pulsing(stand: Stand) -> tuple[int, ...]:
    return stand.page.news.pulses.ids


def test_a_card_that_comes_to_breach_soon_pulses_three_times_and_stops(open_board: Opens):
    stand = open_board(a_row(1, due_min=19))
    _start(stand)
    stand.beat(2 * 60)
    glows = []
    for _ in range(FRAMES):
        _frames(stand)
        glows.append(stand.page.cards.look.glows[1])
    assert [round(glow, 2) for glow in glows].count(1.0) == 3
    _frames(stand)
    assert _pulsing(stand) == ()
    assert stand.page.cards.look.glows == {}


def test_the_heartbeat_hurries_only_while_a_card_pulses(open_board: Opens):
    stand = open_board(a_row(1, due_min=19))
    _start(stand)
    assert not stand.stage.heartbeat.is_hurried
    stand.beat(2 * 60)
    assert stand.stage.heartbeat.is_hurried
    _frames(stand, FRAMES + 1)
    assert not stand.stage.heartbeat.is_hurried


def test_a_card_that_only_warms_does_not_pulse(open_board: Opens):
    stand = open_board(a_row(1, due_min=91))
    _start(stand)
    stand.beat(2 * 60)
    assert _pulsing(stand) == ()


def test_a_grave_escalation_pulses_as_it_comes_in(open_board: Opens):
    stand = open_board(a_row(1))
    _start(stand)
    stand.board.put(a_row(2, state="new", severity=1), a_row(3, state="new", severity=3))
    stand.beat()
    assert _pulsing(stand) == (2,)


def test_cards_that_are_loaded_breached_do_not_pulse(open_board: Opens):
    stand = open_board(a_row(1, due_min=-10))
    _start(stand)
    stand.beat()
    assert _pulsing(stand) == ()


def test_nothing_pulses_where_nothing_may_move(open_board: Opens):
    stand = open_board(a_row(1, due_min=1))
    stand.page.news.pulses.set_still(True)
    _start(stand)
    stand.beat(2 * 60)
    assert _pulsing(stand) == ()


def test_a_breach_is_spoken_even_where_the_filter_hides_it(open_board: Opens):
    stand = open_board(a_row(1, due_min=1), a_row(2, title="Refund twice"))
    stand.page.filters.search.setText("refund")
    said: list[str] = []
    stand.stage.announcer.said.connect(said.append)
    stand.beat(2 * 60)
    assert any(text.startswith("Breached: ESC-2026-0001, Northwind Retail") for text in said)


def test_what_a_filter_shows_and_hides_is_spoken(open_board: Opens):
    stand = open_board(a_row(1, due_min=-5), a_row(2, title="Refund twice"))
    said: list[str] = []
    stand.stage.announcer.said.connect(said.append)
    stand.page.filters.search.setText("refund")
    assert said == ["1 of 2, 1 breached hidden"]
