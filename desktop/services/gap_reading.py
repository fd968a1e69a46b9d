"""What the register of gaps tells: gaps by what is wanted of them, and how often they come."""

from collections import Counter
from datetime import datetime

from db.queries import gap as queries
from db.unit_of_work import Store
from desktop.domain.drill_gap import GapState
from desktop.domain.drill_record import Gap
from desktop.domain.drill_register import CodeCount, HeatCell, quarter_of
from desktop.domain.drill_words import GAPS, gap_title
from desktop.domain.instant import FIRST_US, from_us, to_us
from desktop.services import gap_rows


class GapReading:
    """Reads the register."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(
        self,
        *,
        run_id: int | None = None,
        escalation_id: int | None = None,
        state: GapState | None = None,
        category: str = "",
        code: str = "",
        team: str = "",
        open_only: bool = False,
        limit: int = 500,
    ) -> tuple[Gap, ...]:
        """The gaps that are wanted, newest first."""
        wanted: dict[str, object] = {
            "run_id": run_id,
            "escalation_id": escalation_id,
            "state": state and state.value,
            "category": category or None,
            "code": code or None,
            "team": team or None,
        }
        with self._store.read() as session:
            found = {name: value for name, value in wanted.items() if value is not None}
            rows = queries.find(session, found, limit, open_only=open_only)
        return tuple(gap_rows.gap_of(row) for row in rows)

    def gap(self, gap_id: int) -> Gap:
        """One gap.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return gap_rows.gap(session, gap_id)

    def heat(self, *, since: datetime | None = None) -> tuple[HeatCell, ...]:
        """How many confirmed gaps each team had by category and quarter, of runs that count."""
        with self._store.read() as session:
            rows = queries.confirmed(session, FIRST_US if since is None else to_us(since))
        counts = Counter((category, team, quarter_of(from_us(at).date())) for category, _, team, at in rows)
        ordered = sorted(counts.items(), key=lambda each: (list(GAPS).index(each[0][0]), each[0][1:]))
        return tuple(HeatCell(*cell, count) for cell, count in ordered)

    def pareto(self, *, team: str = "", since: datetime | None = None) -> tuple[CodeCount, ...]:
        """How often each code was confirmed, the most frequent first; of one team where it is named."""
        with self._store.read() as session:
            rows = queries.confirmed(session, FIRST_US if since is None else to_us(since))
        counts = Counter((code, category) for category, code, whose, _ in rows if team in ("", whose))
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return tuple(CodeCount(code, gap_title(code), category, n) for (code, category), n in ordered)
