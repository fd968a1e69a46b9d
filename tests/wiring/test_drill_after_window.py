"""A drill in the real window to its end, watched again, gone on from a decision, and both side by side."""

import pytest

from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.ui.drill.after import COMPARISON, REPLAY
from desktop.ui.drill.page import AFTER
from tests.support.real_window import real_window
from tests.wiring.test_drill_screens import Trainer

#: Past the moment at which the first decision is asked for.
_ASKED_MS = 900_000


@pytest.fixture
def trainer(qapp, tmp_path):
    sample.build(tmp_path / "sample.sqlite3", tmp_path / "backups", SystemClock())
    with real_window(tmp_path / "sample.sqlite3", SystemClock()) as desk:
        opened = Trainer(desk)
        yield opened
        opened.close()


def command(trainer, name, *values, **named):
    trainer.drills.stage.live.do(name, *values, **named)
    trainer.settle()


def decide(trainer, option):
    command(trainer, "decide", "D1", option, "Leo", role="lead", approver="Leo Marsh", reason="It runs dry")
    trainer.desk.until(lambda: trainer.view.decisions[0].option == option, "the decision")


def end(trainer):
    command(trainer, "end", "Theo", "Enough seen")
    page = trainer.page
    trainer.desk.until(lambda: page.tabs.currentIndex() == AFTER, "the hot-wash")
    after = page.part(AFTER)
    trainer.desk.until(lambda: after.found is not None and after.found.results != (), "its score")
    trainer.settle()
    return after


def test_a_drill_ends_in_its_hot_wash_and_goes_on_from_its_decision(trainer):
    trainer.start()
    command(trainer, "jump", _ASKED_MS, "Theo")
    trainer.desk.until(lambda: trainer.view.sim_ms >= _ASKED_MS, "the jump")
    for _ in range(8):
        if any(each.is_open for each in trainer.view.decisions):
            break
        command(trainer, "fire_next", "Theo")
    decide(trainer, "stop")
    after = end(trainer)
    first = after.found.run.id
    assert after.hot_wash.figures.isVisible()

    after.tabs.setCurrentIndex(REPLAY)
    after.replay.forward.click()
    assert "Decided" in after.replay.feed.current().words
    assert after.replay.fork.isEnabled(), after.replay.fork_note.text()
    after.replay.fork.click()
    trainer.until_state("PAUSED")
    command(trainer, "resume", "Theo")
    trainer.until_state("RUNNING")
    decide(trainer, "wait")
    after = end(trainer)
    trainer.desk.until(lambda: after.found.run.id != first, "the other run")
    after.tabs.setCurrentIndex(COMPARISON)
    trainer.desk.until(lambda: "→" in after.comparison.decided.text(), "both runs")
    assert after.found.run.forked_from == first
    assert after.comparison.decided.text().splitlines()[0].count("→") == 1
