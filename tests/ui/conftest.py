"""What screens stand in when no database is behind them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from desktop.domain.clock import ManualClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.surroundings import Surroundings
    from desktop.ui.theme import Theme


@pytest.fixture
def theme(qtbot: "QtBot") -> Iterator["Theme"]:
    """The light theme, put on."""
    from desktop.paths import resource
    from desktop.ui.theme import Theme, ThemeChoice

    made = Theme(resource("themes"), resource("desk.qss"), ThemeChoice.LIGHT)
    made.apply()
    yield made


@pytest.fixture
def stage(theme: "Theme", clock: ManualClock, qtbot: "QtBot") -> Iterator["Surroundings"]:
    """The surroundings of a page; wishes are carried out at once, their answers come with the next events."""
    from desktop.paths import resource
    from desktop.ui.action_set import ActionSet
    from desktop.ui.heartbeat import Heartbeat
    from desktop.ui.icons import Icons
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.tasks import TaskRunner
    from tests.fixtures_screens import AtOnce

    made = Surroundings(
        runner=TaskRunner(AtOnce()),
        actions=ActionSet(),
        heartbeat=Heartbeat(clock),
        clock=clock,
        theme=theme,
        icons=Icons(resource("icons"), theme),
    )
    yield made
    made.heartbeat.stop()
    qtbot.waitUntil(lambda: made.runner.pending == 0)
