"""What `make run` says before it starts anything."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux starts without a display")


def look_for_a_display(**environment: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(ROOT / ".ci" / "display")]
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin"} | environment, capture_output=True, text=True, check=False
    )


def test_without_a_display_one_sentence_says_what_to_do():
    said = look_for_a_display()
    assert said.returncode == 1
    assert said.stderr.startswith("No display found: start this from a desktop session")
    assert said.stderr.count("\n") == 1


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_with_a_display_of_any_kind_nothing_is_said(variable: str):
    said = look_for_a_display(**{variable: "vnc"})
    assert (said.returncode, said.stderr) == (0, "")
