"""Evidence: kept byte for byte, written out for a person, never run."""

import os
import stat
from pathlib import Path

import pytest

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.intake import NewEvidence
from desktop.services.evidence import EvidenceService
from tests.fixtures_desk import CommandDesk

PIECE = NewEvidence("../trace.log", b"\x00\xffline", "text/plain")


@pytest.fixture
def evidence(commands: CommandDesk) -> EvidenceService:
    return EvidenceService(store=commands.store)


def test_what_was_attached_is_listed_and_read_as_it_came(commands: CommandDesk, evidence: EvidenceService):
    opened = commands.open(evidence=(PIECE,))
    (piece,) = evidence.all(opened.id)
    assert (piece.name, piece.media_type, piece.size, piece.added_by) == (
        "trace.log",
        "text/plain",
        6,
        "Cora Lind",
    )
    assert evidence.read(piece.id) == PIECE.data
    assert evidence.get(piece.id) == piece


def test_the_same_bytes_are_kept_once(commands: CommandDesk, evidence: EvidenceService):
    for _ in range(3):
        commands.open(evidence=(PIECE,))
    with commands.store.read() as session:
        assert session.sql("SELECT count(*) FROM content").fetchone() == (1,)


def test_a_piece_is_written_out_readable_and_never_runnable(
    commands: CommandDesk, evidence: EvidenceService, tmp_path: Path
):
    opened = commands.open(evidence=(NewEvidence("run.sh", b"#!/bin/sh\necho no\n"),))
    path = evidence.write_to(evidence.all(opened.id)[0].id, tmp_path)
    assert path == tmp_path / "run.sh"
    assert path.read_bytes() == b"#!/bin/sh\necho no\n"
    assert (
        stat.S_IMODE(path.stat().st_mode) & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH | stat.S_IWUSR) == 0
    )


def test_a_file_already_there_is_left_alone(commands: CommandDesk, evidence: EvidenceService, tmp_path: Path):
    (tmp_path / "trace.log").write_text("mine")
    opened = commands.open(evidence=(PIECE,))
    path = evidence.write_to(evidence.all(opened.id)[0].id, tmp_path)
    assert path.name == "trace (2).log"
    assert (tmp_path / "trace.log").read_text() == "mine"


def test_a_folder_that_takes_no_file_is_named(
    commands: CommandDesk, evidence: EvidenceService, tmp_path: Path
):
    opened = commands.open(evidence=(PIECE,))
    with pytest.raises(DeskError, match="nowhere"):
        evidence.write_to(evidence.all(opened.id)[0].id, tmp_path / "nowhere")


def test_what_was_removed_cannot_be_read(commands: CommandDesk, evidence: EvidenceService):
    opened = commands.open(evidence=(PIECE,))
    (piece,) = evidence.all(opened.id)
    commands.commands.attaching.remove(piece.id, commands.coordinator)
    assert evidence.all(opened.id) == ()
    for gone in (evidence.read, evidence.get):
        with pytest.raises(NotFound):
            gone(piece.id)
    assert os.sep not in piece.name
