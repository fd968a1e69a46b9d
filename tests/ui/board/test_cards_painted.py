import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from desktop.domain.board import BREACHED, NO_STEP
from desktop.ui.board.card_cache import CardCache
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.look import BoardLook
from desktop.ui.board.metrics import CardMetrics, Density, row_height
from desktop.ui.board.wrapping import two_lines
from tests.factories import MONDAY_US
from tests.ui.board_support import a_row

HOSTILE = (
    "",
    "<b>bold</b><img src=x>",
    "‮gnp.exe",
    "a\0b\r\nc\td",
    "=HYPERLINK(1)",
    "長い題名" * 500,
    "x" * 1_000_000,
    "\ud800",
)


@pytest.fixture
def look(theme):
    made = BoardLook(theme)
    made.now_us = MONDAY_US
    return made


def image(look, row, step, *, width=190, is_snoozed=False):
    pixmap = CardPainter(look).pixmap(row, step, look.metrics(width), is_snoozed=is_snoozed, ratio=1.0)
    return pixmap.toImage()


def colours(picture: QImage, x: int) -> set[str]:
    return {QColor(picture.pixel(x, y)).name() for y in range(8, picture.height() - 8)}


@pytest.mark.parametrize("step", [NO_STEP, *range(5)])
@pytest.mark.parametrize("density", list(Density))
def test_every_step_is_painted_in_every_density(look, step, density):
    look.set_density(density)
    assert not image(look, a_row(), step).isNull()


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_words_of_any_kind_are_painted_as_words(look, words):
    row = a_row(title=words, customer=words, owner=words, initials=words[:3], owner_id=1, tier=words[:100])
    for density in Density:
        look.set_density(density)
        assert not image(look, row, 2).isNull()


@pytest.mark.parametrize(("step", "width"), [(0, 6), (1, 6), (2, 8), (3, 10), (4, 12)])
def test_the_strip_grows_with_the_step(look, step, width):
    picture = image(look, a_row(), step)
    mark = look.step(step).mark.name()
    inside = range(2, width - 1) if step == BREACHED else range(1, width)
    assert all(mark in colours(picture, x) for x in inside)
    assert colours(picture, width + 2) != {mark}


def test_a_breached_card_is_filled(look):
    assert look.step(BREACHED).tint.name() in colours(image(look, a_row(), BREACHED), 15)


def test_a_paused_clock_is_hatched(look):
    plain, paused = image(look, a_row(), 2), image(look, a_row(clock_paused=True, clock_step=2), 2)
    assert len(colours(paused, 3)) > len(colours(plain, 3))


@pytest.mark.parametrize(
    "change",
    [{"unacknowledged": True}, {"owner_id": 4, "initials": "LM"}, {"provisional": True}, {"severity": 1}],
)
def test_what_differs_looks_different(look, change):
    assert image(look, a_row(), 1) != image(look, a_row(**change), 1)


def test_a_snoozed_card_bears_a_mark(look):
    assert image(look, a_row(), 1) != image(look, a_row(), 1, is_snoozed=True)


@pytest.mark.parametrize(("density", "height"), [("compact", 44), ("normal", 98), ("comfortable", 122)])
def test_heights_grow_with_the_text(density, height):
    assert row_height(Density(density), 1.0) == height
    assert row_height(Density(density), 1.5) == round(height * 1.5)


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("width", [60, 120, 155, 190, 240, 320, 900])
def test_every_line_stands_inside_its_card(density, width):
    at = CardMetrics.of(density, width, 1.0)
    lines = [at.number, at.title_1, at.customer, at.word, at.time]
    assert all(8 <= line <= at.height - 4 for line in lines)
    assert at.left + 20 < at.right <= at.width


def test_a_card_is_painted_once_until_it_changes(look):
    cache, at = CardCache(CardPainter(look)), look.metrics(190)
    first = cache.card(a_row(), 1, at, is_snoozed=False)
    assert cache.card(a_row(), 1, at, is_snoozed=False) is first
    assert cache.card(a_row(revision=2), 1, at, is_snoozed=False) is not first
    assert cache.card(a_row(), 2, at, is_snoozed=False) is not first


def test_of_a_card_that_looks_different_now_the_old_picture_is_let_go(look):
    cache = CardCache(CardPainter(look))
    for width in (190, 240, 300):
        cache.card(a_row(), 1, look.metrics(width), is_snoozed=False)
    assert len(cache) == 1


def test_kept_cards_stay_within_their_memory(look):
    cache, at = CardCache(CardPainter(look)), look.metrics(900)
    for row_id in range(120):
        cache.card(a_row(row_id + 1), 1, at, is_snoozed=False)
    assert len(cache) < 80


@settings(max_examples=40)
@given(st.text(max_size=80), st.integers(10, 200))
def test_a_wrapped_title_never_passes_its_width(text, width):
    from PySide6.QtGui import QFont, QFontMetrics
    from PySide6.QtWidgets import QApplication

    _app = QApplication.instance() or QApplication([])
    metrics = QFontMetrics(QFont())
    first, second = two_lines(" ".join(text.split()), metrics, width)
    wide = max(width, metrics.horizontalAdvance("W…"))
    assert metrics.horizontalAdvance(first) <= wide
    assert metrics.horizontalAdvance(second) <= wide
