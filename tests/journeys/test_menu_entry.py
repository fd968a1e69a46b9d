"""The desktop knows which menu entry the window belongs to, and shows its name and icon with it."""

import pytest

from desktop import paths
from tests.journeys.person import TITLE, PersonAtDesk

pytestmark = pytest.mark.journey


def test_the_window_belongs_to_its_menu_entry(person: PersonAtDesk):
    entry = paths.resource(f"{paths.APP_ID}.desktop").read_text(encoding="utf-8")
    (named,) = [line.partition("=")[2] for line in entry.splitlines() if line.startswith("StartupWMClass=")]
    person.start()
    (window,) = person.desktop.windows(TITLE)
    assert f'"{named}"' in person.desktop.output("xprop", "-id", window, "WM_CLASS")
