"""What the view of repository and files asks of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.playbook_exchange import Comparison, Incoming, Outcome, Way
from desktop.domain.playbook_sync import Remote, Snapshot
from desktop.services.playbook_sync import Kept, Look, Progress, Pushed


@dataclass(frozen=True, slots=True)
class SyncFound:
    """The repository of this desk; `why_not` is why whoever works here may not name one, or add to it."""

    kept: Kept | None = None
    has_token: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written into a folder, how much was there with the same words, and what was not touched."""

    count: int
    same: int
    conflicts: tuple[str, ...] = field(default=())


class ExchangesPlaybooks(Protocol):
    """Calls for a worker; `look` and `push` may take long."""

    def found(self) -> SyncFound:
        """What is named."""
        ...

    def keep(self, remote: Remote, token: str | None) -> str:
        """Name a repository; says where the token went."""
        ...

    def forget(self) -> None:
        """Name none."""
        ...

    def look(self, progress: Progress) -> Look:
        """Read the repository."""
        ...

    def again(self, snapshot: Snapshot) -> Look:
        """Compare what was read with the library as it is now."""
        ...

    def push(self, progress: Progress, paths: frozenset[str]) -> Pushed:
        """Add these files to the repository."""
        ...

    def take(self, entries: Sequence[tuple[Incoming, Way]]) -> tuple[Outcome, ...]:
        """Take or leave what comes in."""
        ...

    def read(self, path: str) -> Comparison:
        """Compare a file or folder with the library."""
        ...

    def write(self, folder: str) -> Written:
        """Write every published version into a folder."""
        ...
