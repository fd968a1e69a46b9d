"""All lanes side by side: one selection, keys that go from lane to lane, and drags between them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.board import LANES, BoardRow, step_of
from desktop.domain.board_rows import BoardRows
from desktop.ui.board import room
from desktop.ui.board.card_cache import CardCache
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.lane import CARDS_TYPE, Lane, LaneFacts
from desktop.ui.board.lane_model import LaneModel, ModelTeller
from desktop.ui.board.lane_view import LaneView
from desktop.ui.board.look import BoardLook
from desktop.ui.board.selection import Selection
from desktop.ui.text import time_left

_LOOKED_AT = 200  # cards of a lane looked at for its worst step; breached ones come first anyway

#: The states that the dragged escalations may be dropped on.
TargetsOf = Callable[[Iterable[int]], frozenset[str]]


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
        self._targets_of = targets_of
        self._cache = CardCache(CardPainter(look))
        self._lanes: dict[str, Lane] = {}
        self._wanted_open: list[str] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(*room.MARGINS)
        row.setSpacing(0)
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
        view.drag_requested.connect(self.start_drag)
        view.escape_pressed.connect(self.escape_pressed)
        view.touched.connect(self.touched)
        lane.expand_requested.connect(self.expand)
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
            self.expand(state)
        self._lanes[state].view.reach(at)
        return True

    def has_card_focus(self) -> bool:
        """Whether the keys act on cards now."""
        return any(lane.view.hasFocus() for lane in self._lanes.values())

    def anchor_of_current(self) -> tuple[QPoint, int] | None:
        """Where the current card ends on the screen and how wide it is; None when it is not shown."""
        place = self._rows.locate(self._selection.current) if self._selection.current else None
        return None if place is None else self._lanes[place[0]].view.card_rect_at(place[1])

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
        self.expand(target.state)
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

    # ---- room

    def expand(self, state: str) -> None:
        """Make room for a lane's cards, at the cost of another if need be."""
        if state in self._wanted_open:
            self._wanted_open.remove(state)
        self._wanted_open.append(state)
        self.share_room()

    def share_room(self) -> None:
        """Collapse as many lanes as there is no room for: empty ones first, those last asked for last."""
        collapsed = room.collapsed(self.width(), self._look.scale, self._giving_way())
        for state, lane in self._lanes.items():
            lane.set_collapsed(state in collapsed)
            self._layout_stretch(lane, 0 if state in collapsed else 1)

    def _giving_way(self) -> list[str]:
        current = self._rows.locate(self._selection.current) if self._selection.current else None
        order = [state for state in room.GIVE_WAY if state not in self._wanted_open]
        order.sort(key=self._has_cards)
        order += self._wanted_open
        if current is not None and current[0] in order:
            order.remove(current[0])
            order.append(current[0])
        return order

    def _has_cards(self, state: str) -> bool:
        return bool(len(self._rows.rows_of(state)))

    def _layout_stretch(self, lane: Lane, stretch: int) -> None:
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.setStretchFactor(lane, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    # ---- dragging

    def start_drag(self) -> None:
        """Let the selected cards be dropped on lanes that may take them; Esc or elsewhere leaves them."""
        ids = self._selection.ids
        if not ids:
            return
        drag = QDrag(self)
        mime = QMimeData()
        mime.setData(CARDS_TYPE, b",".join(str(row_id).encode() for row_id in ids))
        drag.setMimeData(mime)
        drag.setPixmap(self._preview(len(ids)))
        drag.setHotSpot(QPoint(24, 16))
        self.show_targets(self._targets_of(ids))
        drag.exec(Qt.DropAction.MoveAction)
        self.show_targets(frozenset())

    def show_targets(self, states: frozenset[str]) -> None:
        """Mark the lanes that may take what is dragged."""
        for state, lane in self._lanes.items():
            lane.set_takes(state in states)

    def _preview(self, count: int) -> QPixmap:
        row = self._rows.get(self._selection.current) or self._rows.get(self._selection.ids[0])
        if row is None:
            return QPixmap()
        place = self._rows.locate(row.id)
        width = self._lanes[place[0]].view.viewport().width() if place else 200
        step = step_of(row, self._look.now_us)
        card = self._cache.card(row, step, self._look.metrics(width), is_snoozed=False)
        pixmap = QPixmap(card)
        painter = QPainter(pixmap)
        if count > 1:
            _draw_count(painter, self._look, count, pixmap.width() / pixmap.devicePixelRatio())
        painter.end()
        return pixmap

    def _forget_cards(self) -> None:
        self._cache.clear()
        self.share_room()
        self.repaint_cards()


def _tightest(rows: list[BoardRow], now_us: int) -> str:
    due = min((row.due_us for row in rows if row.clock and not row.clock_paused), default=0)
    return time_left(due, now_us) if due else ""


def _draw_count(painter: QPainter, look: BoardLook, count: int, width: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.colour("primary.fill"))
    painter.drawEllipse(int(width) - 30, 2, 26, 26)
    painter.setFont(look.theme.font("strong"))
    painter.setPen(look.theme.colour("text.on_primary"))
    painter.drawText(int(width) - 30, 2, 26, 26, int(Qt.AlignmentFlag.AlignCenter), str(count))
