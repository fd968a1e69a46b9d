"""Finding a playbook among 10,000 while somebody types: from a letter to ranked and explained rows."""

import random
import re
import tempfile
from pathlib import Path
from statistics import quantiles

from db.migrate import prepare
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.playbook_match import Axis, Target
from desktop.services.bus import Bus
from desktop.services.playbook_search import PlaybookSearch
from desktop.services.policy import PolicyService
from tests.benchmarks.measure import Row, ms, row
from tests.factories import MONDAY

ENTRIES = 10_000
#: What 19 of 20 letters may take until their rows are there.
LETTER_MS = 15.0
#: What the index alone takes to name the entries that hold the words: less is not to be had.
LEAST_FLOOR_MS = 0.05
#: Words that are in many entries; others, made up, are in few.
COMMON = re.findall(
    r"\w+",
    "payment refund invoice login password database latency restore backup certificate expired "
    "network supplier payroll deadline security breach customer export import duplicate charge "
    "gateway failover rollback release mail queue storage disk search report booking ticket label "
    "warehouse tablet clinic ",
)
TYPED = (
    "payment gate",
    "login pass",
    "certificate exp",
    "database lat",
    "supplier down",
    "refund dup",
    "que",
)


def run(*, quick: bool = False) -> list[Row]:
    """Rows for typing queries letter by letter, for an escalation and without one."""
    with tempfile.TemporaryDirectory() as folder:
        store, search = _filled(Path(folder), 500 if quick else ENTRIES)
        try:
            search.refresh()
            target = _target(search)
            rounds = 1 if quick else 5
            times = [
                ms(lambda query=query, wanted=wanted: search.find(query, wanted))
                for _ in range(rounds)
                for wanted in (target, Target())
                for query in _letters()
            ]
            floors = [ms(lambda query=query: _index_alone(store, query)) for query in _letters()]
            opening_ms = min(ms(lambda: _open(store, search, target)) for _ in range(3))
        finally:
            store.close()
    p95_ms = quantiles(times, n=20)[-1]
    floor_ms = max(quantiles(floors, n=20)[-1], LEAST_FLOOR_MS)
    count = "500" if quick else "10,000"
    return [
        row(f"a letter typed among {count} playbooks, p95, against 15 ms", p95_ms, LETTER_MS, 1.0, "ms"),
        row("the same / the index alone naming them", p95_ms, floor_ms, 40.0, "ms"),
        row("opening the search after a change, against 500 ms", opening_ms, 500.0, 1.0, "ms"),
    ]


def _letters() -> list[str]:
    return [text[:end] for text in TYPED for end in range(1, len(text) + 1)]


def _open(store: Store, search: PlaybookSearch, target: Target) -> None:
    with store.begin() as session:
        session.revision()
    search.refresh()
    search.find("", target)


def _index_alone(store: Store, query: str) -> int:
    with store.read() as session:
        last = query.split()[-1]
        rows = session.sql(
            "SELECT rowid FROM playbook_search WHERE playbook_search MATCH ?",
            (f'"{last}" *' if len(last) > 1 else f'"{last}"',),
        )
        return len(rows.fetchall())


def _target(search: PlaybookSearch) -> Target:
    known = search.words().known
    return Target(*(next(iter(known[axis])) for axis in (Axis.AREA, Axis.TYPE, Axis.TIER, Axis.LEVEL)))


def _filled(folder: Path, count: int) -> tuple[Store, PlaybookSearch]:
    clock, chance = ManualClock(MONDAY), random.Random(5)
    store = prepare(folder / "desk.sqlite3", folder / "backups", clock)
    PolicyService(store=store, clock=clock, bus=Bus()).ensure_default(Actor.system("Test"))
    search = PlaybookSearch(store=store, clock=clock, bus=Bus())
    known = search.words().known
    letters = "abcdefghiklmnoprstuvw"
    rare = ["".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(1_500)]
    vocabulary = [*COMMON * 4, *rare]
    at_us = to_us(MONDAY)
    with store.begin() as session:
        for id_ in range(1, count + 1):
            title = " ".join(chance.choices(vocabulary, k=4)).capitalize()
            used_us = at_us - chance.randrange(300) * 86_400_000_000 if chance.random() < 0.5 else None
            session.sql(
                "INSERT INTO playbook (id, slug, title, owner, published, approved_at, last_used_at,"
                " created_at, created_by) VALUES (?, ?, ?, 'Leo Marsh', 1, ?, ?, ?, 'Test')",
                (id_, f"playbook-{id_}", title, at_us, used_us, at_us),
            )
            steps = "\n".join(" ".join(chance.choices(vocabulary, k=9)) for _ in range(10))
            session.sql(
                "INSERT INTO playbook_search (rowid, title, purpose, steps, templates, tags)"
                " VALUES (?, ?, ?, ?, '', '')",
                (id_, title, " ".join(chance.choices(vocabulary, k=12)), steps),
            )
            for axis, keys in known.items():
                session.sql(
                    "INSERT INTO playbook_tag (playbook_id, axis, key) VALUES (?, ?, ?)",
                    (id_, axis.value, chance.choice(list(keys))),
                )
        session.revision()
    return store, search
