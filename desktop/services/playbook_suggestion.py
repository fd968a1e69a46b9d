"""Which playbook fits an escalation, and why; never opened by force."""

import json
from dataclasses import dataclass
from datetime import date

from db.queries import escalation as escalations
from db.queries import playbook as playbooks
from db.queries import playbook_any
from db.queries import playbook_content as contents
from db.queries import playbook_find as finding
from db.queries import playbook_run as runs
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.instant import from_us
from desktop.domain.playbook import Tags
from desktop.domain.playbook_match import Axis, Target, fit, recency
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.case import DESK, Cases
from desktop.services.playbook_words import TagWords, reason_of
from desktop.services.policy import PolicyService

_MOST = 5
#: A rule that names a playbook has looked at more than tags.
_BY_RULE = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A playbook that fits; `reasons` say why, the best first."""

    playbook_id: int
    slug: str
    title: str
    version: int
    reasons: tuple[str, ...]
    score: int


class PlaybookSuggestions:
    """Finds the playbooks that fit by their tags, or that a rule has named."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._policy = PolicyService(store=store, clock=clock, bus=Bus())

    def of(self, escalation_id: int) -> tuple[Suggestion, ...]:
        """Those that fit an escalation and are not open on it, best first."""
        with self._store.read() as session:
            if not playbook_any.has_published(session):
                return ()
            target = finding.target(session, escalation_id)
            if target is None:
                return ()
            words = TagWords(self._policy.active(session))
            named = finding.named_by_rules(session, escalation_id)
            by_rule = finding.by_names(session, named) if named else []
            tagged = finding.tagged(session, target)
            found = [
                self._judged(session, id_, _tags(tagged.get(id_, [])), target, words, is_named=id_ in by_rule)
                for id_ in dict.fromkeys([*by_rule, *tagged])
            ]
            open_ones = {
                row.playbook_id for row in runs.of_escalation(session, escalation_id) if not row.ended_us
            }
            best = sorted((one for one in found if one is not None), key=lambda one: one[0])
            fitting = [one for _, one in best if one.playbook_id not in open_ones]
            return tuple(one for one in fitting if self._is_valid(session, one))[:_MOST]

    def _judged(
        self,
        session: Session,
        playbook_id: int,
        tags: Tags,
        target: Target,
        words: TagWords,
        *,
        is_named: bool,
    ) -> tuple[tuple[int, int, str], Suggestion] | None:
        fits = fit(tags, target)
        score = fits.score + (_BY_RULE if is_named else 0)
        head = playbooks.head(session, playbook_id)
        if not score or head is None:
            return None
        reasons = [reason_of(words.matched(fits, target))] if fits.score else []
        if is_named:
            reasons.insert(0, "a rule names it")
        used_at = None if head.last_used_us is None else from_us(head.last_used_us)
        one = Suggestion(head.id, head.slug, head.title, head.published, tuple(reasons), score)
        return (-score, -recency(used_at, self._clock.now()), head.title), one

    def _is_valid(self, session: Session, one: Suggestion) -> bool:
        content = contents.get(session, one.playbook_id, one.version)
        today = self._clock.now().date()
        first, last = content.valid_from or date.min, content.valid_until or date.max
        return first <= today <= last


def _tags(pairs: list[tuple[str, str]]) -> Tags:
    return Tags(**{f"{axis.value}s": tuple(key for at, key in pairs if at == axis.value) for axis in Axis})


class PlaybookProposing:
    """One part of the sweep: writes once onto the timeline which playbook fits what was classified.

    Costs one question to the database while nothing is published, two while nothing happens.
    """

    _AT_ONCE = 2_000

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._seen: int | None = None
        self._suggestions: PlaybookSuggestions | None = None

    def tick(self) -> None:
        """Look at what was classified since the last time."""
        with self._cases.store.read() as session:
            seq = session.sql("SELECT seq FROM chain_head").fetchone()[0]
            if self._seen is None or not playbook_any.has_published(session):
                self._seen = seq
            if seq == self._seen:
                return
            self._seen, ids = finding.classified_after(session, self._seen, self._AT_ONCE)
        for escalation_id in ids:
            self._propose(escalation_id)

    def _propose(self, escalation_id: int) -> None:
        if self._suggestions is None:
            self._suggestions = PlaybookSuggestions(store=self._cases.store, clock=self._cases.clock)
        found = self._suggestions.of(escalation_id)
        if not found:
            return
        best = found[0]
        with self._cases.work(DESK) as work:
            escalation = escalations.get(work.session, escalation_id)
            last = finding.last_proposed(work.session, escalation_id)
            known = json.loads(last or "{}").get("playbook")
            if not escalation.is_open or escalation.priority is None or known == best.playbook_id:
                return
            body = {
                "playbook": best.playbook_id,
                "version": best.version,
                "title": best.title,
                "reasons": list(best.reasons),
            }
            work.tell(EventKind.PLAYBOOK_PROPOSED, escalation_id, body)
            work.ids[escalation_id] = None
