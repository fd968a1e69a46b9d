"""The register of gaps and the actions, in the operator's name; every call is for the worker."""

from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.drill_record import ActionKind, ActionState
from desktop.domain.person import Role
from desktop.services.action import ActionRegister
from desktop.services.desk import Desk
from desktop.services.drill_gaps import GapRegister
from desktop.services.drill_library import DrillLibrary
from desktop.ui.drill.gaps_ports import GapsFound
from desktop.ui.surroundings import Surroundings
from desktop.wiring.drill_after import why_not_judge
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.ui.drill.gaps import GapsTab


def gaps_tab(desk: Desk, around: Surroundings) -> "GapsTab":
    """The register of gaps and the actions."""
    from desktop.ui.drill.gaps import GapsTab  # brings the charts with it
    from desktop.wiring.drill_papers import DrillExports

    return GapsTab(DeskGaps(desk), DrillExports(desk).export, around)


class DeskGaps:
    """What the register of gaps asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._gaps = GapRegister(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._actions = ActionRegister(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._library = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)

    def found(self) -> GapsFound:
        """Everything."""
        operator = self._desk.person.operator()
        drills: dict[str, tuple[str, str]] = {}
        for row in self._library.all():
            for code in row.gap_codes if row.published else ():
                drills.setdefault(code, (row.slug, row.title))
        people = [person for person in self._desk.person.all() if person.active]
        return GapsFound(
            gaps=self._gaps.all(),
            actions=self._actions.all(),
            people=tuple((person.id, person.name) for person in people),
            drills=drills,
            heat=self._gaps.heat(),
            pareto=tuple((each.code, each.count) for each in self._gaps.pareto()),
            operator_id=operator.id if operator is not None else 0,
            is_lead=operator is not None and Role.LEAD in operator.roles,
            why_not=why_not_judge(self._desk),
        )

    def confirm(self, gap_id: int) -> None:
        """It is a gap."""
        self._gaps.confirm(gap_id, operator_of(self._desk))

    def decline(self, gap_id: int, reason: str) -> None:
        """It is none, or nothing is done about it."""
        self._gaps.decline(gap_id, operator_of(self._desk), reason)

    def accept(self, gap_id: int, owner_id: int, due: date) -> None:
        """One person closes it by a day."""
        self._gaps.accept(gap_id, operator_of(self._desk), owner_id=owner_id, due=due)

    def link(self, gap_id: int, action_id: int) -> None:
        """This action is to close it."""
        self._gaps.link_action(gap_id, action_id, operator_of(self._desk))

    def show_by(self, gap_id: int, number: str, text: str) -> None:
        """A later escalation has shown that it is closed."""
        self._gaps.shown_by(gap_id, operator_of(self._desk), number, text)

    def waive(self, gap_id: int, text: str) -> None:
        """A lead answers for it in writing."""
        self._gaps.waive(gap_id, operator_of(self._desk), text)

    def close(self, gap_id: int) -> None:
        """It was verified and is closed."""
        self._gaps.close(gap_id, operator_of(self._desk))

    def reopen(self, gap_id: int, reason: str) -> None:
        """It is open again."""
        self._gaps.reopen(gap_id, operator_of(self._desk), reason)

    def create_action(
        self, text: str, kind: ActionKind, owner_id: int, due: date, *, gap_id: int | None
    ) -> None:
        """One person does something by a day."""
        self._actions.create(text, kind, owner_id, due, operator_of(self._desk), gap_id=gap_id)

    def accept_action(self, action_id: int) -> None:
        """Its owner takes it."""
        self._actions.set_state(action_id, ActionState.ACCEPTED, operator_of(self._desk))

    def start_action(self, action_id: int) -> None:
        """It is under way."""
        self._actions.set_state(action_id, ActionState.IN_PROGRESS, operator_of(self._desk))

    def finish_action(self, action_id: int, evidence: str) -> None:
        """It is done; the evidence shows it."""
        self._actions.done(action_id, operator_of(self._desk), evidence)

    def verify_action(self, action_id: int) -> None:
        """Somebody else has seen that it works."""
        self._actions.verify(action_id, operator_of(self._desk))

    def hand_on_action(self, action_id: int, owner_id: int, due: date) -> None:
        """Somebody else does it, or by another day."""
        self._actions.hand_on(action_id, operator_of(self._desk), owner_id=owner_id, due=due)

    def decline_action(self, action_id: int, why: str) -> None:
        """It is not done, and why."""
        self._actions.decline(action_id, operator_of(self._desk), why)
