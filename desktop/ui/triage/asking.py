"""The small forms of the review queue."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.ask_field import AskField
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.scale import severity_field
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line
from desktop.ui.triage.calls import SNOOZES, About
from desktop.ui.triage.ports import FindsEscalations

if TYPE_CHECKING:
    from desktop.services.review_rows import ReviewRow
    from desktop.services.search import Hit

_WAIT_MS = 120
_MOST = 8


class LikeField(AskField):
    """Finds another escalation; offers the similar ones before anything is typed."""

    def __init__(
        self, search: FindsEscalations, runner: TaskRunner, similar: "Sequence[Hit]", not_ids: Sequence[int]
    ) -> None:
        super().__init__(partial(_found, search, frozenset(not_ids)), runner, _WAIT_MS)
        self._similar = [_suggestion(hit) for hit in similar]
        self.setPlaceholderText("Number, customer or words of the title")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.text():
            self.set_suggestions(self._similar)


def accept_fields(rows: "Sequence[ReviewRow]", about: About) -> tuple[PromptField, ...]:
    """Severity and owner; for several, or where rules propose one, what is left open stays."""
    is_one = len(rows) == 1
    proposed = any(proposal.words for row in rows for proposal in row.proposals)

    def make_severity() -> QWidget:
        field = severity_field(about.policy)
        field.set_value(str(rows[0].severity) if is_one and not proposed else "")
        return field

    def make_owner() -> QWidget:
        options = [
            Suggestion(one.id, one.name, " · ".join(filter(None, (one.team, ", ".join(sorted(one.roles))))))
            for one in about.people
        ]
        owner_id = about.proposed_owner_id if is_one else None
        return PickField(options, str(owner_id or ""), eager=False)

    left = "Left open, it becomes what rules propose, else it stays." if proposed or not is_one else ""
    return (
        PromptField("severity", "Severity", hint=left, required=False, make=make_severity),
        PromptField("owner", "Owner", hint=_owner_hint(about, is_one), required=False, make=make_owner),
        PromptField("reason", "Reason", hint="Wanted where you overrule a rule.", required=False),
    )


def duplicate_fields(
    search: FindsEscalations, runner: TaskRunner, about: About, ids: Sequence[int]
) -> tuple[PromptField, ...]:
    """Of which."""

    def make() -> QWidget:
        return LikeField(search, runner, about.similar, ids)

    return (
        PromptField("of", "Duplicate of", make=make),
        PromptField("reason", "Reason", required=False),
    )


def decline_fields() -> tuple[PromptField, ...]:
    """Why it is no escalation."""
    return (PromptField("reason", "Reason", hint="The customer's support reads this."),)


def snooze_fields() -> tuple[PromptField, ...]:
    """For how long."""
    choices = [(key, f"{key}  {words}") for key, (words, _) in SNOOZES.items()]
    return (
        PromptField("span", "Put it off for", "segments", choices),
        PromptField("reason", "Reason", required=False),
    )


def _owner_hint(about: About, is_one: bool) -> str:
    if is_one and about.owner_id is None and about.proposed_owner_id is not None:
        return "On call for its team."
    return ""


def _found(search: FindsEscalations, not_ids: frozenset[int], text: str) -> Sequence[Suggestion]:
    return [_suggestion(hit) for hit in search.find(text, _MOST) if hit.id not in not_ids]


def _suggestion(hit: "Hit") -> Suggestion:
    return Suggestion(
        hit.id, f"{hit.number}  {one_line(hit.title[:90])}", hit.why or one_line(hit.customer[:40])
    )
