import re
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.paths import resource
from desktop.ui.icons import Icons
from desktop.ui.theme import ThemeChoice

THEMES = ["light", "dark", "high_contrast"]


def test_another_theme_is_taken_at_once(theme, qtbot):
    with qtbot.waitSignal(theme.theme_changed):
        theme.choose(ThemeChoice.DARK)
    assert theme.colour("surface.window").name() == "#16191d"
    assert QApplication.palette().color(QPalette.ColorRole.Base) == theme.colour("surface.field")
    assert theme.is_dark


def test_like_the_desktop_follows_the_desktop(theme):
    theme.choose(ThemeChoice.SYSTEM)
    before = theme.name
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(hints.colorScheme())
    assert theme.name == before == "light"


@pytest.mark.parametrize("choice", THEMES)
def test_every_name_in_the_style_sheet_is_filled_in(theme, choice):
    theme.choose(ThemeChoice(choice))
    sheet = theme.style_sheet()
    assert "@(" not in sheet
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(path).is_file(), path


def test_the_style_sheet_names_no_colour_of_its_own():
    sheet = resource("desk.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", sheet)


@pytest.mark.parametrize("choice", THEMES)
def test_the_pictures_of_the_sheet_have_the_colours_of_the_theme(theme, choice):
    theme.choose(ThemeChoice(choice))
    for name, token in (("chevron_down", "text.secondary"), ("check", "text.on_primary")):
        source = resource("icons", "sheet", choice, f"{name}.svg").read_text("utf-8").lower()
        assert theme.colour(token).name() in source, name


def test_larger_text_makes_everything_larger(theme):
    before = (theme.text_scale, theme.font("title").pointSizeF())
    theme.magnify(1.6)
    assert theme.text_scale > before[0] * 1.5
    assert theme.font("title").pointSizeF() > before[1] * 1.5


def test_icons_take_the_colours_of_the_theme(theme):
    icons = Icons(resource("icons"), theme)

    def inside_the_bell():
        return icons.pixmap("bell", 20).toImage().pixelColor(10, 10).name()

    assert inside_the_bell() == theme.colour("text.primary").name()
    theme.choose(ThemeChoice.DARK)
    assert inside_the_bell() == theme.colour("text.primary").name()


def test_every_icon_can_be_drawn(theme):
    icons = Icons(resource("icons"), theme)
    for path in resource("icons").glob("*.svg"):
        image = icons.pixmap(path.stem, 20).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), path.stem


@pytest.mark.parametrize("role", ["body", "small", "tiny", "tiny_strong", "title"])
def test_for_a_room_no_text_is_below_eighteen_points_or_less_than_larger_by_six_tenths(theme, role):
    room = theme.for_a_room(theme)
    assert room.font(role).pointSizeF() >= max(18, round(theme.font(role).pointSizeF() * 1.6, 1))


def test_for_a_room_it_is_light_and_nothing_else_changes(theme):
    theme.choose(ThemeChoice.DARK)
    before = (theme.name, theme.font().pointSizeF(), QApplication.font())
    assert theme.for_a_room(theme).name == "light"
    assert (theme.name, theme.font().pointSizeF(), QApplication.font()) == before
