"""A repository behind a web server of this machine that wants a token."""

import base64
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

import pytest
from dulwich.objects import Commit
from dulwich.repo import Repo
from dulwich.server import BackendRepo, DictBackend
from dulwich.web import WSGIRequestHandlerLogger, make_wsgi_chain

from desktop.adapters.git_repository import GitRepository
from desktop.domain.errors import DeskError
from desktop.domain.playbook_sync import Addition, Remote, Snapshot
from tests.adapters.git_repos import git

_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
_ADDITION = Addition("playbooks/a/v1.md", "words\n", "Mara", "m@example.com", "A: version 1", _AT)
_TOKEN = "Basic " + base64.b64encode(b"git:s3cret").decode()


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandlerLogger):
    def log_message(self, format: str, *words: Any) -> None:
        """Say nothing."""


def _guarded(application: Any) -> Callable[..., Iterable[bytes]]:
    def answered(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ.get("HTTP_AUTHORIZATION") != _TOKEN:
            start("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="git"')])
            return [b""]
        if not environ["PATH_INFO"].startswith("/desk.git/"):
            start("404 Not Found", [])
            return [b""]
        found: Iterable[bytes] = application(environ, start)
        return found

    return answered


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    repo = Repo.init_bare(str(tmp_path / "bare.git"), mkdir=True)
    repos: dict[str, BackendRepo] = {"/desk.git": repo}
    application = _guarded(make_wsgi_chain(DictBackend(repos)))
    server = make_server("127.0.0.1", 0, application, server_class=_Threads, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/desk.git"
    server.shutdown()
    server.server_close()
    thread.join()
    repo.close()


def test_a_file_goes_there_and_comes_back(address: str) -> None:
    repository = GitRepository(Remote(address), "s3cret", within_s=10)
    empty = repository.read()
    repository.add(Snapshot("main", empty.commit, {}), [_ADDITION], "Leo", "", _AT)
    second = GitRepository(Remote(address, branch="main"), "s3cret", within_s=10)
    again = second.read()
    more = Addition("playbooks/b/v1.md", "more\n", "Mara", "", "B: version 1", _AT)
    second.add(again, [more], "Leo", "", _AT)

    found = GitRepository(Remote(address, branch="main"), "s3cret", within_s=10).read()
    assert found.files == {"playbooks/a/v1.md": "words\n", "playbooks/b/v1.md": "more\n"}


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_the_right_token_nobody_is_let_in(address: str, token: str) -> None:
    with pytest.raises(DeskError, match="does not let the desk in") as caught:
        GitRepository(Remote(address), token, within_s=10).read()
    assert "wrong" not in str(caught.value)


def test_another_path_is_no_repository(address: str) -> None:
    with pytest.raises(DeskError, match="There is no repository at"):
        GitRepository(Remote(f"{address}x"), "s3cret", within_s=10).read()


def test_a_server_that_says_nothing_is_given_up() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/desk.git"
        with pytest.raises(DeskError, match="took longer than"):
            GitRepository(Remote(address), within_s=0.3).read()


def test_what_is_no_git_server_is_told(tmp_path: Path) -> None:
    def page(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [b"<html>Hello</html>"]

    server = make_server("127.0.0.1", 0, page, server_class=_Threads, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with pytest.raises(DeskError):
        GitRepository(Remote(f"http://127.0.0.1:{server.server_port}/x.git"), within_s=5).read()
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_is_far_too_large_is_not_fetched_to_the_end(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.adapters.git_repository._MOST_BYTES", 20)
    with pytest.raises(DeskError, match="larger than"):
        GitRepository(Remote(address), "s3cret", within_s=10).read()


def test_a_person_without_an_address_is_an_author_all_the_same(address: str, tmp_path: Path) -> None:
    repository = GitRepository(Remote(address), "s3cret", within_s=10)
    nameless = Addition("playbooks/a/v1.md", "words\n", "", "", "", _AT)
    repository.add(Snapshot("main", "", {}), [nameless], "Leo", "", _AT)

    if shutil.which("git") is not None:
        assert git(tmp_path / "bare.git", "fsck", "--strict") == ""
    with Repo(str(tmp_path / "bare.git")) as repo:
        commit = repo[b"refs/heads/main"]
        assert isinstance(commit, Commit)
        assert commit.author == b"Escalation Desk <>"
