"""A desk of a busy year: 10,000 open and 100,000 closed escalations, written fast, the same in every run."""

import json
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.migrate import prepare
from db.place import SCHEMA_VERSION
from db.queries import search, timeline
from db.unit_of_work import Session
from desktop.domain.clock import SystemClock
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Person, Role
from desktop.services.desk import Desk
from tests.benchmarks import rows as sample

_MINUTE_US = 60_000_000
_YEAR_US = 365 * 24 * 60 * _MINUTE_US
_BY = Actor("Cora Lind", None, frozenset(Role) - {Role.OWNER})
_AT_ONCE = 5_000
_DESCRIPTION = (
    "It began without a warning. {} Nobody has changed anything on our side; the log shows nothing. "
)
_LENGTHS_MIN = (240, 1440, 4320, 14400)  # to resolve, by severity

Values = dict[str, Any]


def desk_of(open_count: int = 10_000, closed_count: int = 100_000) -> Path:
    """The database, made where it is not there yet in this run of the benchmarks."""
    folder = Path(os.environ.get("DESK_BENCH_CACHE") or tempfile.mkdtemp(prefix="desk-bench-"))
    path = folder / f"desk-{SCHEMA_VERSION}-{open_count}-{closed_count}.sqlite3"
    if not path.exists():
        made = path.with_suffix(".made")
        build(made, open_count, closed_count)
        made.rename(path)
    return path


def build(path: Path, open_count: int, closed_count: int) -> None:
    """Make such a desk, as of now: nothing waits to be told, a twentieth of the open ones is breached."""
    clock = SystemClock()
    now_us = to_us(clock.now())
    store = prepare(path, path.parent / "backups", clock)
    desk = Desk.over(store, path.parent / "backups", clock)
    people = [desk.person.create(_person(name), _BY) for name in sample.PEOPLE]
    desk.person.set_operator(people[0].id)
    desk.settings.set("first_run_done", True)
    chance = random.Random(17)
    with store.begin() as session:
        customers = _customers(session)
    total = open_count + closed_count
    for first in range(1, total + 1, _AT_ONCE):
        with store.begin() as session:
            ids = range(first, min(first + _AT_ONCE, total + 1))
            some = [_escalation(i, i > closed_count, customers, people, now_us, chance) for i in ids]
            _write(session, some, now_us)
    _calm(desk, closed_count)
    desk.close()


def _calm(desk: Desk, closed_count: int) -> None:
    """Raise and tell what stands open now, so that a start of the program finds nothing new."""
    with desk.store.begin() as session:
        last = session.sql("SELECT id, revision FROM escalation WHERE id = ?", (closed_count,)).fetchone()
        seen = json.dumps(dict(zip(("id", "revision"), last, strict=True)))
        session.sql("INSERT INTO setting (key, value) VALUES ('alarm.seen', ?)", (seen,))
    while desk.alarm.sweep().raised:
        while items := desk.outbox.claim(("desktop", "window"), limit=100):
            for item in items:
                desk.outbox.delivered(item.id)


def _person(name: str) -> Person:
    first, _, last = name.partition(" ")
    return Person(0, name, first[:1] + last[:1], roles=_BY.roles)


def _customers(session: Session) -> list[tuple[int, str]]:
    chance = random.Random(5)
    names = sorted({sample.customer(chance) for _ in range(4_000)})
    made = []
    for name in names:
        tier, revenue = chance.choice(("enterprise", "business", "standard")), int(chance.random() ** 3 * 5e6)
        cursor = session.sql(
            "INSERT INTO customer (name, name_key, tier, revenue) VALUES (?, ?, ?, ?)",
            (name, name.casefold(), tier, revenue),
        )
        made.append((cursor.lastrowid or 0, name))
    return made


def _escalation(
    row_id: int,
    is_open: bool,
    customers: list[tuple[int, str]],
    people: list[Person],
    now_us: int,
    chance: random.Random,
) -> Values:
    severity = 1 + int(4 * chance.random() ** 0.5)
    length_us = _LENGTHS_MIN[severity - 1] * _MINUTE_US
    age_us = int(chance.random() * (1.05 * length_us if is_open else _YEAR_US))
    opened_us = now_us - (age_us if is_open else age_us + length_us)
    state = chance.choices(sample.STATES, sample.SHARES)[0] if is_open else "closed"
    title = sample.title(chance)
    customer_id, customer = chance.choice(customers)
    ended_us = None if is_open else opened_us + int(length_us * chance.random())
    seen_us = None if state in ("new", "triaged") else opened_us + _MINUTE_US
    return {
        "id": row_id, "number": f"ESC-2026-{row_id:04}", "year": 2026, "sequence": row_id, "title": title,
        "description": _DESCRIPTION.format(title) * 3, "state": state, "severity": severity,
        "area": chance.choice(("billing", "platform", "identity", "reporting")), "customer_id": customer_id,
        "customer": customer, "team": chance.choice(("Core", "Payments", "Edge", "Data")),
        "owner_id": chance.choice(people).id if seen_us else None, "reporter": "Mira Sol", "source": "phone",
        "business_impact": 3, "reputational_risk": 2, "score": 100 - 20 * severity + chance.randrange(10),
        "priority": f"P{severity}", "policy_version": 1, "opened_at": opened_us, "created_at": opened_us,
        "created_by": _BY.name, "acknowledged_at": seen_us, "acknowledged_by": _BY.name if seen_us else None,
        "contained_at": opened_us + 2 * _MINUTE_US if state in ("contained", "closed") else None,
        "resolved_at": ended_us, "closed_at": ended_us, "acknowledge_wanted": int(is_open and not seen_us),
        "last_event_at": opened_us,
        **(_clock(opened_us, length_us) if is_open else {}),
    }  # fmt: skip


def _clock(opened_us: int, length_us: int) -> Values:
    due_us = opened_us + length_us
    return {
        "clock_kind": "resolve",
        "clock_warming_at": due_us - length_us // 2,
        "clock_at_risk_at": due_us - length_us // 4,
        "clock_soon_at": due_us - length_us // 10,
        "clock_due_at": due_us,
    }


_COLUMNS = (
    "id", "number", "year", "sequence", "title", "description", "state", "severity", "area", "customer_id",
    "team", "owner_id", "reporter", "source", "business_impact", "reputational_risk", "score", "priority",
    "policy_version", "opened_at", "created_at", "created_by", "acknowledged_at", "acknowledged_by",
    "contained_at", "resolved_at", "closed_at", "acknowledge_wanted", "last_event_at", "clock_kind",
    "clock_warming_at", "clock_at_risk_at", "clock_soon_at", "clock_due_at", "revision",
)  # fmt: skip
_COMMITMENT = (
    "INSERT INTO commitment (escalation_id, kind, started_at, target_s, policy_version, warming_at,"
    " at_risk_at, soon_at, due_at, breached_at, stopped_at, outcome, next_threshold, next_threshold_at)"
    " VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _write(session: Session, some: list[Values], now_us: int) -> None:
    revision = session.revision()
    for values in some:
        values["revision"] = revision
    session.sql(
        f"INSERT INTO escalation ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",
        [tuple(map(values.get, _COLUMNS)) for values in some],
    )
    session.sql(_COMMITMENT, [row for values in some for row in _commitments(values, now_us)])
    search.put_many(
        session,
        [search.IndexRow(v["id"], v["title"], v["description"], v["customer"], v["number"]) for v in some],
    )
    timeline.append_many(
        session,
        [
            timeline.NewEvent(
                "escalation.opened", v["opened_at"], _BY.name, v["id"], {"title": v["title"], "to": "new"}
            )
            for v in some
        ],
    )


def _commitments(values: Values, now_us: int) -> Iterator[tuple[Any, ...]]:
    """Acknowledge, contain, resolve; those that run are told up to now and wait for what comes next."""
    started_us = values["opened_at"]
    length_us = _LENGTHS_MIN[values["severity"] - 1] * _MINUTE_US
    for kind, share, ended in (("acknowledge", 40, "acknowledged_at"), ("contain", 2, "contained_at"),
                               ("resolve", 1, "resolved_at")):  # fmt: skip
        span_us = length_us // share
        due_us = started_us + span_us
        steps = (due_us - span_us // 2, due_us - span_us // 4, due_us - span_us // 10, due_us)
        stopped_us = values[ended]
        is_late = (stopped_us or now_us) > due_us
        outcome = None if stopped_us is None else "breached" if is_late else "met"
        coming = [
            (name, at_us)
            for name, at_us in zip(("at_risk", "breaching_soon", "breached"), steps[1:], strict=True)
            if at_us > now_us
        ]
        following = coming[0] if coming and stopped_us is None else (None, None)
        yield (
            values["id"], kind, started_us, span_us // 1_000_000, *steps, due_us if is_late else None,
            stopped_us, outcome, *following,
        )  # fmt: skip
