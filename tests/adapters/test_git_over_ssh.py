"""A repository by ssh: git itself at the other end, and an ssh that goes no further than this machine."""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.adapters.git_repository import GitRepository
from desktop.domain.errors import DeskError
from desktop.domain.playbook_sync import Addition, Remote
from tests.adapters.git_repos import Colleague, a_bare_repository

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine"),
    pytest.mark.skipif(sys.platform == "win32", reason="the ssh here is a script of a shell"),
]
_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
_HERE = 'echo "$@" > "{log}"\nfor last; do :; done\nexec sh -c "$last"'


@pytest.fixture
def ssh_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts an ssh in the way that runs what is asked on this machine; gives the file of its arguments."""
    log = tmp_path / "asked"
    _put(tmp_path, monkeypatch, _HERE.format(log=log))
    return log


def _put(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = folder / "bin" / "ssh"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")


def test_files_go_there_and_come_back(tmp_path: Path, ssh_says: Path) -> None:
    bare = a_bare_repository(tmp_path / "bare.git")
    ida = Colleague(bare, tmp_path / "ida")
    ida.writes("playbooks/a/v1.md", "of Ida\n")
    repository = GitRepository(Remote(f"git@git.example.com:{bare}"), within_s=10)
    found = repository.read()
    more = Addition("playbooks/b/v1.md", "ours\n", "Mara", "m@example.com", "B: version 1", _AT)
    repository.add(found, [more], "Leo", "", _AT)

    assert found.files == {"playbooks/a/v1.md": "of Ida\n"}
    assert ida.reads("playbooks/b/v1.md") == "ours\n"
    assert "-o BatchMode=yes" in ssh_says.read_text()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("git@git.example.com: Permission denied (publickey).", "does not let the desk in"),
        ("ssh: Could not resolve hostname git.example.com: Name or service not known", "cannot be reached"),
        ("ssh: connect to host git.example.com port 22: Connection timed out", "took longer than"),
        ("Host key verification failed.", "cannot prove that it is who it says"),
        ("fatal: '/x.git' does not appear to be a git repository", "There is no repository at"),
    ],
)
def test_what_ssh_says_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, sentence: str
) -> None:
    _put(tmp_path, monkeypatch, f'echo "{said}" >&2\nexit 255')

    with pytest.raises(DeskError, match=sentence):
        GitRepository(Remote("git@git.example.com:/x.git"), within_s=5).read()
