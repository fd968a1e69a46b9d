"""The stand-ups of a desk, in the operator's name; every call is for the worker."""

from desktop.domain.escalation import Done
from desktop.domain.person import Actor
from desktop.services.desk import Desk
from desktop.services.standup import StandUp, StandupView
from desktop.ui.standup.ports import StandupFound
from desktop.wiring.switching import operator_of

_DRAFTS = "standup"


class DeskStandups:
    """What the page of stand-ups asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = StandUp(cases=desk.escalations.cases)

    def found(self) -> StandupFound:
        """What there is."""
        notes = {each.key: str(each.body.get("text", "")) for each in self._desk.draft.all(_DRAFTS)}
        return StandupFound(self._service.running(), notes)

    def start(self) -> StandupView:
        """Begin one."""
        return self._service.start(self._by())

    def begin_turn(self, standup_id: int, owner_id: int | None) -> StandupView:
        """Let an owner's time begin."""
        return self._service.begin_turn(standup_id, owner_id, self._by())

    def end_turn(self, standup_id: int) -> StandupView:
        """Stop the timer."""
        return self._service.end_turn(standup_id, self._by())

    def note(self, standup_id: int, escalation_id: int, text: str) -> Done:
        """Put what was said on the timeline."""
        return self._service.note(standup_id, escalation_id, text, self._by())

    def end(self, standup_id: int) -> StandupView:
        """It is over."""
        return self._service.end(standup_id, self._by())

    def keep_note(self, key: str, text: str) -> None:
        """Keep a note that is being typed; an empty one is forgotten."""
        if text:
            self._desk.draft.save(_DRAFTS, key, {"text": text}, self._desk.settings.current.operator_id)
        else:
            self._desk.draft.delete(_DRAFTS, key)

    def _by(self) -> Actor:
        return operator_of(self._desk)
