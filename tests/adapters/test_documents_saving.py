"""A document is saved as what its file's name says, whole or not at all."""

from pathlib import Path

import pytest

from desktop.adapters.documents.blocks import Document, Paragraph
from desktop.adapters.documents.saving import save
from desktop.domain.errors import DeskError

DOCUMENT = Document("Handoff", "Handoff", (Paragraph("Ümlaut – 漢"),))


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF-"), ("a.MD", b"# Handoff")])
def test_the_ending_says_what_it_is_written_as(tmp_path: Path, name: str, start: bytes):
    save(DOCUMENT, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_markdown_is_utf_8(tmp_path: Path):
    save(DOCUMENT, tmp_path / "a.md")
    assert "Ümlaut – 漢" in (tmp_path / "a.md").read_text("utf-8")


def test_another_ending_is_refused(tmp_path: Path):
    with pytest.raises(DeskError, match=r"end in “\.doc”"):
        save(DOCUMENT, tmp_path / "a.doc")


def test_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path: Path):
    with pytest.raises(DeskError, match=r"a\.md could not be written: No such file"):
        save(DOCUMENT, tmp_path / "none" / "a.md")
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_stays_when_the_new_one_cannot_be_put_in_its_place(tmp_path: Path):
    (tmp_path / "a.md").mkdir()
    with pytest.raises(DeskError, match="could not be written"):
        save(DOCUMENT, tmp_path / "a.md")
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]
