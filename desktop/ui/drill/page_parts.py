"""What the page of drills asks of the parts that others make for it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

from desktop.ui.drill.live import LiveDrill


class ShowsDrill(Protocol):
    """The console."""

    def show_drill(self, live: LiveDrill | None, by: str = "") -> None:
        """Steer this one, in that name."""
        ...

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """Actions it carries out."""
        ...


class ShowsRun(Protocol):
    """What comes after a drill."""

    def show_run(self, run_id: int) -> None:
        """Show this one."""
        ...


class Edits(Protocol):
    """The editor of scenarios."""

    def open(self, slug: str) -> None:
        """Write on the draft of that one."""
        ...

    def save_now(self) -> None:
        """Keep what was typed."""
        ...


class DrillParts(NamedTuple):
    """How the parts of the page are made, each when somebody goes there for the first time."""

    console: Callable[[], QWidget]
    after: Callable[[], QWidget]
    gaps: Callable[[], QWidget]
    trends: Callable[[], QWidget]
    plan: Callable[[], QWidget]
    editor: Callable[[], QWidget]
    msel: Callable[[], QWidget]
    from_escalation: Callable[[int], QWidget]


def as_console(widget: QWidget) -> ShowsDrill:
    """The factory of the console makes one."""
    return widget  # type: ignore[return-value] # as the contract of `DrillParts` says


def as_after(widget: QWidget) -> ShowsRun:
    """The factory of what comes after makes one."""
    return widget  # type: ignore[return-value] # as above


def as_editor(widget: QWidget) -> Edits:
    """The factory of the editor makes one."""
    return widget  # type: ignore[return-value] # as above
