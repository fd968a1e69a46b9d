"""What the tests of services get besides."""

import pytest

from tests.fixtures_desk import CommandDesk
from tests.services.signal_desk import SignalDesk


@pytest.fixture
def desk(commands: CommandDesk) -> SignalDesk:
    """A desk that hears signals, its clock at Monday 09:00 UTC."""
    return SignalDesk(commands)
