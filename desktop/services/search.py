"""Finding escalations: alike ones while a problem is typed in, and one by number or words."""

import re
from dataclasses import dataclass
from datetime import datetime

from db.queries import search as queries
from db.queries.search import Found
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.escalation import OPEN_STATES
from desktop.domain.instant import from_us
from desktop.domain.likeness import likeness, match_all, match_any, match_begun, telling_words
from desktop.domain.wording import one_line

# How alike titles of one customer must be to suspect that they tell the same problem.
_DUPLICATE = 0.6
# What bounds the work of one key typed: the newest matches that are looked at, the newest escalations ranked.
_SCANNED = 1_000
_RANKED_AMONG = 5_000
_RANKED = 60

_NUMBER = re.compile(r"(?:esc[-\s]?)?(?:(\d{4})[-\s])?0*(\d{1,6})", re.IGNORECASE)
_YEARS_BACK = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """An escalation that was found; `why` says in a few words why it may be a duplicate."""

    id: int
    number: str
    title: str
    state: str
    priority: str
    severity: int
    customer: str
    customer_id: int
    opened_at: datetime
    resolved_at: datetime | None
    external_ref: str
    likely_duplicate: bool = False
    why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class Similar:
    """Escalations like the one being typed in, the likeliest first."""

    open: tuple[Hit, ...] = ()
    past: tuple[Hit, ...] = ()


class SearchService:
    """Finds escalations by what they say; whatever is typed is taken as words, never as a query."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def similar(
        self, text: str, customer_id: int | None = None, external_ref: str = "", limit: int = 6
    ) -> Similar:
        """Open and past escalations like a title being typed, at most `limit` of each.

        Likely duplicates come first: the same external reference, or the same customer and a title alike.
        """
        reference = one_line(external_ref)
        words = telling_words(text)
        with self._store.read() as session:
            found = queries.by_reference(session, reference, limit) if reference else []
            if words:
                found += _alike(session, text, words)
        hits = [_judged(each, text, customer_id, reference) for each in _once(found)]
        hits.sort(key=lambda scored: scored[0], reverse=True)
        return Similar(
            tuple(hit for _, hit in hits if hit.is_open)[:limit],
            tuple(hit for _, hit in hits if not hit.is_open)[:limit],
        )

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Escalations by number, whole or short (0412), external reference, or words of title and customer.

        By number first, then open ones, the newest first.
        """
        wanted = one_line(text)
        if not wanted:
            return ()
        with self._store.read() as session:
            found = self._by_number(session, wanted, limit)
            found += queries.by_reference(session, wanted, limit)
            if match := match_begun(wanted):
                for is_open in (True, False):
                    found += queries.newest(session, match, scanned=_SCANNED, limit=limit, is_open=is_open)
        return tuple(hit_of(each) for each in _once(found))[:limit]

    def _by_number(self, session: Session, text: str, limit: int) -> list[Found]:
        parts = _NUMBER.fullmatch(text)
        if parts is None:
            return []
        year, sequence = parts.groups()
        this_year = self._clock.now().year
        years = [int(year)] if year else list(range(this_year - _YEARS_BACK, this_year + 2))
        found = queries.by_sequence(session, int(sequence), years, limit)
        if year:
            found += queries.by_old_number(session, f"ESC-{year}-{int(sequence):04}")
        return found


def _alike(session: Session, text: str, words: list[str]) -> list[Found]:
    newest = queries.newest(session, match_all(text), scanned=_SCANNED, limit=20, is_open=True)
    return newest + queries.best(session, match_any(words), among=_RANKED_AMONG, limit=_RANKED)


def _once(found: list[Found]) -> list[Found]:
    return list({each.id: each for each in found}.values())


def _judged(
    found: Found, text: str, customer_id: int | None, reference: str
) -> tuple[tuple[bool, float, bool, int], Hit]:
    """A hit with what it is ranked by: duplicate, likeness, same customer, age."""
    alike = likeness(text, found.title)
    is_same_customer = customer_id is not None and found.customer_id == customer_id
    why = ""
    if reference and found.external_ref == reference:
        why = f"Same reference {reference}"
    elif is_same_customer and alike >= _DUPLICATE:
        why = "Same customer, similar title"
    return (bool(why), alike, is_same_customer, found.opened_us), hit_of(found, why)


def hit_of(found: Found, why: str = "") -> Hit:
    """An escalation that was found, as people see it."""
    return Hit(
        found.id,
        found.number,
        found.title,
        found.state,
        found.priority,
        found.severity,
        found.customer,
        found.customer_id,
        from_us(found.opened_us),
        None if found.resolved_us is None else from_us(found.resolved_us),
        found.external_ref,
        bool(why),
        why,
    )
