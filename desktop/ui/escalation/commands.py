"""The commands on escalations: asked for by key, menu, palette or button, carried out on the worker."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.action_state import ActionState
from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us
from desktop.domain.rights import Action
from desktop.ui.escalation.action_ids import ACTION_OF, ASKS, NEEDS_DETAILS, RIGHT_OF, SIMILAR, WHOM, WRITE
from desktop.ui.escalation.allowed import Allowed, RowOf
from desktop.ui.escalation.calls import Answers, Outcome, carry_out
from desktop.ui.escalation.evidence_desk import AttachDialog
from desktop.ui.escalation.occasion import Asked, Facts, Occasion
from desktop.ui.escalation.ports import Desk
from desktop.ui.escalation.reading import Beginning, begin, last_actor, read_facts
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.kit.popover import Popover, top_of_page
from desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails
    from desktop.ui.escalation.command_prompt import CommandPrompt
    from desktop.ui.escalation.family_similar import SimilarDesk
    from desktop.ui.escalation.whom import WhomDesk

_SINGLE = frozenset(
    {
        Action.EDIT,
        Action.SPLIT,
        Action.REMOVE_EVIDENCE,
        Action.ATTACH,
        Action.NOTE,
        Action.OVERRIDE,
        Action.UPDATE,
    }
)
_Key = tuple[Action, tuple[int, ...]]


class EscalationCommands(QObject):
    """Asks for what a command needs, in a small form over the window, and has it carried out.

    What was typed into a form that was put away comes back when the same command is asked for again.

    Signals:
        work_done: (tuple of Done) one step for the undo menu.
        message_requested: (str) something to say in passing.
        states_changed: what can be done may be answered differently now.
        open_escalation_requested: (int id) another one is wanted.
        message_wanted: (int id) somebody is to be written to about it.
    """

    work_done = Signal(object)
    message_requested = Signal(str)
    states_changed = Signal()
    open_escalation_requested = Signal(int)
    message_wanted = Signal(int)

    def __init__(
        self,
        desk: Desk,
        *,
        window: QWidget,
        runner: TaskRunner,
        heartbeat: Heartbeat,
        row_of: RowOf,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or window)
        self._desk = desk
        self._window = window
        self._runner = runner
        self._heartbeat = heartbeat
        self._row_of = row_of
        self._allowed = Allowed(row_of)
        self._facts: Facts | None = None
        self._shown: Mapping[int, tuple[ActionState, ...]] = {}
        self._typed: dict[_Key, Answers] = {}
        self._asking: _Key | None = None
        self._prompt: CommandPrompt | None = None
        self._last: _Key = (Action.NOTE, ())
        self._similar: SimilarDesk | None = None
        self._whom: WhomDesk | None = None
        self._attaching = AttachDialog(desk, runner, window)
        self._attaching.work_done.connect(self.work_done)
        self._attaching.message_requested.connect(self.message_requested)
        self._popover = Popover(window)
        self._popover.closed.connect(self._keep_typed)

    @property
    def prompt(self) -> "CommandPrompt | None":
        """The form that is open."""
        return self._prompt

    def refresh(self) -> None:
        """Read policy, people and operator again: at start and when one of them has changed."""
        self._runner.run(partial(read_facts, self._desk), self._take_facts, owner=self)

    def notice_shown(self, escalation_id: int, states: tuple[ActionState, ...]) -> None:
        """What the details panel knows about the escalation it shows, which may not be on the board."""
        self._shown = {escalation_id: states}
        self.states_changed.emit()

    def notice_changed(self, ids: Collection[int]) -> None:
        """These escalations have changed, here or elsewhere: a form that is open for one of them says so."""
        if self._prompt is not None and self._asking is not None and not self._prompt.is_busy:
            concerned = next((own for own in self._asking[1] if own in ids), None)
            if concerned is not None:
                self._runner.run(partial(last_actor, self._desk, concerned), self._say_changed, owner=self)

    def why_not(self, action_id: str, ids: tuple[int, ...]) -> str:
        """Why the action cannot be done to any of these; nothing when it can."""
        action = RIGHT_OF.get(action_id)
        if action_id in (SIMILAR, WHOM) and len(ids) != 1:
            return "Choose a single escalation for this."
        if action is None:
            return ""
        if not ids:
            return "Choose an escalation first."
        if len(ids) > 1 and action in _SINGLE:
            return "Choose a single escalation for this."
        if len(ids) == 1 and ids[0] in self._shown:
            states = self._shown[ids[0]]
            return next((state.why_not for state in states if state.action is action), "")
        return self._allowed.why_not(action, ids, self._heartbeat.now_us())

    def run(self, action_id: str, ids: tuple[int, ...]) -> None:
        """Do it, asking first for what is missing."""
        if ids and action_id == SIMILAR:
            self._show_similar(ids[0])
        elif ids and action_id == WHOM:
            self._show_whom(ids[0])
        elif ids and action_id == WRITE:
            self.message_wanted.emit(ids[0])
        elif ids:
            self.begin(ACTION_OF[action_id], tuple(ids))

    def begin(self, action: Action, ids: tuple[int, ...]) -> None:
        """The same by the action itself."""
        self._popover.close_popover()
        if action is Action.ATTACH:
            self._attaching.browse(ids[0])
        elif self._facts is None or (len(ids) == 1 and self._is_to_be_read(action, ids[0])):
            work = partial(begin, self._desk, action, ids)
            self._runner.run(work, self._ask_knowing, owner=self)
        else:
            self._ask(action, self._occasion(action, ids, self._facts))

    def _show_similar(self, escalation_id: int) -> None:
        if self._similar is None:
            from desktop.ui.escalation.family_similar import SimilarDesk  # seldom wanted

            self._similar = SimilarDesk(self._desk, self._runner, self._window)
            self._similar.wanted.connect(self._send)
            self._similar.open_requested.connect(self.open_escalation_requested)
        self._similar.look(escalation_id)

    def _show_whom(self, escalation_id: int) -> None:
        if self._whom is None:
            from desktop.ui.escalation.whom import WhomDesk  # seldom wanted, and it brings the roster with it

            self._whom = WhomDesk(self._desk, self._runner, self._window)
            self._whom.wanted.connect(self._send)
        self._whom.look(escalation_id)

    def _is_to_be_read(self, action: Action, escalation_id: int) -> bool:
        """Whether a form has to know more than a card tells, or there is no card."""
        return action in NEEDS_DETAILS or (action in ASKS and self._row_of(escalation_id) is None)

    def _ask_knowing(self, beginning: Beginning) -> None:
        self._take_facts(beginning.facts)
        action, ids = beginning.action, beginning.ids
        self._ask(action, self._occasion(action, ids, beginning.facts, beginning.details))

    def _ask(self, action: Action, occasion: Occasion) -> None:
        from desktop.ui.escalation.asking import ask  # the forms are loaded when the first one is wanted

        asked = ask(action, occasion)
        if asked is None:
            self._send(action, occasion.ids, {})
        else:
            self._show_form(action, occasion, asked)

    def _show_form(self, action: Action, occasion: Occasion, asked: Asked) -> None:
        from desktop.ui.escalation.command_prompt import CommandPrompt

        prompt = CommandPrompt(asked, occasion.about)
        prompt.restore(occasion.typed)
        prompt.accepted.connect(self._accepted)
        prompt.cancelled.connect(self._popover.close_popover)
        self._prompt, self._asking = prompt, (action, occasion.ids)
        self._popover.show_at(prompt, top=top_of_page(self._window))

    def _accepted(self, answers: Answers) -> None:
        if self._asking is not None and self._prompt is not None:
            self._prompt.set_busy(True)
            self._send(*self._asking, self._prompt.changes(answers))

    def _send(self, action: Action, ids: tuple[int, ...], answers: Answers) -> None:
        self._last = (action, ids)
        work = partial(carry_out, self._desk, action, ids, dict(answers))
        self._runner.run(work, self._carried_out, self._refused, owner=self)

    def _carried_out(self, outcome: Outcome) -> None:
        if self._asking is not None:
            self._typed.pop(self._asking, None)
            self._prompt = self._asking = None
            self._popover.close_popover()
        if outcome.done:
            self.work_done.emit(outcome.done)
        if outcome.is_for_want_of_a_note and self._facts is not None:
            self._ask_for_note(outcome.wanting_note, outcome.refused[0].sentence, self._facts)
        elif outcome.refused:
            from desktop.ui.escalation.refusals import RefusalList  # seldom wanted

            listing = RefusalList(outcome)
            listing.close_requested.connect(self._popover.close_popover)
            self._popover.show_at(listing)

    def _refused(self, error: DeskError) -> None:
        if self._prompt is not None:
            self._prompt.show_refusal(error)
        elif error.field == "note" and self._last[0] is Action.ACKNOWLEDGE and self._facts is not None:
            self._ask_for_note(self._last[1], str(error), self._facts)
        else:
            self.message_requested.emit(str(error))

    def _ask_for_note(self, ids: tuple[int, ...], why: str, facts: Facts) -> None:
        from desktop.ui.escalation.asking import ask_for_note

        occasion = self._occasion(Action.ACKNOWLEDGE, ids, facts)
        self._show_form(Action.ACKNOWLEDGE, occasion, ask_for_note(occasion, why))

    def _occasion(
        self, action: Action, ids: tuple[int, ...], facts: Facts, details: "EscalationDetails | None" = None
    ) -> Occasion:
        from desktop.ui.escalation.customer_pick import CustomerPick
        from desktop.ui.escalation.find_field import FindField

        return Occasion(
            facts,
            ids,
            from_us(self._heartbeat.now_us()),
            row=self._row_of(ids[0]) if len(ids) == 1 else None,
            details=details,
            typed=self._typed.get((action, ids), {}),
            finder=partial(FindField, self._desk, self._runner, ids),
            customer_field=partial(CustomerPick, self._desk, self._runner),
        )

    def _keep_typed(self) -> None:
        if self._prompt is not None and self._asking is not None and self._prompt.has_answers():
            self._typed[self._asking] = self._prompt.typed()
        self._prompt = self._asking = None

    def _say_changed(self, who: str) -> None:
        if self._prompt is not None:
            self._prompt.say_changed(who)

    def _take_facts(self, facts: Facts) -> None:
        self._facts = facts
        self._allowed.set_actor(facts.operator)
        self.states_changed.emit()
