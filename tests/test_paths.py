"""The program finds its own files and makes the person's folders for that person alone."""

import stat
import sys
from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.errors import DeskError

FOLDERS = [paths.data_dir, paths.config_dir, paths.state_dir, paths.cache_dir, paths.log_dir]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has its own places")
@pytest.mark.parametrize("folder", FOLDERS)
def test_each_folder_is_made_below_the_home_for_this_person_alone(folder, private_home: Path):
    made = folder()
    assert made.is_relative_to(private_home)
    assert paths.APP_ID in str(made)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has its own places")
def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(DeskError, match=r"file/io\..* cannot be made: .*--database"):
        paths.data_dir()


def test_resources_lie_beside_the_program():
    assert paths.resource("__init__.py").is_file()
    assert paths.resource("themes", "light.toml") == paths.resource() / "themes" / "light.toml"
