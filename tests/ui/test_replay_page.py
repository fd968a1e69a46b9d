from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.clock import ManualClock
from desktop.domain.errors import DeskError
from desktop.services.replay import Played
from desktop.services.replay_report import ReplayReport
from desktop.ui.surroundings import Surroundings
from desktop.ui.tickets.replay_bar import ReplayBar, ReplayDrive
from desktop.ui.tickets.replay_page import ReplayPage, ReplayWish

START = datetime(2016, 3, 1, 8, tzinfo=UTC)


def a_report() -> ReplayReport:
    return ReplayReport("log.csv", START, START + timedelta(hours=1), 2, (), {(True, True): 2}, 0, 1, 1, None)


class APlayer:
    """Ten deeds, a minute apart."""

    def __init__(self) -> None:
        self.starts_at = START
        self.ends_at = START + timedelta(minutes=10)
        self.now = START
        self.total = 10
        self.played = Played()
        self.fault: DeskError | None = None

    @property
    def is_over(self) -> bool:
        return self.played.deeds >= self.total

    def advance(self, to: datetime, most: int | None = None) -> Played:
        if self.fault is not None:
            raise self.fault
        self.now = to
        self.played.deeds = min(10, (to - START) // timedelta(minutes=1))
        return self.played

    def step(self) -> Played:
        return self.advance(self.now + timedelta(minutes=1))

    def report(self) -> ReplayReport:
        return a_report()


@pytest.fixture
def player() -> APlayer:
    return APlayer()


@pytest.fixture
def bar(player: APlayer, stage: Surroundings, clock: ManualClock, qtbot: QtBot) -> ReplayBar:
    drive = ReplayDrive(player, stage.runner, clock)
    made = ReplayBar(drive, stage, "log.csv")
    drive.setParent(made)
    qtbot.addWidget(made)
    made.show()
    return made


def test_time_runs_at_the_speed_that_was_chosen(
    bar: ReplayBar, player: APlayer, stage: Surroundings, clock: ManualClock, qtbot: QtBot
) -> None:
    qtbot.mouseClick(bar._speed.button("60"), Qt.MouseButton.LeftButton)
    bar._play.click()
    qtbot.waitUntil(lambda: stage.runner.pending == 0)
    clock.forward(seconds=2)
    stage.heartbeat.beat()
    qtbot.waitUntil(lambda: player.now == START + timedelta(minutes=2))


def test_time_stands_until_it_is_let_run(
    bar: ReplayBar, player: APlayer, stage: Surroundings, clock: ManualClock
) -> None:
    clock.forward(seconds=30)
    stage.heartbeat.beat()
    assert player.now == START


def test_a_step_goes_to_the_next_event_and_stands(bar: ReplayBar, player: APlayer, qtbot: QtBot) -> None:
    bar._step.click()
    qtbot.waitUntil(lambda: player.played.deeds == 1)
    assert bar._play.accessibleName() == "Play"


def test_a_sleep_of_the_machine_does_not_skip_days(
    bar: ReplayBar, player: APlayer, stage: Surroundings, clock: ManualClock, qtbot: QtBot
) -> None:
    bar._speed.button("60").click()
    bar._play.click()
    qtbot.waitUntil(lambda: stage.runner.pending == 0)
    clock.forward(hours=9)
    stage.heartbeat.beat()
    qtbot.waitUntil(lambda: player.now == START + timedelta(minutes=5))


def test_at_the_end_it_stops_by_itself(bar: ReplayBar, player: APlayer, qtbot: QtBot) -> None:
    player.played.deeds = 9
    player.now = START + timedelta(minutes=9)
    bar._step.click()
    qtbot.waitUntil(lambda: not bar._play.isEnabled())


def test_a_replay_that_fails_says_why(bar: ReplayBar, player: APlayer, qtbot: QtBot) -> None:
    player.fault = DeskError("The disk is full.")
    with qtbot.waitSignal(bar._drive.failed) as failed:
        bar._step.click()
    assert failed.args == ["The disk is full."]


class ARun:
    def __init__(self) -> None:
        self.done = 0
        self.is_closed = False

    @property
    def share(self) -> float:
        return self.done / 3

    def advance(self, most: int) -> Played:
        self.done += 1
        return Played(deeds=self.done, opened=self.done)

    def report(self) -> ReplayReport:
        return a_report()

    def close(self) -> None:
        self.is_closed = True


class Replays:
    def __init__(self) -> None:
        self.made = ARun()
        self.wishes: list[ReplayWish] = []
        self.fault: DeskError | None = None

    def open(self, wish: ReplayWish) -> ARun:
        self.wishes.append(wish)
        if self.fault is not None:
            raise self.fault
        return self.made


@pytest.fixture
def replays() -> Replays:
    return Replays()


@pytest.fixture
def page(replays: Replays, stage: Surroundings, qtbot: QtBot) -> ReplayPage:
    made = ReplayPage(replays, stage)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_log_is_played_to_its_report(page: ReplayPage, replays: Replays, qtbot: QtBot) -> None:
    page.open_file(Path("log.csv"))
    page.start.setText("2016-03-01")
    page.judge.click()
    qtbot.waitUntil(lambda: "agree on 100.0%" in page.report.toPlainText())
    qtbot.waitUntil(lambda: replays.made.is_closed)
    assert replays.wishes == [ReplayWish(Path("log.csv"), "2016-03-01")]


def test_a_log_that_cannot_be_read_is_said_so(page: ReplayPage, replays: Replays, qtbot: QtBot) -> None:
    replays.fault = DeskError("It is no log.")
    page.open_file(Path("log.csv"))
    page.judge.click()
    qtbot.waitUntil(page.error.isVisible)
    assert page.error.text() == "It is no log."
    assert page.judge.isEnabled()


def test_watching_is_asked_for_with_what_was_chosen(page: ReplayPage, qtbot: QtBot) -> None:
    page.open_file(Path("log.csv"))
    page.zone.setText("Europe/Lisbon")
    with qtbot.waitSignal(page.watch_requested) as wanted:
        page.watch.click()
    assert wanted.args == [ReplayWish(Path("log.csv"), zone="Europe/Lisbon")]


def test_nothing_can_be_begun_without_a_log(page: ReplayPage) -> None:
    assert not page.judge.isEnabled()
    assert not page.watch.isEnabled()
