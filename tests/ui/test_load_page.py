"""The page of the load over a real desk."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.person import Role
from desktop.ui.kit.cividis import CIVIDIS, colour_of, ink_on, luminance
from desktop.ui.load.heat_map import HeatMap
from desktop.ui.load.page import LoadPage
from desktop.wiring.loads import DeskLoad
from tests.services.test_load import Load

TUESDAY_NIGHT = datetime.fromisoformat("2026-11-17T02:00:00+00:00")


def settle(around, qtbot):
    qtbot.waitUntil(lambda: around.runner.pending == 0)


@pytest.fixture
def load(real_desk):
    return Load(real_desk.base)


@pytest.fixture
def open_page(real_desk, load, around, qtbot):
    """Opens the page as somebody of a role sees it."""

    def opened(role):
        real_desk.act_as(role)
        base = real_desk.base
        desk = SimpleNamespace(store=base.store, clock=base.clock, bus=base.bus, person=real_desk.person)
        page = LoadPage(DeskLoad(desk), around)
        qtbot.addWidget(page)
        page.resize(1200, 900)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        settle(around, qtbot)
        return page

    return opened


def test_one_sees_ones_own_weeks_with_the_parts_of_the_index(open_page, load):
    load.page(Role.ON_CALL, TUESDAY_NIGHT)
    page = open_page(Role.ON_CALL)
    assert page.sheet.title.text() == "Onno Kay (you)"
    page.sheet.weeks.selectRow(len(page.sheet.weeks.model().rows) - 1 - 6)
    assert "pages: 1 × 1 = 1; night pages: 1 × 2 = 2" in page.sheet.index.text()


def test_nobody_but_a_lead_sees_the_others(open_page, load):
    load.page(Role.ON_CALL, TUESDAY_NIGHT)
    page = open_page(Role.COORDINATOR)
    assert not page.people.isVisible()
    assert page.sheet.title.text().startswith("Cora Lind")
    assert page.note.text() == "Only you and the leads see this."


def test_a_lead_sees_everybody_by_name(open_page, load):
    load.page(Role.SENIOR_ENGINEER, TUESDAY_NIGHT)
    load.page(Role.ON_CALL, TUESDAY_NIGHT)
    load.page(Role.ON_CALL, TUESDAY_NIGHT + timedelta(hours=1))
    page = open_page(Role.LEAD)
    names = [load.person.name for load in page.people.model().rows]
    assert names == sorted(names)
    assert "Onno Kay" in names


def test_the_map_says_each_hour_and_the_arrows_move_over_it(open_page, load, qtbot):
    load.page(Role.ON_CALL, TUESDAY_NIGHT)
    page = open_page(Role.ON_CALL)
    heat = page.sheet.map
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(heat, key)
    assert page.sheet.read_out.text() == "Tuesday 02:00 to 03:00, night: 1 page"
    assert "1 page: 1 at night, 0 on weekends" in heat.accessibleDescription()


def test_the_table_has_the_figures_of_the_map(open_page, load, qtbot):
    load.page(Role.ON_CALL, TUESDAY_NIGHT)
    page = open_page(Role.ON_CALL)
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.sheet.table.isVisible()
    assert not page.sheet.map.isVisible()
    assert page.sheet.table.rows.index(1, 3).data() == "1"
    assert page.sheet.table.rows.headerData(3, Qt.Orientation.Horizontal) == "02\nnight"


def test_the_sums_are_saved_without_names(open_page, load, around, qtbot, tmp_path):
    for role in (Role.ON_CALL, Role.SENIOR_ENGINEER, Role.LEAD):
        load.page(role, TUESDAY_NIGHT)
    page = open_page(Role.LEAD)
    page._save(str(tmp_path / "load.csv"))
    settle(around, qtbot)
    text = (tmp_path / "load.csv").read_text()
    assert "2026-11-16,3,3,3" in text
    assert "Onno" not in text
    assert page.saved.isVisible()


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0])
def test_the_number_in_a_cell_can_be_read_on_its_colour(share):
    fill, ink = colour_of(share), ink_on(colour_of(share))
    light, dark = sorted((luminance(fill), luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_map_of_colours_goes_from_dark_to_light():
    shares = [luminance(colour_of(step / 20)) for step in range(21)]
    assert shares == sorted(shares)
    assert colour_of(0).name().upper() == CIVIDIS[0]


def test_the_map_is_painted_without_any_page(theme, qtbot):
    heat = HeatMap(theme)
    qtbot.addWidget(heat)
    assert not heat.grab().isNull()
