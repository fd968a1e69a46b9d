"""The desk as the window sees it while it is still being opened, and after.

The window paints before the database is open. Everything here that asks the desk is called on the worker,
which opens the desk first: by the time a question comes up, the desk is there. What is read on the GUI
thread (settings, remembered texts, the operator) is answered from the first look until then.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from db.first_look import WholeBoard
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError

if TYPE_CHECKING:  # the desk brings every service along; the first picture waits for none of them
    from db.first_look import FirstLook
    from desktop.domain.escalation import Bulk, Done
    from desktop.domain.person import Actor
    from desktop.domain.view import SavedView
    from desktop.services.desk import Desk
    from desktop.ui.board.ports import Changes
    from desktop.ui.palette import Found

#: Settings that decide how the first picture looks.
_DEFAULTS: dict[str, str | bool | int] = {
    "theme": "system",
    "density": "normal",
    "letter_keys": True,
    "reduce_motion": False,
    "sound": True,
    "desktop_notifications": True,
    "zone": "",
    "operator_id": 0,
    "first_run_done": False,
    "drill_mark": "",
}


class DeskLink:
    """Leads to the desk once it is open; `opener` opens it, on the worker.

    One that `is_kept` belongs to somebody else: it stays open, and keeps nothing of how this window looks.
    """

    def __init__(
        self,
        opener: "Callable[[], Desk]",
        look: "FirstLook | None",
        clock: Clock,
        *,
        is_kept: bool = False,
    ) -> None:
        self._opener = opener
        self._look = look
        self._desk: Desk | None = None
        self.is_kept = is_kept
        self.clock = clock

    @property
    def is_open(self) -> bool:
        """Whether the desk is there."""
        return self._desk is not None

    @property
    def desk(self) -> "Desk":
        """The open desk.

        Raises: DeskError while it is not open.
        """
        if self._desk is None:
            raise DeskError("The desk's database is not open.", hint="Try again in a moment.")
        return self._desk

    def open(self) -> "Desk":
        """Open the desk, on the worker.

        Raises: StoreError saying what is wrong with the database.
        """
        self._desk = self._opener()
        return self._desk

    def close(self) -> None:
        """Let go of the database; safe to repeat."""
        if self._desk is not None and not self.is_kept:
            self._desk.close()

    def actor(self) -> "Actor":
        """Whoever works at this desk, to act in their name.

        Raises: DeskError before anybody has said who that is.
        """
        operator = self.desk.person.operator()
        if operator is None:
            raise DeskError("Nobody has said who works at this desk.", hint="Say so under Settings, Me.")
        return operator.actor()

    def setting(self, key: str) -> str | bool | int:
        """A setting; cheap."""
        if self._desk is not None:
            return self._desk.settings.get(key)
        stored = self._look.settings.get(key) if self._look is not None else None
        return stored if isinstance(stored, str | bool | int) else _DEFAULTS[key]

    def ui_text(self, key: str) -> str | None:
        """What a part of the window kept; cheap."""
        if self._desk is not None:
            return self._desk.settings.ui_state(key)
        return self._look.ui.get(key) if self._look is not None else None


class _Linked:
    """Something of the desk, asked for through the link."""

    def __init__(self, link: DeskLink) -> None:
        self.link = link


class LinkedSettings(_Linked):
    """Settings and remembered texts, before and after the desk is open."""

    def get(self, key: str) -> str | bool | int:
        """One setting; cheap."""
        return self.link.setting(key)

    def set(self, key: str, value: str | bool | int) -> None:
        """Keep one; on the worker."""
        self.link.desk.settings.set(key, value)

    def ui_state(self, key: str) -> str | None:
        """What was kept under a key; cheap."""
        return self.link.ui_text(key)

    def set_ui_state(self, key: str, text: str | None) -> None:
        """Keep it; on the worker."""
        if not self.link.is_kept:
            self.link.desk.settings.set_ui_state(key, text)


class LinkedBoard(_Linked):
    """The rows of the board; on the worker."""

    def load(self) -> "Changes":
        """All rows of the board."""
        return self.link.desk.board.load()

    def changes(self, since: int, day_us: int = 0) -> "Changes":
        """What has changed after a revision; nothing is known of that before the desk is open."""
        if not self.link.is_open:
            return WholeBoard(since, day_us, [])
        return self.link.desk.board.changes(since, day_us)


class LinkedMoves(_Linked):
    """Moves of cards in the operator's name."""

    def operator(self) -> "Actor | None":
        """Who works at this desk; cheap, None before anybody has said so."""
        if not self.link.is_open:
            return None
        operator = self.link.desk.person.operator()
        return operator.actor() if operator is not None else None

    def move(self, ids: Sequence[int], state: str, answers: Mapping[str, str]) -> "Bulk":
        """Move escalations to a state; on the worker.

        Raises: DeskError.
        """
        from desktop.domain.escalation import State  # there once the desk is

        by, commands = self.link.actor(), self.link.desk.escalations
        target, reason, note = State(state), answers.get("reason", ""), answers.get("note", "")

        def one(escalation_id: int) -> "Done":
            return commands.transition.move(escalation_id, target, by, reason=reason, note=note)

        return commands.escalation.many(ids, one)


class LinkedViews(_Linked):
    """Saved views; on the worker."""

    def all(self) -> "Sequence[SavedView]":
        """The shipped views, then the saved ones."""
        return self.link.desk.view.all()

    def save(self, view: "SavedView") -> "SavedView":
        """Keep a view.

        Raises: DeskError for a name that is missing or taken.
        """
        return self.link.desk.view.save(view)

    def delete(self, view_id: int) -> None:
        """Throw a saved view away."""
        self.link.desk.view.delete(view_id)


class LinkedUndo(_Linked):
    """Taking back in the operator's name; on the worker."""

    def undo(self, seqs: Sequence[int]) -> "Done":
        """Take back what these events changed.

        Raises: DeskError; Conflict when somebody changed the same thing meanwhile.
        """
        return self.link.desk.escalations.undoing.undo(tuple(seqs), self.link.actor())


class LinkedFinding(_Linked):
    """Finding escalations by a few letters; on the worker."""

    def find(self, text: str) -> "list[Found]":
        """Escalations by number, title or customer, the likeliest first."""
        from desktop.ui.palette import Found  # there once the window is furnished

        return [
            Found(hit.id, f"{hit.number}  {hit.title}", f"{hit.customer} · {hit.state}")
            for hit in self.link.desk.search.find(text)
        ]
