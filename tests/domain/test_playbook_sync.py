"""Addresses of repositories."""

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.playbook_sync import Reached, Remote, Transport, checked, reached


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/srv/git/desk.git", Reached(Transport.FOLDER, "", "/srv/git/desk.git")),
        ("file:///srv/git/desk.git", Reached(Transport.FOLDER, "", "/srv/git/desk.git")),
        (r"C:\git\desk.git", Reached(Transport.FOLDER, "", r"C:\git\desk.git")),
        ("https://git.example.com/desk.git", Reached(Transport.HTTP, "git.example.com", "/desk.git")),
        ("http://127.0.0.1:80/desk.git", Reached(Transport.HTTP, "127.0.0.1", "/desk.git", port=80)),
        ("git@git.example.com:a/b.git", Reached(Transport.SSH, "git.example.com", "a/b.git", "git")),
        ("ssh://me@host:2222/a.git", Reached(Transport.SSH, "host", "/a.git", "me", 2222)),
    ],
)
def test_an_address_says_how_to_get_there(address: str, found: Reached) -> None:
    assert reached(address) == found


@pytest.mark.parametrize(
    "address",
    [
        "",
        "desk",
        "http://git.example.com/desk.git",
        "https://me:secret@git.example.com/desk.git",
        "https://git.example.com/",
        "ssh://-oProxyCommand=x/a.git",
        "-oProxyCommand=x:a.git",
        "ftp://git.example.com/desk.git",
        "https://git.example.com/a.git\nHost: x",
    ],
)
def test_what_cannot_be_meant_is_refused(address: str) -> None:
    with pytest.raises(DeskError):
        reached(address)


@pytest.mark.parametrize(("branch", "folder"), [("-x", ""), ("a..b", ""), ("", "../x"), ("", ".git/x")])
def test_branches_and_folders_stay_in_the_repository(branch: str, folder: str) -> None:
    with pytest.raises(DeskError):
        checked(Remote("/srv/desk.git", branch, folder))


def test_a_remote_is_tidied() -> None:
    assert checked(Remote(" /srv/desk.git ", " main", "/books/ ")) == Remote("/srv/desk.git", "main", "books")
