"""Drills in the real window: started, stopped for real, left and resumed, ended and shown."""

from collections.abc import Iterator
from contextlib import closing
from datetime import time, timedelta
from shutil import copyfile, copytree

import pytest

from db import backup
from db.engine import open_store
from desktop.domain.clock import ManualClock, SystemClock
from desktop.domain.drill_calendar import DrillRule, Recurrence
from desktop.domain.person import Actor, Role
from desktop.options import WindowOptions
from desktop.services import sample
from desktop.services.bus import Bus
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_plan import DrillPlans
from desktop.ui.drill import page as places
from desktop.wiring.session import WindowSession
from tests.support.real_window import Hands, Heard, RealWindow, _delete, real_window

CHARGED = "Charged again and again"


class Trainer:
    """Somebody who drills in the window of the live desk."""

    def __init__(self, desk: RealWindow) -> None:
        self.desk = desk
        self.window = desk.window
        self.wanted: list[WindowOptions] = []
        self.players: WindowSession | None = None
        desk.session.beside_requested.connect(self.wanted.append)

    @property
    def page(self):
        return self.window.pages.page("page.drill")

    @property
    def drills(self):
        return self.desk.session._desk_window._screens.drills

    @property
    def view(self):
        return self.drills.stage.live.view

    def settle(self) -> None:
        self.desk.settle()

    def choose(self, title: str) -> None:
        self.window.dispatcher.run("drill.start")
        self.settle()
        table = self.page.library.table
        rows = table.model().rows
        table.selectRow([row.title for row in rows].index(title))
        self.settle()

    def start(self, title: str = CHARGED) -> None:
        self.choose(title)
        self.page.library.start_requested.emit(
            self.page.library.table.selected()[0].slug, places.RunMode.TABLE
        )
        self.settle()
        self.page.start.submit()
        self.until_state("RUNNING")

    def until_state(self, state: str) -> None:
        def reached() -> bool:
            stage = self.drills.stage
            live = stage.live if stage is not None else None
            return live is not None and live.view is not None and live.view.state == state

        self.desk.until(reached, state)
        self.settle()

    def open_players(self) -> None:
        """What the program does with the wish for another window."""
        trace = Heard()
        self.players = WindowSession(self.wanted[-1], SystemClock(), trace)
        self.players.start()
        self.desk.until(lambda: "all_ready" in trace.events, "the players' window")

    def banners(self) -> str:
        return "\n".join(self.window.banners.texts())

    def press(self, banner: str, button: str) -> None:
        self.window.banners.pressed.emit(banner, button)

    def close(self) -> None:
        """Close what the window of the desk closes when it is closed."""
        self.drills.close()
        if self.players is not None:
            _delete(self.players.window)
            _delete(self.players)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    sample.build(folder / "sample.sqlite3", folder / "backups", SystemClock())
    return folder / "sample.sqlite3"


@pytest.fixture
def database(made, tmp_path):
    return copyfile(made, tmp_path / "sample.sqlite3")


@pytest.fixture
def trainer(qapp, database) -> Iterator[Trainer]:
    with real_window(database, SystemClock()) as desk:
        opened = Trainer(desk)
        yield opened
        opened.close()


def test_nothing_of_drills_is_loaded_before_somebody_goes_there(trainer):
    assert "page.drill" in trainer.window.pages._makers


def test_a_drill_starts_from_the_library_in_few_keys(trainer):
    hands = Hands(trainer.desk)
    hands.press("Ctrl+K")
    hands.type("dr")
    hands.press("Return", "Down", "Return", "Ctrl+Return")
    trainer.until_state("RUNNING")
    assert trainer.view.title == CHARGED
    assert hands.keys <= 8
    assert trainer.page.console.shown is trainer.page.console.console


def test_the_band_says_that_nothing_is_real_and_which_drill_it_is(trainer):
    trainer.start()
    assert trainer.page.band.isVisible()
    assert "DRILL RUNNING: nothing here reaches real people" in trainer.page.band.sentence
    assert CHARGED in trainer.page.band.sentence


def test_elsewhere_a_banner_reminds_of_it_and_leads_back(trainer):
    trainer.start()
    trainer.window.pages.go_to("page.board")
    trainer.settle()
    assert f"DRILL: “{CHARGED}” is on" in trainer.banners()
    trainer.press("drill:running", "show")
    trainer.settle()
    assert trainer.window.pages.current_id == "page.drill"
    assert "is on" not in trainer.banners()


def test_a_second_drill_is_refused_with_the_reason(trainer):
    trainer.start()
    trainer.choose("Blind cockpit")
    trainer.page.set_up("drl-blind-cockpit")
    trainer.settle()
    trainer.page.start.submit()
    trainer.settle()
    assert "one drill runs at a time" in trainer.page.start.fault.text()


def test_no_duff_ends_it_and_the_real_board_is_in_front(trainer):
    trainer.start()
    trainer.open_players()
    trainer.window.dispatcher.run("drill.stop")
    trainer.desk.until(lambda: not trainer.drills.stage.is_on, "the end")
    trainer.settle()
    assert trainer.window.pages.current_id == "page.board"
    assert "REAL EVENT: drill stopped at 00:00:" in trainer.banners()
    assert trainer.drills.stage.players_window is None
    assert trainer.desk.rows("SELECT state, overall FROM drill_run") == [("ended", None)]


def test_after_a_real_event_the_form_of_a_real_escalation_is_one_press_away(trainer):
    trainer.start()
    trainer.window.dispatcher.run("drill.stop")
    trainer.settle()
    trainer.press("drill:real", "new")
    trainer.settle()
    assert trainer.window.pages.current_id == "page.intake"


def test_a_drill_that_ends_is_scored_and_shown(trainer):
    trainer.start()
    trainer.drills.stage.end()
    trainer.desk.until(lambda: trainer.page.tabs.currentIndex() == places.AFTER, "what came of it")
    trainer.settle()
    assert not trainer.page.band.isVisible()
    assert trainer.desk.rows("SELECT state FROM drill_run") == [("scored",)]
    assert trainer.page.part(places.AFTER).isVisible()


def test_a_briefing_comes_before_the_clock_where_it_is_wanted(trainer):
    trainer.choose(CHARGED)
    trainer.page.set_up("drl-charged-again")
    trainer.settle()
    trainer.page.start.submit(goes_on=False)
    trainer.until_state("BRIEFING")
    assert trainer.page.console.shown is trainer.page.console.briefing
    trainer.page.console.briefing.seats.boxes["triage"].click()
    trainer.desk.until(lambda: trainer.view.seats[0].checked_at is not None, "the seat's answer")
    trainer.page.console.briefing.start.click()
    trainer.until_state("RUNNING")
    assert trainer.page.console.shown is trainer.page.console.console


def test_a_briefed_drill_that_is_cancelled_leaves_nothing_to_resume(trainer):
    trainer.choose(CHARGED)
    trainer.page.set_up("drl-charged-again")
    trainer.settle()
    trainer.page.start.submit(goes_on=False)
    trainer.until_state("BRIEFING")
    trainer.page.console.briefing.cancel.click()
    trainer.settle()
    assert trainer.drills.stage is None
    assert "never started" not in trainer.banners()


def left_running(database) -> None:
    """A window that was closed while a drill ran."""
    with real_window(database, SystemClock()) as desk:
        trainer = Trainer(desk)
        trainer.start()
        trainer.open_players()
        trainer.close()


def test_closing_the_window_pauses_the_drill_and_takes_the_players_window_along(qapp, database):
    with real_window(database, SystemClock()) as desk:
        trainer = Trainer(desk)
        trainer.start()
        trainer.open_players()
        trainer.close()
        assert trainer.drills.stage.players_window is None
        assert desk.rows("SELECT state FROM drill_run") == [("paused",)]


def test_a_drill_that_was_left_is_offered_and_goes_on_paused(qapp, database):
    left_running(database)
    with real_window(database, SystemClock()) as desk:
        trainer = Trainer(desk)
        trainer.settle()
        assert f"A drill was interrupted: “{CHARGED}” at 00:00:" in trainer.banners()
        trainer.press("drill:left", "resume")
        trainer.until_state("PAUSED")
        assert trainer.page.console.shown is trainer.page.console.console
        trainer.close()


def test_a_drill_that_was_killed_resumes_with_what_had_happened(qapp, database, tmp_path):
    """The files are copied while the drill runs: so a disk is left when the program is killed."""
    later = tmp_path / "later"
    later.mkdir()
    with real_window(database, SystemClock()) as desk:
        trainer = Trainer(desk)
        trainer.start()
        trainer.drills.stage.live.do("fire", "I02", "Sam Porter")
        desk.until(lambda: any(line.fired_ms is not None for line in trainer.view.injects[1:2]), "the inject")
        copytree(tmp_path / "sample-drills", later / "sample-drills")
        backup.copy(database, later / "sample.sqlite3")
        assert desk.rows("SELECT state FROM drill_run") == [("running",)]
        trainer.close()
    with real_window(later / "sample.sqlite3", SystemClock()) as desk:
        trainer = Trainer(desk)
        trainer.settle()
        trainer.press("drill:left", "resume")
        trainer.until_state("PAUSED")
        fired = [line.id for line in trainer.view.injects if line.fired_ms is not None]
        assert fired == ["I01", "I02"]
        trainer.close()


def test_a_drill_that_is_due_is_told_and_set_up_from_there(qapp, database):
    clock = SystemClock()
    with closing(open_store(database)) as store:
        DrillLibrary(store=store, clock=clock, bus=Bus()).ensure_shipped()
        plans = DrillPlans(store=store, clock=ManualClock(clock.now() - timedelta(days=9)), bus=Bus())
        by = Actor("Theo Wynn", None, frozenset({Role.TRAINER}))
        rule = DrillRule(Recurrence.WEEKLY, 0, time(0, 0))
        plans.add("Monday's drill", "drl-charged-again", "Billing", rule, "UTC", by)
    with real_window(database, clock) as desk:
        trainer = Trainer(desk)
        trainer.settle()
        assert "Drill due today: Monday's drill." in trainer.banners()
        trainer.press("drill:due", "start")
        trainer.settle()
        assert trainer.page.start.isVisible()
        assert CHARGED in trainer.page.start.title.text()
        assert "Drill due" not in trainer.banners()


def test_a_drill_that_was_left_can_be_ended_instead(qapp, database):
    left_running(database)
    with real_window(database, SystemClock()) as desk:
        trainer = Trainer(desk)
        trainer.settle()
        trainer.press("drill:left", "end")
        trainer.desk.until(
            lambda: desk.rows("SELECT state FROM drill_run") == [("scored",)], "the score of what was played"
        )
        trainer.settle()
        assert "interrupted" not in trainer.banners()


def alone(trainer: Trainer) -> None:
    trainer.choose(CHARGED)
    trainer.page.library.reader.alone.click()
    trainer.settle()
    trainer.page.start.submit()
    trainer.until_state("RUNNING")


def test_whoever_practises_alone_sees_nothing_of_what_comes(trainer):
    alone(trainer)
    assert trainer.page.console.shown is trainer.page.console.alone
    assert "hidden here until the end" in trainer.page.console.alone.sentence
    assert "practise alone" in trainer.desk.actions.why_not("drill.next")
    assert trainer.desk.rows("SELECT mode, practice FROM drill_run") == [("solo", 1)]


def test_practice_alone_ends_after_a_question(trainer):
    alone(trainer)
    trainer.window.dispatcher.run("drill.end")
    trainer.drills._question.answered.emit("end")
    trainer.desk.until(lambda: trainer.page.tabs.currentIndex() == places.AFTER, "what came of it")
    trainer.drills._question.close()
    trainer.settle()
    assert trainer.desk.rows("SELECT state FROM drill_run") == [("scored",)]


def test_a_moment_of_a_run_goes_on_as_a_run_of_its_own(trainer):
    trainer.start()
    trainer.drills.stage.live.do("fire", "I02", "Sam Porter")
    trainer.desk.until(lambda: trainer.desk.rows("SELECT 1 FROM drill_snapshot"), "a picture of the desk")
    trainer.drills.stage.end()
    trainer.desk.until(lambda: trainer.page.tabs.currentIndex() == places.AFTER, "what came of it")
    trainer.settle()
    run_id, seq = trainer.desk.rows("SELECT run_id, seq FROM drill_snapshot ORDER BY seq")[0]
    trainer.drills.keeper.fork(run_id, seq)
    trainer.until_state("PAUSED")
    assert trainer.view.run_id != run_id
    assert trainer.page.console.shown is trainer.page.console.console
