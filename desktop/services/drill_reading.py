"""What is kept of runs of drills, as it is read."""

from db.queries import drill_log, drill_note, drill_run
from db.unit_of_work import Store
from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import ObserverNote, Result, Run
from desktop.domain.drill_scenario import Scenario
from desktop.services import drill_rows
from desktop.services import drill_run_rows as rows


class DrillReading:
    """Reads runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, Scenario] = {}

    def run(self, run_id: int) -> Run:
        """One run.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return rows.run(session, run_id)

    def runs(self, *, slug: str = "", team: str = "", limit: int = 200) -> tuple[Run, ...]:
        """Runs of a scenario and of a team, newest first."""
        with self._store.read() as session:
            return rows.runs(session, drill_run.find(session, slug, team, limit))

    def unfinished(self) -> tuple[Run, ...]:
        """Runs that can go on, newest first; one question to the database where there is none."""
        with self._store.read() as session:
            found = drill_run.unfinished(session)
            return rows.runs(session, found) if found else ()

    def scenario(self, run_id: int) -> Scenario:
        """The scenario as it was when the run was begun.

        Raises: NotFound; StoreError when it is not that text any more.
        """
        with self._store.read() as session:
            kept = drill_run.frozen(session, run_id)
        if kept is None:
            raise rows.no_run()
        if drill_rows.sha256(kept.text) != kept.sha256:
            raise drill_rows.damaged(f"The scenario of run {run_id}")
        if kept.sha256 not in self._read:
            self._read = {kept.sha256: drill_rows.parsed(kept.text, kept.title)}
        return self._read[kept.sha256]

    def log(self, run_id: int) -> tuple[Entry, ...]:
        """Everything that happened, in order."""
        with self._store.read() as session:
            return tuple(drill_log.entries(session, run_id))

    def notes(self, run_id: int) -> tuple[ObserverNote, ...]:
        """What observers wrote, by the time of the drill."""
        with self._store.read() as session:
            return tuple(rows.note_of(row) for row in drill_note.of_run(session, run_id))

    def results(self, run_id: int) -> tuple[Result, ...]:
        """Every result of a run, the oldest first."""
        with self._store.read() as session:
            return tuple(rows.result_of(row) for row in drill_log.results(session, run_id))

    def snapshots(self, run_id: int) -> tuple[tuple[int, int, str], ...]:
        """Seq, time and place of every copy of the sandbox, oldest first."""
        with self._store.read() as session:
            return tuple(drill_log.snapshots(session, run_id))
