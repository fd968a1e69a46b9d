"""Services that read, over the desk of the commands."""

import pytest

from desktop.services.board import BoardService
from desktop.services.settings import SettingsService
from tests.fixtures_desk import CommandDesk


@pytest.fixture
def board(commands: CommandDesk) -> BoardService:
    """The board of the desk, which lies in Auckland."""
    settings = SettingsService(store=commands.store)
    settings.set("zone", "Pacific/Auckland")
    return BoardService(store=commands.store, clock=commands.clock, policy=commands.policy, settings=settings)
