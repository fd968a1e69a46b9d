"""How playbooks were used: every step of every run, and the escalations they were opened on."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session


class UseRow(NamedTuple):
    """One run of a playbook and the escalation it was opened on; instants in microseconds."""

    run_id: int
    version: int
    opened_us: int
    opened_by: str
    ended_us: int | None
    escalation_id: int
    number: str
    title: str
    state: str


def runs(session: Session, playbook_id: int, limit: int) -> list[UseRow]:
    """The latest runs of a playbook, the newest first."""
    rows = session.sql(
        "SELECT r.id, r.version, r.opened_at, r.opened_by, r.ended_at, e.id, e.number, e.title, e.state"
        " FROM playbook_run r JOIN escalation e ON e.id = r.escalation_id WHERE r.playbook_id = ?"
        " ORDER BY r.opened_at DESC, r.id DESC LIMIT ?",
        (playbook_id, limit),
    )
    return [UseRow._make(row) for row in rows]


def titles(session: Session, playbook_ids: Sequence[int]) -> dict[int, str]:
    """What playbooks are called."""
    if not playbook_ids:
        return {}
    marks = ", ".join("?" * len(playbook_ids))
    return dict(session.sql(f"SELECT id, title FROM playbook WHERE id IN ({marks})", playbook_ids))
