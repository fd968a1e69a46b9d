"""Secrets: in the keyring where one works, else in a file for this person alone."""

import os
import stat

import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.adapters.secrets import Secrets, new_token, system_keyring
from desktop.domain.errors import DeskError


class Ring:
    """A keyring that works."""

    def __init__(self):
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")


class Locked(Ring):
    """One that nobody unlocks."""

    def get_password(self, service, username):
        raise KeyringLocked("the person said no")

    set_password = delete_password = lambda self, *values: self.get_password(*values[:2])


class Forgetful(Ring):
    """One that takes everything and keeps nothing."""

    def set_password(self, service, username, password):
        pass


@pytest.fixture
def ring():
    return Ring()


def of(folder, keyring=None):
    return Secrets(folder, "desk", lambda: keyring)


def test_where_a_keyring_works_the_secret_is_there_and_in_no_file(tmp_path, ring):
    kept = of(tmp_path, ring).put("a", "geheim")
    assert (kept.where, ring.held, list(tmp_path.iterdir())) == ("keyring", {("desk", "a"): "geheim"}, [])
    assert of(tmp_path, ring).get("a") == "geheim"


@pytest.mark.parametrize("keyring", [None, Locked(), Forgetful()])
def test_without_a_working_keyring_it_is_in_a_file_and_that_is_said(tmp_path, keyring):
    kept = of(tmp_path, keyring).put("a", "geheim")
    assert kept.where == "file"
    assert str(tmp_path / "secrets.json") in kept.note
    assert of(tmp_path, keyring).get("a") == "geheim"


@pytest.mark.skipif(os.name != "posix", reason="rights are told by mode bits on POSIX only")
def test_only_this_person_may_read_the_file(tmp_path):
    of(tmp_path).put("a", "geheim")
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="rights are told by mode bits on POSIX only")
def test_a_file_that_others_could_read_is_closed_to_them(tmp_path):
    secrets = of(tmp_path)
    secrets.put("a", "geheim")
    (tmp_path / "secrets.json").chmod(0o644)
    secrets.get("a")
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_a_keyring_that_came_later_takes_over_from_the_file(tmp_path, ring):
    of(tmp_path).put("a", "old")
    of(tmp_path, ring).put("a", "new")
    assert of(tmp_path).get("a") is None
    assert of(tmp_path, ring).get("a") == "new"


@pytest.mark.parametrize("keyring", [None, Ring(), Locked()])
def test_a_secret_that_is_deleted_is_nowhere(tmp_path, keyring):
    secrets = of(tmp_path, keyring)
    secrets.put("a", "geheim")
    secrets.put("b", "bleibt")
    secrets.delete("a")
    secrets.delete("a")
    assert (secrets.get("a"), secrets.get("b")) == (None, "bleibt")


def test_nothing_is_known_of_a_name_never_given(tmp_path, ring):
    assert of(tmp_path, ring).get("a") is None


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff"])
def test_a_spoilt_file_is_told_and_left_as_it_is(tmp_path, content):
    (tmp_path / "secrets.json").write_bytes(content)
    with pytest.raises(DeskError, match=r"secrets\.json"):
        of(tmp_path).put("a", "geheim")
    assert (tmp_path / "secrets.json").read_bytes() == content


def test_an_error_does_not_name_the_secret(tmp_path):
    with pytest.raises(DeskError) as raised:
        of(tmp_path / "missing").put("a", "geheim")
    assert "geheim" not in str(raised.value)


def test_a_token_is_as_long_as_a_routing_key_and_never_the_same():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {32}


def test_a_backend_that_only_fails_is_no_keyring(monkeypatch):
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    assert system_keyring() is None
