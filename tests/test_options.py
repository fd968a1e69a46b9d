from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop.options import backups_folder, default_database, local_zone, sample_database


def test_the_sample_desk_lies_apart_from_the_persons_own(private_home: Path) -> None:
    assert default_database() != sample_database()
    assert default_database().parent.is_dir()


def test_two_desks_in_one_folder_do_not_share_their_backups(tmp_path: Path) -> None:
    assert backups_folder(tmp_path / "a.sqlite3") != backups_folder(tmp_path / "b.sqlite3")


@pytest.mark.parametrize(
    ("said", "zone"), [("Europe/Lisbon", "Europe/Lisbon"), (":Asia/Tokyo", "Asia/Tokyo")]
)
def test_the_zone_of_the_environment_counts(monkeypatch: pytest.MonkeyPatch, said: str, zone: str) -> None:
    monkeypatch.setenv("TZ", said)
    assert local_zone() == zone


def test_there_is_always_a_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "nowhere")
    assert ZoneInfo(local_zone())
