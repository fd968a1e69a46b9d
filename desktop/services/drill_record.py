"""What a desk keeps of each run of a drill: its frozen text, log, seats, notes and results.

Writes to the tables of drills alone: the timeline and the rest of the desk never hear of a drill.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from db.queries import drill_log, drill_run
from db.queries import drill_scenario as scenarios
from db.queries.drill_log import ResultRow
from db.queries.drill_run import NewRun
from db.unit_of_work import Session
from desktop.domain.drill_fork import forked
from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import (
    Run,
    RunMode,
    RunState,
    Seat,
)
from desktop.domain.drill_rights import may_train, name_of
from desktop.domain.drill_score import DrillScore
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.wording import one_line
from desktop.services import drill_rows
from desktop.services import drill_run_rows as rows
from desktop.services.drill_notes import DrillNotes
from desktop.services.drill_report import as_json

_RUN = "run drills"
_MOST_SEED = 2**53


class DrillRecord(DrillNotes):
    """Keeps runs. Entries of a log are numbered without a hole, and a score is never overwritten."""

    def plan(
        self,
        slug: str,
        version: int,
        by: Actor,
        *,
        mode: RunMode,
        practice: bool,
        team: str,
        seed: int,
        seats: Sequence[Seat],
        folder: str = "",
    ) -> Run:
        """Begin the record of a run with a copy of the scenario's text, which is its own from now on.

        Whoever is alone at the table may practise without a trainer.

        Raises: DeskError for a scenario with faults or out of use; NotFound; NotAllowed.
        """
        if not (mode is RunMode.SOLO and practice):
            may_train(by, _RUN)
        if not 0 <= seed < _MOST_SEED:
            raise DeskError(f"{seed} is no seed.", field="seed", hint="Use a whole number from 0.")

        def plan(session: Session) -> int:
            head = drill_rows.head(session, slug)
            if head.retired_us is not None:
                raise DeskError("This scenario is out of use.", hint="Bring it back first.")
            row = scenarios.version(session, slug, version or head.published)
            if row is None:
                raise NotFound(f"“{slug}” has no version {version}.", hint="Look at its versions again.")
            drill_rows.parsed(drill_rows.version_of(row).text, row.title)
            new = NewRun(
                scenario_id=head.id,
                version=row.number,
                text=row.text,
                sha256=row.sha256,
                title=row.title,
                mode=mode.value,
                state=RunState.PLANNED.value,
                practice=int(practice),
                team=one_line(team),
                seed=seed,
                sim_ms=0,
                made_us=self._now_us(),
                made_by=by.name,
                started_us=None,
                folder=folder,
                forked_from=None,
                forked_seq=0,
            )
            run_id = drill_run.add(session, new)
            drill_run.put_seats(session, run_id, rows.seat_rows(seats))
            return run_id

        return self.run(self._change(plan))

    def append(
        self,
        run_id: int,
        entries: Sequence[Entry],
        *,
        at: datetime,
        sim_ms: int,
        state: RunState | None = None,
    ) -> None:
        """Keep what happened, how far the run has come and how it stands: all of it or nothing.

        Raises: DeskError when entries are missing before or between these, or the run is closed; NotFound.
        """

        def append(session: Session) -> None:
            row = rows.required(session, run_id)
            if row.state == RunState.CLOSED:
                raise DeskError("This run is closed.", hint="Look at its result, or play it once more.")
            first = drill_log.last_seq(session, run_id) + 1
            if [each.seq for each in entries] != list(range(first, first + len(entries))):
                raise DeskError(
                    f"The log of this run goes on with entry {first}.",
                    hint="Open the drill again: it is run from another window too.",
                )
            drill_log.append(session, run_id, entries, to_us(at))
            drill_run.set_time(session, run_id, sim_ms)
            if state is not None:
                rows.put_state(session, row, state, to_us(at), "")

        self._change(append, run_id, is_told=state is not None)

    def note_time(self, run_id: int, sim_ms: int) -> None:
        """Note how far a run has come; nobody is told."""
        self._change(lambda session: drill_run.set_time(session, run_id, sim_ms), is_told=False)

    def set_state(self, run_id: int, state: RunState, *, folder: str | None = None, reason: str = "") -> None:
        """Let a run stand otherwise, and its sandbox lie elsewhere; `reason` is why it ended.

        Raises: DeskError for going back after the end; NotFound.
        """

        def put(session: Session) -> None:
            rows.put_state(session, rows.required(session, run_id), state, self._now_us(), reason)
            if folder is not None:
                drill_run.set_folder(session, run_id, folder)

        self._change(put, run_id)

    def check_seat(self, run_id: int, role: str, at: datetime) -> None:
        """Note that a seat answered the seat check.

        Raises: NotFound.
        """

        def check(session: Session) -> None:
            if not drill_run.check_seat(session, run_id, role, to_us(at)):
                raise NotFound("Nobody has this seat.", hint="Look at the table of the drill.")

        self._change(check, run_id)

    def set_seats(self, run_id: int, seats: Sequence[Seat]) -> None:
        """Let these sit at the table.

        Raises: NotFound.
        """

        def put(session: Session) -> None:
            rows.required(session, run_id)
            drill_run.put_seats(session, run_id, rows.seat_rows(seats))

        self._change(put, run_id)

    def keep_score(self, run_id: int, score: DrillScore, by: Actor | str) -> None:
        """Keep what a run came to beside what it came to before; an ended run is scored then.

        Raises: NotFound.
        """

        def keep(session: Session) -> None:
            row = rows.required(session, run_id)
            content = json.dumps(as_json(score, is_explained=True), ensure_ascii=False, sort_keys=True)
            result = ResultRow(
                0,
                self._now_us(),
                name_of(by),
                score.engine,
                score.overall,
                score.band,
                score.coverage,
                content,
            )
            drill_log.add_result(session, run_id, result)
            drill_run.set_score(session, run_id, score.overall, score.band, score.coverage)
            if row.state == RunState.ENDED:
                drill_run.set_state(session, run_id, RunState.SCORED.value)

        self._change(keep, run_id)

    def fork(self, run_id: int, seq: int, by: Actor, *, folder: str) -> Run:
        """A new run, for practice, that goes on paused from an entry of an old one's log.

        Raises: DeskError for a moment that is not within the run; NotFound; NotAllowed.
        """
        may_train(by, _RUN)

        def fork(session: Session) -> int:
            row, kept = rows.required(session, run_id), drill_run.frozen(session, run_id)
            assert kept is not None
            log = forked(drill_log.entries(session, run_id), seq, run=str(run_id), by=by.name)
            now_us = self._now_us()
            new = NewRun(
                *kept,
                mode=row.mode,
                state=RunState.PAUSED.value,
                practice=1,
                team=row.team,
                seed=row.seed,
                sim_ms=log[-1].sim_ms,
                made_us=now_us,
                made_by=by.name,
                started_us=now_us,
                folder=folder,
                forked_from=run_id,
                forked_seq=seq,
            )
            new_id = drill_run.add(session, new)
            drill_run.put_seats(session, new_id, drill_run.seats(session, [run_id])[run_id])
            drill_log.append(session, new_id, log, now_us)
            return new_id

        return self.run(self._change(fork))

    def close(self, run_id: int, by: Actor) -> None:
        """End the talk about a run: its log is whole, notes and gaps are as they are.

        Raises: DeskError before its end; NotFound; NotAllowed.
        """
        may_train(by, "close runs")

        def close(session: Session) -> None:
            row = rows.required(session, run_id)
            if row.state not in (RunState.ENDED, RunState.SCORED, RunState.CLOSED):
                raise DeskError("This run has not ended.", hint="End the drill, then close it.")
            if row.state != RunState.CLOSED:
                drill_run.close(session, run_id, self._now_us(), by.name)

        self._change(close, run_id)

    def throw_away(self, run_id: int, by: Actor) -> None:
        """List a run no more: one for practice, or one that was never scored. Its log stays.

        Raises: DeskError for a run that counts; NotFound; NotAllowed.
        """

        def throw(session: Session) -> None:
            row = rows.required(session, run_id)
            if not row.practice:
                may_train(by, "throw runs away")
            if not row.practice and row.overall is not None:
                raise DeskError(
                    "This run counts: its result stays.", hint="Only practice and cancelled runs go away."
                )
            drill_run.throw_away(session, run_id, self._now_us(), by.name)

        self._change(throw, run_id)

    def add_snapshot(self, run_id: int, seq: int, sim_ms: int, path: str) -> None:
        """Note where a copy of the sandbox lies; nobody is told."""
        self._change(
            lambda session: drill_log.add_snapshot(session, run_id, seq, sim_ms, path), is_told=False
        )
