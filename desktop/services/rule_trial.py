"""Tries a rule out on signals that were kept: what it would have made of them, and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db.queries import escalation as escalations
from db.queries import rule as rules
from db.queries import signal as signals
from db.unit_of_work import Session
from desktop.domain.disposition import Cause, Disposition, During, Standing, Told, Verdict, dispose
from desktop.domain.instant import US_PER_DAY, to_us
from desktop.domain.policy import Policy
from desktop.domain.rule import Applied, Decision, Mode, Rule, RuleSet, action_of
from desktop.domain.rule_action import action_words
from desktop.domain.signal_kept import KeptSignal
from desktop.services.judging import by_rule_only, rule_of
from desktop.services.rule_names import customer_of, names_of, person_of
from desktop.services.rule_past import Past
from desktop.services.rule_said import value_said

_ATTACH_WITHIN_US = US_PER_DAY
_KEYS = {"owner": ("owner", "owner_on_call")}
#: What a person decided, or what could not be read, no rule would have decided otherwise.
_SETTLED = (Cause.PERSON, Cause.FAULT)


@dataclass(frozen=True, slots=True)
class TriedRow:
    """One signal that the rule holds for, or that it would have changed the fate of.

    `because` is empty where it does not hold: another signal, which it does hold for, makes the difference.
    `did` is what the rule would do, `changes` are sentences about what would have been otherwise.
    """

    signal: KeptSignal
    because: tuple[str, ...]
    did: tuple[str, ...]
    before: Disposition
    after: Disposition
    why: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TryOut:
    """What a rule would have made of the last triggers; rows newest first.

    `days` is how long a time they cover, at least one day: fewer would foretell nothing.
    """

    looked_at: int
    since_at: datetime | None
    days: float
    matched: int
    changed: int
    opened_before: int
    opened_after: int
    rows: tuple[TriedRow, ...]

    @property
    def a_day_before(self) -> float:
        """How many escalations a day these signals opened."""
        return self.opened_before / self.days

    @property
    def a_day_after(self) -> float:
        """How many escalations a day they would have opened."""
        return self.opened_after / self.days


def try_out(session: Session, policy: Policy, rule: Rule, last_n: int, now_us: int) -> TryOut:
    """What a rule would have made of the last so many triggers, in place of the kept one of its id.

    Signals it has nothing to do with keep what became of them. Attaching is tried with escalations that
    these signals opened.
    """
    triggers = signals.last_triggers(session, last_n)
    if not triggers:
        return TryOut(0, None, 1.0, 0, 0, 0, 0, ())
    first_us = to_us(triggers[0].received_at)
    trial = _Trial(session, policy, rule, triggers)
    found = [(kept, *trial.look_at(kept)) for kept in triggers]
    rows = [row for *_, row in found if row is not None]
    return TryOut(
        looked_at=len(triggers),
        since_at=triggers[0].received_at,
        days=max(1.0, (now_us - first_us) / US_PER_DAY),
        matched=sum(bool(row.because) for row in rows),
        changed=sum(bool(row.changes) for row in rows),
        opened_before=sum(kept.disposition is Disposition.OPENED for kept in triggers),
        opened_after=sum(after is Disposition.OPENED for _, after, _ in found),
        rows=tuple(reversed(rows)),
    )


class _Trial:
    """Goes through signals in the order they came, minding which alerts would stand at each."""

    def __init__(self, session: Session, policy: Policy, rule: Rule, triggers: Sequence[KeptSignal]) -> None:
        self._session = session
        self._names = names_of(session, policy)
        self._past = Past(session, policy, to_us(triggers[0].received_at))
        kept = rules.all_rules(session)
        places = {row.id: row.position for row in kept}
        last = max(places.values(), default=0) + 1
        self._rule = replace(rule, order=places.get(rule.id, last))
        before = [rule_of(row) for row in kept if row.id == rule.id]
        others = [rule_of(row) for row in kept if row.id != rule.id]
        tripped = frozenset(row.id for row in kept if row.tripped_us and row.id != rule.id)
        self._all = RuleSet([*others, self._rule], tripped)
        self._alone = RuleSet([replace(self._rule, enabled=True)])
        self._before = RuleSet(before)
        actions = [action for one in (*before, self._rule) for action in one.actions]
        self._fields = sorted({action_of(action.kind).touches for action in actions} - {""})
        ids = sorted({one.escalation_id for one in triggers if one.escalation_id is not None})
        self._ends = escalations.ends(session, ids)
        self._done = rules.values_set(session, ids)
        #: What rules have set under each key so far, and what they would have.
        self._held: dict[tuple[int, str | None], dict[str, Any]] = {}
        self._would: dict[tuple[int, str | None], dict[str, Any]] = {}
        self._stands: dict[tuple[int, str | None], Told] = {}
        self._otherwise: set[tuple[int, str | None]] = set()
        self._opened: list[KeptSignal] = []

    def look_at(self, kept: KeptSignal) -> tuple[Disposition, TriedRow | None]:
        """What would have become of a signal, and its row where the rule has to do with it."""
        facts = self._past.facts(kept)
        holds = next(iter(self._alone.decide(facts).applied), None)
        held = bool(self._before.decide(facts).applied)
        key = (kept.source_id, kept.signal.dedup_key)
        if kept.disposition is Disposition.OPENED:
            self._stands.pop(key, None)
        is_settled = kept.cause in _SETTLED or kept.disposition is Disposition.REJECTED
        decision = None
        verdict = Verdict(kept.disposition, kept.cause, kept.why)
        if not is_settled and (holds or held or key in self._otherwise):
            decision = self._all.decide(facts)
            verdict = self._verdict(kept, key, decision)
        self._remember(kept, key, verdict.disposition)
        changes = self._changes(kept, verdict, decision, holds)
        if holds is None and not changes:
            return verdict.disposition, None
        because, did = (holds.because, holds.words) if holds is not None else ((), ())
        row = TriedRow(kept, because, did, kept.disposition, verdict.disposition, verdict.why, changes)
        return verdict.disposition, row

    def _verdict(self, kept: KeptSignal, key: tuple[int, str | None], decision: Decision) -> Verdict:
        standing = Standing(
            stopped="It was stopped." if kept.cause is Cause.STOPPED else "",
            is_source_on=kept.cause is not Cause.SOURCE_OFF,
            open_alert=self._standing(kept, key),
            maintenance=lambda: During(0, "") if kept.cause is Cause.MAINTENANCE else None,
            decide=lambda: decision,
            attachable=lambda by: self._attachable(kept, by),
            is_braked=lambda: kept.cause is Cause.STORM,
        )
        return by_rule_only(self._past.source(kept), dispose(kept.signal.action.value, standing))

    def _standing(self, kept: KeptSignal, key: tuple[int, str | None]) -> Told | None:
        if key in self._stands:
            return self._stands[key]
        repeats = kept.disposition is Disposition.JOINED and kept.cause is Cause.REPEAT
        if repeats and key not in self._otherwise:
            return Told(kept.escalation_id or 0, kept.number)
        return None

    def _remember(self, kept: KeptSignal, key: tuple[int, str | None], after: Disposition) -> None:
        if after is Disposition.OPENED:
            self._stands[key] = Told(kept.escalation_id or 0, kept.number or "the one it would have opened")
            self._opened.append(kept)
        if (after is Disposition.OPENED) != (kept.disposition is Disposition.OPENED):
            self._otherwise.add(key)
        elif after is Disposition.OPENED:
            self._otherwise.discard(key)

    def _attachable(self, kept: KeptSignal, by: str) -> Told | None:
        if kept.disposition is Disposition.JOINED and kept.cause is Cause.RULE:
            return Told(kept.escalation_id or 0, kept.number)
        at_us = to_us(kept.received_at)
        customer = self._past.customer(kept)
        for other in reversed(self._opened):
            ended_us = self._ends.get(other.escalation_id or 0)
            if ended_us is not None and ended_us <= at_us:
                continue
            if by == "fingerprint":
                is_alike = other.fingerprint == kept.fingerprint
                is_alike = is_alike and to_us(other.received_at) >= at_us - _ATTACH_WITHIN_US
            else:
                is_alike = customer is not None and self._past.customer(other) == customer
            if is_alike:
                return Told(other.escalation_id or 0, other.number)
        return None

    def _changes(
        self, kept: KeptSignal, verdict: Verdict, decision: Decision | None, holds: Applied | None
    ) -> tuple[str, ...]:
        lines = []
        if verdict.disposition is not kept.disposition:
            lines.append(f"{verdict.disposition.word} instead of {kept.disposition.value}")
        lines += self._set(kept, verdict, decision)
        if decision is None or verdict.disposition is not Disposition.OPENED:
            return tuple(lines)
        lines += [dispute.sentence for dispute in decision.disputed if dispute.field in self._fields]
        if holds is not None and self._rule.enabled and self._rule.mode is Mode.ACT:
            marks = [action for action, by in decision.additions if by.rule_id == self._rule.id]
            lines += [_capital(action_words(action, self._names)) for action in marks]
        return tuple(lines)

    def _set(self, kept: KeptSignal, verdict: Verdict, decision: Decision | None) -> list[str]:
        """The fields that would hold something else from this signal on than rules have set by then."""
        key = (kept.source_id, kept.signal.dedup_key)
        if kept.disposition is Disposition.OPENED:
            self._held[key] = {}
        if verdict.disposition is Disposition.OPENED:
            self._would[key] = {}
        held, would = self._held.setdefault(key, {}), self._would.setdefault(key, {})
        done = self._done.get(kept.id, {})
        held.update(done)
        if decision is None or verdict.disposition not in (Disposition.OPENED, Disposition.JOINED):
            would.update(done)
            return []
        lines = []
        for field in self._fields:
            wanted = self._value(field, decision)
            is_new = verdict.disposition is Disposition.OPENED
            if not is_new and wanted in (None, would.get(field)):
                continue
            would[field] = wanted
            if wanted != held.get(field):
                lines.append(
                    f"{field.replace('_', ' ').capitalize()}: {self._said(field, held.get(field))}"
                    f" → {self._said(field, wanted)}"
                )
        return lines

    def _said(self, field: str, value: object) -> str:
        return value_said(self._session, self._names, field, value)

    def _value(self, field: str, decision: Decision) -> object:
        for key in _KEYS.get(field, (field,)):
            if key in decision.values:
                value = decision.values[key][0]
                if key == "owner":
                    return getattr(person_of(self._session, value), "id", None)
                if key == "customer":
                    return getattr(customer_of(self._session, value), "id", None)
                return f"on call for {value}" if key == "owner_on_call" else value
        return None


def _capital(words: str) -> str:
    """The first letter large, names left as they are."""
    return words[:1].upper() + words[1:]
