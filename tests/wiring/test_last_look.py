"""What is remembered of a window for its next first frame."""

from pathlib import Path

import pytest

from desktop.ui.first_surfaces import Bars
from desktop.wiring import last_look
from desktop.wiring.last_look import LastLook, keep_look

LOOK = LastLook("dark", Bars(side=52), "AdnQywAD")


@pytest.fixture(autouse=True)
def kept_file(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "io.github.escalationdesk.EscalationDesk" / "last-look.json"


def test_a_desk_finds_again_how_its_window_stood():
    keep_look(Path("/desks/ours.sqlite3"), LOOK)
    assert last_look.last_look(Path("/desks/ours.sqlite3")) == LOOK
    assert last_look.last_look(Path("/desks/theirs.sqlite3")) is None


def test_only_the_desks_closed_last_are_remembered():
    for number in range(20):
        keep_look(Path(f"/desks/{number}.sqlite3"), LOOK)
    known = [number for number in range(20) if last_look.last_look(Path(f"/desks/{number}.sqlite3"))]
    assert known == list(range(12, 20))


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"/d": 1}', '{"/d": ["dark", [1, "x"], ""]}', '{"/d": ["", [-1], ""]}']
)
def test_a_spoiled_memory_is_none(kept_file, text):
    kept_file.parent.mkdir(parents=True)
    kept_file.write_text(text)
    assert last_look.last_look(Path("/d")) is None


def test_nothing_is_remembered_where_nothing_can_be_written(kept_file):
    kept_file.parent.parent.mkdir(parents=True)
    kept_file.parent.write_text("a file in place of the folder")
    keep_look(Path("/d"), LOOK)
    assert last_look.last_look(Path("/d")) is None
