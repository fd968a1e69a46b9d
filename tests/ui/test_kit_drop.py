from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication

from desktop.domain.errors import DeskError
from desktop.domain.evidence import LARGEST_BYTES
from desktop.domain.intake import NewEvidence
from desktop.ui.kit.drop import DropArea, pieces_of, read_pieces


def mime(**facts):
    made = QMimeData()
    if "text" in facts:
        made.setText(facts["text"])
    if "urls" in facts:
        made.setUrls([QUrl(url) for url in facts["urls"]])
    return made


def test_local_files_are_taken_and_addresses_of_pages_are_not():
    found = pieces_of(mime(urls=["file:///tmp/a.log", "https://example.org/x"]), with_text=True)
    assert found == (Path("/tmp/a.log"),)


def test_text_becomes_a_file_where_it_is_wanted():
    assert pieces_of(mime(text="grüß"), with_text=True)[0].data == "grüß".encode()
    assert pieces_of(mime(text="grüß"), with_text=False) == ()


def test_a_file_is_read_with_its_kind(tmp_path):
    path = tmp_path / "trace.log"
    path.write_bytes(b"one\n")
    (piece,) = read_pieces([path])
    assert (piece.name, piece.data, piece.media_type) == ("trace.log", b"one\n", "text/x-log")


def test_pieces_in_memory_are_left_as_they_are():
    piece = NewEvidence("a", b"x")
    assert read_pieces([piece]) == (piece,)


def test_a_folder_a_missing_and_a_huge_file_are_refused_with_a_sentence(tmp_path):
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    for path, words in ((tmp_path, "no file"), (tmp_path / "gone", "no file"), (huge, "larger than 25 MiB")):
        with pytest.raises(DeskError, match=words):
            read_pieces([path])


def test_the_keyboard_pastes_into_the_area(qtbot):
    area = DropArea()
    qtbot.addWidget(area)
    area.show()
    QGuiApplication.clipboard().setMimeData(mime(text="some words"))
    with qtbot.waitSignal(area.dropped) as dropped:
        qtbot.keyClick(area, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dropped.args[0][0].name == "Pasted text.txt"
