"""The rules of tone of a desk, for the settings: on the worker, in the operator's name."""

from desktop.domain.message_lint_words import Tone
from desktop.domain.person import Role
from desktop.services.desk import Desk
from desktop.services.tone import ToneService
from desktop.ui.settings.tone_ports import ToneFound, ToneLine
from desktop.wiring.switching import operator_of


class DeskTone:
    """What the tab asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = ToneService(store=desk.store, clock=desk.clock, bus=desk.bus)

    def found(self) -> ToneFound:
        """The rules in force."""
        current = self._service.current()
        lines = tuple(ToneLine(each.number, each.note, each.by, each.at) for each in self._service.versions())
        is_lead = Role.LEAD in operator_of(self._desk).roles
        return ToneFound(
            current.tone, current.number, lines, "" if is_lead else "Only a lead changes the rules of tone."
        )

    def version(self, number: int) -> Tone:
        """An older version."""
        return self._service.version(number).tone

    def save(self, tone: Tone, note: str, seen: int) -> int:
        """Let other rules hold."""
        return self._service.publish(tone, operator_of(self._desk), note=note, seen=seen).number
