"""The program tries itself."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.command import self_test
from desktop.domain.clock import SystemClock
from desktop.domain.errors import DeskError
from desktop.services.alarm import AlarmService, SweepResult


def test_a_program_that_works_says_so_in_one_line(capsys: pytest.CaptureFixture[str]):
    assert main(["--self-test"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("The self-test passed: a desk made, ")
    assert (out.count("\n"), err) == (1, "")


def test_it_tells_other_programs_too(capsys: pytest.CaptureFixture[str]):
    assert main(["--self-test", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["ok"]
    assert said["alarms"] > 0


def test_it_leaves_nothing_behind(tmp_path: Path, private_home: Path, monkeypatch: pytest.MonkeyPatch):
    before = sorted(private_home.rglob("*"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "person"))
    there = sorted((tmp_path / "person").iterdir())
    assert main(["--self-test"]) == 0
    assert sorted(private_home.rglob("*")) == before
    assert sorted((tmp_path / "person").iterdir()) == there


def test_alarms_that_do_not_come_are_a_fault(monkeypatch: pytest.MonkeyPatch):
    sweep = AlarmService.sweep
    silent = lambda alarms: replace(sweep(alarms), raised=0)  # noqa: E731
    monkeypatch.setattr(AlarmService, "sweep", silent)
    with pytest.raises(DeskError, match="no alarm was raised"):
        self_test.run(SystemClock())


def test_a_part_that_is_missing_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def missing(_alarms: AlarmService) -> SweepResult:
        raise ModuleNotFoundError("No module named 'zones'")

    monkeypatch.setattr(AlarmService, "sweep", missing)
    assert main(["--self-test"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "The self-test failed: No module named 'zones'. Install the program again, and see that its disk has"
        " room.\n"
    )
