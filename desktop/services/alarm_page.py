"""The pages that one look at the alarms puts into the outbox, beside what the desk itself shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from db.queries.outbox import NewRow
from desktop.domain import alarm_text as text
from desktop.domain.alarm import Concern
from desktop.domain.instant import to_us
from desktop.domain.ladder import Reach, channels_of
from desktop.domain.page import NO_CHANNEL, Paged, Spared
from desktop.domain.person import Person
from desktop.domain.policy_alarm import Urgency
from desktop.domain.timeline import EventKind
from desktop.services.alarm_facts import Facts

#: Writes a line on the escalation's timeline: (kind, alarm, facts by name).
Tell = Callable[..., None]
#: Keeps a page until an instant.
Hold = Callable[[NewRow, int], None]


def page_alone(
    facts: Facts, concern: Concern, reached: Reach, repeat: int, tell: Tell, hold: Hold
) -> tuple[list[NewRow], frozenset[int]]:
    """Pages about one alarm, and who gets one; what quiet hours hold back is told at their end."""
    announcement = facts.announcement(concern)
    people = others_of(facts, concern, reached)
    if facts.pager is None or not people:
        return [], frozenset()
    wanted = channels_of(concern, announcement, facts.steps(concern))
    plan = facts.pager.plan(concern, people, _above(facts, concern), wanted)
    body = text.body(concern, facts.now_us, facts.owner_name(concern), act=announcement.act)
    make = partial(
        facts.pager.row,
        key=f"escalation:{concern.escalation_id}|{concern.alarm_id}.{concern.raised_us}.{repeat}",
        escalation_id=concern.escalation_id,
        alarm_id=concern.alarm_id,
        reason=concern.occasion.value,
        step=concern.step,
        urgency=announcement.urgency,
        title=text.title(concern),
        body=body,
    )
    _keep_held(plan.spared, make, hold)
    rows = [make(one) for one in plan.paged]
    _tell_spared(concern, plan.spared, plan.paged, repeat, tell)
    return rows, plan.ids


def page_together(
    facts: Facts,
    replaces: str,
    reason: str,
    words: tuple[str, str],
    pairs: Sequence[tuple[Concern, Sequence[Person]]],
    hold: Hold,
) -> list[NewRow]:
    """Pages about many alarms, with title and text: one for each person whom some of them are for."""
    if facts.pager is None:
        return []
    mine: dict[int, list[Concern]] = {}
    people = {person.id: person for _, others in pairs for person in others}
    for concern, others in pairs:
        for person in others:
            mine.setdefault(person.id, []).append(concern)
    rows = []
    for person_id, concerns in mine.items():
        plan = facts.pager.plan_together([people[person_id]], concerns)
        make = partial(
            facts.pager.row,
            key=f"{replaces}|{facts.now_us}",
            escalation_id=None,
            alarm_id=concerns[0].alarm_id,
            reason=reason,
            step=0,
            urgency=Urgency.NORMAL,
            title=words[0],
            body=words[1],
        )
        _keep_held(plan.spared, make, hold)
        rows += [make(one) for one in plan.paged]
    return rows


def others_of(facts: Facts, concern: Concern, reached: Reach) -> tuple[Person, ...]:
    """Whom to page: who does not sit here and, once it has climbed, whoever does and has not answered."""
    if facts.pager is None or facts.announcement(concern).urgency not in (Urgency.NORMAL, Urgency.CRITICAL):
        return ()
    if concern.step:
        return tuple(p for p in reached.people if p.id != facts.operator_id or facts.pager.can_reach(p))
    return reached.others(facts.operator_id)


def _keep_held(spared: Iterable[Spared], make: Callable[[Paged], NewRow], hold: Hold) -> None:
    for one in spared:
        if one.until is not None and one.channel is not None:
            hold(make(Paged(one.person, one.channel)), to_us(one.until))


def _above(facts: Facts, concern: Concern) -> Iterator[Sequence[Person]]:
    for rung in facts.rungs(concern)[concern.step :]:
        yield facts.reach(rung.targets, concern.owner_id).people


def _tell_spared(
    concern: Concern,
    spared: Iterable[Spared],
    paged: Iterable[Paged],
    repeat: int,
    tell: Tell,
) -> None:
    asked = [one.person.name for one in paged if one.instead]
    for person, why, *_ in spared:
        if why == NO_CHANNEL:
            if not repeat:
                tell(EventKind.ALARM_FAILED, concern, to=[person.name], why=NO_CHANNEL)
        else:
            body = {"asked": asked} if asked else {}
            tell(EventKind.ALARM_SUPPRESSED, concern, to=[person.name], why=why, **body)
