"""Stand-ups: the desk gone through owner by owner, with a timer for each, and what is said kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import person as people
from db.queries import standup as queries
from db.unit_of_work import Session
from desktop.domain.alarm_text import promise_word
from desktop.domain.commitment import Kind
from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.escalation import Done
from desktop.domain.events import StandupsChanged
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor
from desktop.domain.rights import Action
from desktop.domain.standup import LOOKS_BACK, TURN, Clock, OwnerRows, Standing, by_owner, row_of
from desktop.domain.timeline import EventKind
from desktop.domain.wording import required
from desktop.domain.worktime import Calendar
from desktop.services.case import Cases

#: When the next one is expected, unless somebody says.
_NEXT = timedelta(days=1)
_LONGEST_TURN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """One owner's time; `ended_at` is None while it runs. `owner_id` is None for what nobody owns."""

    owner_id: int | None
    name: str
    started_at: datetime
    ended_at: datetime | None

    def spent(self, now: datetime) -> timedelta:
        """How long it has lasted."""
        return (self.ended_at or now) - self.started_at


@dataclass(frozen=True, slots=True)
class StandupView:
    """One stand-up: its owners with their rows as they stand now, and the turns so far, in order."""

    id: int
    started_at: datetime
    started_by: str
    since_at: datetime
    next_at: datetime
    ended_at: datetime | None
    turn: timedelta
    owners: tuple[OwnerRows, ...]
    turns: tuple[Turn, ...]

    @property
    def running(self) -> Turn | None:
        """The turn that runs, None between two."""
        return next((turn for turn in self.turns if turn.ended_at is None), None)


class StandUp:
    """Keeps the stand-ups of one desk; one at a time."""

    def __init__(self, *, cases: Cases) -> None:
        self._cases = cases

    def start(self, by: Actor, next_at: datetime | None = None, turn: timedelta = TURN) -> StandupView:
        """Begin one: it looks back to the beginning of the one before, and ahead to the next.

        Raises: Conflict when one is running; DeskError naming `next_at` or `turn`.
        """
        with self._cases.work(by) as work:
            recent = queries.recent(work.session, 1)
            if recent and recent[0].ended_us is None:
                raise Conflict(
                    f"{recent[0].started_by} has a stand-up running.", hint="Join it, or end it first."
                )
            after = next_at or work.at + _NEXT
            _check(after, turn, work.at)
            since_us = recent[0].started_us if recent else to_us(work.at - LOOKS_BACK)
            turn_s = turn // timedelta(seconds=1)
            standup_id = queries.insert(work.session, work.at_us, by.name, since_us, to_us(after), turn_s)
        return self._changed(standup_id)

    def running(self) -> StandupView | None:
        """The stand-up that goes on, None for none."""
        with self._cases.store.read() as session:
            recent = queries.recent(session, 1)
            return self._view(session, recent[0]) if recent and recent[0].ended_us is None else None

    def view(self, standup_id: int) -> StandupView:
        """One stand-up.

        Raises: NotFound.
        """
        with self._cases.store.read() as session:
            return self._view(session, queries.get(session, standup_id))

    def begin_turn(self, standup_id: int, owner_id: int | None, by: Actor) -> StandupView:
        """Let an owner's time begin; the one before ends.

        Raises: NotFound, also of the owner; Conflict when it is over.
        """
        with self._cases.work(by) as work:
            _check_runs(queries.get(work.session, standup_id))
            if owner_id is not None and people.by_id(work.session, owner_id) is None:
                raise NotFound("There is no such person at the desk.", field="owner")
            queries.end_turn(work.session, standup_id, work.at_us)
            queries.begin_turn(work.session, standup_id, owner_id, work.at_us)
        return self._changed(standup_id)

    def end_turn(self, standup_id: int, by: Actor) -> StandupView:
        """Stop the timer; Raises as `begin_turn`."""
        with self._cases.work(by) as work:
            _check_runs(queries.get(work.session, standup_id))
            queries.end_turn(work.session, standup_id, work.at_us)
        return self._changed(standup_id)

    def note(self, standup_id: int, escalation_id: int, text: str, by: Actor) -> Done:
        """Put what was said about an escalation on its timeline.

        Raises: NotFound; Conflict when it is over; DeskError without text.
        """
        kept = required(text, "note", "The note says nothing.", "Write a sentence.")
        with self._cases.change(escalation_id, by, Action.NOTE) as case:
            _check_runs(queries.get(case.work.session, standup_id))
            return case.tell(EventKind.NOTE_ADDED, "Note", note=kept, standup=standup_id)

    def end(self, standup_id: int, by: Actor) -> StandupView:
        """End it; the next one looks back to its beginning. Raises as `begin_turn`."""
        with self._cases.work(by) as work:
            _check_runs(queries.get(work.session, standup_id))
            queries.end(work.session, standup_id, work.at_us)
        return self._changed(standup_id)

    def _view(self, session: Session, row: queries.StandupRow) -> StandupView:
        names = {person.id: person.name for person in people.all_people(session)}
        now, next_at = self._cases.clock.now(), from_us(row.next_us)
        events = queries.events_since(session, row.since_us)
        rows = (
            row_of(self._standing(each), events.get(each.escalation_id, ()), now, next_at)
            for each in queries.standings(session, row.since_us)
        )
        return StandupView(
            id=row.id,
            started_at=from_us(row.started_us),
            started_by=row.started_by,
            since_at=from_us(row.since_us),
            next_at=next_at,
            ended_at=None if row.ended_us is None else from_us(row.ended_us),
            turn=timedelta(seconds=row.turn_s),
            owners=by_owner(rows, names),
            turns=tuple(_turn(turn, names) for turn in queries.turns(session, row.id)),
        )

    def _standing(self, row: queries.StandingRow) -> Standing:
        clock = None
        if row.target_s:
            policy = self._cases.policies.version(row.policy_version)
            calendar = policy.calendars[row.calendar] if row.calendar else Calendar.always()
            clock = Clock(row.target_s, calendar, bool(row.is_paused))
        return Standing(
            *row[:7],
            is_open=bool(row.is_open),
            owner_id=row.owner_id,
            last_event_us=row.last_event_us,
            next_step=row.next_step,
            clock=clock,
            due_us=row.due_us,
            due_kind=promise_word(Kind(row.due_kind)) if row.due_kind else "",
        )

    def _changed(self, standup_id: int) -> StandupView:
        self._cases.publish(StandupsChanged((standup_id,), self._cases.store.revision()))
        return self.view(standup_id)


def _turn(row: queries.TurnRow, names: dict[int, str]) -> Turn:
    name = "Nobody" if row.owner_id is None else names.get(row.owner_id, "Somebody who is gone")
    ended_at = None if row.ended_us is None else from_us(row.ended_us)
    return Turn(row.owner_id, name, from_us(row.started_us), ended_at)


def _check_runs(row: queries.StandupRow) -> None:
    if row.ended_us is not None:
        raise Conflict("That stand-up is over.", hint="Start another one.")


def _check(next_at: datetime, turn: timedelta, now: datetime) -> None:
    if next_at <= now:
        raise DeskError("The next stand-up lies in the past.", field="next_at", hint="Choose a later time.")
    if not timedelta(seconds=1) <= turn <= _LONGEST_TURN:
        raise DeskError(
            "A turn takes a second at least and an hour at most.", field="turn", hint="Two minutes are usual."
        )
