"""The two sounds of the desk."""

import os
from pathlib import Path

import pytest

from desktop.ui.sound import Sounder, theme_folders


@pytest.fixture
def theme(tmp_path, monkeypatch):
    """A sound theme, and a player that writes down what it plays."""
    stereo = tmp_path / "sounds" / "freedesktop" / "stereo"
    stereo.mkdir(parents=True)
    for name in ("message-new-instant", "dialog-warning"):
        (stereo / f"{name}.oga").touch()
    player = tmp_path / "bin" / "paplay"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/played\n')
    player.chmod(0o700)
    monkeypatch.setenv("PATH", f"{player.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return tmp_path


def played(theme):
    file = theme / "played"
    return [Path(line).stem for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def sounder(qapp, theme):
    made = Sounder([theme / "sounds"])
    yield made
    made.stop()


@pytest.mark.parametrize(("chimes", "heard"), [(1, ["message-new-instant"]), (2, ["dialog-warning"] * 2)])
def test_one_chime_and_two_have_sounds_of_their_own(qtbot, sounder, theme, chimes, heard):
    sounder.play(chimes)
    qtbot.waitUntil(lambda: not sounder.is_playing)
    assert played(theme) == heard


def test_never_more_than_two(qtbot, sounder, theme):
    sounder.play(9)
    qtbot.waitUntil(lambda: not sounder.is_playing)
    assert len(played(theme)) == 2


def test_of_a_burst_only_the_first_sounds(qtbot, sounder, theme):
    for _ in range(5):
        sounder.play(1)
    qtbot.waitUntil(lambda: not sounder.is_playing)
    assert len(played(theme)) == 1


def test_it_can_be_stopped_at_once(qtbot, sounder, theme):
    sounder.play(2)
    sounder.stop()
    qtbot.waitUntil(lambda: not sounder.is_playing)
    assert len(played(theme)) <= 1


def test_without_a_theme_the_systems_bell_has_to_do(qtbot, qapp, tmp_path):
    sounder = Sounder([tmp_path])
    assert sounder.command(2) == []
    sounder.play(2)
    qtbot.waitUntil(lambda: not sounder.is_playing)


def test_a_player_that_cannot_be_started_is_no_harm(qtbot, sounder, theme):
    (theme / "bin" / "paplay").write_text("no program")
    sounder.play(1)
    qtbot.waitUntil(lambda: not sounder.is_playing)


def test_zero_chimes_make_no_sound(sounder):
    sounder.play(0)
    assert not sounder.is_playing


def test_sound_themes_lie_where_the_desktop_says(monkeypatch):
    monkeypatch.setenv("XDG_DATA_DIRS", "/opt/share:relative:/usr/share")
    assert theme_folders() == (Path("/opt/share/sounds"), Path("/usr/share/sounds"))
