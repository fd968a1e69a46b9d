"""A field that finds another escalation by number or words."""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.ports import Desk
from desktop.ui.kit.suggest import SuggestField, Suggestion
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.services.search import Hit

_WAIT_MS = 120
_LONGEST = 90


class FindField(SuggestField):
    """Suggests escalations while typing; `value` is the id of the one that was picked."""

    def __init__(
        self, desk: Desk, runner: TaskRunner, not_ids: Collection[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._not_ids = frozenset(not_ids)
        self._picked_id = 0
        self._serial = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.query_changed.connect(self._wait)
        self.picked.connect(self._take)
        self.setPlaceholderText("Number, customer or words of the title")

    def value(self) -> str:
        """The id of the escalation that is meant, or nothing."""
        return str(self._picked_id) if self._picked_id else ""

    def _wait(self) -> None:
        self._picked_id = 0
        self._serial += 1
        self._timer.start()

    def _ask(self) -> None:
        work = partial(_found, self._desk, self._serial, self.text())
        self._runner.run(work, self._show, owner=self)

    def _show(self, found: "tuple[int, tuple[Hit, ...]]") -> None:
        serial, hits = found
        if serial == self._serial:
            self.set_suggestions([_suggestion(hit) for hit in hits if hit.id not in self._not_ids])

    def _take(self, key: object) -> None:
        self._picked_id = key if isinstance(key, int) else 0


def _found(desk: Desk, serial: int, text: str) -> "tuple[int, tuple[Hit, ...]]":
    return serial, desk.search.find(text[:200], 8)


def _suggestion(hit: "Hit") -> Suggestion:
    return Suggestion(hit.id, f"{hit.number}  {one_line(hit.title[:_LONGEST])}", one_line(hit.customer[:40]))
