"""The fail-safes that act by themselves: a source that opens too much, a rule that fires too often."""

from db.queries import rule as rules
from db.queries import storm as storms
from db.queries import timeline
from desktop.domain.failsafe import BASELINE_US, rule_baseline, trips
from desktop.domain.source import Source
from desktop.domain.timeline import EventKind
from desktop.services.case import Work
from desktop.services.desk_notice import put_notice


def begin_storm(work: Work, source: Source) -> None:
    """Brake a source: nothing of it is opened until a person lets it, and the coordinator is told."""
    minutes = max(1, round(source.storm_window.total_seconds() / 60))
    why = f"It has opened {source.storm_count} escalations within {minutes} min."
    storm_id = storms.begin(work.session, source.id, work.at_us, why)
    body = {"source": source.key, "name": source.name, "source_id": source.id, "reason": why}
    _tell(work, EventKind.STORM_BEGAN, body)
    put_notice(
        work.session,
        subject=f"storm:{storm_id}",
        reason="storm",
        title=f"Storm: {source.name} is braked",
        body=f"{why} Its signals are kept and wait for you under Signals.",
        now_us=work.at_us,
        urgent=True,
    )


def trip_when_abnormal(work: Work, rule_id: int) -> bool:
    """Let a rule that fires abnormally often only propose from now on; whether that happened."""
    row = rules.get(work.session, rule_id)
    if row.tripped_us:
        return False
    since_us = rules.first_made_us(work.session, rule_id)
    fired_us = rules.firings_us(work.session, rule_id, work.at_us - BASELINE_US)
    baseline = rule_baseline(fired_us, work.at_us, since_us)
    trip = trips(fired_us, baseline, work.at_us)
    if trip is not None:
        # What it did before a person let it act again counts no more.
        restored_us = timeline.last_of_rule(work.session, rule_id, EventKind.RULE_RESTORED)
        trip = trips([at_us for at_us in fired_us if at_us > restored_us], baseline, work.at_us)
    if trip is None:
        return False
    rules.set_tripped(work.session, rule_id, work.at_us, trip.sentence)
    _tell(work, EventKind.RULE_TRIPPED, {"rule": row.name, "rule_id": rule_id, "reason": trip.sentence})
    put_notice(
        work.session,
        subject=f"rule:{rule_id}",
        reason="rule",
        title=f"Rule “{row.name}” only proposes",
        body=f"{trip.sentence} Look at it under Rules, and restore it there.",
        now_us=work.at_us,
    )
    return True


def _tell(work: Work, kind: EventKind, body: dict[str, object]) -> None:
    timeline.append(
        work.session, kind=kind, at_us=work.at_us, actor=work.by.name, escalation_id=None, body=body
    )
