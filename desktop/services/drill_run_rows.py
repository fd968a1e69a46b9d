"""Runs of drills as they are kept, into what people read of them."""

import json
from collections.abc import Sequence

from db.queries import drill_note, drill_run
from db.queries.drill_log import ResultRow
from db.queries.drill_note import NoteRow
from db.queries.drill_run import RunRow, SeatRow
from db.unit_of_work import Session
from desktop.domain.drill_record import (
    NoteKind,
    ObserverNote,
    Result,
    Run,
    RunMode,
    RunState,
    Seat,
)
from desktop.domain.drill_rights import name_of, trains
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor
from desktop.domain.wording import clean, one_line

_AFTER = (RunState.ENDED, RunState.SCORED, RunState.CLOSED)


def no_run() -> NotFound:
    """The fault of a run that is not there."""
    return NotFound("There is no such run.", hint="Look at the list of runs again.")


def required(session: Session, run_id: int) -> RunRow:
    """One run as stored.

    Raises: NotFound.
    """
    row = drill_run.get(session, run_id)
    if row is None:
        raise no_run()
    return row


def run(session: Session, run_id: int) -> Run:
    """One run.

    Raises: NotFound.
    """
    return runs(session, [required(session, run_id)])[0]


def runs(session: Session, found: Sequence[RunRow]) -> tuple[Run, ...]:
    """Runs with their seats."""
    seats = drill_run.seats(session, [row.id for row in found])
    return tuple(_run_of(row, seats[row.id]) for row in found)


def seat_rows(seats: Sequence[Seat]) -> list[SeatRow]:
    """Seats as they are stored."""
    return [
        SeatRow(
            each.role,
            one_line(each.title),
            one_line(each.name),
            each.person_id,
            int(each.is_staff),
            None if each.checked_at is None else to_us(each.checked_at),
        )
        for each in seats
    ]


def put_state(session: Session, row: RunRow, state: RunState, at_us: int, reason: str) -> None:
    """Let a run stand otherwise, with what follows from it.

    Raises: DeskError for going back after the end.
    """
    before = RunState(row.state)
    if before in _AFTER and (state not in _AFTER or _AFTER.index(state) < _AFTER.index(before)):
        raise DeskError("This run has ended.", hint="Play the scenario once more, or go on from a moment.")
    if state in (RunState.RUNNING, RunState.PAUSED):
        drill_run.set_started(session, row.id, at_us)
    if state in _AFTER:
        drill_run.set_ended(session, row.id, at_us, clean(reason))
    drill_run.set_state(session, row.id, state.value)


def add_note(session: Session, run_id: int, note: ObserverNote, text: str) -> ObserverNote:
    """Keep a note; gives it as it is kept."""
    row = NoteRow(
        0,
        run_id,
        note.sim_ms,
        to_us(note.at),
        note.author,
        text,
        note.kind.value,
        note.rating,
        drill_note.links_text(note.links),
        int(note.is_private),
    )
    return note_of(row._replace(id=drill_note.add(session, row)))


def own_note(session: Session, note_id: int, by: Actor | str) -> NoteRow:
    """A note that somebody may change.

    Raises: NotFound; NotAllowed.
    """
    row = drill_note.get(session, note_id)
    if row is None:
        raise NotFound("This note is gone.", hint="Look at the notes again.")
    if name_of(by) != row.author and not (isinstance(by, Actor) and trains(by)):
        raise NotAllowed(f"{row.author} wrote this note.", hint="Ask them, a trainer or a lead to change it.")
    return row


def note_of(row: NoteRow) -> ObserverNote:
    """The note of a row."""
    return ObserverNote(
        id=row.id,
        run_id=row.run_id,
        sim_ms=row.sim_ms,
        at=from_us(row.at_us),
        author=row.author,
        text=row.text,
        kind=NoteKind(row.kind),
        rating=row.rating,
        links=tuple(json.loads(row.links)),
        is_private=bool(row.is_private),
    )


def result_of(row: ResultRow) -> Result:
    """The result of a row."""
    return Result(
        row.id, from_us(row.at_us), row.by_name, row.engine, row.overall, row.band, row.coverage, row.content
    )


def _run_of(row: RunRow, seats: Sequence[SeatRow]) -> Run:
    return Run(
        id=row.id,
        slug=row.slug,
        version=row.version,
        title=row.title,
        mode=RunMode(row.mode),
        state=RunState(row.state),
        practice=bool(row.practice),
        team=row.team,
        seed=row.seed,
        sim_ms=row.sim_ms,
        made_at=from_us(row.made_us),
        made_by=row.made_by,
        started_at=None if row.started_us is None else from_us(row.started_us),
        ended_at=None if row.ended_us is None else from_us(row.ended_us),
        folder=row.folder,
        forked_from=row.forked_from,
        forked_seq=row.forked_seq,
        overall=row.overall,
        band=row.band,
        coverage=row.coverage,
        seats=tuple(_seat_of(seat) for seat in seats),
        end_reason=row.end_reason,
    )


def _seat_of(row: SeatRow) -> Seat:
    return Seat(
        row.role,
        row.title,
        row.name,
        row.person_id,
        bool(row.is_staff),
        None if row.checked_us is None else from_us(row.checked_us),
    )
