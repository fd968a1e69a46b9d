"""A maintenance window as people see it, and its digest as it is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from db.queries import maintenance as queries
from db.queries.maintenance import MaintenanceRow
from db.unit_of_work import Session
from desktop.domain.instant import from_us
from desktop.domain.maintenance import MaintenanceWindow, WindowDigest
from desktop.services.judging import window_of

#: What of a digest is kept: of more titles, and of more alerts that still fire, their number is told.
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class MaintenanceState:
    """A window and how far it is. `suppressed` counts what it kept quiet, `digest` is empty until it closes.

    A digest has title, body, total, lines (title, count, sources, first_us, last_us, firing), sources
    (name, count) and still_firing (title, source, key, action, at_us); lists beyond 200 are cut, and
    `more_lines` and `more_firing` say by how many.
    """

    window: MaintenanceWindow
    made_by: str
    made_at: datetime
    announced_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    suppressed: int
    digest: Mapping[str, Any]

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off before it began."""
        return bool(self.window.cancelled_us) and self.window.cancelled_us <= self.window.starts_us


def document_of(made: WindowDigest) -> dict[str, Any]:
    """A digest as it is kept, in the row and on the timeline."""
    lines, firing = made.lines[:_MOST_LISTED], made.still_firing[:_MOST_LISTED]
    return {
        "title": made.title,
        "body": made.body,
        "total": made.total,
        "lines": [asdict(line) | {"sources": list(line.sources)} for line in lines],
        "more_lines": len(made.lines) - len(lines),
        "sources": [list(pair) for pair in made.sources],
        "still_firing": [one._asdict() for one in firing],
        "more_firing": len(made.still_firing) - len(firing),
    }


def state_of(session: Session, row: MaintenanceRow) -> MaintenanceState:
    """A window with how far it is."""
    return MaintenanceState(
        window=window_of(row),
        made_by=row.made_by,
        made_at=from_us(row.made_us),
        announced_at=_at(row.announced_us),
        opened_at=_at(row.opened_us),
        closed_at=_at(row.closed_us),
        suppressed=queries.count_kept_quiet(session, row.id),
        digest=row.digest,
    )


def _at(at_us: int) -> datetime | None:
    return from_us(at_us) if at_us else None
