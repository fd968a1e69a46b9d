"""What was missed while nobody was there, or held back in quiet hours, told once and as one."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.alarm import Concern
from desktop.domain.alarm_text import BODY_MOST, cut, plain, span_words
from desktop.domain.flood import oldest_first
from desktop.domain.instant import US_PER_SECOND
from desktop.domain.policy_alarm import Occasion, Urgency
from desktop.domain.policy_score import Priority

_NAMED = 3


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One alarm of a digest; `late_s` is how much too late it was raised."""

    escalation_id: int
    number: str
    title: str
    customer: str
    priority: Priority
    occasion: Occasion
    due_us: int
    late_s: int
    needs_person: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """A heading, a line and the whole list: what needs a person first, then oldest first."""

    title: str
    body: str
    urgency: Urgency
    lines: tuple[DigestLine, ...]


def missed(concerns: Sequence[Concern]) -> Digest:
    """What fired late, because the program was off or the machine slept."""
    latest_s = max((c.late_s for c in concerns), default=0)
    late = f"up to {span_words(latest_s * US_PER_SECOND)} late" if latest_s else "before the desk knew of it"
    return _digest(f"Missed while away: {len(concerns)}", late, concerns)


def held(concerns: Sequence[Concern], *, is_first: bool = False) -> Digest:
    """What quiet hours held back, or the first minutes at a new desk."""
    when = "In the first minutes" if is_first else "During quiet hours"
    return _digest(f"{when}: {len(concerns)}", "held back", concerns)


def _digest(title: str, how: str, concerns: Sequence[Concern]) -> Digest:
    lines = tuple(_line(concern) for concern in oldest_first(concerns))
    ordered = tuple(sorted(lines, key=lambda line: not line.needs_person))
    needing = list(dict.fromkeys(line.number for line in ordered if line.needs_person))
    body = f"{len(lines)} {'alarm' if len(lines) == 1 else 'alarms'} {how}"
    if needing:
        more = f" +{len(needing) - _NAMED}" if len(needing) > _NAMED else ""
        verb = "needs" if len(needing) == 1 else "need"
        body = f"{body} — {', '.join(needing[:_NAMED])}{more} {verb} a person now"
    else:
        body = f"{body} — nothing is breached"
    urgency = Urgency.CRITICAL if any(_is_grave(line) for line in lines) else Urgency.NORMAL
    return Digest(title, cut(body, BODY_MOST), urgency, ordered)


def _line(concern: Concern) -> DigestLine:
    return DigestLine(
        escalation_id=concern.escalation_id,
        number=concern.number,
        title=plain(concern.title, BODY_MOST),
        customer=plain(concern.customer, BODY_MOST),
        priority=concern.band,
        occasion=concern.occasion,
        due_us=concern.due_us,
        late_s=concern.late_s,
        needs_person=concern.occasion in (Occasion.BREACHED, Occasion.UPDATE_LATE, Occasion.NEW)
        or not concern.owner_id,
    )


def _is_grave(line: DigestLine) -> bool:
    return line.priority in (Priority.P1, Priority.P2) and line.occasion is Occasion.BREACHED
