"""What the board needs from the desk; the services have it, tests make their own."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from desktop.domain.board import BoardRow

if TYPE_CHECKING:  # the board is shown before anything can be moved
    from desktop.domain.escalation import Bulk
    from desktop.domain.person import Actor
    from desktop.domain.view import SavedView


class Changes(Protocol):
    """Rows that are new or have changed, ids that are gone, and with what to ask the next time."""

    @property
    def revision(self) -> int: ...
    @property
    def day_us(self) -> int: ...
    @property
    def rows(self) -> Sequence[BoardRow]: ...
    @property
    def removed_ids(self) -> Sequence[int]: ...


class ReadsBoard(Protocol):
    """Called on the worker."""

    def load(self) -> Changes:
        """All rows of the board."""
        ...

    def changes(self, since: int, day_us: int = 0) -> Changes:
        """What has changed after a revision."""
        ...


class MovesCards(Protocol):
    """Called on the worker, except `operator`, which is cheap."""

    def operator(self) -> "Actor | None":
        """Who works at this desk; None before anybody has said so."""
        ...

    def move(self, ids: Sequence[int], state: str, answers: Mapping[str, str]) -> "Bulk":
        """Move escalations to a state; `answers` may hold a reason and a note.

        Raises: DeskError.
        """
        ...


class KeepsViews(Protocol):
    """Called on the worker."""

    def all(self) -> "Sequence[SavedView]":
        """The shipped views, then the saved ones."""
        ...

    def save(self, view: "SavedView") -> "SavedView":
        """Keep a view; an id of 0 makes a new one.

        Raises: DeskError for a name that is missing or taken.
        """
        ...

    def delete(self, view_id: int) -> None:
        """Throw a saved view away."""
        ...


class KeepsState(Protocol):
    """Small texts that a part of the window keeps over a restart; reading is cheap, writing is not."""

    def ui_state(self, key: str) -> str | None:
        """What was kept under a key."""
        ...

    def set_ui_state(self, key: str, text: str | None) -> None:
        """Keep it."""
        ...
