"""What the tests of services get besides."""

import pytest

from tests.fixtures_desk import CommandDesk
from tests.services.drill_desk import DrillDesk
from tests.services.signal_desk import SignalDesk


@pytest.fixture
def desk(commands: CommandDesk) -> SignalDesk:
    """A desk that hears signals, its clock at Monday 09:00 UTC."""
    return SignalDesk(commands)


@pytest.fixture
def drills(commands: CommandDesk) -> DrillDesk:
    """A desk with a record of drills."""
    return DrillDesk(commands)
