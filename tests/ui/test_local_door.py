"""The door at which a second start of the program knocks."""

import socket
import stat
import subprocess
import sys

import pytest

from desktop.ui.local_door import QtDoor, UnixDoor, say_at

needs_unix = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
KINDS = [
    pytest.param((UnixDoor, "say_at"), marks=needs_unix, id="unix"),
    pytest.param((QtDoor, "say_qt"), id="qt"),
]


@pytest.fixture(params=KINDS)
def door(request, qapp, tmp_path):
    kind, say = request.param
    made = kind()
    made.address, made.say = str(tmp_path / "door"), say
    assert made.listen(made.address) == ""
    yield made
    made.close()


def said(qtbot, door, message):
    """Said by another program, as it is in life."""
    script = (
        f"import sys; from desktop.ui.local_door import {door.say} as say\n"
        "sys.exit(0 if say(sys.argv[1], sys.stdin.buffer.read(), 10.0) else 1)"
    )
    speaker = subprocess.Popen([sys.executable, "-c", script, door.address], stdin=subprocess.PIPE)
    speaker.stdin.write(message)
    speaker.stdin.close()
    qtbot.waitUntil(lambda: speaker.poll() is not None, timeout=20_000)
    return speaker.returncode == 0


def test_what_is_said_is_heard_and_the_speaker_knows(qtbot, door):
    with qtbot.waitSignal(door.heard, timeout=10_000) as heard:
        assert said(qtbot, door, b"show the window\n")
    assert heard.args == [b"show the window\n"]


def test_a_long_message_is_heard_whole(qtbot, door):
    message = b"x" * 300_000 + b"\n"
    with qtbot.waitSignal(door.heard, timeout=10_000) as heard:
        assert said(qtbot, door, message)
    assert heard.args == [message]


def test_two_speakers_are_both_heard(qtbot, door):
    told = []
    door.heard.connect(told.append)
    assert said(qtbot, door, b"one\n")
    assert said(qtbot, door, b"two\n")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [b"one\n", b"two\n"]


def test_who_never_ends_a_line_is_hung_up_on_and_not_believed(qtbot, door):
    told = []
    door.heard.connect(told.append)
    said(qtbot, door, b"x" * 1_200_000)
    assert told == []


@needs_unix
def test_a_door_that_was_left_there_is_taken_and_only_the_person_can_open_it(qapp, tmp_path):
    address = str(tmp_path / "door")
    left = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    left.bind(address)
    left.close()
    door = UnixDoor()
    assert door.listen(address) == ""
    assert stat.S_IMODE((tmp_path / "door").stat().st_mode) == 0o600
    door.close()
    assert not (tmp_path / "door").exists()


@needs_unix
def test_why_a_door_cannot_be_made_is_told(qapp, tmp_path):
    assert UnixDoor().listen(str(tmp_path / "no" / "such" / "folder")) == "No such file or directory"


@needs_unix
def test_nobody_there_is_no_answer(tmp_path):
    assert say_at(str(tmp_path / "nothing"), b"hello\n", 0.2) is None
