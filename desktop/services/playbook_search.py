"""Finding a playbook by words and facets while somebody types, ranked for the escalation at hand."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from db.queries import playbook_find as queries
from db.queries import playbook_gap as gaps
from db.queries import timeline
from db.queries.playbook_find import ShelfRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.events import PlaybooksChanged
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.likeness import match_begun, words_of
from desktop.domain.person import Actor
from desktop.domain.playbook import Content, Draft, State, Tags
from desktop.domain.playbook_match import Axis, Fit, Line, Target, fit, matching_line, recency, values_of
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services import playbook_proposing as proposing
from desktop.services.bus import Bus
from desktop.services.playbook_words import TagWords, reason_of
from desktop.services.policy import PolicyService

#: More matches than these are not told apart by how well the words fit, but by whether the title holds them.
_SCORED = 1_500
_MISSED_ONCE_IN = timedelta(days=1)
_LONGEST = 120
#: Somebody who typed less has not looked for anything yet.
LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Facets:
    """What the list is narrowed to: keys of the policy on four axes, and states; nothing for all."""

    keys: Mapping[Axis, frozenset[str]] = field(default_factory=dict)
    states: frozenset[State] = frozenset()

    def lets(self, tags: Tags, state: State) -> bool:
        """Whether a playbook is among them; an axis that its tags leave open fits every key."""
        if (state not in self.states) if self.states else state is State.RETIRED:
            return False
        return all(
            not keys or not values_of(tags, axis) or keys & set(values_of(tags, axis))
            for axis, keys in self.keys.items()
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A playbook that was found. `line` is the one that holds the words, `why` what speaks for its place."""

    playbook_id: int
    slug: str
    title: Line
    version: int
    owner: str
    state: State
    draft: State | None
    is_stale: bool
    last_used_at: datetime | None
    line: Line
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: the first of `total`, best first."""

    query: str
    hits: tuple[Hit, ...]
    total: int


class _Book(NamedTuple):
    """A playbook on the shelf, with what it is ranked by before its words."""

    row: ShelfRow
    tags: Tags
    state: State
    used: int


class _Shelf(NamedTuple):
    revision: int
    books: Mapping[int, _Book]

    def let_through(self, facets: "Facets") -> frozenset[int]:
        """The playbooks that the facets leave."""
        lets = facets.lets
        return frozenset(id_ for id_, book in self.books.items() if lets(book.tags, book.state))


class _Ranked(NamedTuple):
    """All playbooks in the order they have for a target before any words; the less a rank, the better."""

    shelf: _Shelf
    target: Target
    ranks: Mapping[int, int]
    order: Sequence[int]
    places: Mapping[int, int]


class PlaybookSearch:
    """Finds playbooks: exact match of tags > published > recency of use > how well the words fit."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = PolicyService(store=store, clock=clock, bus=Bus())
        self._shelf = _Shelf(-1, {})
        self._ranks: _Ranked | None = None
        self._let: tuple[_Shelf, Facets, frozenset[int]] | None = None
        self._words: TagWords | None = None

    def words(self) -> TagWords:
        """What the keys of facets are called."""
        self._words = TagWords(self._policy.active())
        return self._words

    def refresh(self) -> None:
        """Look again what there is; worth it when somebody begins to search, not with every letter."""
        revision = self._store.revision()
        if revision != self._shelf.revision:
            with self._store.read() as session:
                self._shelf = _read_shelf(session, revision, self._clock.now())
            self.words()

    def target(self, escalation_id: int | None) -> Target:
        """What is known of the escalation that is ranked for."""
        if escalation_id is None:
            return Target()
        with self._store.read() as session:
            return queries.target(session, escalation_id) or Target()

    def find(
        self, query: str, target: Target | None = None, facets: Facets | None = None, limit: int = 24
    ) -> Answer:
        """The playbooks that hold all the words, of which each may be only begun; all for no words."""
        if self._shelf.revision < 0:
            self.refresh()
        target, facets, shelf = target or Target(), facets or Facets(), self._shelf
        if self._let is None or self._let[0] is not shelf or self._let[1] != facets:
            self._let = shelf, facets, shelf.let_through(facets)
        allowed = self._let[2]
        with self._store.read() as session:
            match = match_begun(query)
            found = allowed.intersection(queries.matching(session, match)) if match else allowed
            best = self._best(session, found, match, target, limit)
            words = queries.words(session, best)
        tag_words = self._words if target != Target() else None
        hits = [self._hit(shelf.books[id_], words.get(id_), query, target, tag_words) for id_ in best]
        return Answer(query, tuple(hits), len(found))

    def _best(
        self, session: Session, found: frozenset[int], match: str, target: Target, limit: int
    ) -> list[int]:
        """The first of those found: by their rank, and where that is the same, by how well the words fit."""
        ranked = self._ranked(target)
        if len(found) <= _SCORED:
            scores = queries.scored(session, match) if match else {}
            return heapq.nsmallest(
                limit, found, key=lambda id_: (ranked.ranks[id_], scores.get(id_, 0.0), ranked.places[id_])
            )
        # So many that the first of them are soon met, going through all in their order.
        first = list(islice((id_ for id_ in ranked.order if id_ in found), limit))
        if not match or len(first) < limit:
            return first
        last = ranked.ranks[first[-1]]
        in_title = found.intersection(queries.matching(session, f"title : ({match})"))
        tied = (id_ for id_ in ranked.order if id_ in in_title and ranked.ranks[id_] == last)
        sure = [id_ for id_ in first if ranked.ranks[id_] < last]
        rest = [id_ for id_ in first if ranked.ranks[id_] == last]
        sure.sort(key=lambda id_: (ranked.ranks[id_], id_ not in in_title, ranked.places[id_]))
        return list(dict.fromkeys([*sure, *islice(tied, limit), *rest]))[:limit]

    def miss(self, query: str, escalation_id: int | None, by: Actor) -> int | None:
        """Nothing was found, and somebody left it at that: keep what was looked for, once a day."""
        text = one_line(query)[:_LONGEST]
        if len("".join(words_of(text))) < LEAST_LETTERS:
            return None
        now_us = to_us(self._clock.now())
        day_us = int(_MISSED_ONCE_IN.total_seconds()) * US_PER_SECOND
        with self._store.begin() as session:
            if gaps.known(session, text, escalation_id, now_us - day_us):
                return None
            gap_id = proposing.after_miss(session, text, escalation_id, now_us, by.name)
            if escalation_id is not None:
                timeline.append(
                    session,
                    kind=EventKind.PLAYBOOK_MISSED,
                    at_us=now_us,
                    actor=by.name,
                    escalation_id=escalation_id,
                    body={"query": text, "gap": gap_id},
                )
            revision = session.revision()
        self._bus.publish(PlaybooksChanged((), revision))
        return gap_id

    def create_stub(self, query: str, escalation_id: int | None, by: Actor) -> Draft:
        """A draft with the words as its title and the escalation's tags; that it was missing is kept too.

        Raises: DeskError without words; NotAllowed for who may write no playbooks.
        """
        from desktop.services.playbook import PlaybookService  # who only looks writes none

        title = one_line(query)[:_LONGEST]
        if not title:
            raise DeskError("A playbook needs a title.", hint="Type what it is for.")
        content = Content(title[:1].upper() + title[1:], tags=self.target(escalation_id).tags, owner=by.name)
        draft = PlaybookService(store=self._store, clock=self._clock, bus=self._bus).create(content, by)
        self.miss(query, escalation_id, by)
        return draft

    def _ranked(self, target: Target) -> "_Ranked":
        """What each playbook is ranked by before its words, the less the better; worked out once a target."""
        if self._ranks is None or self._ranks.shelf is not self._shelf or self._ranks.target != target:
            ranks = {id_: _rank(book, target) for id_, book in self._shelf.books.items()}
            order = sorted(ranks, key=ranks.__getitem__)  # those of a rank stay in the order of their titles
            places = {id_: at for at, id_ in enumerate(order)}
            self._ranks = _Ranked(self._shelf, target, ranks, order, places)
        return self._ranks

    def _hit(
        self, book: _Book, words: queries.Words | None, query: str, target: Target, names: TagWords | None
    ) -> Hit:
        row = book.row
        fits = fit(book.tags, target)
        texts = words[1:] if words is not None else ()
        used_at = None if row.last_used_us is None else from_us(row.last_used_us)
        is_stale = bool(row.published and row.review_due_us and row.review_due_us <= to_us(self._clock.now()))
        why = reason_of(names.matched(fits, target)) if names is not None and fits.score else ""
        draft = None if row.draft is None else State(row.draft)
        return Hit(
            row.id,
            row.slug,
            matching_line((row.title,), query),
            row.published,
            row.owner,
            book.state,
            draft,
            is_stale,
            used_at,
            matching_line(texts, query) if words_of(query) else Line(""),
            why,
        )


def _rank(book: _Book, target: Target) -> int:
    """Exact tag match, then published, then recency of use, as one number: the less, the better."""
    fits: Fit = fit(book.tags, target)
    return -(fits.score * 100 + (10 if book.state is State.PUBLISHED else 0) + book.used)


def _read_shelf(session: Session, revision: int, now: datetime) -> _Shelf:
    tags: dict[int, dict[str, list[str]]] = {}
    for playbook_id, axis, key in queries.tags(session):
        tags.setdefault(playbook_id, {}).setdefault(f"{axis}s", []).append(key)
    books = {row.id: _book(row, tags.get(row.id, {}), now) for row in queries.shelf(session)}
    return _Shelf(revision, books)


def _book(row: ShelfRow, tags: Mapping[str, Sequence[str]], now: datetime) -> _Book:
    if row.retired_us is not None:
        state = State.RETIRED
    else:
        state = State.PUBLISHED if row.published else State(row.draft or "draft")
    used_at = None if row.last_used_us is None else from_us(row.last_used_us)
    named = {axis: tuple(keys) for axis, keys in tags.items()}
    return _Book(row, Tags(**named), state, recency(used_at, now))
