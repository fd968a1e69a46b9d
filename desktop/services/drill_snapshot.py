"""Pictures of a drill's desk at moments from which another run may go on, and the run that does."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from db import backup
from desktop.domain.drill_log import DECIDED, Entry, Kind
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_record import Run
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.services.drill_world import sandbox_path


class Moment(NamedTuple):
    """A moment of a run that another one can go on from; `seq` is the last entry that counts there too."""

    seq: int
    sim_ms: int
    words: str


class KeepsPictures(Protocol):
    """Where a run's pictures are written down; see `services/drill_record.py`."""

    def snapshots(self, run_id: int) -> Sequence[tuple[int, int, str]]:
        """The pictures of a run: seq, time of the drill, path."""
        ...

    def add_snapshot(self, run_id: int, seq: int, sim_ms: int, path: str) -> None:
        """Write down a picture."""
        ...

    def scenario(self, run_id: int) -> Scenario:
        """The run's frozen scenario."""
        ...

    def log(self, run_id: int) -> tuple[Entry, ...]:
        """The run's log."""
        ...

    def fork(self, run_id: int, seq: int, by: Actor, *, folder: str) -> Run:
        """A new run with the log up to an entry."""
        ...


class Pictures:
    """Takes pictures of one run's desk. Those of one look share a file: nothing happened in between."""

    def __init__(self, record: KeepsPictures, run_id: int, database: Path) -> None:
        self._record = record
        self._run_id = run_id
        self._database = database
        self._known = {seq for seq, _, _ in record.snapshots(run_id)}

    def take(self, moments: Sequence[tuple[int, int]]) -> None:
        """Take one picture for these moments: (seq, time of the drill).

        Raises: StoreError when it cannot be written.
        """
        wanted = [each for each in dict.fromkeys(moments) if each[0] > 0 and each[0] not in self._known]
        if not wanted:
            return
        path = self._database.with_name(f"at-{wanted[0][0]}.sqlite3")
        backup.copy(self._database, path)
        for seq, sim_ms in wanted:
            self._record.add_snapshot(self._run_id, seq, sim_ms, str(path))
            self._known.add(seq)


def forkable(record: KeepsPictures, run_id: int) -> tuple[Moment, ...]:
    """The moments of a run from which another can go on, the first one first."""
    log = {entry.seq: entry for entry in record.log(run_id)}
    plan = Plan(record.scenario(run_id))
    found = [
        Moment(seq, sim_ms, _words(plan, log, seq))
        for seq, sim_ms, path in sorted(record.snapshots(run_id))
        if seq in log and Path(path).exists()
    ]
    return tuple(found)


def fork(record: KeepsPictures, run_id: int, seq: int, by: Actor, *, folder: Path) -> Run:
    """A new run that goes on from a moment of an old one, paused, with its desk as it was then.

    `folder` is where the desks of runs lie. Only moments that `forkable` gives are possible.

    Raises: DeskError for another moment; NotAllowed; StoreError when the picture cannot be copied.
    """
    path = next((Path(path) for at, _, path in record.snapshots(run_id) if at == seq), None)
    if path is None or not path.exists():
        raise DeskError(
            "There is no picture of the drill's desk at that moment.",
            field="seq",
            hint="Choose the beginning of a phase or a decision.",
        )
    run = record.fork(run_id, seq, by, folder=str(folder))
    target = sandbox_path(folder, run.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    backup.copy(path, target)
    return run


def _words(plan: Plan, log: dict[int, Entry], seq: int) -> str:
    """What the moment is called by."""
    entry = log[seq]
    if entry.kind == Kind.FIRED:
        inject = plan.injects[str(entry.body["inject"])]
        if inject.decision is not None:
            return f"Decision: {plan.scenario.filled(inject.decision.question)}"
    following = log.get(seq + 1)
    if following is not None and following.kind == DECIDED:
        return "Before the decision was recorded"
    phase = plan.scenario.phase_at(entry.sim_ms // 1000)
    title = next(each.title for each in plan.scenario.phases if each.id == phase)
    return f"Phase: {plan.scenario.filled(title)}"
