"""A field that finds another escalation by number or words."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.ports import Desk
from desktop.ui.kit.ask_field import AskField
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.services.search import Hit

_WAIT_MS = 120
_LONGEST = 90
_MOST = 8


class FindField(AskField):
    """Suggests escalations while typing; `value` is the id of the one that was picked."""

    def __init__(
        self, desk: Desk, runner: TaskRunner, not_ids: Collection[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(partial(_found, desk, frozenset(not_ids)), runner, _WAIT_MS, parent)
        self.setPlaceholderText("Number, customer or words of the title")


def _found(desk: Desk, not_ids: frozenset[int], text: str) -> Sequence[Suggestion]:
    return [_suggestion(hit) for hit in desk.search.find(text, _MOST) if hit.id not in not_ids]


def _suggestion(hit: "Hit") -> Suggestion:
    return Suggestion(hit.id, f"{hit.number}  {one_line(hit.title[:_LONGEST])}", one_line(hit.customer[:40]))
