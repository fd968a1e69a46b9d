"""A desk that hears signals: a source, rules, the review queue, and words for what a test does with them."""

import json
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from db.queries import overrule as overrules
from db.queries import rule as rules
from desktop.domain.clock import ManualClock
from desktop.domain.disposition import Disposition
from desktop.domain.escalation import Escalation
from desktop.domain.person import Actor
from desktop.domain.rule import Rule
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import NewMessage, Source, SourceKind
from desktop.services.observatory import ObservatoryService
from desktop.services.receiving import ReceivingService
from desktop.services.review import ReviewService
from desktop.services.rule_history import RuleHistory
from desktop.services.rule_trials import RuleTrials
from desktop.services.rules import RuleService
from desktop.services.signals import Processed, SignalService
from desktop.services.source import SourceService
from desktop.services.switch import SwitchService
from tests.domain.rules import a_document, cond, do
from tests.fixtures_desk import CommandDesk

MAPPING = {
    "title": "title",
    "key": "key",
    "state": "state",
    "resolve_when": ["ok"],
    "acknowledge_when": ["seen"],
    "severity": "severity",
    "customer": "customer",
    "reference": "reference",
    "occurred_at": "at",
}


class SignalDesk:
    """A staffed desk with one source of any JSON, "Probe"."""

    def __init__(self, base: CommandDesk) -> None:
        self.base, self.store, self.bus = base, base.store, base.bus
        self.clock: ManualClock = base.clock
        self.heard: list[object] = []
        self.bus.subscribe(object, self.heard.append)
        parts: dict[str, Any] = {"store": self.store, "clock": self.clock, "bus": self.bus}
        self.sources = SourceService(**parts, policy=base.policy)
        self.receiving = ReceivingService(store=self.store, bus=self.bus)
        self.signals = SignalService(cases=base.commands.cases, hooks=base.commands.escalation.on_opened)
        self.switch = SwitchService(**parts)
        self.rules = RuleService(**parts, policy=base.policy)
        self.history = RuleHistory(**parts, policy=base.policy)
        self.trials = RuleTrials(store=self.store, clock=self.clock, policy=base.policy)
        self.review = ReviewService(escalations=base.commands)
        self.observatory = ObservatoryService(store=self.store, clock=self.clock, policy=base.policy)

    @property
    def lead(self) -> Actor:
        return self.base.lead

    @property
    def coordinator(self) -> Actor:
        return self.base.coordinator

    @cached_property
    def probe(self) -> Source:
        """The source, for customer 1."""
        return self.add_source()

    def add_source(self, name: str = "Probe", **facts: Any) -> Source:
        """Another source of any JSON, for customer 1 unless the facts say otherwise."""
        facts = {"customer_id": 1, "mapping": MAPPING, **facts}
        return self.sources.add(Source(0, "", name, SourceKind.GENERIC, **facts), self.lead)

    def keep(self, *bodies: dict[str, Any] | bytes, source: Source | None = None) -> list[int]:
        """Keep messages of these bodies, unread."""
        now, sender = self.clock.now(), (source or self.probe).id
        return self.receiving.keep(
            [
                NewMessage(sender, body if isinstance(body, bytes) else json.dumps(body).encode(), now)
                for body in bodies
            ]
        )

    def send(self, key: str = "db", *, source: Source | None = None, **fields: Any) -> KeptSignal:
        """One signal comes and is decided about; gives it with what became of it."""
        body = {"title": f"Disk of {key} is full", "key": key} | fields
        self.keep(body, source=source)
        self.signals.process()
        return self.signals.recent(limit=1)[0]

    def repeat(self, key: str = "db", **fields: Any) -> KeptSignal:
        """The same again, late enough to be told of."""
        self.clock.forward(minutes=20)
        return self.send(key, **fields)

    def rule(self, *actions: dict[str, Any], when: tuple[Any, ...] = (), **more: Any) -> Rule:
        """A new rule, for whatever has a title unless `when` says otherwise."""
        return self.rules.add(a_rule_document(*actions, when=when, **more), self.lead)

    def escalation(self, kept: KeptSignal) -> Escalation:
        """The escalation a signal counts on, as it stands."""
        return self.base.get(kept.escalation_id or 0)

    def firings(self, kept: KeptSignal) -> list[tuple[str, str]]:
        """State and first words of what rules did to the escalation of a signal."""
        with self.store.read() as session:
            found = rules.firings_of(session, kept.escalation_id or 0)
        return [(firing.state, *firing.did["words"][:1]) for firing in found]

    def locked(self, kept: KeptSignal) -> frozenset[str]:
        """The fields of the escalation that people have set."""
        with self.store.read() as session:
            return overrules.fields_of(session, kept.escalation_id or 0)

    def kinds(self, kept: KeptSignal) -> list[str]:
        """The kinds of the events of its escalation."""
        return self.base.kinds(kept.escalation_id or 0)

    def told(self, kind: type) -> list[Any]:
        """What was published of a kind."""
        return [event for event in self.heard if type(event) is kind]

    def in_an_hour(self) -> datetime:
        """An hour from now."""
        return self.clock.now() + timedelta(hours=1)


def a_rule_document(*actions: dict[str, Any], when: tuple[Any, ...] = (), **more: Any) -> dict[str, Any]:
    """The document of a rule that holds for whatever has a title unless `when` says otherwise."""
    return a_document(*actions, when=when or (cond("title", "exists"),), **more)


def dispositions(processed: Processed) -> dict[str, int]:
    """What became of signals, without what did not happen."""
    counts = {disposition.value: getattr(processed, disposition.value) for disposition in Disposition}
    return {name: count for name, count in counts.items() if count}


__all__ = ["MAPPING", "SignalDesk", "a_rule_document", "cond", "dispositions", "do"]
