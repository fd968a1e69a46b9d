"""Mailboxes and folders as the page of signals sets them up; every call is for a worker."""

from typing import TYPE_CHECKING

from desktop.adapters.folder_place import FolderPlace
from desktop.adapters.secrets import Secrets
from desktop.domain.errors import DeskError
from desktop.domain.source import Source, SourceKind
from desktop.wiring.watching import secret_name

if TYPE_CHECKING:
    from desktop.wiring.watch_gate import WatchGate


class DeskPlaces:
    """The places of one desk and the passwords of its mailboxes."""

    def __init__(self, secrets: Secrets, watches: "WatchGate") -> None:
        self._secrets = secrets
        self._watches = watches
        self._notes: dict[str, str] = {}

    def check(self, source: Source) -> None:
        """Whether a source can be watched, as far as that can be told at once.

        Raises: DeskError naming the option at fault.
        """
        if source.kind is SourceKind.MAIL:
            from desktop.adapters.mailbox_place import MailboxPlace  # who has no mailbox need not load it

            MailboxPlace.from_options(source.options).trust()
        elif source.kind is SourceKind.FOLDER:
            try:
                FolderPlace.from_options(source.options).check()
            except OSError as fault:
                raise DeskError(
                    f"The folder cannot be read: {fault.strerror}.", field="folder", hint="Choose another."
                ) from fault

    def is_watched(self, source: Source) -> bool:
        """Whether a source was looked at, and nothing was wrong with it."""
        return self._watches.is_watched(source.id)

    def password_note(self, source: Source) -> str:
        """Where its password is kept; empty for none. The keyring is asked once, as it may be slow."""
        name = secret_name(source)
        if name not in self._notes:
            kept = self._secrets.kept(name)
            self._notes[name] = kept.note if kept is not None else ""
        return self._notes[name]

    def keep_password(self, source: Source, password: str) -> None:
        """Keep it in place of an earlier one, and watch with it from now on.

        Raises: DeskError where it cannot be kept.
        """
        self._notes[secret_name(source)] = self._secrets.put(secret_name(source), password).note
        self._watches.follow()

    def forget(self, source: Source) -> None:
        """The source is gone, its password with it."""
        if source.kind is SourceKind.MAIL:
            self._secrets.delete(secret_name(source))
            self._notes.pop(secret_name(source), None)

    def look_into(self, source: Source, password: str) -> str:
        """What is found in a mailbox with this password, or with the one that is kept; waits for its server.

        Raises: DeskError saying why it cannot be read.
        """
        from desktop.adapters.mailbox_look import look_into  # as above

        known = password or (self._secrets.get(secret_name(source)) if source.id else None)
        if not known:
            raise DeskError("The mailbox has no password.", field="password", hint="Enter it.")
        return look_into(source.options, known)
