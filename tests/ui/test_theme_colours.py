import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.ui.colour_vision import VIEWS, contrast, delta_e00, distance

STEPS = ("fresh", "warming", "at_risk", "breaching_soon", "breached")
FOLDER = Path(__file__).parents[2] / "resources" / "themes"


@pytest.fixture(params=["light", "dark", "high_contrast"])
def theme(request):
    return tomllib.loads((FOLDER / f"{request.param}.toml").read_text(encoding="utf-8"))


def tokens(table: dict[str, Any], path: str = "") -> set[str]:
    names: set[str] = set()
    for key, value in table.items():
        names |= tokens(value, f"{path}{key}.") if isinstance(value, dict) else {path + key}
    return names


def test_the_arithmetic_reproduces_published_pairs():
    assert delta_e00((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=5e-5)
    assert delta_e00((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514)) == pytest.approx(0.9082, abs=5e-5)


def test_every_theme_names_the_same_meanings():
    light, dark, high = (
        tokens(tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml"))
    )
    assert light == dark == high


@pytest.mark.parametrize("view", VIEWS)
def test_any_two_steps_differ_for_every_kind_of_eyes(theme, view):
    for one, other in combinations(STEPS, 2):
        assert distance(theme[one]["accent"], theme[other]["accent"], view) >= 12, (one, other)


def test_accents_stand_out_from_card_window_and_tint(theme):
    for step in STEPS:
        for ground in (theme["surface"]["card"], theme["surface"]["window"]):
            assert contrast(theme[step]["accent"], ground) >= 3, step
        assert contrast(theme[step]["mark"], theme[step]["tint"]) >= 3, step


def test_words_on_a_card_can_be_read(theme):
    for step in (*STEPS, "none"):
        tint = theme[step]["tint"]
        assert contrast(theme[step]["text"], tint) >= 7, step
        assert contrast(theme[step]["secondary"], tint) >= 4.5, step
        assert contrast(theme[step]["word"], tint) >= 4.5, step
        assert contrast(theme[step]["ink"], theme[step]["accent"]) >= 4.5, step


def test_words_elsewhere_can_be_read(theme):
    for ground in ("window", "card", "bar", "panel", "raised", "field", "hover", "selected"):
        assert contrast(theme["text"]["primary"], theme["surface"][ground]) >= 7, ground
        assert contrast(theme["text"]["secondary"], theme["surface"][ground]) >= 4.5, ground
    for word, ground in (
        ("danger", "danger"),
        ("warning", "warning"),
        ("success", "success"),
        ("link", "panel"),
    ):
        assert contrast(theme["text"][word], theme["surface"][ground]) >= 4.5, word
    assert contrast(theme["text"]["on_primary"], theme["primary"]["fill"]) >= 4.5
    for key in ("text", "muted"):
        assert contrast(theme["side"][key], theme["side"]["fill"]) >= 4.5
    for fill, ink in (("badge", "badge_text"), ("owner", "owner_text"), ("count", "count_text")):
        assert contrast(theme["chip"][fill], theme["chip"][ink]) >= 4.5


def test_outlines_and_the_focus_ring_can_be_seen(theme):
    for ground in ("window", "card", "panel", "field"):
        assert contrast(theme["line"]["control"], theme["surface"][ground]) >= 3, ground
        assert contrast(theme["focus"]["ring"], theme["surface"][ground]) >= 3, ground


def test_a_focused_primary_button_differs_from_itself_and_from_its_ground(theme):
    fill, ring = theme["primary"]["focus"], theme["primary"]["focus_ring"]
    assert contrast(ring, fill) >= 3
    assert contrast(ring, theme["surface"]["panel"]) >= 3
    assert contrast(theme["primary"]["focus_text"], fill) >= 4.5


def test_where_outlines_are_thick_the_focus_is_thicker_and_of_another_colour(theme):
    if theme["line"]["width"] > 1:
        assert theme["focus"]["width"] > theme["line"]["width"]
        assert theme["focus"]["ring"] != theme["line"]["control"]


def test_a_drill_is_unmistakable_and_its_words_can_be_read(theme):
    drill, surface = theme["drill"], theme["surface"]
    for ground in ("fill", "hatch"):
        assert contrast(drill["text"], drill[ground]) >= 4.5, ground
    for ground in ("window", "card", "panel"):
        assert contrast(drill["fill"], surface[ground]) >= 3, ground
        assert contrast(drill["word"], surface[ground]) >= 4.5, ground
    assert contrast(drill["word"], drill["soft"]) >= 4.5
    assert contrast(theme["text"]["primary"], drill["soft"]) >= 7
