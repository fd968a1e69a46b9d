"""A thousand thresholds due at one instant: how late the last of them is durably claimed.

Set against APScheduler's memory store with one job for each timer, 10,000 of them, 1,000 due at that instant.
"""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from db.migrate import prepare
from db.unit_of_work import Session, Store
from desktop.domain.clock import SystemClock
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.services.alarm import SweepResult
from desktop.services.scheduler import AlarmScheduler
from desktop.services.watchdog import Watchdog
from desktop.services.worker import Worker
from tests.benchmarks.measure import Row, row
from tests.services.alarm_desk import AlarmDesk

ROUNDS = 7
DUE = 1_000
ESCALATIONS = 25_000
KINDS = ("acknowledge", "contain", "resolve", "update")
JOBS = 10_000
LEAD_S = 1.5
PATIENCE_S = 60.0
AT_MOST = 0.5
_DAY_US = 86_400 * US_PER_SECOND

CLOCK = SystemClock()


def run(quick: bool = False) -> list[Row]:
    """Rows of the table of ratios; every threshold is checked to be claimed, and none twice."""
    ours, theirs = [], []
    rounds, escalations = (1, DUE) if quick else (ROUNDS, ESCALATIONS)
    with tempfile.TemporaryDirectory() as folder:
        desk = _a_desk(Path(folder), escalations)
        for number in range(rounds):
            ours.append(_our_lateness_ms(desk, number))
            theirs.append(_their_lateness_ms())
        _check(desk, rounds)
        desk.store.close()
    count = f"{DUE:,} of {escalations * len(KINDS):,}"
    what = f"{count} thresholds at one instant, claimed, p99 late / APScheduler"
    return [row(what, median(ours), median(theirs), AT_MOST, "ms")]


class TimedStore:
    """A store that notes when each transaction was durable, and how many alarms there were then."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.commits: list[tuple[datetime, int]] = []

    @contextmanager
    def begin(self) -> Iterator[Session]:
        with self._store.begin() as session:
            yield session
            count = session.sql("SELECT count(*) FROM alarm").fetchone()[0]
        self.commits.append((CLOCK.now(), count))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def _a_desk(folder: Path, escalations: int) -> AlarmDesk:
    """A desk with four running commitments on each escalation, none of them due for days."""
    store = prepare(folder / "desk.sqlite3", folder / "backups", CLOCK)
    now_us = to_us(CLOCK.now())
    with store.begin() as session:
        revision = session.revision()
        session.sql("INSERT INTO customer (id, name, name_key) VALUES (1, 'Acme', 'acme')")
        session.sql(
            "INSERT INTO escalation (id, number, year, sequence, title, state, severity, priority,"
            " customer_id, policy_version, opened_at, created_at, created_by, last_event_at, acknowledged_at,"
            " revision)"
            " VALUES (?, ?, 2026, ?, 'Escalation', 'working', 3, 'P3', 1, 1, ?, ?, 'Bench', ?, ?, ?)",
            [(i, f"ESC-{i}", i, now_us, now_us, now_us, now_us, revision) for i in range(1, escalations + 1)],
        )
        session.sql(
            "INSERT INTO commitment (escalation_id, kind, started_at, target_s, policy_version, warming_at,"
            " at_risk_at, soon_at, due_at, next_threshold, next_threshold_at)"
            " VALUES (?, ?, ?, 86400, 1, ?, ?, ?, ?, 'at_risk', ?)",
            [
                (i, kind, now_us, at_us, at_us, at_us + 1, at_us + 2, at_us)
                for i in range(1, escalations + 1)
                for kind in KINDS
                for at_us in (now_us + _DAY_US * 3 + i * 60 * US_PER_SECOND,)
            ],
        )
        session.sql(
            "INSERT INTO setting (key, value) VALUES ('alarm.seen', ?)",
            (f'{{"id": {escalations}, "revision": {revision}}}',),
        )
    timed: Any = TimedStore(store)
    return AlarmDesk(timed, CLOCK)


def _our_lateness_ms(desk: AlarmDesk, number: int) -> float:
    """The real scheduler, worker and sweep: from the instant due until the transaction was durable."""
    timed: Any = desk.store
    due_us = to_us(CLOCK.now() + timedelta(seconds=LEAD_S))
    first = number * DUE + 1
    before = desk.rows("SELECT count(*) FROM alarm")[0][0]
    with timed.begin() as session:
        session.sql(
            "UPDATE commitment SET at_risk_at = ?, next_threshold_at = ?"
            " WHERE id IN (SELECT id FROM commitment"
            " WHERE kind = 'contain' AND escalation_id BETWEEN ? AND ?)",
            (due_us, due_us, first, first + DUE - 1),
        )
    timed.commits.clear()
    done = threading.Event()

    def sweep() -> SweepResult:
        result = desk.alarm.sweep()
        if result.raised:
            done.set()
        return result

    worker = Worker()
    watchdog = Watchdog(clock=CLOCK, bus=desk.bus)
    scheduler = AlarmScheduler(
        clock=CLOCK, sweep=sweep, submit=worker.submit, bus=desk.bus, watchdog=watchdog
    )
    scheduler.start()
    if not done.wait(PATIENCE_S):
        raise AssertionError("the thresholds were never claimed")
    scheduler.close()
    worker.close()
    return _p99(_late_ms(timed.commits, from_us(due_us), before))


def _late_ms(commits: list[tuple[datetime, int]], due_at: datetime, before: int) -> list[float]:
    """The lateness of each alarm: when the transaction that raised it was durable, less when it was due."""
    late: list[float] = []
    for at, count in commits:
        late += [(at - due_at).total_seconds() * 1000] * (count - before)
        before = count
    return late


def _their_lateness_ms() -> float:
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
    due_at = CLOCK.now() + timedelta(seconds=LEAD_S + 2.0)
    late: list[float] = []
    done = threading.Event()

    def fire() -> None:
        late.append((CLOCK.now() - due_at).total_seconds() * 1000)
        if len(late) == DUE:
            done.set()

    for i in range(JOBS):
        at = due_at if i < DUE else due_at + timedelta(hours=1, seconds=i)
        scheduler.add_job(fire, "date", run_date=at)
    scheduler.start()
    if not done.wait(PATIENCE_S):
        raise AssertionError(f"only {len(late)} of {DUE} fired")
    scheduler.shutdown()
    return _p99(late)


def _p99(values: list[float]) -> float:
    if len(values) != DUE:
        raise AssertionError(f"{len(values)} of {DUE}")
    return quantiles(values, n=100)[98]


def _check(desk: AlarmDesk, rounds: int) -> None:
    """All of them once, on the timeline too."""
    (alarms,) = desk.rows("SELECT count(*), count(DISTINCT subject) FROM alarm WHERE step = 0")
    (events,) = desk.rows("SELECT count(*) FROM timeline WHERE kind = 'alarm.raised'")
    if not alarms[0] == alarms[1] == events[0] == rounds * DUE:
        raise AssertionError(f"{alarms} alarms, {events} on the timeline, of {rounds * DUE}")
