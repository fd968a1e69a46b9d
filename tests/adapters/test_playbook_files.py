"""Playbooks as files of a folder."""

from pathlib import Path

import pytest

from desktop.adapters.playbook_files import read_files, write_files
from desktop.domain.errors import DeskError


def test_markdown_of_all_folders_is_read(tmp_path: Path) -> None:
    write_files(tmp_path, [("a/v1.md", "ä\n"), ("b.MD", "b"), ("c.txt", "c"), (".git/x.md", "x")])

    assert read_files(tmp_path).files == {"a/v1.md": "ä\n", "b.MD": "b"}


def test_one_file_is_read_by_its_name(tmp_path: Path) -> None:
    write_files(tmp_path, [("a/v1.md", "a")])

    assert read_files(tmp_path / "a" / "v1.md").files == {"v1.md": "a"}


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("theirs")

    assert write_files(tmp_path, [("a.md", "ours"), ("b.md", "ours")]) == (["b.md"], ["a.md"])
    assert (tmp_path / "a.md").read_text() == "theirs"


def test_what_is_no_text_or_too_large_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff\xfe")
    (tmp_path / "b.md").write_bytes(b"x" * 1_000_001)
    found = read_files(tmp_path)

    assert (found.files, len(found.skipped)) == ({}, 2)


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="is not there"):
        read_files(tmp_path / "x")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")

    with pytest.raises(DeskError, match="cannot be written"):
        write_files(tmp_path, [("a/v1.md", "x")])
