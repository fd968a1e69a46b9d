"""What follows for the desk from a batch of signals, besides what became of each: fail-safes and news."""

from collections import Counter
from dataclasses import dataclass, field

from desktop.domain.disposition import Cause, Disposition
from desktop.domain.events import OutboxFilled, RulesChanged, SignalsDecided, SourcesChanged
from desktop.services.braking import begin_storm, trip_when_abnormal
from desktop.services.case import Cases, Work
from desktop.services.judging import Heard, Judge
from desktop.services.signal_deeds import Deeds, Outcome


@dataclass
class Aftermath:
    """Counted and collected within the transaction of a batch, published after it."""

    counts: Counter[Disposition] = field(default_factory=Counter)
    _sources: bool = False
    _rules: bool = False
    _notices: bool = False
    _fired: set[int] = field(default_factory=set)

    def note(self, work: Work, judge: Judge, heard: Heard, outcome: Outcome) -> None:
        """One signal was decided about; a source that opens too much is braked from here on."""
        self.counts[heard.verdict.disposition] += 1
        self._fired.update(one.rule.rule_id for one in outcome.fired)
        if heard.verdict.cause is Cause.STORM and not judge.is_braked(heard.source):
            begin_storm(work, heard.source)
            judge.note_braked(heard.source)
            self._sources = self._notices = True

    def end(self, work: Work, judge: Judge, deeds: Deeds) -> None:
        """The batch is whole: a rule that fired abnormally often only proposes from now on."""
        for rule_id in sorted(self._fired):
            if trip_when_abnormal(work, rule_id):
                judge.trip(rule_id)
                self._rules = self._notices = True
        self._notices |= deeds.noticed

    def publish(self, cases: Cases, revision: int) -> None:
        """Tell everybody, once the batch is kept."""
        numbers = {disposition.value: self.counts[disposition] for disposition in Disposition}
        cases.publish(SignalsDecided(revision=revision, **numbers))
        if self._sources:
            cases.publish(SourcesChanged(revision))
        if self._rules:
            cases.publish(RulesChanged(revision))
        if self._notices:
            cases.publish(OutboxFilled(1))
