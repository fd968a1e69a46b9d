"""What hears other systems, loaded when there is something to hear or somebody visits its page."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a desk without sources does without all of it
    from desktop.adapters.listener.room import Room
    from desktop.adapters.secrets import Secrets
    from desktop.services.desk import Desk
    from desktop.wiring.listening import Listening


class Hearing:
    """Keeps the place of listener and watches until they are wanted."""

    def __init__(self, desk: "Desk", submit: Callable[..., "Future[Any]"], folder: Path) -> None:
        """`folder` is where secrets are kept if there is no keyring."""
        self._desk = desk
        self._submit = submit
        self._folder = folder
        self._lock = threading.RLock()
        self._secrets: Secrets | None = None
        #: What else the listener answers, by the beginning of its path.
        self.rooms: dict[str, Room] = {}
        self._listening: Listening | None = None
        self._is_closed = False

    def begin(self) -> None:
        """Hear whoever is to be heard, once the worker comes to it."""
        self._submit(self._look)

    def secrets(self) -> "Secrets":
        """Tokens, passwords and addresses of this desk."""
        with self._lock:
            if self._secrets is None:
                from desktop.wiring.listening import secrets_of

                self._secrets = secrets_of(self._desk, self._folder)
            return self._secrets

    def listening(self) -> "Listening":
        """What listens and watches; made and begun now if it was not yet."""
        with self._lock:
            if self._listening is None:
                from desktop.wiring.listening import Listening

                self._listening = Listening(
                    self._desk, self._submit, self._folder, secrets=self.secrets(), rooms=self.rooms
                )
                if not self._is_closed:
                    self._listening.begin()
            return self._listening

    def close(self) -> None:
        """Hear nobody any more."""
        with self._lock:
            self._is_closed = True
            listening = self._listening
        if listening is not None:
            listening.close()

    def _look(self) -> None:
        is_wanted = self._desk.settings.current.listener_on or self._desk.automation.has_watched()
        if is_wanted and not self._is_closed:
            self.listening()
