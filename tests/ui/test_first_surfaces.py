"""The first frame has the colours of the theme and stands where the first picture will."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint

from desktop import paths
from desktop.ui.board.look import BoardLook
from desktop.ui.first_picture import FirstPicture
from desktop.ui.first_surfaces import SURFACES, Bars, FirstSurfaces
from desktop.ui.theme import load_tokens

SIZE = (1440, 900)
TOKENS = ("surface.window", "surface.bar", "surface.panel", "line.soft", "side.fill")

# The namespace `Qt` is made whole, `Qt.Key` with it, as soon as anything wants a name of it.
PAINTED = """
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
import desktop.main
from desktop.ui.first_surfaces import Bars, FirstSurfaces
import enum
made = []
new = enum.EnumMeta.__call__
def noted(kind, value, names=None, *rest, **more):
    if names is not None:
        made.append(str(value))
    return new(kind, value, names, *rest, **more)
enum.EnumMeta.__call__ = noted
app = QApplication([])
surfaces = FirstSurfaces("dark", Bars())
surfaces.resize(900, 700)
surfaces.show()
surfaces.repaint()
print("Key" in made)
import PySide6.QtCore
PySide6.QtCore.Qt
print("Key" in made)
"""


@pytest.mark.parametrize("name", SURFACES)
def test_its_colours_are_those_of_the_theme_file(name):
    tokens = load_tokens(paths.resource("themes", f"{name}.toml"))
    assert SURFACES[name] == tuple(tokens[token] for token in TOKENS)


def test_usual_bars_are_those_of_the_first_picture(qtbot, theme):
    picture = FirstPicture([], BoardLook(theme, parent=theme))
    qtbot.addWidget(picture)
    picture.resize(*SIZE)
    at = picture.places()
    usual = Bars(
        at.menu, at.top - at.menu, at.filters - at.top, SIZE[1] - at.status, at.side, SIZE[0] - at.right
    )
    assert max(abs(ours - usual) for ours, usual in zip(Bars(), usual, strict=True)) <= 3


def test_surfaces_have_the_colours_of_the_first_picture(qtbot, theme):
    picture = FirstPicture([], BoardLook(theme, parent=theme))
    surfaces = FirstSurfaces("light", Bars())
    images = []
    for widget in (picture, surfaces):
        qtbot.addWidget(widget)
        widget.resize(*SIZE)
        images.append(widget.grab().toImage())
    for place in (QPoint(60, 500), QPoint(700, 10), QPoint(700, 120), QPoint(600, 500), QPoint(1300, 500)):
        assert images[0].pixelColor(place) == images[1].pixelColor(place)


def test_it_is_painted_without_the_names_of_the_toolkit():
    done = subprocess.run([sys.executable, "-c", PAINTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
