"""Evidence bundles: all that is kept goes out, and whatever is altered afterwards is named."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.intake import NewEvidence
from desktop.services.bundle import Bundle, BundleService
from desktop.services.bundle_check import verify_bundle
from tests.services.signal_desk import SignalDesk

Change = Callable[[dict[str, bytes]], object]


@pytest.fixture
def bundle(desk: SignalDesk, tmp_path: Path) -> Bundle:
    kept = desk.send("db")
    desk.repeat("db")
    piece = NewEvidence("../../etc/pass\u202ewd.txt", b"\0secret", "text/plain")
    desk.base.commands.attaching.attach(kept.escalation_id or 0, piece, desk.coordinator)
    service = BundleService(store=desk.store, clock=desk.clock)
    return service.export(kept.escalation_id or 0, tmp_path / "bundle.zip", desk.lead)


def rewrite(path: Path, change: Change) -> None:
    """Write the bundle anew with other contents."""
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def named(bundle: Bundle, start: str) -> str:
    with ZipFile(bundle.path) as archive:
        return next(name for name in archive.namelist() if name.startswith(start))


def test_a_bundle_as_written_holds(bundle: Bundle):
    assert verify_bundle(bundle.path) == ()
    assert bundle.is_chain_whole


def test_it_holds_evidence_messages_and_timeline(bundle: Bundle):
    with ZipFile(bundle.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = [entry["name"].split("/")[0] for entry in manifest["files"]]
        assert names == ["evidence", "evidence", "signals", "signals", "timeline.json"]
        assert archive.read(named(bundle, "evidence/ESC-2026-0001/2-")) == b"\0secret"


def test_names_lead_nowhere_else(bundle: Bundle):
    with ZipFile(bundle.path) as archive:
        assert not [name for name in archive.namelist() if ".." in name or "\u202e" in name]


def test_the_manifest_says_who_added_what(bundle: Bundle, desk: SignalDesk):
    with ZipFile(bundle.path) as archive:
        entry = json.loads(archive.read("manifest.json"))["files"][1]
    assert (entry["added_by"], entry["size"]) == (desk.coordinator.name, 7)


def test_an_altered_piece_is_named(bundle: Bundle):
    name = named(bundle, "evidence/")
    rewrite(bundle.path, lambda files: files.update({name: b"other"}))
    assert verify_bundle(bundle.path) == (f"{name} was altered.",)


def test_a_missing_piece_is_named(bundle: Bundle):
    name = named(bundle, "signals/")
    rewrite(bundle.path, lambda files: files.pop(name))
    assert verify_bundle(bundle.path) == (f"{name} is missing.",)


def test_an_added_piece_is_named(bundle: Bundle):
    rewrite(bundle.path, lambda files: files.update({"more.txt": b""}))
    assert verify_bundle(bundle.path) == ("more.txt was added.",)


def test_an_event_altered_together_with_the_manifest_is_named_by_the_chain(bundle: Bundle):
    def forge(files: dict[str, bytes]) -> None:
        events = json.loads(files["timeline.json"])
        events[0]["actor"] = "Somebody else"
        files["timeline.json"] = json.dumps(events).encode()
        manifest = json.loads(files["manifest.json"])
        entry = next(entry for entry in manifest["files"] if entry["name"] == "timeline.json")
        entry["size"] = len(files["timeline.json"])
        entry["sha256"] = sha256(files["timeline.json"]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()

    rewrite(bundle.path, forge)
    (fault,) = verify_bundle(bundle.path)
    assert fault.startswith("Event ")


def test_what_is_no_bundle_is_said(tmp_path: Path):
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(DeskError, match="no evidence bundle"):
        verify_bundle(tmp_path / "x.zip")


def test_a_bundle_that_fails_leaves_nothing_behind(desk: SignalDesk, tmp_path: Path):
    service = BundleService(store=desk.store, clock=desk.clock)
    with pytest.raises(NotFound):
        service.export(99, tmp_path / "bundle.zip", desk.lead)
    assert [path for path in tmp_path.iterdir() if path.suffix in (".part", ".zip")] == []


def test_a_folder_that_is_not_there_is_said(desk: SignalDesk, tmp_path: Path):
    service = BundleService(store=desk.store, clock=desk.clock)
    with pytest.raises(DeskError, match="could not be written"):
        service.export(1, tmp_path / "nowhere" / "bundle.zip", desk.lead)
