"""Actions out of drills and real work: one owner, one day, done with evidence, verified by somebody else."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from db.queries import action as queries
from db.queries import drill_run
from db.queries import gap as gaps
from db.unit_of_work import Session, Store
from desktop.domain.action_life import action_must_follow
from desktop.domain.clock import Clock
from desktop.domain.drill_gap import GapState, must_follow
from desktop.domain.drill_record import ActionItem, ActionKind, ActionState
from desktop.domain.drill_rights import may_train, trains
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.events import DrillsChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.wording import required
from desktop.services import gap_rows
from desktop.services.bus import Bus

_Result = TypeVar("_Result")


class ActionRegister:
    """Keeps actions. Done is not verified: whoever did it does not say that it works."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def all(
        self,
        *,
        open_only: bool = False,
        run_id: int | None = None,
        escalation_id: int | None = None,
        gap_id: int | None = None,
        owner_id: int | None = None,
        limit: int = 500,
    ) -> tuple[ActionItem, ...]:
        """The actions that are wanted, first those that are due first."""
        wanted: dict[str, object] = {
            name: value
            for name, value in (
                ("run_id", run_id),
                ("escalation_id", escalation_id),
                ("gap_id", gap_id),
                ("owner_id", owner_id),
            )
            if value is not None
        }
        with self._store.read() as session:
            rows = queries.find(session, wanted, open_only=open_only, limit=limit)
        return tuple(gap_rows.action_of(row) for row in rows)

    def action(self, action_id: int) -> ActionItem:
        """One action.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return gap_rows.action(session, action_id)

    def create(
        self,
        text: str,
        kind: ActionKind,
        owner_id: int,
        due: date,
        by: Actor,
        *,
        run_id: int | None = None,
        escalation_id: int | None = None,
        gap_id: int | None = None,
    ) -> ActionItem:
        """Propose an action; made for a confirmed gap it is linked to it, which its owner then takes care of.

        Raises: DeskError naming the field, or while the gap is only proposed; NotFound; NotAllowed.
        """
        may_train(by, "give actions to people")
        words = required(text, "text", "Say what is to be done.")
        now = self._clock.now()
        gap_rows.check_due(due, now)

        def create(session: Session) -> ActionItem:
            gap_rows.check_owner(session, owner_id)
            if run_id is not None and drill_run.get(session, run_id) is None:
                raise NotFound("There is no such run.")
            if escalation_id is not None and gaps.place_of_escalation(session, escalation_id) is None:
                raise NotFound("There is no such escalation.")
            values = {
                "text": words,
                "kind": kind.value,
                "owner_id": owner_id,
                "due": due.isoformat(),
                "made_at": to_us(now),
                "made_by": by.name,
                "run_id": run_id,
                "escalation_id": escalation_id,
                "gap_id": gap_id,
            }
            action_id = queries.add(session, values)
            if gap_id is not None:
                _link(session, gap_id, action_id, owner_id, due)
            return gap_rows.action(session, action_id)

        return self._change(create)

    def set_state(self, action_id: int, state: ActionState, by: Actor) -> ActionItem:
        """Accept an action, begin it, or let another one take its place.

        Raises: DeskError for a leap, and for what has a command of its own; NotFound; NotAllowed.
        """
        if state in (ActionState.DONE, ActionState.VERIFIED, ActionState.DECLINED):
            raise DeskError(
                f"An action becomes {state.value} with evidence or a reason.",
                field="state",
                hint="Say which.",
            )
        return self._move(action_id, state, by)

    def done(self, action_id: int, by: Actor, evidence: str) -> ActionItem:
        """Note that an action is done, and where that can be seen.

        Raises: DeskError without evidence; NotFound; NotAllowed for others than owner, trainers and leads.
        """
        shown = required(evidence, "evidence", "Say where it can be seen that this is done.")
        settled_us = to_us(self._clock.now())
        return self._move(action_id, ActionState.DONE, by, evidence=shown, settled_at=settled_us)

    def verify(self, action_id: int, by: Actor, *, run_id: int | None = None) -> ActionItem:
        """Note that what was done works: seen by somebody else than its owner, or shown by a later run.

        Raises: DeskError before it is done, or for a run that cannot show it; NotFound; NotAllowed.
        """

        def verify(session: Session) -> ActionItem:
            action = gap_rows.action(session, action_id)
            action_must_follow(action.state, ActionState.VERIFIED)
            if run_id is not None:
                _check_shown(session, action, run_id)
            elif by.person_id == action.owner_id:
                raise NotAllowed(
                    "Whoever did it does not verify it.", hint="Ask somebody else, or let a drill show it."
                )
            said = by.name if run_id is None else f"run {run_id}"
            queries.change(session, action_id, {"state": ActionState.VERIFIED.value, "verified_by": said})
            return gap_rows.action(session, action_id)

        may_train(by, "verify actions")
        return self._change(verify)

    def decline(self, action_id: int, by: Actor, why: str) -> ActionItem:
        """Nothing comes of an action.

        Raises: DeskError without a reason; NotFound; NotAllowed for others than owner, trainers and leads.
        """
        reason = required(why, "why", "Say why nothing comes of it.")
        settled_us = to_us(self._clock.now())
        return self._move(action_id, ActionState.DECLINED, by, why=reason, settled_at=settled_us)

    def hand_on(self, action_id: int, by: Actor, *, owner_id: int, due: date) -> ActionItem:
        """Let somebody else do it, or do it by another day.

        Raises: DeskError naming the field; NotFound; NotAllowed for others than owner, trainers and leads.
        """
        gap_rows.check_due(due, self._clock.now())

        def hand_on(session: Session) -> ActionItem:
            _own(gap_rows.action(session, action_id), by)
            gap_rows.check_owner(session, owner_id)
            queries.change(session, action_id, {"owner_id": owner_id, "due": due.isoformat()})
            return gap_rows.action(session, action_id)

        return self._change(hand_on)

    def _move(self, action_id: int, after: ActionState, by: Actor, **values: object) -> ActionItem:
        def move(session: Session) -> ActionItem:
            action = gap_rows.action(session, action_id)
            _own(action, by)
            action_must_follow(action.state, after)
            kept = {"verified_by": "", "settled_at": None} | values
            queries.change(session, action_id, {"state": after.value, **kept})
            return gap_rows.action(session, action_id)

        return self._change(move)

    def _change(self, change: Callable[[Session], _Result]) -> _Result:
        with self._store.begin() as session:
            result = change(session)
        self._bus.publish(DrillsChanged())
        return result


def _own(action: ActionItem, by: Actor) -> None:
    if not trains(by) and by.person_id != action.owner_id:
        raise NotAllowed(f"This is {action.owner}'s action.", hint="Ask them, a trainer or a lead.")


def _link(session: Session, gap_id: int, action_id: int, owner_id: int, due: date) -> None:
    """Let an action stand for what is done about a gap, which its owner takes over while nobody has."""
    gap = gap_rows.gap(session, gap_id)
    values: dict[str, object] = {"action_id": action_id}
    if gap.state is GapState.OPEN:
        values |= {"owner_id": owner_id, "due": due.isoformat()}
        must_follow(gap.state, GapState.ACCEPTED)
    elif gap.state is not GapState.ACTION_LINKED:
        must_follow(gap.state, GapState.ACTION_LINKED)
    gaps.change(session, gap_id, {"state": GapState.ACTION_LINKED.value, **values})


def _check_shown(session: Session, action: ActionItem, run_id: int) -> None:
    """Let a run pass that can show that an action works: for a gap, the one that verified it."""
    run, row = drill_run.get(session, run_id), queries.get(session, action.id)
    if run is None or row is None:
        raise NotFound("There is no such run.")
    gap = None if action.gap_id is None else gaps.get(session, action.gap_id)
    is_later = run.started_us is not None and row.settled_us is not None and run.started_us >= row.settled_us
    if run.practice or run.overall is None or not is_later:
        raise DeskError(
            "Only a scored run that began after the action was done can show that it works.",
            hint="Practice runs do not count.",
        )
    if gap is not None and gap.verified_by_run != run_id:
        raise DeskError("This run did not pass what the action is for.", hint="Choose the run that did.")
