"""Moves cards from lane to lane: by drop, keys or menu; asks for what is missing, says why not."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.board import LANES, BoardRow
from desktop.domain.board_rows import BoardRows
from desktop.domain.errors import DeskError
from desktop.ui.board.ports import MovesCards
from desktop.ui.kit.popover import Popover
from desktop.ui.kit.prompt import Prompt, PromptField
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import counted

if TYPE_CHECKING:
    from desktop.domain.escalation import Bulk

_TITLES = {lane.state: lane.title.split(" ")[0] for lane in LANES}


class BoardMover(QObject):
    """Every way of moving cards ends here.

    Signals:
        moved: (Bulk) what was moved, and what was not.
        refused: (str) a sentence: nothing was moved, and why.
        failed: (DeskError) the move could not be carried out.
    """

    moved = Signal(object)
    refused = Signal(str)
    failed = Signal(object)

    def __init__(self, rows: BoardRows, moves: MovesCards, runner: TaskRunner, page: QWidget) -> None:
        super().__init__(page)
        self._rows = rows
        self._moves = moves
        self._runner = runner
        self._page = page
        self._popover: Popover | None = None
        self._anchor = QRect()
        self._ids: tuple[int, ...] = ()
        self._state = ""
        self._answers: dict[str, str] = {}

    @property
    def popover(self) -> Popover | None:
        """Where it asks for what is missing, once it has."""
        return self._popover

    def operator_id(self) -> int | None:
        """Who works at this desk; None before anybody has said so."""
        operator = self._moves.operator()
        return operator.person_id if operator is not None else None

    def sentence(self, bulk: "Bulk") -> str:
        """What was moved and where to: "Moved ESC-2026-0412 to Working"."""
        rows = self._found(done.escalation_id for done in bulk.done)
        which = rows[0].number if len(rows) == 1 else counted(len(bulk.done), "escalation")
        return f"Moved {which} to {_TITLES[self._state]}"

    def targets_of(self, ids: Iterable[int]) -> frozenset[str]:
        """The lanes that may take some of these cards."""
        from desktop.ui.board.move_rules import (
            targets,  # brings the whole life cycle along: not before the board
        )

        return targets(self._found(ids), self._moves.operator())

    def move(self, ids: Sequence[int], state: str, anchor: QRect | None = None) -> None:
        """Move cards to a lane; `anchor` is where to ask, in the window."""
        from desktop.ui.board.move_rules import asks, verdict  # as above

        actor = self._moves.operator()
        rows = [row for row in self._found(ids) if row.state != state]
        allowed = [row for row in rows if verdict(row, state, actor).is_allowed]
        if not allowed:
            if rows:
                self.refused.emit(f"{rows[0].number} stays: {verdict(rows[0], state, actor).why_not}")
            return
        # those that may not go are sent along: the service says so of each, in its own words
        self._ids, self._state, self._answers = tuple(row.id for row in rows), state, {}
        self._anchor = anchor or QRect()
        wanted = asks(allowed, state, actor)
        if wanted:
            self._ask(wanted)
        else:
            self._carry_out()

    def move_by(self, ids: Sequence[int], by: int, anchor: QRect | None = None) -> None:
        """Move cards to the lane beside that of the first."""
        from desktop.ui.board.move_rules import neighbour  # as above

        rows = self._found(ids)
        state = neighbour(rows[0].state, by) if rows else ""
        if state:
            self.move(ids, state, anchor)

    def open_menu(self, ids: Sequence[int], at: QPoint) -> QMenu:
        """Offer all lanes at a point of the screen; digits choose."""
        from desktop.ui.board.move_rules import verdict  # as above

        rows, actor = self._found(ids), self._moves.operator()
        menu = QMenu(self._page)
        menu.setAccessibleName("Move to")
        menu.setToolTipsVisible(True)
        for place, lane in enumerate(LANES, 1):
            action = QAction(f"&{place}   {lane.title}", menu)
            action.setData((tuple(ids), lane.state))
            judged = [verdict(row, lane.state, actor) for row in rows]
            action.setEnabled(any(one.is_allowed for one in judged))
            if judged and not action.isEnabled():
                action.setToolTip(judged[0].why_not)
            menu.addAction(action)
        menu.triggered.connect(self._chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def _chosen(self, action: QAction) -> None:
        ids, state = action.data()
        self.move(ids, state, self._anchor_at(action))

    def _anchor_at(self, action: QAction) -> QRect:
        menu = action.parent()
        if not isinstance(menu, QMenu):
            return QRect()
        return QRect(self._page.window().mapFromGlobal(menu.pos()), menu.size())

    def _found(self, ids: Iterable[int]) -> list[BoardRow]:
        return [row for row in (self._rows.get(row_id) for row_id in ids) if row is not None]

    def _ask(self, wanted: Sequence[PromptField], error: str = "") -> None:
        rows = self._found(self._ids)
        which = rows[0].number if len(rows) == 1 else counted(len(rows), "escalation")
        verb = f"Move to {_TITLES[self._state]}"
        prompt = Prompt(f"Move {which} to {_TITLES[self._state]}", wanted, verb)
        prompt.accepted.connect(self._answered)
        prompt.cancelled.connect(self._leave)
        if self._popover is None:
            self._popover = Popover(self._page.window())
        self._popover.show_at(prompt, self._anchor if not self._anchor.isNull() else None)
        if error:
            prompt.set_error(error, wanted[0].key)

    def _answered(self, answers: Mapping[str, str]) -> None:
        self._answers |= answers
        self._leave()
        self._carry_out()

    def _leave(self) -> None:
        if self._popover is not None:
            self._popover.close_popover()

    def _carry_out(self) -> None:
        work = partial(self._moves.move, self._ids, self._state, dict(self._answers))
        self._runner.run(work, self._done, self._not_done, owner=self)

    def _done(self, bulk: "Bulk") -> None:
        if bulk.done:
            self.moved.emit(bulk)
        elif bulk.refused:
            self.refused.emit(f"{bulk.refused[0].number} stays: {bulk.refused[0].sentence}")

    def _not_done(self, error: DeskError) -> None:
        if error.field in ("reason", "note"):  # it was found missing only by the service
            self._ask(
                (PromptField(error.field, error.field.capitalize(), "text", hint=error.hint),), error.message
            )
        else:
            self.failed.emit(error)
