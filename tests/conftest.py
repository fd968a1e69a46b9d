"""What every test gets. Clocks, stores and desks made for tests are in tests/factories.py."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support import private_environment

if TYPE_CHECKING:
    from tests.support.notification_service import NotificationService
    from tests.support.virtual_desktop import VirtualDesktop

_home = private_environment.enter()  # before anything imports PySide6

pytest_plugins = [
    "pytester",
    "tests.support.guards",
    "tests.fixtures_store",
    "tests.fixtures_desk",
    "tests.fixtures_reading",
    "tests.fixtures_screens",
]

# Wall time is not asserted anywhere, so no deadlines; CI tries the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_unconfigure(config: pytest.Config) -> None:
    _home.cleanup()


def _require(*programs: str) -> None:
    """Skip without these programs on a person's machine; .ci/run installs them and so never skips."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{', '.join(missing)} should have been installed by .ci/run")
    if missing:
        pytest.skip(f"needs {', '.join(missing)} (bash .ci/run installs them)")


@pytest.fixture
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Empty home and XDG folders for one test; gives the home."""
    for variable, folder in private_environment.private_folders(tmp_path / "person").items():
        monkeypatch.setenv(variable, folder)
    return tmp_path / "person" / "home"


@pytest.fixture
def shared_data() -> Path:
    """The folder of real incident logs beside the repository; tests that feed on it run where it is there."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real incident logs are not beside this clone")
    return folder


@pytest.fixture
def bus_daemon() -> None:
    """A D-Bus of one's own can be started."""
    _require("dbus-daemon")


@pytest.fixture
def session_bus(bus_daemon: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a private D-Bus on which nobody offers any service."""
    from tests.support.session_bus import SessionBus

    with SessionBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus.address


@pytest.fixture
def notification_service(session_bus: str) -> Iterator["NotificationService"]:
    """A notification service on that bus which shows nothing and remembers everything."""
    from tests.support.notification_service import NotificationService

    with NotificationService(session_bus) as service:
        yield service


@pytest.fixture
def virtual_desktop() -> Iterator["VirtualDesktop"]:
    """A screen of 1440 x 900 with window manager, D-Bus and a real notification service, for journeys."""
    from tests.support.virtual_desktop import PROGRAMS, VirtualDesktop

    _require(*PROGRAMS)
    with VirtualDesktop() as desktop:
        yield desktop
