"""What is being typed is kept, also where keeping fails at first."""

import pytest

from desktop.domain.errors import DeskError
from desktop.ui.word_keeper import WordKeeper


class Drawer:
    """Where words are kept; `is_stuck` says that it cannot be opened."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self.is_stuck = False

    def keep(self, key: str, text: str) -> None:
        if self.is_stuck:
            raise DeskError("The disk is full.")
        self.words[key] = text


@pytest.fixture
def drawer():
    return Drawer()


@pytest.fixture
def keeper(drawer, stage, qtbot):
    return WordKeeper(drawer.keep, stage.runner)


def settle(stage, qtbot):
    qtbot.waitUntil(lambda: stage.runner.pending == 0)


def test_what_is_typed_is_kept_by_itself(keeper, drawer, stage, qtbot):
    with qtbot.waitSignal(keeper.kept, timeout=4000):
        keeper.note("a", "Half")
    assert drawer.words == {"a": "Half"}


def test_an_emptied_field_is_kept_empty(keeper, drawer, stage, qtbot):
    keeper.note("a", "")
    keeper.save()
    settle(stage, qtbot)
    assert drawer.words == {"a": ""}


def test_what_could_not_be_kept_is_tried_again(keeper, drawer, stage, qtbot):
    drawer.is_stuck = True
    keeper.note("a", "Half")
    with qtbot.waitSignal(keeper.failed) as told:
        keeper.save()
    assert told.args == ["The disk is full."]
    assert keeper.is_waiting("a")
    drawer.is_stuck = False
    keeper.save()
    settle(stage, qtbot)
    assert drawer.words == {"a": "Half"}
    assert not keeper.is_waiting("a")


def test_what_is_read_anew_does_not_take_the_place_of_what_is_typed(keeper, stage, qtbot):
    keeper.note("a", "Newer")
    keeper.take({"a": "Older", "b": "Kept"})
    assert (keeper.text("a"), keeper.text("b")) == ("Newer", "Kept")
    keeper.save()
    settle(stage, qtbot)


def test_what_was_used_is_forgotten(keeper, drawer, stage, qtbot):
    keeper.note("a", "Sent")
    keeper.save()
    settle(stage, qtbot)
    keeper.forget("a")
    settle(stage, qtbot)
    assert (keeper.text("a"), drawer.words["a"]) == ("", "")
