"""What became of the steps of playbooks in drills that count."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session

#: So many of the latest entries are looked at.
_MOST = 5000


class DrilledRow(NamedTuple):
    """The last word about a step in one run of a drill; `run` is the playbook's run at the drill's desk."""

    drill: int
    run: int
    version: int
    step_id: str
    kind: str
    reason: str
    late: int


def steps(session: Session, titles: Sequence[str]) -> list[DrilledRow]:
    """Steps done and skipped of playbooks of these titles; of no practice run, and of none that went on."""
    marks = ", ".join("?" * len(titles))
    rows = session.sql(
        "SELECT e.run_id, json_extract(e.body, '$.run'), json_extract(e.body, '$.version'),"
        " json_extract(e.body, '$.step_id'), e.kind, coalesce(json_extract(e.body, '$.reason'), ''),"
        " coalesce(json_extract(e.body, '$.late'), 0) FROM drill_event e JOIN drill_run r ON r.id = e.run_id"
        " WHERE NOT r.practice AND r.forked_from IS NULL AND r.thrown_at IS NULL AND e.kind IN"
        " ('playbook.step_done', 'playbook.step_skipped', 'playbook.step_reopened')"
        f" AND json_extract(e.body, '$.title') IN ({marks}) ORDER BY e.run_id DESC, e.seq DESC LIMIT {_MOST}",
        tuple(titles),
    )
    last: dict[tuple[int, int, str], DrilledRow] = {}
    for row in map(DrilledRow._make, rows):
        last.setdefault((row.drill, row.run, row.step_id), row)
    return [row for row in last.values() if row.kind != "playbook.step_reopened"]
