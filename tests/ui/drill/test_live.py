"""Between the director and its screens: beats, what has just come, and the end."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pytest

from desktop.domain.drill_view import DrillView, PlayerView
from desktop.domain.errors import DeskError
from desktop.ui.drill.live import LiveDrill
from desktop.ui.tasks import TaskRunner
from tests.fixtures_screens import AtOnce
from tests.ui.drill.player_stand import received, view


class Both(NamedTuple):
    trainer: DrillView
    player: PlayerView


class Trainer(NamedTuple):
    state: str = "RUNNING"
    sim_ms: int = 60_000


@dataclass
class Director:
    """Stands still at what the test says."""

    run_id: int = 1
    player: PlayerView = field(default_factory=view)
    trainer: Any = field(default_factory=Trainer)
    ticks: int = 0

    def tick(self) -> None:
        self.ticks += 1

    def pulse(self) -> Both:
        return Both(self.trainer, self.player)

    def refuse_this(self) -> None:
        raise DeskError("Not now.")

    def stop_for_real(self) -> None:
        self.trainer = Trainer("ENDED")


@pytest.fixture
def director() -> Director:
    return Director()


@pytest.fixture
def live(director, qtbot) -> LiveDrill:
    return LiveDrill(director, TaskRunner(AtOnce()))


def beat(live, qtbot, times=1):
    for _ in range(times):
        with qtbot.waitSignal(live.viewed):
            live.beat()


def test_two_that_come_at_one_instant_reach_the_players_half_a_second_apart(live, director, qtbot):
    came: list[tuple[int, ...]] = []
    live.fired.connect(lambda got: came.append(tuple(each.number for each in got)))
    beat(live, qtbot)
    director.player = view(received(1), received(2))
    beat(live, qtbot)
    assert came == [(1,)]
    beat(live, qtbot)
    assert came == [(1,)]
    beat(live, qtbot)
    assert came == [(1,), (2,)]


def test_whoever_opens_the_window_later_sees_everything_at_once(live, director, qtbot):
    director.player = view(received(1), received(2), received(3))
    beat(live, qtbot)
    assert live.player is not None
    assert len(live.player.inbox) == 3


def test_what_was_shown_at_the_first_look_is_no_news(live, director, qtbot):
    director.player = view(received(1))
    with qtbot.assertNotEmitted(live.fired):
        beat(live, qtbot, 4)


def test_a_refused_command_is_told_and_the_beats_go_on(live, director, qtbot):
    with qtbot.waitSignal(live.refused) as told:
        live.do("refuse_this")
    assert str(told.args[0]) == "Not now."
    beat(live, qtbot)
    assert director.ticks == 1


def test_the_end_is_told_once_and_shows_everything(live, director, qtbot):
    ended: list[bool] = []
    live.ended.connect(lambda: ended.append(True))
    beat(live, qtbot)
    director.player = replace(view(received(1), received(2)), state="ENDED")
    director.trainer = Trainer("ENDED")
    beat(live, qtbot, 2)
    assert ended == [True]
    assert live.player is not None
    assert len(live.player.inbox) == 2


def test_something_real_is_told_at_once_with_the_time_it_happened(live, qtbot):
    beat(live, qtbot)
    with qtbot.waitSignal(live.stopped_for_real) as told:
        live.stop_for_real()
    assert told.args == [60_000]
