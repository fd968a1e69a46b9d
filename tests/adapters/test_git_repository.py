"""A branch of a Git repository, against repositories made by git itself."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.adapters.git_repository import GitRepository
from desktop.domain.errors import DeskError
from desktop.domain.playbook_sync import Addition, Moved, Remote, Stopped
from tests.adapters.git_repos import Colleague, a_bare_repository, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return a_bare_repository(tmp_path / "bare.git")


@pytest.fixture
def ida(bare: Path, tmp_path: Path) -> Colleague:
    return Colleague(bare, tmp_path / "ida")


def _addition(path: str, text: str = "words\n") -> Addition:
    return Addition(path, text, "Mara <Ilves>", "mara@example.com", "Charged twice: version 1\n\nWhy", _AT)


def _repository(bare: Path, **more: object) -> GitRepository:
    return GitRepository(Remote(str(bare)), **more)  # type: ignore[arg-type]


def test_an_empty_repository_holds_nothing_and_names_the_branch_to_come(bare: Path) -> None:
    found = _repository(bare).read()

    assert (found.branch, found.commit, found.files) == ("main", "", {})


def test_markdown_below_the_folder_is_read_and_nothing_else(bare: Path, ida: Colleague) -> None:
    ida.writes("README.md", "no playbook")
    ida.writes("playbooks/a/v1.md", "ä words")
    ida.writes("playbooks/a/picture.png", "x")

    assert _repository(bare).read().files == {"playbooks/a/v1.md": "ä words"}


def test_the_first_file_ever_makes_the_branch(bare: Path, ida: Colleague) -> None:
    repository = _repository(bare)
    repository.add(repository.read(), [_addition("playbooks/a/v1.md")], "Leo", "leo@example.com", _AT)

    assert ida.reads("playbooks/a/v1.md") == "words\n"


def test_every_file_is_a_commit_with_its_author_and_change_note(bare: Path, ida: Colleague) -> None:
    ida.writes("README.md", "hello")
    repository = _repository(bare)
    additions = [_addition("playbooks/a/v1.md"), _addition("playbooks/b/v1.md")]
    repository.add(repository.read(), additions, "Leo", "leo@example.com", _AT)

    log = git(bare, "log", "--format=%an %ae|%cn|%s|%b", "-2", "main").splitlines()
    assert log[0] == "Mara Ilves mara@example.com|Leo|Charged twice: version 1|Why"
    assert git(bare, "fsck", "--strict") == ""
    assert ida.reads("README.md") == "hello"


def test_a_branch_that_moved_meanwhile_is_not_written(bare: Path, ida: Colleague) -> None:
    repository = _repository(bare)
    base = repository.read()
    ida.writes("playbooks/z/v1.md", "of Ida")

    with pytest.raises(Moved):
        repository.add(base, [_addition("playbooks/a/v1.md")], "Leo", "", _AT)
    assert git(bare, "ls-tree", "-r", "--name-only", "main") == "playbooks/z/v1.md"


def test_another_branch_is_made_beside_the_first(bare: Path, ida: Colleague) -> None:
    ida.writes("README.md", "hello")
    repository = GitRepository(Remote(str(bare), branch="desk"))
    repository.add(repository.read(), [_addition("playbooks/a/v1.md")], "Leo", "", _AT)

    assert git(bare, "ls-tree", "-r", "--name-only", "main") == "README.md"
    assert git(bare, "ls-tree", "-r", "--name-only", "desk") == "playbooks/a/v1.md"


def test_a_branch_somebody_has_checked_out_is_not_moved_below_their_feet(ida: Colleague) -> None:
    ida.writes("README.md", "hello")
    repository = _repository(ida.folder)

    with pytest.raises(DeskError, match="checked out"):
        repository.add(repository.read(), [_addition("playbooks/a/v1.md")], "Leo", "", _AT)


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="There is no repository at"):
        _repository(tmp_path / "nowhere").read()


def test_a_damaged_repository_is_told(bare: Path, ida: Colleague) -> None:
    ida.writes("playbooks/a/v1.md", "words")
    for path in (bare / "objects").glob("??/*"):
        path.chmod(0o600)
        path.write_bytes(b"rubbish")

    with pytest.raises(DeskError, match="damaged"):
        _repository(bare).read()


def test_who_stops_it_changes_nothing(bare: Path, ida: Colleague) -> None:
    ida.writes("playbooks/a/v1.md", "words")
    stops = iter([False, False, True])

    with pytest.raises(Stopped):
        _repository(bare, is_stopped=lambda: next(stops, True)).read()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://127.0.0.1:9/x.git", "cannot be reached"),
        ("ssh://nobody@127.0.0.1:9/x.git", "cannot be reached"),
    ],
)
def test_a_place_that_does_not_answer_is_told(address: str, said: str) -> None:
    if address.startswith("ssh") and shutil.which("ssh") is None:
        pytest.skip("ssh is not on this machine")
    with pytest.raises(DeskError, match=said):
        GitRepository(Remote(address), within_s=3).read()


def test_a_file_that_is_no_text_is_left_out_and_told(bare: Path, ida: Colleague) -> None:
    (ida.folder / "playbooks").mkdir()
    (ida.folder / "playbooks" / "odd.md").write_bytes(b"\xff\xfe\x00")
    ida.writes("playbooks/a.md", "words")
    git(ida.folder, "add", "playbooks")
    git(ida.folder, "commit", "-m", "More")
    git(ida.folder, "push", "origin", "main")

    found = _repository(bare).read()
    assert (list(found.files), len(found.skipped)) == (["playbooks/a.md"], 1)


def test_progress_is_told(bare: Path, ida: Colleague) -> None:
    heard: list[str] = []
    tell: Callable[[str], None] = heard.append
    repository = _repository(bare, told=tell)
    repository.add(repository.read(), [_addition("playbooks/a/v1.md")], "Leo", "", _AT)

    assert heard[-1]
