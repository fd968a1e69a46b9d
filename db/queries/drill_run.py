"""Runs of drills, who sits at their tables, and how far they have come."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_RUN = (
    "SELECT r.id, s.slug, r.version, r.title, r.mode, r.state, r.practice, r.team, r.seed, r.sim_ms,"
    " r.made_at, r.made_by, r.started_at, r.ended_at, r.folder, r.forked_from, r.forked_seq, r.overall,"
    " r.band, r.coverage, r.end_reason FROM drill_run r JOIN scenario s ON s.id = r.scenario_id "
)


class RunRow(NamedTuple):
    """A run as stored; instants in microseconds."""

    id: int
    slug: str
    version: int
    title: str
    mode: str
    state: str
    practice: int
    team: str
    seed: int
    sim_ms: int
    made_us: int
    made_by: str
    started_us: int | None
    ended_us: int | None
    folder: str
    forked_from: int | None
    forked_seq: int
    overall: int | None
    band: str
    coverage: int | None
    end_reason: str


class SeatRow(NamedTuple):
    """A seat of a run as stored."""

    role: str
    title: str
    name: str
    person_id: int | None
    is_staff: int
    checked_us: int | None


class NewRun(NamedTuple):
    """A run to be kept, with the text it is played from."""

    scenario_id: int
    version: int
    text: str
    sha256: str
    title: str
    mode: str
    state: str
    practice: int
    team: str
    seed: int
    sim_ms: int
    made_us: int
    made_by: str
    started_us: int | None
    folder: str
    forked_from: int | None
    forked_seq: int


class Frozen(NamedTuple):
    """The text a run is played from."""

    scenario_id: int
    version: int
    text: str
    sha256: str
    title: str


def add(session: Session, run: NewRun) -> int:
    """Keep a run; gives its id."""
    row = session.sql(
        "INSERT INTO drill_run (scenario_id, version, text, sha256, title, mode, state, practice, team, seed,"
        " sim_ms, made_at, made_by, started_at, folder, forked_from, forked_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        run,
    ).fetchone()
    return int(row[0])


def get(session: Session, run_id: int) -> RunRow | None:
    """One run, also one that was thrown away."""
    row = session.sql(f"{_RUN} WHERE r.id = ?", (run_id,)).fetchone()
    return None if row is None else RunRow._make(row)


def find(session: Session, slug: str, team: str, limit: int) -> list[RunRow]:
    """Runs of a scenario and of a team, of all where empty; the newest first."""
    rows = session.sql(
        f"{_RUN} WHERE r.thrown_at IS NULL AND (?1 = '' OR s.slug = ?1) AND (?2 = '' OR r.team = ?2)"
        " ORDER BY r.id DESC LIMIT ?3",
        (slug, team, limit),
    )
    return [RunRow._make(row) for row in rows]


def unfinished(session: Session) -> list[RunRow]:
    """Runs that can go on, the newest first."""
    rows = session.sql(
        f"{_RUN} WHERE r.state IN ('briefing', 'running', 'paused') AND r.thrown_at IS NULL"
        " ORDER BY r.id DESC"
    )
    return [RunRow._make(row) for row in rows]


def of_trend(session: Session, team: str, limit: int) -> list[RunRow]:
    """The latest scored runs of a team, oldest first; none for practice, forked or thrown away."""
    rows = session.sql(
        f"{_RUN} WHERE r.team = ? AND r.ended_at IS NOT NULL AND NOT r.practice AND r.forked_from IS NULL"
        " AND r.thrown_at IS NULL AND r.overall IS NOT NULL ORDER BY r.ended_at DESC, r.id DESC LIMIT ?",
        (team, limit),
    )
    return [RunRow._make(row) for row in rows][::-1]


def teams(session: Session) -> list[str]:
    """The teams that have played in earnest."""
    rows = session.sql(
        "SELECT DISTINCT team FROM drill_run WHERE team <> '' AND ended_at IS NOT NULL AND NOT practice"
        " AND forked_from IS NULL AND thrown_at IS NULL AND overall IS NOT NULL ORDER BY team"
    )
    return [row[0] for row in rows]


def frozen(session: Session, run_id: int) -> Frozen | None:
    """The text a run is played from."""
    row = session.sql(
        "SELECT scenario_id, version, text, sha256, title FROM drill_run WHERE id = ?", (run_id,)
    ).fetchone()
    return None if row is None else Frozen._make(row)


def seats(session: Session, run_ids: Sequence[int]) -> dict[int, list[SeatRow]]:
    """The seats of runs, in the order of each table."""
    found: dict[int, list[SeatRow]] = {run_id: [] for run_id in run_ids}
    marks = ", ".join("?" * len(run_ids))
    for run_id, *row in session.sql(
        "SELECT run_id, role, title, name, person_id, is_staff, checked_at FROM drill_seat"
        f" WHERE run_id IN ({marks}) ORDER BY run_id, number",
        tuple(run_ids),
    ):
        found[run_id].append(SeatRow(*row))
    return found


def put_seats(session: Session, run_id: int, rows: Sequence[SeatRow]) -> None:
    """Let these sit at the table and nobody else."""
    session.sql("DELETE FROM drill_seat WHERE run_id = ?", (run_id,))
    if rows:
        session.sql(
            "INSERT INTO drill_seat (run_id, number, role, title, name, person_id, is_staff, checked_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(run_id, number, *row) for number, row in enumerate(rows, start=1)],
        )


def check_seat(session: Session, run_id: int, role: str, at_us: int) -> int:
    """Note that the seats of a role answered; gives how many there are."""
    return session.sql(
        "UPDATE drill_seat SET checked_at = ? WHERE run_id = ? AND role = ?", (at_us, run_id, role)
    ).rowcount


def set_time(session: Session, run_id: int, sim_ms: int) -> None:
    """Note how far a run has come; it never runs back."""
    session.sql("UPDATE drill_run SET sim_ms = max(sim_ms, ?) WHERE id = ?", (sim_ms, run_id))


def set_state(session: Session, run_id: int, state: str) -> None:
    """Let a run stand otherwise."""
    session.sql("UPDATE drill_run SET state = ? WHERE id = ?", (state, run_id))


def set_started(session: Session, run_id: int, at_us: int) -> None:
    """Note when a run began, the first time."""
    session.sql("UPDATE drill_run SET started_at = coalesce(started_at, ?) WHERE id = ?", (at_us, run_id))


def set_ended(session: Session, run_id: int, at_us: int, reason: str) -> None:
    """Note when a run ended, the first time, and why."""
    session.sql(
        "UPDATE drill_run SET end_reason = CASE WHEN ended_at IS NULL OR end_reason = '' THEN ?"
        " ELSE end_reason END, ended_at = coalesce(ended_at, ?) WHERE id = ?",
        (reason, at_us, run_id),
    )


def set_folder(session: Session, run_id: int, folder: str) -> None:
    """Note where the sandbox lies."""
    session.sql("UPDATE drill_run SET folder = ? WHERE id = ?", (folder, run_id))


def set_score(session: Session, run_id: int, overall: int | None, band: str, coverage: int) -> None:
    """Note what the latest result came to."""
    session.sql(
        "UPDATE drill_run SET overall = ?, band = ?, coverage = ? WHERE id = ?",
        (overall, band, coverage, run_id),
    )


def close(session: Session, run_id: int, at_us: int, by: str) -> None:
    """End the talk about a run."""
    session.sql(
        "UPDATE drill_run SET state = 'closed', closed_at = ?, closed_by = ? WHERE id = ?",
        (at_us, by, run_id),
    )


def throw_away(session: Session, run_id: int, at_us: int, by: str) -> None:
    """List a run no more, its sandbox is gone; its log stays."""
    session.sql(
        "UPDATE drill_run SET folder = '', thrown_at = ?, thrown_by = ? WHERE id = ?", (at_us, by, run_id)
    )
    session.sql("DELETE FROM drill_snapshot WHERE run_id = ?", (run_id,))


def left_out(session: Session, team: str) -> tuple[int, int]:
    """How many ended runs of a team were for practice, and how many forked."""
    row = session.sql(
        "SELECT count(CASE WHEN forked_from IS NULL THEN 1 END), count(forked_from) FROM drill_run"
        " WHERE team = ? AND ended_at IS NOT NULL AND practice AND thrown_at IS NULL",
        (team,),
    ).fetchone()
    return int(row[0]), int(row[1])


def last_played(session: Session, team: str) -> dict[str, int]:
    """By scenario when a team, or anybody without a name, last ended a run in earnest; in microseconds."""
    rows = session.sql(
        "SELECT s.slug, max(r.ended_at) FROM drill_run r JOIN scenario s ON s.id = r.scenario_id"
        " WHERE (?1 = '' OR r.team = ?1) AND r.ended_at IS NOT NULL AND NOT r.practice"
        " AND r.forked_from IS NULL AND r.thrown_at IS NULL GROUP BY s.slug",
        (team,),
    )
    return dict(rows.fetchall())
