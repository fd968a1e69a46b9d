"""One program for one database."""

import subprocess
import sys

import pytest

from desktop.domain.errors import DeskError
from desktop.ui.single_instance import SingleInstance, runtime_folder


@pytest.fixture
def first(qapp, tmp_path):
    place = SingleInstance(tmp_path / "desk.sqlite3", tmp_path)
    assert place.take()
    yield place
    place.close()


def a_second_start(tmp_path, *arguments, token=""):
    script = (
        "import sys; from pathlib import Path; from desktop.ui.single_instance import SingleInstance\n"
        "place = SingleInstance(sys.argv[1], Path(sys.argv[2]))\n"
        "sys.exit(3 if place.take() else place.pass_on(sys.argv[3:]))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "desk.sqlite3"), str(tmp_path), *arguments]
    import os

    return subprocess.Popen(command, env={**os.environ, "XDG_ACTIVATION_TOKEN": token})


def test_a_second_start_raises_the_first_and_hands_its_arguments_over(qtbot, first, tmp_path):
    first.listen()
    with qtbot.waitSignal(first.raised, timeout=20_000) as raised:
        second = a_second_start(tmp_path, "--replay", "März.csv", token="token-1")
    assert raised.args == [["--replay", "März.csv"], "token-1"]
    assert second.wait(10) == 0


def test_the_same_database_written_differently_is_the_same(first, tmp_path):
    (tmp_path / "sub").mkdir()
    assert not SingleInstance(tmp_path / "sub" / ".." / "desk.sqlite3", tmp_path).take()
    assert not SingleInstance(f"sqlite:///{tmp_path}/desk.sqlite3", tmp_path).take()


def test_another_database_is_another_place(first, tmp_path):
    other = SingleInstance(tmp_path / "other.sqlite3", tmp_path)
    assert other.take()
    other.close()


def test_a_place_that_was_given_up_is_free(first, tmp_path):
    first.close()
    assert first.take()


def test_a_place_left_by_a_crash_is_free(qapp, tmp_path):
    script = (
        "import os, sys; from pathlib import Path; from desktop.ui.single_instance import SingleInstance\n"
        "place = SingleInstance(sys.argv[1], Path(sys.argv[2])); place.take(); os._exit(9)\n"
    )
    path = tmp_path / "desk.sqlite3"
    subprocess.run([sys.executable, "-c", script, str(path), str(tmp_path)], check=False)
    place = SingleInstance(path, tmp_path)
    assert place.take()
    place.listen()
    place.close()


def test_a_first_program_that_does_not_answer_is_said(first, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.ui.single_instance._TRIES", 1)
    with pytest.raises(DeskError, match="does not answer"):
        SingleInstance(tmp_path / "desk.sqlite3", tmp_path).pass_on([])


def test_a_long_folder_still_gives_a_place(qapp, tmp_path):
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    place = SingleInstance(tmp_path / "desk.sqlite3", folder)
    assert place.take()
    place.listen()
    place.close()


def test_the_runtime_folder_is_the_sessions_own_where_there_is_one(tmp_path):
    other = tmp_path / "state"
    assert runtime_folder(lambda: other, {"XDG_RUNTIME_DIR": str(tmp_path)}) == tmp_path
    assert runtime_folder(lambda: other, {"XDG_RUNTIME_DIR": "relative"}) == other
    assert runtime_folder(lambda: other, {}) == other
