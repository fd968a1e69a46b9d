import socket
import sys
from pathlib import Path

import pytest

from desktop.display import missing_display, missing_libraries

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a display"
)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_display_it_says_what_to_do() -> None:
    sentence = missing_display()
    assert sentence.startswith("There is no display")
    assert "xvfb-run" in sentence


def test_a_display_that_nobody_serves_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    assert "The display :4711 does not answer" in missing_display()


def test_drawing_elsewhere_on_purpose_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert missing_display() == ""


def test_a_wayland_that_answers_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
        assert missing_display() == ""


def test_libraries_that_cannot_be_loaded_are_named_with_their_package() -> None:
    assert missing_libraries(()) == ""
