import pytest

from desktop.ui.escalation.opening import why_not_open


@pytest.mark.parametrize("name", ["log.txt", "picture.PNG", "letter.pdf", "sheet.xlsx", "mail.eml"])
def test_what_only_shows_something_may_be_opened(name):
    assert why_not_open(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "run.sh",
        "setup.exe",
        "x.desktop",
        "page.html",
        "picture.svg",
        "a.py",
        "no ending",
        "a.txt.lnk",
        "m.docm",
        ".txt",
    ],
)
def test_what_may_run_or_is_not_known_is_only_saved(name):
    assert "only saved, never opened" in why_not_open(name)


@pytest.mark.parametrize("data", [b"MZ\x90", b"\x7fELF\x02", b"#!/bin/sh\n", b"[Desktop Entry]\n"])
def test_a_harmless_ending_does_not_help_a_program(data):
    assert "can run" in why_not_open("log.txt", data)
