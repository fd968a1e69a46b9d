"""What is selected on the board: one selection across all lanes, and one current card."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The selected escalations in the order in which they were taken, and the one the keys act from.

    Signals:
        selection_changed: another set of escalations is selected.
        current_changed: (int id) another card is the current one; 0 is none.
    """

    selection_changed = Signal()
    current_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[int, None] = {}
        self._current = 0
        self.anchor = 0

    @property
    def ids(self) -> tuple[int, ...]:
        """What is selected."""
        return tuple(self._ids)

    @property
    def current(self) -> int:
        """The card the keys act from, or 0."""
        return self._current

    def __contains__(self, row_id: int) -> bool:
        return row_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def select_only(self, row_id: int) -> None:
        """Select one card, or none, and make it the current one."""
        self.anchor = row_id
        self._set({row_id: None} if row_id else {})
        self._set_current(row_id)

    def toggle(self, row_id: int) -> None:
        """Add a card to the selection or take it out; it becomes the current one."""
        ids = dict(self._ids)
        if row_id in ids:
            del ids[row_id]
        else:
            ids[row_id] = None
        self.anchor = row_id
        self._set(ids)
        self._set_current(row_id)

    def select(self, ids: Iterable[int], current: int) -> None:
        """Select these; the anchor of a range stays where it is."""
        self._set(dict.fromkeys(ids))
        self._set_current(current)

    def move_current(self, row_id: int) -> None:
        """Another current card; the selection stays."""
        self._set_current(row_id)

    def drop(self, gone: Iterable[int]) -> None:
        """Forget escalations that are no longer on the board."""
        lost = set(gone)
        if lost & self._ids.keys():
            self._set({row_id: None for row_id in self._ids if row_id not in lost})
        if self._current in lost:
            self._set_current(0)

    def _set(self, ids: dict[int, None]) -> None:
        if list(ids) != list(self._ids):
            self._ids = ids
            self.selection_changed.emit()

    def _set_current(self, row_id: int) -> None:
        if row_id != self._current:
            self._current = row_id
            self.current_changed.emit(row_id)
