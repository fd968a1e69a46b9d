"""A window over a board made by hand, with a panel that notes what it is asked to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.clock import ManualClock
from desktop.domain.escalation import Done
from desktop.ui.board.page import BoardPage, BoardServices
from desktop.ui.furniture import Furniture, WindowServices
from desktop.ui.palette import Found
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow
from tests.ui.board_support import FakeBoard, FakeMoves, FakeState, FakeViews


class FakeSettings:
    def __init__(self) -> None:
        self.kept: dict[str, Any] = {"theme": "light", "density": "normal"}
        self.kept |= {"letter_keys": True, "reduce_motion": False}

    def get(self, key: str) -> Any:
        return self.kept[key]

    def set(self, key: str, value: Any) -> None:
        self.kept[key] = value


class FakeUndoing:
    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []

    def undo(self, seqs: Sequence[int]) -> Done:
        self.asked.append(tuple(seqs))
        return Done((1,), tuple(seq + 1000 for seq in seqs), "Undo")


@dataclass
class FakeFinding:
    found: tuple[Found, ...] = ()
    asked: list[str] = field(default_factory=list)

    def find(self, text: str) -> Sequence[Found]:
        self.asked.append(text)
        return [one for one in self.found if text.casefold() in one.text.casefold()]


class FakeCommands:
    """Commands on escalations; `refusal` is why none can be done."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, tuple[int, ...]]] = []
        self.refusal = ""

    def run(self, action_id: str, ids: tuple[int, ...]) -> None:
        self.ran.append((action_id, ids))

    def why_not(self, _action_id: str, _ids: tuple[int, ...]) -> str:
        return self.refusal


class FakePanel(QWidget):
    close_requested = Signal()
    action_requested = Signal(str)
    work_done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[int] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("First thing to do")
        QVBoxLayout(self).addWidget(self.field)

    def show_escalation(self, escalation_id: int) -> None:
        self.shown.append(escalation_id)

    def clear(self) -> None:
        self.shown.append(0)

    def focus_first(self) -> None:
        self.field.setFocus()


class FakePage(QWidget):
    """A page with one field and one action of its own."""

    title = "Intake"
    message_requested = Signal(str)
    work_done = Signal(object)
    open_escalation_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("Customer")
        QVBoxLayout(self).addWidget(self.field)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        return {"intake.submit": self._submit}

    def why_not(self, _action_id: str) -> str:
        return "" if self.field.text() else "Name the customer first."

    def focus_first(self) -> None:
        self.field.setFocus()

    def _submit(self) -> None:
        self.ran.append("intake.submit")


@dataclass
class WindowStand:
    """A window with all that is around and behind it."""

    window: MainWindow
    board: FakeBoard
    stage: Surroundings
    clock: ManualClock
    bot: QtBot
    settings: FakeSettings
    undoing: FakeUndoing
    finding: FakeFinding
    state: FakeState
    commands: FakeCommands
    panel: FakePanel
    intake: FakePage

    def settle(self) -> None:
        """Let all that was wished be answered."""
        self.bot.waitUntil(lambda: self.stage.runner.pending == 0)
        self.window.dispatcher.refresh()

    def do(self, action_id: str) -> None:
        """Trigger an action as a menu does."""
        self.window.dispatcher.refresh()
        self.stage.actions[action_id].trigger()
        self.settle()


def a_window(
    stage: Surroundings,
    clock: ManualClock,
    bot: QtBot,
    rows: Any,
    state: FakeState,
    window: MainWindow | None = None,
) -> WindowStand:
    """A window, not yet shown."""
    board, settings, undoing, finding = FakeBoard(rows), FakeSettings(), FakeUndoing(), FakeFinding()
    services = BoardServices(board=board, moves=FakeMoves(board), views=FakeViews(), state=state)
    asked = WindowServices(state=state, settings=settings, undoing=undoing, finding=finding)
    window = window or MainWindow()
    window.furnish(Furniture(window, asked, stage), BoardPage(services, stage))
    window.unveil()
    commands, panel, intake = FakeCommands(), FakePanel(), FakePage()
    window.escalations.set_commands(commands)
    window.escalations.set_details(panel, panel)
    window.pages.add("page.intake", intake)
    window.pages.add("page.settings", FakePage(), at_bottom=True)
    window.state.restore_page()
    return WindowStand(
        window, board, stage, clock, bot, settings, undoing, finding, state, commands, panel, intake
    )
