"""Who is told next about an escalation, and when: what the card shows."""

from collections.abc import Iterable

from db.queries import alarm as alarms
from db.queries import alarm_change as changes
from db.queries.alarm_change import Changed
from db.unit_of_work import Session
from desktop.domain.alarm import Concern, Told
from desktop.domain.alarm_text import names, plain
from desktop.domain.commitment import Kind
from desktop.domain.ladder import next_act, role_word
from desktop.domain.policy_alarm import Occasion
from desktop.services.alarm_facts import Facts

_OPEN = ("new", "triaged", "acknowledged", "working", "contained")
_MOST = 60


def next_told(session: Session, facts: Facts, escalation: Changed) -> tuple[str, int]:
    """Names and instant of the next telling, ladder steps included; nobody and 0 when nothing is to come."""
    if escalation.state not in _OPEN or escalation.is_suppressed:
        return "", 0
    coming = [
        *_from_alarms(facts, alarms.raised_of(session, [escalation.escalation_id])),
        *_from_commitments(session, facts, escalation),
    ]
    if not coming:
        return "", 0
    # Of what comes at the same instant, a step of the ladder says more than a promise of its own.
    at_us, targets = min(coming, key=lambda telling: telling[0])
    reached = facts.reach(targets, escalation.owner_id)
    people = [person.name for person in reached.people]
    who = names(people) if people else f"nobody ({', '.join(map(role_word, reached.empty))})"
    return plain(who, _MOST), at_us


def refresh_next_told(session: Session, facts: Facts, escalation_ids: Iterable[int]) -> None:
    """Write on the cards who is told next, where that has changed."""
    for escalation in changes.by_id(session, escalation_ids):
        who, at_us = next_told(session, facts, escalation)
        if (who, at_us) != (escalation.next_told, escalation.next_told_us):
            changes.set_next_told(session, escalation.escalation_id, who, at_us)


def _from_alarms(facts: Facts, concerns: list[Concern]) -> list[tuple[int, tuple[str, ...]]]:
    coming = []
    for concern in concerns:
        announcement, ladder = facts.announcement(concern), facts.rungs(concern)
        act = next_act(concern, Told.GROUPED, announcement, ladder, facts.now_us)  # the climb alone
        if act is not None and concern.climb_us:
            coming.append((max(act.at_us, concern.climb_us), ladder[concern.step].targets))
    return coming


def _from_commitments(
    session: Session, facts: Facts, escalation: Changed
) -> list[tuple[int, tuple[str, ...]]]:
    """At risk is told only where nobody is at it, so the card counts from breaching soon on."""
    announce = facts.policy(escalation.policy_version).announce
    coming = []
    for row in changes.next_thresholds(session, escalation.escalation_id):
        if row.threshold == Occasion.BREACHED:
            occasion = Occasion.UPDATE_LATE if row.kind == Kind.UPDATE else Occasion.BREACHED
            coming.append((row.at_us, announce[occasion].to))
        else:
            coming.append((row.soon_us, announce[Occasion.BREACHING_SOON].to))
    return coming
