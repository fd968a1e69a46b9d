"""Secrets of the desk: in the system's keyring where one works, else in a file for this person alone.

They are in no log, in no database and in no sentence.
"""

import contextlib
import json
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import DeskError

_FILE = "secrets.json"
#: Backends below this only fail, or keep nothing (keyring's own scale: 1 is usable without a warning).
_USABLE = 1
_IN_KEYRING = "Kept in the keyring of this system."
_HINT = "Give yourself the right to write there, then try again."


class Keyring(Protocol):
    """What is used of a keyring's backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret of a name."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a secret is: `keyring` or `file`, and a sentence that says it."""

    where: str
    note: str


def new_token() -> str:
    """A token for a source: 32 characters, as long as the routing keys of PagerDuty's clients."""
    return secrets.token_hex(16)


def system_keyring() -> Keyring | None:
    """The keyring of this system; None where there is none that can be used."""
    import keyring  # found by looking through every package, and only here wanted
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
        return backend if float(backend.priority) >= _USABLE else None
    except (KeyringError, RuntimeError, OSError):
        return None


class Secrets:
    """Keeps secrets by name. May wait for the person to unlock the keyring: call it from a worker."""

    def __init__(
        self, folder: Path, service: str, find_keyring: Callable[[], Keyring | None] = system_keyring
    ) -> None:
        """`folder` is where the file lies if it is needed; `service` names the desk in the keyring."""
        self._path = folder / _FILE
        self._service = service
        self._find_keyring = find_keyring
        self._keyring: Keyring | None = None
        self._was_looked_for = False
        self._lock = threading.Lock()

    def put(self, name: str, value: str) -> Kept:
        """Keep a secret in place of any earlier one of this name; says where.

        Raises: DeskError where it cannot be kept.
        """
        with self._lock:
            if self._put_in_keyring(name, value):
                self._change_file(name, None)
                return Kept("keyring", _IN_KEYRING)
            self._change_file(name, value)
        return self._in_file()

    def get(self, name: str) -> str | None:
        """The secret of a name; None where there is none.

        Raises: DeskError where the file cannot be read.
        """
        with self._lock:
            return self._of_keyring(name) or self._read_file().get(name)

    def kept(self, name: str) -> Kept | None:
        """Where the secret of a name is; None where there is none.

        Raises: DeskError where the file cannot be read.
        """
        with self._lock:
            if self._of_keyring(name):
                return Kept("keyring", _IN_KEYRING)
            return self._in_file() if name in self._read_file() else None

    def delete(self, name: str) -> None:
        """Forget a secret; safe to repeat.

        Raises: DeskError where the file cannot be changed.
        """
        with self._lock:
            backend = self._backend()
            if backend is not None:
                with _nothing_said():
                    backend.delete_password(self._service, name)
            self._change_file(name, None)

    def _in_file(self) -> Kept:
        return Kept("file", f"No keyring works here: kept in {self._path}, which only you may read.")

    def _backend(self) -> Keyring | None:
        if not self._was_looked_for:
            self._keyring, self._was_looked_for = self._find_keyring(), True
        return self._keyring

    def _put_in_keyring(self, name: str, value: str) -> bool:
        backend = self._backend()
        if backend is None:
            return False
        with _nothing_said():
            backend.set_password(self._service, name, value)
        return self._of_keyring(name) == value  # some backends take everything and keep nothing

    def _of_keyring(self, name: str) -> str | None:
        backend = self._backend()
        if backend is not None:
            with _nothing_said():
                return backend.get_password(self._service, name)
        return None

    def _read_file(self) -> dict[str, str]:
        try:
            with self._path.open(encoding="utf-8") as file:
                if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                    os.fchmod(file.fileno(), 0o600)
                found = json.load(file)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise DeskError(f"{self._path} cannot be read.", hint="Mend or remove it.") from error
        if not isinstance(found, dict):
            raise DeskError(f"{self._path} is no list of secrets.", hint="Mend or remove it.")
        return {str(name): str(value) for name, value in found.items()}

    def _change_file(self, name: str, value: str | None) -> None:
        """The file with this secret, or without it."""
        known = self._read_file()
        if known.get(name) == value:
            return
        if value is None:
            del known[name]
        else:
            known[name] = value
        try:
            self._write_file(json.dumps(known, indent=1, sort_keys=True))
        except OSError as error:
            raise DeskError(f"{self._path} cannot be written.", hint=_HINT) from error

    def _write_file(self, text: str) -> None:
        """In one step, and never readable by anybody else, not even for a moment."""
        beside = self._path.with_name(f"{_FILE}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        finally:
            beside.unlink(missing_ok=True)


def _nothing_said() -> "contextlib.suppress":
    """A keyring may be locked, gone, or refuse: then the file does, and nothing is told of the secret."""
    from keyring.errors import KeyringError

    return contextlib.suppress(KeyringError, OSError, RuntimeError)
