"""Mappings for signals: those shipped, those kept as files, and what a body looks like."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import DeskError
from desktop.services.signal_preset import from_yaml, load, presets, recognised, save, to_yaml


def test_all_that_ship_can_be_read_and_have_names_of_their_own() -> None:
    names = [preset.name for preset in presets().values()]
    assert len(names) == len(set(names)) >= 17


@pytest.mark.parametrize("name", sorted(presets()))
def test_one_written_is_read_back_the_same(name: str) -> None:
    preset = presets()[name]
    assert from_yaml(to_yaml(preset)) == preset


def test_one_kept_as_a_file_is_read_back_the_same(tmp_path: Path) -> None:
    preset = presets()["zabbix"]
    save(tmp_path / "mine.yaml", preset)
    assert load(tmp_path / "mine.yaml") == preset


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"- a\n", "no signal mapping"), (b"\xff\xfe", "no text in UTF-8"), (b"x" * 1_048_577, "too large")],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, body: bytes, words: str) -> None:
    (tmp_path / "mine.yaml").write_bytes(body)
    with pytest.raises(DeskError, match=words):
        load(tmp_path / "mine.yaml")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"mine\.yaml cannot be read"):
        load(tmp_path / "mine.yaml")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="cannot be written"):
        save(tmp_path / "away" / "mine.yaml", presets()["zabbix"])


def test_a_body_looks_like_its_tool() -> None:
    found = recognised({"trigger": "Disk", "status": "OK"}, presets().values())
    assert found is not None
    assert found.name == "Zabbix"
    assert recognised({"anything": 1}, presets().values()) is None


def test_real_bodies_look_like_their_tools(shared_data: Path) -> None:
    lines = (shared_data / "signals.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    known = presets()
    for row in rows:
        if row["dialect"] in known and "body" in row:
            found = recognised(row["body"], known.values())
            assert found is None or found.name == known[row["dialect"]].name, row["dialect"]
