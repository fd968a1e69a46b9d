"""Decides about signals within one transaction: what stands at the desk is looked up once and kept."""

from dataclasses import dataclass, field
from functools import partial

from db.queries import alert as alerts
from db.queries import customer as customers
from db.queries import maintenance as windows
from db.queries import rule as rules
from db.queries import signal as signals
from db.queries import source as sources
from db.queries import storm as storms
from db.unit_of_work import Session
from desktop.domain.customer import Customer, name_key
from desktop.domain.disposition import Disposition, During, Standing, Told, Verdict, rejected
from desktop.domain.facts import SignalFacts
from desktop.domain.failsafe import AlertState, brakes, joins
from desktop.domain.fingerprint import fingerprint
from desktop.domain.instant import US_PER_SECOND, from_us, span_us
from desktop.domain.maintenance import MaintenanceWindow, in_maintenance, read_scope
from desktop.domain.policy import Policy
from desktop.domain.rule import Decision, Rule, RuleSet
from desktop.domain.signal import Signal
from desktop.domain.signal_kept import Alert
from desktop.domain.source import Opens, Source
from desktop.domain.spike import (
    BASELINE_US,
    WINDOW_US,
    Baseline,
    baseline_until_us,
    rate_baseline,
    rate_facts,
)
from desktop.services import mail_seen
from desktop.services.attachable import Attaching
from desktop.services.judging_counts import Counts
from desktop.services.switch import stopped


@dataclass
class Heard:
    """A signal on its way: from whom, under which key, what is repeated, and what was decided."""

    signal: Signal
    source: Source
    message_id: int
    place: int
    received_us: int
    sha256: str
    key: str
    fingerprint: str
    alert: Alert | None
    customer: Customer | None
    verdict: Verdict
    facts: SignalFacts


@dataclass
class _Told:
    """What one source has done lately, counted on as signals are decided."""

    openings_us: list[int] = field(default_factory=list)
    baseline: Baseline | None = None


class Judge:
    """Says what becomes of each signal; the one place where everything that bears on it comes together."""

    def __init__(self, session: Session, policy: Policy, now_us: int) -> None:
        self._session = session
        self._policy = policy
        self._now_us = now_us
        self._stopped = stopped(session)
        self._sources: dict[int, Source] = {}
        self._told: dict[int, _Told] = {}
        self._braked = {storm.source_id for storm in storms.raging(session)}
        self._rules = rules_of(session)
        self._windows = windows_of(session)

    def source(self, source_id: int) -> Source:
        """Who sent it, a removed source too."""
        if source_id not in self._sources:
            self._sources[source_id] = sources.even_removed(self._session, source_id)
        return self._sources[source_id]

    def hear(
        self,
        signal: Signal,
        source: Source,
        *,
        message_id: int,
        place: int,
        received_us: int,
        sha256: str,
        fault: str = "",
    ) -> Heard:
        """Decide about a signal; `fault` is why its message could not be read."""
        key = signal.dedup_key or f"#{message_id}.{place}"
        mark = fingerprint(signal.title, signal.fields, source.kind.value)
        alert = alerts.get(self._session, source.id, key) if signal.dedup_key else None
        customer = customer_said(self._session, signal, source)
        at = from_us(received_us)
        counts = Counts(self._session, self._now_us, partial(self._rates, source), alert, mark, customer)
        facts = SignalFacts(
            signal,
            source=source.key,
            kind=source.kind.value,
            at=at,
            calendar=next(iter(self._policy.calendars.values()), None),
            customer=customer,
            reporter=signal.understood("reporter"),
            counts=counts.get,
        )
        if fault:
            verdict = rejected(fault)
        else:
            standing = self._standing(source, alert, facts, customer, mark)
            answered = mail_seen.answered(self._session, signal, source, self._now_us)
            verdict = by_rule_only(source, mail_seen.disposed(signal, standing, answered))
        return Heard(
            signal, source, message_id, place, received_us, sha256, key, mark, alert, customer, verdict, facts
        )

    def decide(self, facts: SignalFacts, locked: frozenset[str] = frozenset()) -> Decision:
        """What the rules make of it, those left alone that a person has overruled."""
        return self._rules.decide(facts, locked)

    def note_opened(self, source: Source, at_us: int) -> None:
        """Count an opening towards the brake of its source."""
        self._lately(source).openings_us.append(at_us)

    def note_braked(self, source: Source) -> None:
        """From now on nothing of this source is opened."""
        self._braked.add(source.id)

    def is_braked(self, source: Source) -> bool:
        """Whether a storm rages over a source already."""
        return source.id in self._braked

    @property
    def is_stopped(self) -> bool:
        """Whether a person has stopped automation."""
        return self._stopped is not None

    def trip(self, rule_id: int) -> None:
        """From now on this rule only proposes."""
        self._rules = rules_of(self._session)

    def _standing(
        self,
        source: Source,
        alert: Alert | None,
        facts: SignalFacts,
        customer: Customer | None,
        mark: str,
    ) -> Standing:
        return Standing(
            stopped=self._stopped.reason if self._stopped is not None else "",
            is_source_on=source.enabled,
            open_alert=self._joins(source, alert),
            maintenance=lambda: self._maintenance(facts),
            decide=lambda: self._rules.decide(facts),
            attachable=Attaching(self._session, source, customer, mark, self._now_us).find,
            is_braked=lambda: self._brakes(source),
        )

    def _joins(self, source: Source, alert: Alert | None) -> Told | None:
        if alert is None:
            return None
        state = AlertState(alert.is_open, alert.ended_us or 0)
        if not joins(state, self._now_us, span_us(source.window)):
            return None
        return Told(alert.escalation_id, alert.number)

    def _maintenance(self, facts: SignalFacts) -> During | None:
        if not self._windows:
            return None
        window = in_maintenance(self._windows, facts, self._now_us)
        return None if window is None else During(window.id, window.name)

    def _brakes(self, source: Source) -> bool:
        if source.id in self._braked:
            return True
        openings = self._lately(source).openings_us
        return brakes(openings, source.storm_count, span_us(source.storm_window), self._now_us)

    def _lately(self, source: Source) -> _Told:
        if source.id not in self._told:
            since_us = self._now_us - span_us(source.storm_window)
            since_us = max(since_us, storms.last_ended_us(self._session, source.id))
            self._told[source.id] = _Told(signals.opened_us(self._session, source.id, since_us))
        return self._told[source.id]

    def _rates(self, source: Source) -> dict[str, float]:
        """How often a source speaks, this signal included, against what is usual for it."""
        told = self._lately(source)
        if told.baseline is None:
            until_us = baseline_until_us(self._now_us)
            past = signals.triggered_us(self._session, source.id, until_us - BASELINE_US)
            told.baseline = rate_baseline(past, until_us)
        since_us = self._now_us - WINDOW_US
        count = signals.count_triggers(self._session, source.id, since_us)
        return rate_facts(count + 1, told.baseline)


def customer_said(session: Session, signal: Signal, source: Source) -> Customer | None:
    """Whose problem a signal tells of: the customer it names or who wrote it, or else its source's."""
    named = signal.understood("customer")
    if named:
        found = customers.by_key(session, name_key(named))
        if found is not None:
            return found
    if (writer := mail_seen.customer_of_sender(session, signal)) is not None:
        return writer
    return None if source.customer_id is None else customers.by_id(session, source.customer_id)


def by_rule_only(source: Source, verdict: Verdict) -> Verdict:
    """The verdict as its source allows it: one that opens by rule alone opens nothing that no rule wants."""
    if source.opens is Opens.ALWAYS or verdict.disposition is not Disposition.OPENED:
        return verdict
    outcome = verdict.decision.verdict if verdict.decision is not None else "none"
    if outcome in ("open", "join", "review"):
        return verdict
    return Verdict(
        Disposition.SUPPRESSED,
        verdict.cause,
        "This source opens by rule only, and no rule says so.",
        decision=verdict.decision,
    )


def rules_of(session: Session) -> RuleSet:
    """The rules in force, ready to decide."""
    kept = rules.all_rules(session)
    tripped = frozenset(row.id for row in kept if row.tripped_us)
    return RuleSet([rule_of(row) for row in kept], tripped)


def rule_of(row: rules.RuleRow) -> Rule:
    """A rule as kept."""
    document = {**row.document, "id": row.id, "version": row.version, "order": row.position}
    return Rule.from_mapping(document)


def windows_of(session: Session) -> tuple[MaintenanceWindow, ...]:
    """The maintenance windows that are neither closed nor cancelled."""
    return tuple(window_of(row) for row in windows.unfinished(session))


def window_of(row: windows.MaintenanceRow) -> MaintenanceWindow:
    """A maintenance window as kept."""
    return MaintenanceWindow(
        id=row.id,
        name=row.name,
        starts_us=row.starts_us,
        ends_us=row.ends_us,
        reason=row.reason,
        scope=read_scope(row.scope),
        announce_us=row.announce_s * US_PER_SECOND,
        cancelled_us=row.cancelled_us,
    )
