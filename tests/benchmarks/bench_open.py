"""One escalation opened durably, with all its rows, set against the same rows written by sqlite3 alone."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.engine import open_store
from db.migrate import prepare
from db.queries import customer as customers
from db.queries import timeline
from db.queries.customer import NewCustomer
from db.unit_of_work import Session, Store
from desktop.domain.clock import SystemClock
from desktop.domain.escalation import Opened
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Role
from desktop.services.bus import Bus
from desktop.services.escalations import Escalations
from desktop.services.policy import PolicyService
from tests.benchmarks.measure import Row, medians_in_turn, ms, row

_BY = Actor("Cora Lind", None, frozenset({Role.COORDINATOR}))
#: Every table that an opening writes a new row to, its key, and what must differ from row to row.
_TABLES = ("escalation", "commitment", "timeline")


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    rounds = 5 if quick else 800
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
        ours, twin = Path(folder, "ours.sqlite3"), Path(folder, "raw.sqlite3")
        _made(ours)
        _made(twin)
        with _desk(ours) as (store, commands):
            rows = _rows_of(store, _open(commands, 0))
            _open_in(twin)
            raw = _Raw(twin, rows)
            hashed, plain, floor = medians_in_turn(
                rounds,
                lambda: ms(lambda: _open(commands, raw.count)),
                lambda: _unchained(commands, raw.count),
                lambda: ms(raw.write),
            )
            raw.close()
    return [
        row("open an escalation, durably / raw sqlite3, same rows", hashed * 1e3, floor * 1e3, 2.0, "µs"),
        row("open an escalation with hash chain / without", hashed * 1e3, plain * 1e3, 1.08, "µs"),
    ]


def _made(path: Path) -> None:
    store = prepare(path, path.parent / "backups", SystemClock())
    PolicyService(store=store, clock=SystemClock(), bus=Bus()).ensure_default(_BY)
    customer = NewCustomer("Northwind", "northwind", "enterprise", 2_000_000, "EUR", "", None)
    with store.begin() as session:
        customers.insert(session, customer)
    store.close()


@contextmanager
def _desk(path: Path) -> Iterator[tuple[Store, Escalations]]:
    store, clock, bus = open_store(path), SystemClock(), Bus()
    policy = PolicyService(store=store, clock=clock, bus=bus)
    yield store, Escalations.build(store=store, clock=clock, bus=bus, policy=policy)
    store.close()


def _open_in(path: Path) -> None:
    with _desk(path) as (_, commands):
        _open(commands, 0)


def _open(commands: Escalations, number: int) -> Opened:
    intake = Intake(
        customer_id=1,
        title=f"Orders stop at payment, report {number}",
        description="Every order above 500 stops with an error at payment. " * 6,
        severity=2,
        business_impact=3,
        reputational_risk=2,
        reporter="Mira Sol",
        source="phone",
    )
    return commands.escalation.open(intake, _BY)


def _unchained(commands: Escalations, number: int) -> float:
    """The same opening, its events written without reading, hashing or keeping the chain."""
    chained = timeline.append_many
    timeline.append_many = _append_plainly
    try:
        return ms(lambda: _open(commands, number))
    finally:
        timeline.append_many = chained


def _append_plainly(session: Session, events: Sequence[timeline.NewEvent]) -> list[int]:
    seq = session.sql("SELECT seq FROM chain_head").fetchone()[0]
    first = seq + 1
    for event in events:
        seq += 1
        body = json.dumps(event.body)
        session.sql(
            "INSERT INTO timeline (seq, escalation_id, kind, at, actor, body, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (seq, event.escalation_id, str(event.kind), event.at_us, event.actor, body, f"{seq:064x}"),
        )
    session.sql("UPDATE chain_head SET seq = ?", (seq,))
    return list(range(first, seq + 1))


def _rows_of(store: Store, opened: Opened) -> dict[str, list[dict[str, Any]]]:
    """Every row that an opening wrote, by table."""
    found = {}
    with store.read() as session:
        for table in _TABLES:
            key = "id" if table == "escalation" else "escalation_id"
            columns = [line[1] for line in session.sql(f"PRAGMA table_info({table})").fetchall()]
            rows = session.sql(f"SELECT * FROM {table} WHERE {key} = ?", (opened.id,)).fetchall()
            found[table] = [dict(zip(columns, values, strict=True)) for values in rows]
        indexed = session.sql(
            "SELECT title, description, customer, number FROM escalation_search WHERE rowid = ?", (opened.id,)
        ).fetchone()
    found["escalation_search"] = [
        dict(zip(("title", "description", "customer", "number"), indexed, strict=True))
    ]
    return found


class _Raw:
    """Writes copies of those rows into another database of the same schema, a transaction each."""

    def __init__(self, path: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self._driver = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._driver.execute(f"PRAGMA {pragma}")
        self._statements = []
        self._rows = rows
        self.count = self._driver.execute("SELECT max(id) FROM escalation").fetchone()[0]
        self._commitment = self._driver.execute("SELECT max(id) FROM commitment").fetchone()[0]
        self._seq = self._driver.execute("SELECT seq FROM chain_head").fetchone()[0]
        for table, some in rows.items():
            names = (*some[0], *(("rowid",) if table == "escalation_search" else ()))
            marks = ", ".join("?" * len(names))
            self._statements.append((table, f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"))

    def write(self) -> None:
        """One more escalation with all its rows, durably."""
        self.count += 1
        execute = self._driver.execute
        execute("BEGIN IMMEDIATE")
        for table, statement in self._statements:
            for line in self._rows[table]:
                execute(statement, self._values(table, dict(line)))
        head = (self._seq, f"{self._seq:064x}")
        execute("UPDATE chain_head SET seq = ?, hash = ?, revision = revision + 1", head)
        execute("COMMIT")

    def close(self) -> None:
        self._driver.close()

    def _values(self, table: str, line: dict[str, Any]) -> tuple[Any, ...]:
        if table == "escalation":
            line |= {"id": self.count, "number": f"RAW-{self.count}", "sequence": self.count}
        elif table == "commitment":
            self._commitment += 1
            line |= {"id": self._commitment, "escalation_id": self.count}
        elif table == "timeline":
            self._seq += 1
            line |= {"seq": self._seq, "escalation_id": self.count, "hash": f"{self._seq:064x}"}
        else:
            line["rowid"] = self.count
        return tuple(line.values())
