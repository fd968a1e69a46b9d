"""A person at a furnished desk for each journey; what the screen showed is kept where one fails."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.journeys.person import PersonAtDesk
from tests.support.virtual_desktop import VirtualDesktop

#: Where pictures of failed journeys go.
PICTURES = Path(__file__).resolve().parents[1] / "out"


@pytest.fixture
def person(virtual_desktop: VirtualDesktop, tmp_path: Path) -> Iterator[PersonAtDesk]:
    """Ada at her desk, the program not yet started."""
    made = PersonAtDesk(virtual_desktop, tmp_path / "desk.sqlite3")
    made.furnish()
    yield made
    if made.program is not None and made.program.poll() is None:
        made.pull_the_plug()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Called by pytest after each part of a test, while the screen is still there."""
    report = yield
    person = getattr(item, "funcargs", {}).get("person")
    if report.when == "call" and report.failed and isinstance(person, PersonAtDesk):
        name = "".join(sign if sign.isalnum() else "_" for sign in item.name)
        picture = person.desktop.screenshot(PICTURES / f"{name}.png")
        report.sections.append(("The screen then", str(picture)))
        report.sections.append(("What the program printed", person.desktop.log("python")))
    return report
