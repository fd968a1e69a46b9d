import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.kit.chip import Chip
from desktop.ui.kit.choice_chip import ChoiceChip

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def tiers(theme, qtbot):
    chip = ChoiceChip("Tier", theme)
    qtbot.addWidget(chip)
    chip.set_choices(["Growth", "Strategic", "Enterprise"])
    with qtbot.waitExposed(chip):
        chip.show()
    yield chip
    if chip.popup is not None:
        chip.popup.close()


def open_list(chip, qtbot):
    qtbot.mouseClick(chip, Left)
    return chip.popup


def test_a_chip_says_its_words_and_its_count(theme, qtbot):
    chip = Chip("Breached", theme, swatch="breached.accent")
    qtbot.addWidget(chip)
    chip.set_count(1204)
    assert chip.accessibleName() == "Breached, 1,204"
    assert not chip.grab().isNull()


def test_a_chip_is_large_enough_to_hit(theme, qtbot):
    chip = Chip("At risk", theme)
    qtbot.addWidget(chip)
    assert chip.sizeHint().height() >= 24
    assert chip.sizeHint().width() >= 24


def test_ticks_choose_and_the_chip_tells_what(tiers, qtbot):
    popup = open_list(tiers, qtbot)
    with qtbot.waitSignal(tiers.choice_changed) as changed:
        QTest.keyClick(popup.list, Key.Key_Space)
    assert changed.args == [frozenset({"Enterprise"})]
    assert (tiers.label, tiers.isChecked()) == ("Tier: Enterprise", True)


def test_a_click_ticks_once(tiers, qtbot):
    popup = open_list(tiers, qtbot)
    place = popup.list.visualRect(popup.list.model().index(1, 0)).center()
    qtbot.mouseClick(popup.list.viewport(), Left, pos=place)
    assert tiers.chosen() == frozenset({"Growth"})


def test_a_chip_with_nothing_ticked_is_off(tiers, qtbot):
    open_list(tiers, qtbot).close()
    assert not tiers.isChecked()


def test_long_lists_are_searched(tiers, qtbot):
    tiers.set_choices([f"Customer {n:03}" for n in range(200)])
    popup = open_list(tiers, qtbot)
    QTest.keyClicks(popup.search, "199")
    assert popup.list.model().rowCount() == 1


def test_setting_the_choice_tells_nobody(tiers, qtbot):
    with qtbot.assertNotEmitted(tiers.choice_changed):
        tiers.set_chosen(frozenset({"Growth", "Strategic"}))
    assert tiers.label == "Tier: Growth +1"
