"""All lanes side by side: one selection, keys that go from lane to lane, and drags between them."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.board import LANES, BoardRow, step_of
from desktop.domain.board_rows import BoardRows
from desktop.ui.board.card_cache import CardCache
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.lane import Lane, LaneFacts
from desktop.ui.board.lane_drag import LaneDrag, TargetsOf
from desktop.ui.board.lane_model import LaneModel, ModelTeller
from desktop.ui.board.lane_room import LaneRoom
from desktop.ui.board.lane_view import LaneView
from desktop.ui.board.look import BoardLook
from desktop.ui.board.room import MARGINS
from desktop.ui.board.selection import Selection
from desktop.ui.text import time_left

_LOOKED_AT = 200  # cards of a lane looked at for its worst step; breached ones come first anyway


class LanesView(QWidget):
    """The lanes of the board.

    Signals:
        open_requested: (int id), menu_requested: (QPoint), escape_pressed, touched: as of each lane.
        cards_dropped: (str state) the selected cards were let go over a lane.
    """

    open_requested = Signal(int)
    menu_requested = Signal(QPoint)
    escape_pressed = Signal()
    touched = Signal()
    cards_dropped = Signal(str)

    def __init__(
        self,
        rows: BoardRows,
        teller: ModelTeller,
        look: BoardLook,
        selection: Selection,
        targets_of: TargetsOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._look = look
        self._selection = selection
        self._cache = CardCache(CardPainter(look))
        self._lanes: dict[str, Lane] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(*MARGINS)
        row.setSpacing(0)
        self.room = LaneRoom(row, self._lanes, rows, selection, look)
        self.drag = LaneDrag(self._lanes, rows, selection, look, self._cache, targets_of)
        for state, title in LANES:
            row.addWidget(self._made(state, title, teller), 1)
        look.look_changed.connect(self._forget_cards)
        selection.selection_changed.connect(self._show_selection)
        selection.current_changed.connect(self.repaint_cards)

    def _made(self, state: str, title: str, teller: ModelTeller) -> Lane:
        model = LaneModel(title, self._rows.rows_of(state), self._look, parent=self)
        teller.add(state, model)
        view = LaneView(model, self._look, self._cache, self._selection)
        lane = self._lanes[state] = Lane(state, title, view, self._look)
        model.modelReset.connect(self._restore_current)
        model.rowsMoved.connect(self._restore_current)
        view.lane_left.connect(self._go_sideways)
        view.open_requested.connect(self.open_requested)
        view.menu_requested.connect(self.menu_requested)
        view.drag_requested.connect(self._start_drag)
        view.escape_pressed.connect(self.escape_pressed)
        view.touched.connect(self.touched)
        lane.expand_requested.connect(self.room.expand)
        lane.cards_dropped.connect(self.cards_dropped)
        return lane

    # ---- what is shown

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes from left to right."""
        return tuple(self._lanes.values())

    def lane(self, state: str) -> Lane:
        """The lane of a state."""
        return self._lanes[state]

    def views(self) -> list[QWidget]:
        """The widgets on which single-letter keys work."""
        return [lane.view for lane in self._lanes.values()]

    def set_letters_on(self, is_on: bool) -> None:
        """Switch J, K and X on or off."""
        for lane in self._lanes.values():
            lane.view.letters_on = is_on

    def tick(self, *, all_cards: bool) -> None:
        """Time has passed: repaint what shows seconds, or everything."""
        for lane in self._lanes.values():
            if not lane.is_collapsed and (all_cards or lane.view.shows_seconds()):
                lane.view.repaint_cards()

    def repaint_cards(self) -> None:
        """Paint all cards in sight anew."""
        self.tick(all_cards=True)

    def show_facts(self) -> None:
        """Bring the headings up to date."""
        now_us = self._look.now_us
        for state, lane in self._lanes.items():
            rows = self._rows.rows_of(state)
            looked_at = [rows[at] for at in range(min(len(rows), _LOOKED_AT))]
            worst = max((step_of(row, now_us) for row in looked_at), default=-1)
            lane.set_facts(LaneFacts(len(rows), rows.total, worst, _tightest(looked_at, now_us)))

    # ---- the current card

    def focus_current(self) -> None:
        """Put the focus on the current card, or on the first lane that has any."""
        place = self._rows.locate(self._selection.current) if self._selection.current else None
        if place is not None:
            self.reach(self._selection.current)
            self._lanes[place[0]].view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        filled = [state for state in self._lanes if len(self._rows.rows_of(state))]
        view = self._lanes[filled[0] if filled else "new"].view
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def reach(self, row_id: int) -> bool:
        """Bring a card into sight; False when it is not shown."""
        place = self._rows.locate(row_id)
        if place is None:
            return False
        state, at = place
        if self._lanes[state].is_collapsed:
            self.room.expand(state)
        self._lanes[state].view.reach(at)
        return True

    def has_card_focus(self) -> bool:
        """Whether the keys act on cards now."""
        return any(lane.view.hasFocus() for lane in self._lanes.values())

    def _go_sideways(self, by: int) -> None:
        states = [lane.state for lane in self._lanes.values()]
        place = self._rows.locate(self._selection.current) if self._selection.current else None
        sender = self.sender()
        here = (
            place[0] if place else next((s for s, lane in self._lanes.items() if lane.view is sender), "new")
        )
        at = states.index(here) + by
        while 0 <= at < len(states) and not len(self._rows.rows_of(states[at])):
            at += by
        if not 0 <= at < len(states):
            return
        target = self._lanes[states[at]]
        self.room.expand(target.state)
        rows = self._rows.rows_of(target.state)
        seen = target.view.visible_range()
        same_height = seen.start + (place[1] - self._lanes[here].view.visible_range().start if place else 0)
        position = min(max(same_height, seen.start), max(seen.stop - 1, 0), len(rows) - 1)
        self._selection.select_only(rows[position].id)
        target.view.reach(position)
        target.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore_current(self) -> None:
        """Rows are elsewhere: the current card's index is found again, and the marks of the selected ones."""
        place = self._rows.locate(self._selection.current) if self._selection.current else None
        if place is not None:
            view = self._lanes[place[0]].view
            if view.model() is self.sender() or self.sender() is None:
                view.reach(place[1])
        self._show_selection()

    def _show_selection(self) -> None:
        chosen: dict[str, list[int]] = {state: [] for state in self._lanes}
        for row_id in self._selection.ids[:500]:  # accessibility needs no more
            place = self._rows.locate(row_id)
            if place is not None and place[0] in chosen:
                chosen[place[0]].append(place[1])
        for state, positions in chosen.items():
            self._lanes[state].view.mark_selected(positions)
        self.repaint_cards()

    # ---- room and look

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room.share(self.width())

    def _start_drag(self) -> None:
        self.drag.start(self)

    def _forget_cards(self) -> None:
        self._cache.clear()
        self.room.share(self.width())
        self.repaint_cards()


def _tightest(rows: list[BoardRow], now_us: int) -> str:
    due = min((row.due_us for row in rows if row.clock and not row.clock_paused), default=0)
    return time_left(due, now_us) if due else ""
