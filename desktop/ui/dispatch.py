"""Who carries out which action, and why one cannot be done just now."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer

from desktop.ui.action_set import ActionSet

_ESCALATION = "escalation."
#: What changes the desk without being a command on an escalation.
_CHANGES = frozenset(
    {"new_escalation", "undo", "redo", "import_file", "automation.stop", "automation.resume"}
)


@runtime_checkable
class HandlesActions(Protocol):
    """A page or panel that carries out actions."""

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out."""
        ...

    def why_not(self, action_id: str) -> str:
        """The reason for which one cannot be done now; empty when it can."""
        ...


class RunsCommands(Protocol):
    """Carries out commands on escalations, asking for what is missing."""

    def run(self, action_id: str, ids: tuple[int, ...]) -> None:
        """Do it to these."""
        ...

    def why_not(self, action_id: str, ids: tuple[int, ...]) -> str:
        """The reason for which it cannot be done to these now; empty when it can."""
        ...


class Dispatcher(QObject):
    """Sends each action to the page in sight, else to the window, else to the commands on escalations."""

    def __init__(self, actions: ActionSet, ids_now: Callable[[], tuple[int, ...]], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._ids_now = ids_now
        self._pages: list[tuple[HandlesActions, Mapping[str, Callable[[], None]]]] = []
        self._current: HandlesActions | None = None
        self._in_sight: Mapping[str, Callable[[], None]] = {}
        self._handlers: dict[str, Callable[[], None]] = {}
        self._own_reasons: dict[str, str] = {}
        self._commands: RunsCommands | None = None
        self._held = ""
        # Many things change at once; the states are worked out once for all of them.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        actions.triggered.connect(self.run)

    def add_page(self, page: HandlesActions) -> None:
        """One more page whose actions exist."""
        self._pages.append((page, page.handles()))
        self.refresh_soon()

    def set_current(self, page: HandlesActions | None) -> None:
        """This page is in sight; None is one that carries out nothing."""
        self._current = page
        self._in_sight = next((handles for known, handles in self._pages if known is page), {})
        self.refresh()

    def add_handlers(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Actions carried out whatever page is in sight."""
        self._handlers |= handlers
        self.refresh_soon()

    def set_commands(self, commands: RunsCommands) -> None:
        """Who carries out commands on escalations."""
        self._commands = commands
        self.refresh_soon()

    def set_reason(self, action_id: str, reason: str) -> None:
        """Why one of the window's own actions cannot be done now; empty when it can."""
        self._own_reasons[action_id] = reason
        self.refresh_soon()

    def hold(self, reason: str) -> None:
        """Nothing of the desk is changed from here for now; an empty reason lets go."""
        if reason != self._held:
            self._held = reason
            self.refresh()

    def run(self, action_id: str) -> None:
        """A person wants it."""
        handler = self._handler(action_id)
        if self.why_not(action_id):
            return
        if handler is not None:
            handler()
        elif self._commands is not None and action_id.startswith(_ESCALATION):
            self._commands.run(action_id, self._ids_now())

    def run_on(self, action_id: str, ids: tuple[int, ...]) -> None:
        """A command is wanted on these, whatever is selected; why it cannot be done it says itself."""
        if self._commands is not None:
            self._commands.run(action_id, ids)

    def why_not(self, action_id: str) -> str:
        """The reason for which an action cannot be done now; empty when it can."""
        if self._held and (action_id.startswith(_ESCALATION) or action_id in _CHANGES):
            return self._held
        if self._current is not None and action_id in self._in_sight:
            return self._current.why_not(action_id)
        if action_id in self._handlers or action_id.startswith("saved_view."):
            return self._own_reasons.get(action_id, "")
        if action_id.startswith(_ESCALATION) and self._commands is not None:
            reason = self._current.why_not(action_id) if self._current is not None else ""
            return reason or self._commands.why_not(action_id, self._ids_now())
        return "This is done on another page."

    def refresh_soon(self) -> None:
        """What can be done may have changed."""
        self._soon.start(0)

    def refresh(self) -> None:
        """Work out what can be done now, and show only what somebody can ever do."""
        self._soon.stop()
        known = {*self._handlers, *(action_id for _, handles in self._pages for action_id in handles)}
        reasons: dict[str, str] = {}
        for spec in self._actions:
            is_command = self._commands is not None and spec.id.startswith(_ESCALATION)
            exists = spec.id in known or is_command or spec.id.startswith("saved_view.")
            self._actions[spec.id].setVisible(exists)
            reasons[spec.id] = self.why_not(spec.id)
        self._actions.set_states(reasons)

    def _handler(self, action_id: str) -> Callable[[], None] | None:
        return self._in_sight.get(action_id) or self._handlers.get(action_id)
