"""What being on call cost people: the pages that reached them."""

from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.policy_alarm import PAGE_KINDS


class PageRow(NamedTuple):
    """Somebody was paged; the same page over several channels, or repeated attempts at it, is one."""

    person_id: int
    at_us: int


def pages(session: Session, since_us: int, person_id: int | None = None) -> list[PageRow]:
    """Pages about alarms that left the program since an instant, of one person or of everybody, in order."""
    marks = ", ".join("?" * len(PAGE_KINDS))
    whose = "" if person_id is None else " AND person_id = ?"
    rows = session.sql(
        "SELECT person_id, min(created_at) FROM outbox WHERE person_id IS NOT NULL AND created_at >= ?"
        f" AND alarm_id IS NOT NULL AND channel IN ({marks}) AND state IN ('sent', 'confirmed'){whose}"
        " GROUP BY person_id, substr(key, 1, instr(key || '|page:', '|page:') - 1) ORDER BY 2, 1",
        (since_us, *PAGE_KINDS, *(() if person_id is None else (person_id,))),
    )
    return [PageRow(*row) for row in rows.fetchall()]
