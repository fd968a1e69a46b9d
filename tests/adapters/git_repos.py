"""Real Git repositories on disk for tests, made and changed by the git of the system."""

import os
import subprocess
from pathlib import Path

_ENV = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ida Berg",
    "GIT_AUTHOR_EMAIL": "ida@example.com",
    "GIT_COMMITTER_NAME": "Ida Berg",
    "GIT_COMMITTER_EMAIL": "ida@example.com",
}


def git(folder: Path, *words: str) -> str:
    """What git says to a command in a folder."""
    done = subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, text=True, env={**os.environ, **_ENV}
    )
    return done.stdout.strip()


def a_bare_repository(folder: Path) -> Path:
    """An empty repository that anybody with the folder may push to."""
    folder.mkdir()
    git(folder, "init", "--bare", "--initial-branch=main", ".")
    return folder


class Colleague:
    """Somebody with a clone of their own, and an editor."""

    def __init__(self, bare: Path, folder: Path) -> None:
        self.folder = folder
        git(bare.parent, "clone", str(bare), str(folder))
        git(folder, "checkout", "-B", "main")

    def writes(self, path: str, text: str) -> None:
        """Write a file and push it."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        git(self.folder, "add", path)
        git(self.folder, "commit", "-m", f"Change {path}")
        git(self.folder, "push", "origin", "main")

    def reads(self, path: str) -> str:
        """Pull, and what a file says then."""
        git(self.folder, "pull", "--ff-only", "origin", "main")
        return (self.folder / path).read_text(encoding="utf-8")
