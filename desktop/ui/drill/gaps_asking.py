"""What is asked of gaps and actions: one owner, a day, reasons, and words that have an end."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.clock import Clock
from desktop.domain.drill_gap_deeds import is_settled, vague_advice
from desktop.domain.drill_record import ActionItem, ActionKind, Gap
from desktop.domain.errors import DeskError
from desktop.ui.drill import after_words as words
from desktop.ui.drill.gaps_ports import GapsFound
from desktop.ui.drill.gaps_words import KIND_WORDS
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.text import one_line

ACCEPT, DECLINE, LINK, SHOW, WAIVE, REOPEN, ACTION, DONE, HAND_ON, REFUSE = (
    "accept", "decline", "link", "show", "waive", "reopen", "action", "done", "hand_on", "refuse",
)  # fmt: skip
NEW = "new"
_USUAL_DAYS = 14
_KINDS = tuple((kind.value, said) for kind, said in KIND_WORDS.items())


class GapsAsking(QObject):
    """One form at a time; it stays open until what it asked for was done.

    Signals:
        answered: (str key, int id, dict answers) `due` is a date in ISO form in them.
        new_action_wanted: (int gap) linking asks for an action that is not there yet.
    """

    answered = Signal(str, int, dict)
    new_action_wanted = Signal(int)

    def __init__(self, page: QWidget, clock: Clock) -> None:
        super().__init__(page)
        self._clock = clock
        self._id = 0
        self.box = AskBox(page)
        self.box.answered.connect(self._answer)

    def ask_acceptance(self, gap: Gap, found: GapsFound) -> None:
        """One person and a day."""
        self._ask(ACCEPT, gap.id, "Accept this gap", self._owned(found), "Accept", words.gap_words(gap))

    def ask_reason(self, key: str, item_id: int, about: str) -> None:
        """Why a gap or an action is declined, or a lead's waiver."""
        title, verb, label = {
            DECLINE: ("Decline this gap", "Decline", "Because"),
            WAIVE: ("Waive this gap", "Waive", "What you answer for"),
            REOPEN: ("Open this gap again", "Open again", "Because"),
            REFUSE: ("Decline this action", "Decline", "Because"),
        }[key]
        hint = (
            "Kept with your name; the gap may be closed then."
            if key == WAIVE
            else "Stays where it is listed."
        )
        self._ask(key, item_id, title, (PromptField("text", label, "text", hint=hint),), verb, about)

    def ask_escalation(self, gap: Gap) -> None:
        """Which escalation came to the same point and passed, and by what that is seen."""
        fields = (
            PromptField("number", "Escalation", hint="Its number; one that was opened later and is over."),
            PromptField("text", "What shows it", "text", hint="Kept with your name."),
        )
        self._ask(SHOW, gap.id, "Shown by an escalation", fields, "Verify", words.gap_words(gap))

    def ask_link(self, gap: Gap, found: GapsFound) -> None:
        """Which action closes a gap."""
        known = [each for each in found.actions if not is_settled(each)]
        choices = ((NEW, "A new action…"), *((str(each.id), one_line(each.text)[:80]) for each in known))
        fields = (PromptField("action", "Action", "choice", choices),)
        self._ask(LINK, gap.id, "Link an action", fields, "Link", words.gap_words(gap))

    def ask_action(self, gap: Gap | None, found: GapsFound) -> None:
        """A new action, for a gap or for itself."""
        fields = (
            PromptField(
                "text", "What is done", "text", hint="Begin with a verb; say by what its end is seen."
            ),
            PromptField("kind", "Kind", "choice", _KINDS),
            *self._owned(found, gap),
        )
        about = words.gap_words(gap) if gap is not None else ""
        self._ask(ACTION, gap.id if gap is not None else 0, "New action", fields, "Create", about)
        field = self.box.prompt.widget("text") if self.box.prompt is not None else None
        if isinstance(field, QPlainTextEdit):
            field.textChanged.connect(self._look_at_words)
            self._look_at_words()

    def ask_hand_on(self, action: ActionItem, found: GapsFound) -> None:
        """Somebody else, or another day."""
        fields = self._owned(found, action)
        self._ask(HAND_ON, action.id, "Hand this action on", fields, "Hand on", one_line(action.text))

    def ask_evidence(self, action: ActionItem) -> None:
        """What shows that an action is done."""
        hint = "A link, a file, a number; somebody else verifies it."
        fields = (PromptField("text", "Evidence", "text", hint=hint),)
        self._ask(DONE, action.id, "Done", fields, "Say done", one_line(action.text))

    def _ask(
        self, key: str, item_id: int, title: str, fields: Sequence[PromptField], verb: str, about: str
    ) -> None:
        self._id = item_id
        self.box.ask(key, title, fields, verb, concerns=(key, item_id), about=about)

    def _owned(
        self, found: GapsFound, item: Gap | ActionItem | None = None
    ) -> tuple[PromptField, PromptField]:
        people = [Suggestion(str(person_id), name) for person_id, name in found.people]
        chosen = str(item.owner_id or "") if item is not None else ""
        today = self._clock.now().astimezone().date()
        due = item.due if item is not None and item.due else today + timedelta(days=_USUAL_DAYS)
        due = max(due, today)

        def made() -> QWidget:
            return PickField(people, chosen, eager=False)

        return (
            PromptField(
                "owner", "Owner", make=made, hint="One person, not a team. Type a name, or press Down."
            ),
            PromptField("due", "Due", value=due.isoformat(), hint="Year-month-day."),
        )

    def _look_at_words(self) -> None:
        """Say which words have no end; what is written is kept all the same."""
        prompt = self.box.prompt
        field = prompt.widget("text") if prompt is not None else None
        if prompt is not None and isinstance(field, QPlainTextEdit):
            advice = vague_advice(field.toPlainText())
            prompt.row("text").set_hint(advice or "Begin with a verb; say by what its end is seen.")

    def _answer(self, key: str, answers: dict[str, str]) -> None:
        if key == LINK and answers["action"] == NEW:
            gap_id = self._id
            self.box.close()
            self.new_action_wanted.emit(gap_id)
            return
        if "due" in answers:
            try:
                answers["due"] = self._day(answers["due"]).isoformat()
            except DeskError as error:
                self.box.fail(error)
                return
        self.answered.emit(key, self._id, answers)

    def _day(self, text: str) -> date:
        try:
            due = date.fromisoformat(text.strip())
        except ValueError as error:
            raise DeskError(
                f"“{text.strip()[:20]}” is no day.", field="due", hint="Write 2026-12-03."
            ) from error
        if due < self._today():
            raise DeskError("This day is over.", field="due", hint="Choose one that is still to come.")
        return due

    def _today(self) -> date:
        return self._clock.now().astimezone().date()


def kind_of(answers: dict[str, str]) -> ActionKind:
    """The kind that was chosen for an action."""
    return ActionKind(answers["kind"])
